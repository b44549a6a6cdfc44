"""The secret part of a link's address: signed with the installation's key over what the link opens and until when."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

from khcn.kernel.sharing.models import SharedLink

SALT = "khcn.kernel.sharing"
LONGEST = 200


def token_of(link: SharedLink) -> str:
    """Return the token that opens the link; whoever changes its day or record in the database makes it worthless."""
    return f"{link.nonce}.{_signer(link).signature(_signed(link))}"


def link_of(token: str) -> SharedLink | None:
    """Return the link that a token opens, in force or not; None for a token we did not sign."""
    nonce, _, signature = token[:LONGEST].partition(".")
    known = nonce and signature.isascii()
    link: SharedLink | None = SharedLink.objects.filter(nonce=nonce).first() if known else None
    if link is None:
        return None
    try:
        _signer(link).unsign(f"{_signed(link)}:{signature}")  # compares in constant time, knows earlier keys
    except BadSignature:
        return None
    return link


def _signer(link: SharedLink) -> Signer:
    return Signer(salt=f"{SALT}.{link.register}")


def _signed(link: SharedLink) -> str:
    return f"{link.nonce}|{link.register}|{link.record_id}|{link.valid_until:%Y-%m-%d}"
