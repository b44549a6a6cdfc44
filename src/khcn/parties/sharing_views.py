"""The page on which shared equipment is asked for."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from khcn.kernel.identity.requests import ActingRequest
from khcn.kernel.pages.meanwhile import watching
from khcn.language.words import words as _
from khcn.parties.models import Equipment, EquipmentBooking
from khcn.parties.permissions import may_book
from khcn.parties.services.sharing import request_booking
from khcn.parties.sharing_forms import BookingForm
from khcn.parties.views import answer_form, own_record


@login_required
@require_http_methods(["GET", "POST"])
def book_equipment(request: ActingRequest, code: str) -> HttpResponse:
    """Ask for a span of time of a shared piece of equipment."""
    equipment = own_record(request, Equipment, code)
    form = watching(BookingForm(request.POST or None, user=request.user, today=request.today), equipment)

    def act() -> EquipmentBooking:
        booking = EquipmentBooking(equipment=equipment, **form.said())
        return request_booking(booking=booking, actor=request.user, on=request.today, at=request.now)

    heading = _("Đăng ký sử dụng thiết bị {code}").format(code=equipment.code)
    values = {"heading": heading, "about": equipment.title, "register": EquipmentBooking.REGISTER, "record": equipment}
    return answer_form(request, may_book(request.user, equipment), form, values, act)
