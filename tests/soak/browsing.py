"""A person at a browser, reduced to forms: what a page offers is sent back with some answers changed."""

from __future__ import annotations

import http.client
import http.cookiejar
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

PASSWORD = "khcn-minh-hoa-2026"
BROKEN = (OSError, http.client.HTTPException)
"""What a killed server looks like from outside; `URLError` and time-outs are kinds of `OSError`."""
REDIRECT, SERVER_FAULT = 300, 500


@dataclass
class SentForm:
    """One form of a page: where it goes, and what it holds before anybody types."""

    action: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back: `place` is the path of a redirect, empty for a page."""

    status: int
    place: str
    body: bytes

    @property
    def page(self) -> str:
        return self.body.decode(errors="replace")


class _Forms(HTMLParser):
    """Collect the forms that are sent by POST."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[SentForm] = []
        self._open: SentForm | None = None
        self._list = self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "").lower() == "post":
            self._open = SentForm(said.get("action", ""))
            self.found.append(self._open)
        if self._open is None:
            return
        values, name = self._open.values, said.get("name", "")
        if tag == "input" and name and said.get("type") not in {"file", "submit"}:
            if said.get("type") not in {"checkbox", "radio"} or "checked" in said:
                values[name] = said.get("value", "")
        elif tag == "textarea":
            self._text, values[name] = name, ""
        elif tag == "select":
            self._list = name
        elif tag == "option" and self._list and ("selected" in said or self._list not in values):
            values[self._list] = said.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._text:
            self._open.values[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea" and self._text:
            if self._open is not None:  # a browser, too, leaves out the first end of line
                self._open.values[self._text] = self._open.values[self._text].removeprefix("\n")
            self._text = ""
        elif tag == "select":
            self._list = ""


class _Stay(HTTPRedirectHandler):
    """Follow no redirect: seeing it is the acknowledgement."""

    def redirect_request(self, *_args: object, **_values: object) -> None:
        return None


class Browser:
    """Someone signed in at one address; every call may fail with one of BROKEN while the server is down."""

    def __init__(self, address: str, username: str) -> None:
        self.address, self.username = address, username
        self.jar = http.cookiejar.CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar), _Stay())

    def sign_in(self) -> None:
        form = self.form("/dang-nhap/", "password")
        self.send("/dang-nhap/", form.values | {"username": self.username, "password": PASSWORD})

    def get(self, path: str) -> Answer:
        return self._ask(Request(self.address + path))

    def form(self, path: str, field_or_action: str) -> SentForm:
        """Return the form of the page that has the field or goes to the action. Raises: LookupError; BROKEN."""
        page = self.get(path)
        for form in _Forms(page.page).found:
            if field_or_action in form.values or (form.action and form.action.endswith(field_or_action)):
                return form
        raise LookupError(f"{path} ({page.status} {page.place}): no form with {field_or_action}")

    def send(self, path: str, values: Mapping[str, str], file: tuple[str, bytes] | None = None, **extra: str) -> Answer:
        said = {**values, **extra}
        kind, data = _multipart(said, file) if file else ("application/x-www-form-urlencoded", urlencode(said).encode())
        headers = {"Referer": self.address + path, "Content-Type": kind}
        return self._ask(Request(self.address + path, data, headers))

    def token(self) -> str:
        return next((str(one.value) for one in self.jar if one.name == "csrftoken"), "")

    def _ask(self, request: Request) -> Answer:
        try:
            with self.opener.open(request, timeout=60) as answer:
                return Answer(answer.status, "", answer.read())
        except HTTPError as said:
            with said:
                place = urlsplit(urljoin(request.full_url, said.headers.get("Location", ""))).path
                if said.code >= SERVER_FAULT:
                    time.sleep(0.5)
                return Answer(said.code, place if said.headers.get("Location") else "", said.read())


def _multipart(values: Mapping[str, str], file: tuple[str, bytes]) -> tuple[str, bytes]:
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in values.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n'
    parts += [f"{head}Content-Type: application/octet-stream\r\n\r\n".encode(), file[1], f"\r\n--{mark}--\r\n".encode()]
    return f"multipart/form-data; boundary={mark}", b"".join(parts)
