"""A server of the gallery alone, and a real browser to look at it."""

import os
import threading
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from khcn.ui import assets

CHROMIUM = Path("/usr/bin/chromium")


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_):
        pass


def need(present, reason):
    if present:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser():
    need(CHROMIUM.exists(), "Chromium is not installed")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def site():
    need(assets.MANIFEST.exists(), "the front end is not built: run `make assets`")
    plain = {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}}
    with override_settings(
        ROOT_URLCONF="khcn.ui.tests.addresses",
        MIDDLEWARE=["csp.middleware.CSPMiddleware"],
        TEMPLATES=[plain],
        ALLOWED_HOSTS=["127.0.0.1"],
        DEBUG=True,
    ):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=QuietHandler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/ui/gallery/"
        server.shutdown()
        server.server_close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1500, "height": 900}, locale="vi-VN")
    opened = context.new_page()
    opened.complaints = []
    opened.on("console", lambda m: opened.complaints.append(m.text) if m.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    context.close()
