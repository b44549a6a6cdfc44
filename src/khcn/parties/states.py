"""The states and kinds of organisations and people, and the code lists of their potential."""

from __future__ import annotations

from django.db.models import TextChoices

from khcn.language.words import words as _


class PartyState(TextChoices):
    """Whether a party still exists for us."""

    ACTIVE = "active", _("Đang hoạt động")
    ENDED = "ended", _("Đã chấm dứt")  # dissolved, merged, retired or deceased


class OrganisationKind(TextChoices):
    """What an organisation is, as the department tells them apart."""

    PARTY_BODY = "party_body", _("Cơ quan Đảng")
    STATE_BODY = "state_body", _("Cơ quan nhà nước")
    ELECTED_BODY = "elected_body", _("Cơ quan dân cử")
    FRONT = "front", _("Mặt trận, đoàn thể, hội")
    UNIVERSITY = "university", _("Trường, cơ sở đào tạo")
    RESEARCH = "research", _("Tổ chức khoa học và công nghệ")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    COOPERATIVE = "cooperative", _("Hợp tác xã, tổ hợp tác")
    PRESS = "press", _("Cơ quan báo chí")
    OTHER = "other", _("Tổ chức khác")


class ProfileState(TextChoices):
    """Whether a scientist's CV is still kept up."""

    KEPT = "kept", _("Đang theo dõi")
    CLOSED = "closed", _("Thôi theo dõi")  # moved away, retired from research, deceased


class LaboratoryState(TextChoices):
    """Whether a laboratory works."""

    WORKING = "working", _("Đang hoạt động")
    CLOSED = "closed", _("Đã ngừng hoạt động")


class EquipmentState(TextChoices):
    """Whether a piece of equipment can be used."""

    WORKING = "working", _("Đang sử dụng")
    REPAIR = "repair", _("Đang sửa chữa")
    IDLE = "idle", _("Chưa sử dụng, không sử dụng")
    DISPOSED = "disposed", _("Đã thanh lý")  # sold, destroyed or handed over


class BookingState(TextChoices):
    """Where a booking of shared equipment stands."""

    REQUESTED = "requested", _("Chờ nhận")
    ACCEPTED = "accepted", _("Đã xếp lịch")
    USED = "used", _("Đã dùng")
    REFUSED = "refused", _("Bị từ chối")
    CANCELLED = "cancelled", _("Đã hủy")  # by whoever asked, or by who decides; it stays in the register


class FigureState(TextChoices):
    """Whether a yearly figure of an organisation was compared with its paper."""

    ENTERED = "entered", _("Chưa đối chiếu báo cáo")
    CONFIRMED = "confirmed", _("Đã đối chiếu báo cáo")


# The code lists below are those of the statistical forms of 2015 (dataset st_codelists_2015); a test compares them.
class Qualification(TextChoices):
    """The highest qualification of a person."""

    DOCTOR = "TS", _("Tiến sĩ")
    MASTER = "ThS", _("Thạc sĩ")
    BACHELOR = "DH", _("Đại học")
    COLLEGE = "CD", _("Cao đẳng")
    VOCATIONAL = "TC", _("Trung cấp")
    OTHER = "K", _("Khác")


class AcademicTitle(TextChoices):
    """The academic title of a person."""

    PROFESSOR = "GS", _("Giáo sư")
    ASSOCIATE = "PGS", _("Phó giáo sư")


class Sex(TextChoices):
    """The sex of a person, as the statistics divide them."""

    FEMALE = "nu", _("Nữ")
    MALE = "nam", _("Nam")


class Origin(TextChoices):
    """Nationality and ethnic group, no finer than the statistics divide them."""

    KINH = "kinh", _("Người Việt Nam, dân tộc Kinh")
    MINORITY = "thieu-so", _("Người Việt Nam, dân tộc thiểu số")
    FOREIGN = "nuoc-ngoai", _("Người nước ngoài")


class FieldGroup(TextChoices):
    """The fields of science of the first level; the code is the first digit of every code below."""

    NATURAL = "1", _("Khoa học tự nhiên")
    ENGINEERING = "2", _("Khoa học kỹ thuật và công nghệ")
    MEDICAL = "3", _("Khoa học y, dược")
    AGRICULTURAL = "4", _("Khoa học nông nghiệp")
    SOCIAL = "5", _("Khoa học xã hội")
    HUMANITIES = "6", _("Khoa học nhân văn")
    OTHER = "khac", _("Khác, chưa ghi lĩnh vực")


