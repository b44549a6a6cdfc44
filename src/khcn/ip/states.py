"""The states and kinds of protection titles and of registrations abroad."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class TitleKind(TextChoices):
    """What is protected."""

    INVENTION = "invention", _("Bằng độc quyền sáng chế")
    UTILITY_SOLUTION = "utility_solution", _("Bằng độc quyền giải pháp hữu ích")
    INDUSTRIAL_DESIGN = "industrial_design", _("Bằng độc quyền kiểu dáng công nghiệp")
    MARK = "mark", _("Giấy chứng nhận đăng ký nhãn hiệu")
    COLLECTIVE_MARK = "collective_mark", _("Giấy chứng nhận đăng ký nhãn hiệu tập thể")
    CERTIFICATION_MARK = "certification_mark", _("Giấy chứng nhận đăng ký nhãn hiệu chứng nhận")
    GEOGRAPHICAL_INDICATION = "geographical_indication", _("Giấy chứng nhận đăng ký chỉ dẫn địa lý")


class TitleState(TextChoices):
    """Where a title stands."""

    FILED = "filed", _("Đã nộp đơn")  # the application is with the national office
    GRANTED = "granted", _("Đã cấp văn bằng")  # in force as far as we know
    REFUSED = "refused", _("Bị từ chối")  # the application ended without a title
    LAPSED = "lapsed", _("Hết hiệu lực")  # term over, fee not paid, or cancelled


class ForeignState(TextChoices):
    """Where a registration abroad stands."""

    PREPARING = "preparing", _("Đang chuẩn bị đơn")  # decided, not yet filed
    FILED = "filed", _("Đang đăng ký")  # with the foreign office
    REGISTERED = "registered", _("Đã được bảo hộ")  # protected there
    REFUSED = "refused", _("Bị từ chối")  # ended without protection
    LAPSED = "lapsed", _("Hết hiệu lực")  # protection there has ended
