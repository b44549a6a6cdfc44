"""The page on which a person makes and revokes access tokens."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from khcn.api.forms import TokenForm
from khcn.api.selectors import tokens_of
from khcn.api.services import TokenRefused, make_token, revoke_token
from khcn.kernel.identity.requests import ActingRequest
from khcn.language.words import words as _


@login_required
@require_http_methods(["GET", "POST"])
def show_tokens(request: ActingRequest) -> HttpResponse:
    """Show one's tokens, and make one; its code stands in this one answer and nowhere else."""
    form = TokenForm(request.POST or None)
    if form.is_valid():
        try:
            made, code = make_token(owner=request.user, on=request.today, **form.cleaned_data)
            return _page(request, TokenForm(), made=made, code=code)
        except TokenRefused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, form, status=422 if form.is_bound else 200)


@login_required
@require_POST
def revoke(request: ActingRequest, number: int) -> HttpResponse:
    """Revoke one of one's own tokens."""
    token = get_object_or_404(tokens_of(request.user), pk=number)
    try:
        revoke_token(token=token, actor=request.user, on=request.today)
        messages.success(
            request,
            _("Đã thu hồi mã truy cập «{label}». Chương trình đang dùng mã này bị từ chối.").format(label=token.label),
        )
    except TokenRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("access-tokens")


def _page(request: ActingRequest, form: TokenForm, status: int = 200, **made: object) -> HttpResponse:
    tokens = [(token, token.is_in_force(request.today)) for token in tokens_of(request.user)]
    return render(request, "api/tokens.html", {"tokens": tokens, "form": form, **made}, status=status)