class OrganisationType(TextChoices):
    """What an organisation is in the statistics of science and technology."""

    MANAGEMENT = "13.1", _("Cơ quan quản lý nhà nước")
    RESEARCH = "13.2", _("Tổ chức nghiên cứu khoa học và phát triển công nghệ")
    HIGHER_EDUCATION = "13.3", _("Cơ sở giáo dục đại học")
    UNIVERSITY = "13.3.a", _("Đại học")
    ACADEMY = "13.3.b", _("Học viện")
    COLLEGE = "13.3.c", _("Cao đẳng")
    SERVICE = "13.4", _("Tổ chức dịch vụ khoa học và công nghệ")
    INFORMATION = "13.4.a", _("Dịch vụ thông tin, thư viện")
    MUSEUM = "13.4.b", _("Dịch vụ bảo tàng cho khoa học và công nghệ")
    PUBLISHING = "13.4.c", _("Dịch vụ dịch thuật, biên tập, xuất bản cho khoa học và công nghệ")
    SURVEY = "13.4.d", _("Dịch vụ điều tra cơ bản định kỳ, thường xuyên")
    SOCIAL_SURVEY = "13.4.e", _("Dịch vụ thống kê, điều tra xã hội")
    QUALITY = "13.4.f", _("Dịch vụ tiêu chuẩn đo lường chất lượng")
    CONSULTING = "13.4.g", _("Dịch vụ tư vấn về khoa học và công nghệ")
    PROPERTY = "13.4.h", _("Dịch vụ sở hữu trí tuệ")
    TRANSFER = "13.4.i", _("Dịch vụ chuyển giao công nghệ")
    OTHER_SERVICE = "13.4.k", _("Dịch vụ khoa học và công nghệ khác")
    PUBLIC_UNIT = "13.5", _("Đơn vị sự nghiệp khác")
    SCIENCE_ENTERPRISE = "13.6", _("Doanh nghiệp khoa học và công nghệ")
    ENTERPRISE = "13.7", _("Doanh nghiệp")


class FoundingLevel(TextChoices):
    """Who founded an organisation."""

    ASSEMBLY = "8.1", _("Quốc hội, Ủy ban Thường vụ Quốc hội")
    GOVERNMENT = "8.2", _("Chính phủ")
    SUPREME_COURT = "8.3", _("Tòa án nhân dân tối cao")
    SUPREME_PROCURACY = "8.4", _("Viện kiểm sát nhân dân tối cao")
    PRIME_MINISTER = "8.5", _("Thủ tướng Chính phủ")
    MINISTRY = "8.6", _("Bộ trưởng, Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ")
    PROVINCE = "8.7", _("Ủy ban nhân dân tỉnh, thành phố trực thuộc Trung ương")
    ASSOCIATION = "8.8", _("Tổ chức chính trị, chính trị - xã hội, xã hội, xã hội - nghề nghiệp")
    PRIVATE = "8.9", _("Doanh nghiệp, tổ chức khác, cá nhân")


class EconomicType(TextChoices):
    """Whose an organisation is."""

    STATE = "14.1", _("Nhà nước")
    PRIVATE = "14.2", _("Ngoài nhà nước")
    FOREIGN = "14.3", _("Có vốn đầu tư nước ngoài")


class SpendingItem(TextChoices):
    """What money for science and technology was spent on.

    The form's rows below 2.1 and 2.3 bear no code of their own: their last figure counts them. A whole (2.1) is entered
    where an organisation does not divide it.
    """

    INVESTMENT = "1", _("Chi đầu tư phát triển khoa học và công nghệ")
    RECURRENT = "2", _("Chi sự nghiệp khoa học và công nghệ, chưa chia")
    STAFF_AND_OFFICE = "2.1", _("Chi quỹ lương và hoạt động bộ máy, chưa chia")
    WAGES = "2.1.1", _("Chi tiền lương, phụ cấp, tiền công và các khoản đóng góp theo lương")
    OFFICE = "2.1.2", _("Chi hoạt động bộ máy")
    FUNCTION = "2.2", _("Chi hoạt động thường xuyên theo chức năng")
    TASKS = "2.3", _("Chi thực hiện nhiệm vụ khoa học và công nghệ, chưa chia")
    NATIONAL_TASKS = "2.3.1", _("Chi nhiệm vụ cấp quốc gia")
    MINISTRY_TASKS = "2.3.2", _("Chi nhiệm vụ cấp bộ")
    PROVINCE_TASKS = "2.3.3", _("Chi nhiệm vụ cấp tỉnh")
    GRASSROOTS_TASKS = "2.3.4", _("Chi nhiệm vụ cấp cơ sở")
    OTHER_TASKS = "2.3.5", _("Chi nhiệm vụ khác")
    CAPACITY = "2.4", _("Chi tăng cường năng lực nghiên cứu")
    REPAIR = "2.5", _("Chi sửa chữa, chống xuống cấp")
    COOPERATION = "2.6", _("Chi hợp tác quốc tế")
    OTHER_RECURRENT = "2.7", _("Chi sự nghiệp khoa học và công nghệ khác")
    OTHER = "3", _("Chi khác cho khoa học và công nghệ")


class FundingSource(TextChoices):
    """Where money for science and technology comes from."""

    CENTRAL = "NSTW", _("Ngân sách trung ương")
    LOCAL = "NSDP", _("Ngân sách địa phương")
    ENTERPRISE = "DN", _("Doanh nghiệp")
    UNIVERSITY = "DH", _("Trường đại học")
    FOREIGN = "NN", _("Nước ngoài")
    OTHER = "K", _("Nguồn khác")
