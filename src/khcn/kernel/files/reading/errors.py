"""Why a file could not be read: each reason is an exception that tells a person what is wrong and what to do."""

from typing import ClassVar

from khcn.language.words import words as _

LONGEST_NAME = 120


class UnreadableFile(Exception):
    """Say in Vietnamese which file could not be read, why, and what to do.

    `problem`: the cause, a clause without a full stop. `filename`: empty for pasted text.
    """

    remedy: ClassVar[str] = _("Kiểm tra lại tệp rồi tải lên lại.")

    def __init__(self, problem: str, filename: str = "") -> None:
        self.problem = problem
        self.filename = filename
        super().__init__(problem)

    def __str__(self) -> str:
        subject = (
            _("tệp “{filename}”").format(filename=printable_name(self.filename)) if self.filename else _("văn bản")
        )
        return _("Không đọc được {subject}: {problem}. {remedy}").format(
            subject=subject, problem=self.problem, remedy=self.remedy
        )


class EmptyFile(UnreadableFile):
    """Report a file without content."""

    remedy = _("Mở tệp gốc kiểm tra nội dung, lưu lại rồi tải lên.")


class FileTooLarge(UnreadableFile):
    """Report a file over the size limit."""

    remedy = _("Giảm dung lượng (bỏ bớt ảnh, tách thành nhiều tệp) rồi tải lên lại.")


class UnrecognisedType(UnreadableFile):
    """Report content that is none of the kinds that can be read."""

    remedy = _("Chuyển sang .docx, .pdf, .html hoặc .txt rồi tải lên lại.")


class ExtensionMismatch(UnrecognisedType):
    """Report content that is of another kind than the file's extension says."""

    remedy = _("Đổi đuôi tệp cho đúng loại, hoặc chọn lại đúng tệp, rồi tải lên lại.")


class DamagedFile(UnreadableFile):
    """Report a file of a known kind whose content is broken."""

    remedy = _("Mở tệp bằng chương trình gốc, lưu lại bản mới rồi tải lên lại.")


class EncryptedFile(UnreadableFile):
    """Report a file that asks for a password."""

    remedy = _("Bỏ mật khẩu của tệp rồi tải lên lại.")


class DangerousFile(UnreadableFile):
    """Report an archive or markup built to exhaust the machine, or that takes too long to read."""

    remedy = _("Mở tệp bằng chương trình gốc, lưu lại bản mới rồi tải lên lại; nếu tệp đến từ người lạ, không mở tệp.")


class ScannedDocument(UnreadableFile):
    """Report a PDF whose pages are images without a text layer."""

    remedy = _(
        "Tệp này chưa nhận dạng chữ (OCR) được ở đây: giữ bản gốc, "
        "tải lên bản có lớp chữ (xuất PDF từ Word) hoặc nhập nội dung bằng tay."
    )


class NoText(UnreadableFile):
    """Report a file that can be read but holds no letters."""

    remedy = _("Kiểm tra xem có chọn đúng tệp không.")


class NotVietnamese(UnreadableFile):
    """Report text that is not Vietnamese where Vietnamese is needed."""

    remedy = _("Kiểm tra bảng mã và nội dung; dùng bản tiếng Việt có dấu.")


class SecretDocument(UnreadableFile):
    """Report a mark of State secrecy: the document is refused and nothing of it is kept.

    `level`: the mark found, one of "MẬT", "TỐI MẬT", "TUYỆT MẬT".
    """

    remedy = _(
        "Tài liệu bí mật nhà nước không được đưa lên máy tính nối mạng: hệ thống không lưu tệp này; "
        "xử lý theo quy định về bảo vệ bí mật nhà nước."
    )

    def __init__(self, level: str, filename: str = "") -> None:
        self.level = level
        super().__init__(_("tài liệu mang dấu chỉ độ mật “{level}”").format(level=level), filename)


class SecretText(SecretDocument):
    """Report a mark of State secrecy in what somebody typed: nothing of it is written down.

    `filename`: here the field of the form, empty where it is not known.
    """

    remedy = _(
        "Thông tin bí mật nhà nước không được đưa lên máy tính nối mạng: hệ thống không ghi nội dung này. "
        "Xóa nội dung khỏi biểu mẫu và xử lý theo quy định về bảo vệ bí mật nhà nước."
    )

    def __str__(self) -> str:
        subject = (
            _("mục «{filename}»").format(filename=printable_name(self.filename))
            if self.filename
            else _("nội dung đã nhập")
        )
        return _("Không ghi được {subject}: có dấu chỉ độ mật “{level}”. {remedy}").format(
            subject=subject, level=self.level, remedy=self.remedy
        )


def printable_name(filename: str) -> str:
    """Return a file name fit for a message: no control characters, not too long."""
    name = "".join(char if char.isprintable() else "?" for char in filename)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
