"""The administrator's pages of accounts, roles and delegation, and the page where a sent link sets a password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.identity import administering
from khcn.kernel.identity.models import RoleGrant, User
from khcn.kernel.identity.permissions import may_administer
from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.identity.services import NotGranted
from khcn.kernel.pages.account_forms import (
    CorrectedPlaceForm,
    DelegationForForm,
    FirstPasswordForm,
    NewAccountForm,
    ReasonForm,
    RoleForm,
)
from khcn.kernel.pages.accounts import account_values, list_values
from khcn.kernel.pages.division_forms import LeavingForm
from khcn.kernel.pages.divisions import work_values
from khcn.kernel.pages.handing_over import leave, open_work
from khcn.kernel.pages.jobs import link_address, mail_password_link
from khcn.language.words import joined
from khcn.language.words import words as _

UNPROCESSABLE = 422
REFUSALS = (NotGranted, NotPermitted)
RESET, CLOSE = "dat-lai", "ngung"
# Name in the address → the service, what the page says before it, what the button says, what is told after it.
ACTS: dict[str, tuple[Any, str, str, str]] = {
    CLOSE: (
        administering.close_account,
        _("Người này không đăng nhập được nữa, mọi phiên đang mở kết thúc. Hồ sơ và lịch sử vẫn giữ tên họ."),
        _("Ngừng hoạt động"),
        _("Đã ngừng hoạt động tài khoản «{}»."),
    ),
    "mo-lai": (
        administering.reopen_account,
        _("Người này đăng nhập lại được bằng mật khẩu cũ, với các vai trò còn hiệu lực."),
        _("Cho hoạt động lại"),
        _("Tài khoản «{}» hoạt động lại."),
    ),
    "mo-khoa": (
        administering.unlock_account,
        _("Người này đăng nhập lại được ngay, không phải chờ hết thời gian tạm khóa."),
        _("Mở khóa"),
        _("Đã mở khóa tài khoản «{}»."),
    ),
    RESET: (
        administering.reset_password,
        _("Mật khẩu hiện nay mất hiệu lực ngay. Hệ thống tạo liên kết để người này tự đặt mật khẩu mới."),
        _("Đặt lại mật khẩu"),
        "",
    ),
}


@require_GET
@login_required
def show_accounts(request: ActingRequest) -> HttpResponse:
    """Show the accounts of the office, with the roles of a day."""
    may_administer(request.user).enforce()
    return render(request, "pages/accounts.html", list_values(request.user, request.GET, request.today))


@require_http_methods(["GET", "POST"])
@login_required
def open_account(request: ActingRequest) -> HttpResponse:
    """Open an account and send its owner the link of the first password."""
    may_administer(request.user).enforce()
    form = NewAccountForm(request.POST if request.method == "POST" else None, actor=request.user)
    if form.is_valid():
        try:
            user = administering.open_account(values=form.cleaned_data, actor=request.user, at=request.now)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return _give_link(request, user)
    return _form_page(
        request, form, heading=_("Mở tài khoản"), submit_label=_("Mở tài khoản"), back=reverse("accounts")
    )


@require_GET
@login_required
def show_account_of(request: ActingRequest, number: int) -> HttpResponse:
    """Show one account: who, which roles when, who stands in, what was done with it."""
    user = _load(request, number)
    return render(request, "pages/account_of.html", account_values(user, request.user, request.today))


@require_http_methods(["GET", "POST"])
@login_required
def change_account(request: ActingRequest, number: int) -> HttpResponse:
    """Correct who a person is and where they work."""
    user = _load(request, number)
    initial = {name: getattr(user, name) for name in administering.CHANGEABLE}
    sent = request.POST if request.method == "POST" else None
    form = CorrectedPlaceForm(sent, actor=request.user, initial=initial)

    def do(said: dict[str, Any]) -> str:
        told = administering.change_account(
            user=user, why=said.pop("why"), values=said, actor=request.user, at=request.now
        )
        return _("Đã sửa: {told}.").format(told=joined("; ", told)) if told else _("Không có gì thay đổi.")

    return _done_or_shown(
        request,
        form,
        do,
        user,
        heading=_("Sửa tài khoản «{username}»").format(username=user.username),
        submit_label=_("Lưu"),
    )


@require_http_methods(["GET", "POST"])
@login_required
def act_on_account(request: ActingRequest, number: int, act: str) -> HttpResponse:
    """Close, reopen, unlock or reset an account after asking why."""
    user = _load(request, number)
    if act not in ACTS:
        raise Http404
    if act == CLOSE:
        return _close_account(request, user)
    service, consequence, label, words = ACTS[act]
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            service(user=user, actor=request.user, at=request.now, **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            if act == RESET:
                return _give_link(request, user)
            messages.success(request, words.format(user.username))
            return redirect("account-of", user.pk)
    return _confirm_page(request, user, form, label, consequence)


@require_http_methods(["GET", "POST"])
@login_required
def give_role(request: ActingRequest, number: int) -> HttpResponse:
    """Give a role for a time."""
    user = _load(request, number)
    form = RoleForm(request.POST if request.method == "POST" else None, actor=request.user, today=request.today)

    def do(said: dict[str, Any]) -> str:
        grant = administering.give_role(user=user, actor=request.user, at=request.now, **said)
        return _("Đã giao vai trò {grant}.").format(grant=administering.in_words(grant))

    return _done_or_shown(
        request, form, do, user, heading=_("Giao vai trò cho {user}").format(user=user), submit_label=_("Giao vai trò")
    )


@require_http_methods(["GET", "POST"])
@login_required
def end_role(request: ActingRequest, number: int, grant_number: int) -> HttpResponse:
    """End a role from today on, after asking why."""
    user = _load(request, number)
    grant = get_object_or_404(RoleGrant.objects.select_related("division", "user"), pk=grant_number, user=user)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            administering.end_role(grant=grant, actor=request.user, at=request.now, **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Từ hôm nay {user} thôi vai trò {grant}.").format(user=user, grant=administering.in_words(grant)),
            )
            return redirect("account-of", user.pk)
    words = _("Từ hôm nay {user} không còn vai trò {grant}. Việc đã làm vẫn giữ tên họ.").format(
        user=user, grant=administering.in_words(grant)
    )
    return _confirm_page(request, user, form, _("Thôi giao vai trò"), words)


@require_http_methods(["GET", "POST"])
@login_required
def delegate_for(request: ActingRequest, number: int) -> HttpResponse:
    """Hand over the role of someone who is away."""
    user = _load(request, number)
    sent = request.POST if request.method == "POST" else None
    form = DelegationForForm(sent, absent=user.act_on(request.today), today=request.today)

    def do(said: dict[str, Any]) -> str:
        span = said.pop("valid_from"), said.pop("valid_to")
        grant = administering.delegate_for(absent=user, span=span, actor=request.user, at=request.now, **said)
        return _("{user} làm thay {user2}, vai trò {grant}.").format(
            user=grant.user, user2=user, grant=administering.in_words(grant)
        )

    return _done_or_shown(
        request, form, do, user, heading=_("Ủy quyền thay cho {user}").format(user=user), submit_label=_("Ủy quyền")
    )


@require_http_methods(["GET", "POST"])
def set_first_password(request: HttpRequest, secret: str) -> HttpResponse:
    """Let the holder of a sent link set their password, once."""
    now = request.now  # type: ignore[attr-defined]  # set by the middleware
    link = administering.link_of(secret, now)
    if link is None:
        raise Http404
    form = FirstPasswordForm(link.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            administering.use_link(secret=secret, password=form.cleaned_data["new_password1"], at=now)
        except (NotGranted, ValidationError) as refusal:
            form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
        else:
            messages.success(request, _("Đã đặt mật khẩu. Đăng nhập bằng mật khẩu mới."))
            return redirect("sign-in")
    values = {"form": form, "holder": link.user}
    answer = render(request, "pages/first_password.html", values, status=UNPROCESSABLE if form.errors else 200)
    answer["Cache-Control"], answer["Referrer-Policy"] = "private, no-store", "no-referrer"
    return answer


def _load(request: ActingRequest, number: int) -> User:
    may_administer(request.user).enforce()
    accounts = User.objects.filter(office=request.user.office_id).select_related("office", "division")
    found: User = get_object_or_404(accounts, pk=number)
    return found


def _close_account(request: ActingRequest, user: User) -> HttpResponse:
    """Close an account after showing what is open and asking who takes over."""
    _label, consequence, _icon, words = ACTS[CLOSE]
    form = LeavingForm(request.POST if request.method == "POST" else None, leaver=user, actor=request.user)
    if form.is_valid():
        try:
            leave(user=user, actor=request.user, at=request.now, on=request.today, **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, words.format(user.username))
            return redirect("account-of", user.pk)
    values = {
        "holder": user,
        "form": form,
        "consequence": consequence,
        "work": work_values(open_work(user, request.user)),
        "back": reverse("account-of", args=[user.pk]),
        "breadcrumb": [{"label": _("Tài khoản và vai trò"), "url": reverse("accounts")}, {"label": str(user)}],
    }
    return render(request, "pages/account_close.html", values, status=UNPROCESSABLE if form.errors else 200)


def _give_link(request: ActingRequest, user: User) -> HttpResponse:
    """Send the link by mail where there is an address; else show it, this once, to be handed over."""
    if user.email:
        mail_password_link.enqueue(user.pk, request.user.pk)
        messages.success(
            request,
            _("Đang gửi liên kết đặt mật khẩu đến {email}; liên kết dùng một lần, trong 3 ngày.").format(
                email=user.email
            ),
        )
        return redirect("account-of", user.pk)
    secret = administering.make_link(user=user, actor=request.user, at=request.now)
    address = link_address(secret)
    answer = render(request, "pages/account_link.html", {"holder": user, "address": address})
    answer["Cache-Control"] = "private, no-store"
    return answer


def _done_or_shown(request: ActingRequest, form: Any, do: Any, user: User, **words: str) -> HttpResponse:
    if form.is_valid():
        try:
            messages.success(request, do(dict(form.cleaned_data)))
            return redirect("account-of", user.pk)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, form, back=reverse("account-of", args=[user.pk]), **words)


def _form_page(request: ActingRequest, form: Any, *, heading: str, submit_label: str, back: str) -> HttpResponse:
    trail = [{"label": _("Tài khoản và vai trò"), "url": reverse("accounts")}, {"label": heading}]
    values = {"form": form, "heading": heading, "submit_label": submit_label, "cancel_url": back, "breadcrumb": trail}
    return render(request, "pages/record_form.html", values, status=UNPROCESSABLE if form.errors else 200)


def _confirm_page(request: ActingRequest, user: User, form: Any, label: str, consequence: str) -> HttpResponse:
    back = reverse("account-of", args=[user.pk])
    confirm = {
        "consequence": consequence,
        "facts": [
            {"label": _("Họ và tên"), "value": user.full_name},
            {"label": _("Tên đăng nhập"), "value": user.username},
        ],
        "action_label": label,
        "danger": True,
        "cancel_url": back,
        "form": form,
    }
    trail = [{"label": _("Tài khoản và vai trò"), "url": reverse("accounts")}, {"label": str(user), "url": back}]
    values = {"heading": label, "confirm": confirm, "breadcrumb": [*trail, {"label": label}]}
    return render(request, "ui/confirm.html", values, status=UNPROCESSABLE if form.errors else 200)
