"""To whom the API and the access tokens open."""

from __future__ import annotations

from khcn.api.permissions import may_read_figures
from khcn.kernel.access.gates import KEY, Audience, Gate, add_gates
from khcn.language.words import words as _

OWN = _("Người đã đăng nhập, mã của chính mình")
VISITORS = _("Mọi người; chỉ thấy hồ sơ mình được biết")
FIGURES = _("Mã truy cập của cán bộ Sở, lãnh đạo tỉnh")

add_gates(
    Gate("access-tokens", OWN),
    Gate("access-token-revoke", OWN, owned=True),
    Gate("api:openapi-json", _("Mọi người"), Audience.EVERYONE),
    Gate("api:api-root", _("Không có trang ở địa chỉ này"), Audience.EVERYONE, owned=True),
    Gate("api:list_registers", VISITORS, Audience.EVERYONE),
    Gate("api:read_register", VISITORS, Audience.EVERYONE, register=KEY),
    Gate("api:list_records", VISITORS, Audience.EVERYONE, register=KEY),
    Gate("api:read_record", VISITORS, Audience.EVERYONE, register=KEY),
    Gate("api:list_indicators", FIGURES, Audience.TOKEN, may=may_read_figures),
    Gate("api:read_indicator", FIGURES, Audience.TOKEN, may=may_read_figures),
    Gate("api:list_indicator_records", FIGURES, Audience.TOKEN, may=may_read_figures),
)
