"""Signing in and out, and the page of one's own account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from khcn.kernel.access.decisions import NotPermitted
from khcn.kernel.identity.doors import account_doors
from khcn.kernel.identity.forms import DelegationForm, NewPasswordForm, SignInForm
from khcn.kernel.identity.models import RoleGrant
from khcn.kernel.identity.selectors import delegations_of
from khcn.kernel.identity.services import NotGranted, delegate, end_delegation
from khcn.language.words import words as _

LOCKED = _(
    "Đăng nhập sai quá nhiều lần nên tài khoản tạm khóa trên máy này. "
    "Chờ 15 phút rồi thử lại, hoặc nhờ quản trị hệ thống đặt lại mật khẩu."
)


class SignIn(LoginView):
    """Ask for name and password, then go back to where the person was."""

    template_name = "identity/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again, as an answer that was refused."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SignOut(LogoutView):
    """End the session; only by POST."""


def show_lockout(request: HttpRequest, *_details: Any) -> HttpResponse:
    """Tell that too many wrong passwords were tried; set as AXES_LOCKOUT_CALLABLE."""
    return render(request, "identity/sign_in.html", {"form": SignInForm(request), "locked": LOCKED}, status=429)


@login_required
def show_account(request: HttpRequest, **forms: Any) -> HttpResponse:
    """Show who one is, which roles one holds, who stands in, and the form of the password."""
    user: Any = request.user
    found = {
        "facts": [{"heading": "", "facts": _facts(user)}],
        "roles": [_role_row(grant) for grant in user.grants],
        "delegations": [(grant, grant.delegated_by_id == user.pk) for grant in delegations_of(user)],
        "doors": account_doors(),
        "today": request.today,  # type: ignore[attr-defined]  # set by the middleware
        "password_form": forms.get("password_form") or NewPasswordForm(user),
        "delegation_form": forms.get("delegation_form") or DelegationForm(user=user, today=request.today),  # type: ignore[attr-defined]  # as above
    }
    return render(request, "identity/account.html", found, status=422 if forms else 200)


@login_required
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Set a new password; the session goes on."""
    if request.method == "GET":  # after the session ended and the person signed in again
        return redirect(reverse("account") + "#mat-khau")
    form = NewPasswordForm(request.user, request.POST, request=request)
    if not form.is_valid():
        return show_account(request, password_form=form)
    form.save()
    update_session_auth_hash(request, form.user)
    messages.success(request, _("Đã đổi mật khẩu."))
    return redirect("account")


@login_required
@require_http_methods(["GET", "POST"])
def give_delegation(request: HttpRequest) -> HttpResponse:
    """Hand one's role to a colleague for some days."""
    if request.method == "GET":  # after the session ended and the person signed in again
        return redirect(reverse("account") + "#uy-quyen")
    today = request.today  # type: ignore[attr-defined]  # set by the middleware
    form = DelegationForm(request.POST, user=request.user, today=today)  # type: ignore[arg-type]  # signed in
    if form.is_valid():
        try:
            grant = delegate(actor=request.user, on=today, **form.cleaned_data)  # type: ignore[arg-type]  # signed in
        except (NotGranted, NotPermitted) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Đã ủy quyền vai trò «{grant}» cho {user}.").format(grant=grant.get_role_display(), user=grant.user),
            )
            return redirect("account")
    return show_account(request, delegation_form=form)


@login_required
@require_POST
def end_own_delegation(request: HttpRequest, number: int) -> HttpResponse:
    """End a delegation one gave."""
    grant = get_object_or_404(RoleGrant, pk=number, delegated_by=request.user)
    try:
        end_delegation(grant=grant, actor=request.user, on=request.today)  # type: ignore[arg-type, attr-defined]  # signed in; set by the middleware
        messages.success(request, _("Đã kết thúc ủy quyền cho {user}.").format(user=grant.user))
    except NotGranted as refusal:
        messages.error(request, str(refusal))
    return redirect("account")


def _facts(user: Any) -> list[dict[str, Any]]:
    return [
        {"label": _("Họ và tên"), "value": user.full_name},
        {"label": _("Chức danh"), "value": user.job_title},
        {"label": _("Phòng, đơn vị"), "value": user.division and str(user.division)},
        {"label": _("Cơ quan"), "value": user.office and str(user.office)},
        {"label": _("Tên đăng nhập"), "value": user.username},
        {"label": _("Thư điện tử"), "value": user.email},
    ]


def _role_row(grant: RoleGrant) -> dict[str, Any]:
    since = f"{grant.valid_from.day}/{grant.valid_from.month}/{grant.valid_from.year}"
    until = (
        _(" đến hết {day}/{month}/{year}").format(
            day=grant.valid_to.day, month=grant.valid_to.month, year=grant.valid_to.year
        )
        if grant.valid_to
        else ""
    )
    handed = _("ủy quyền bởi {delegated_by}").format(delegated_by=grant.delegated_by) if grant.delegated_by else ""
    return {
        "label": grant.get_role_display(),
        "division": grant.division,
        "span": _("từ {since}{until}").format(since=since, until=until),
        "handed": handed,
    }
