"""The states and kinds of protection titles and of registrations abroad."""

from __future__ import annotations

from django.db.models import TextChoices


class TitleKind(TextChoices):
    """What is protected."""

    INVENTION = "invention", "Bằng độc quyền sáng chế"
    UTILITY_SOLUTION = "utility_solution", "Bằng độc quyền giải pháp hữu ích"
    INDUSTRIAL_DESIGN = "industrial_design", "Bằng độc quyền kiểu dáng công nghiệp"
    MARK = "mark", "Giấy chứng nhận đăng ký nhãn hiệu"
    COLLECTIVE_MARK = "collective_mark", "Giấy chứng nhận đăng ký nhãn hiệu tập thể"
    CERTIFICATION_MARK = "certification_mark", "Giấy chứng nhận đăng ký nhãn hiệu chứng nhận"
    GEOGRAPHICAL_INDICATION = "geographical_indication", "Giấy chứng nhận đăng ký chỉ dẫn địa lý"


class TitleState(TextChoices):
    """Where a title stands."""

    FILED = "filed", "Đã nộp đơn"  # the application is with the national office
    GRANTED = "granted", "Đã cấp văn bằng"  # in force as far as we know
    REFUSED = "refused", "Bị từ chối"  # the application ended without a title
    LAPSED = "lapsed", "Hết hiệu lực"  # term over, fee not paid, or cancelled


class ForeignState(TextChoices):
    """Where a registration abroad stands."""

    PREPARING = "preparing", "Đang chuẩn bị đơn"  # decided, not yet filed
    FILED = "filed", "Đang đăng ký"  # with the foreign office
    REGISTERED = "registered", "Đã được bảo hộ"  # protected there
    REFUSED = "refused", "Bị từ chối"  # ended without protection
    LAPSED = "lapsed", "Hết hiệu lực"  # protection there has ended
