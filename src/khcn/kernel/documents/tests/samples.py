"""Build invented documents to print in tests."""

from dataclasses import replace
from datetime import UTC, date, datetime

from khcn.kernel.documents.model import (
    Align,
    Appendix,
    BulletList,
    Cell,
    Column,
    ColumnGroup,
    Heading,
    KeyFigure,
    KeyFigures,
    LineBreak,
    Link,
    Metadata,
    Note,
    NumberedList,
    Numbering,
    OfficialDocument,
    Orientation,
    Paragraph,
    QrCode,
    Row,
    Signature,
    Style,
    Table,
    Text,
    runs,
)

PRODUCED_AT = datetime(2021, 9, 20, 1, 30, tzinfo=UTC)
METADATA = Metadata(title="Báo cáo chín tháng", produced_at=PRODUCED_AT, author="Sở mẫu", subject="Báo cáo định kỳ")
COMPARISON = Table(
    columns=(
        Column("TT", 0.6, Align.CENTER),
        Column("Chỉ tiêu", 4),
        Column("Đơn vị", 1.1, Align.CENTER),
        Column("Kế hoạch", 1.1, Align.RIGHT),
        Column("Thực hiện", 1.1, Align.RIGHT),
        Column("Tỷ lệ (%)", 1.1, Align.RIGHT),
    ),
    groups=(ColumnGroup("", 3), ColumnGroup("Chín tháng năm mẫu", 3)),
    rows=(
        Row((Cell(runs("I"), align=Align.CENTER), Cell(runs("Quản lý nhiệm vụ"), span=5)), emphasised=True),
        Row.of(
            "1", "Nhiệm vụ mở mới được phê duyệt", "nhiệm vụ", "10", Link("7", "https://khcn.example/n?q=1"), "70,0"
        ),
        Row.of("2", "Nhiệm vụ được nghiệm thu có kết quả chuyển giao cho cơ sở", "nhiệm vụ", "8", "8", "100,0"),
    ),
    caption="Bảng 1. Kết quả thực hiện chỉ tiêu",
    unit="Đơn vị tính: ghi trong bảng",
    source="Nguồn: sổ quản lý của Sở, đọc tại thời điểm lập báo cáo.",
)
LONG_SENTENCE = (
    "Các phòng chuyên môn đã rà soát hồ sơ, làm việc với đơn vị chủ trì và cập nhật tiến độ vào sổ quản lý; những việc "
    "chậm đều ghi rõ nguyên nhân, người chịu trách nhiệm và thời hạn mới để lãnh đạo theo dõi hằng tuần. "
)
BODY = (
    Heading(1, "I. TÌNH HÌNH CHUNG"),
    Paragraph.of(LONG_SENTENCE * 2),
    KeyFigures(
        (
            KeyFigure("Nhiệm vụ mở mới", "7", "nhiệm vụ", "https://khcn.example/n?q=1"),
            KeyFigure("Nghiệm thu", "8", "nhiệm vụ"),
            KeyFigure("Đơn đăng ký nhãn hiệu", "21", "đơn"),
        )
    ),
    Heading(1, "II. KẾT QUẢ THỰC HIỆN"),
    Heading(2, "1. Quản lý nhiệm vụ khoa học và công nghệ"),
    Paragraph.of(
        "Trong kỳ, hội đồng đã họp ",
        Link("5 phiên", "https://khcn.example/phien?ky=9t"),
        ", trong đó ",
        Text("3 phiên", bold=True),
        " xét chọn và ",
        Text("2 phiên", italic=True),
        " nghiệm thu. ",
        LONG_SENTENCE,
    ),
    Heading(3, "a) Nhiệm vụ chuyển tiếp"),
    BulletList((runs("Tiếp tục theo dõi các nhiệm vụ đang triển khai."), runs(LONG_SENTENCE))),
    COMPARISON,
    Note("Ghi chú: số liệu chốt đến ngày 14 của tháng cuối kỳ."),
    Heading(2, "2. Sở hữu trí tuệ"),
    Paragraph.of(LONG_SENTENCE * 3),
    Paragraph(runs("Danh mục chi tiết ở phụ lục", LineBreak(), "kèm theo"), align=Align.CENTER),
    Heading(1, "III. NHIỆM VỤ QUÝ IV"),
    NumberedList((runs(LONG_SENTENCE), runs("Hoàn thành báo cáo năm."))),
    NumberedList((runs("Chuẩn bị kế hoạch."), runs("Trình phê duyệt.")), Numbering.LETTERS),
    Heading(1, "IV. KIẾN NGHỊ"),
    Paragraph.of(LONG_SENTENCE * 2),
    Paragraph.of("Trên đây là báo cáo kết quả chín tháng, kính trình Ủy ban nhân dân tỉnh xem xét."),
)
REPORT = OfficialDocument(
    parent_agency="UBND tỉnh Thái Nguyên",
    agency="Sở Khoa học và Công nghệ",
    symbol="BC-SKHCN",
    place="Thái Nguyên",
    year=2021,
    kind="Báo cáo",
    subject="Kết quả hoạt động khoa học và công nghệ chín tháng, nhiệm vụ trọng tâm quý IV",
    metadata=METADATA,
    addressees=("Ủy ban nhân dân tỉnh", "Bộ Khoa học và Công nghệ"),
    legal_grounds=("Căn cứ kế hoạch công tác năm của Sở", "Theo đề nghị của Văn phòng Sở."),
    body=BODY,
    recipients=("Như trên", "Giám đốc, các Phó Giám đốc", "Các phòng, đơn vị trực thuộc", "Lưu: VT, VP"),
    signature=Signature("Phó Giám đốc", "KT. Giám đốc", "Nguyễn Văn Mẫu"),
    appendices=(
        Appendix("Phụ lục I", "Danh mục nhiệm vụ mở mới", (COMPARISON,)),
        Appendix("Phụ lục II", "Bảng chỉ tiêu", (COMPARISON, Note("Ghi chú.")), orientation=Orientation.LANDSCAPE),
    ),
)
SIGNED = replace(REPORT, number=5, dated_on=date(2021, 2, 8))


def conclusion_rows(count: int) -> tuple[Row, ...]:
    """Return rows of a follow-up table, as long as real ones."""
    return tuple(
        Row.of(
            str(number),
            "Sở rà soát các nhiệm vụ chậm tiến độ, báo cáo rõ nguyên nhân và hướng xử lý",
            "Rà soát nhiệm vụ chậm, trình phương án xử lý từng nhiệm vụ",
            Link(f"CV {number}/UBND-KGVX", f"https://khcn.example/cv/{number}"),
            "Phòng Quản lý khoa học; phối hợp: Thanh tra Sở",
            "Báo cáo rà soát, 2 biên bản làm việc",
            "Đúng hạn",
        )
        for number in range(1, count + 1)
    )


FOLLOW_UP = replace(
    REPORT,
    style=Style.COMPACT,
    orientation=Orientation.LANDSCAPE,
    subject="Thực hiện kết luận tại buổi làm việc với Sở",
    addressees=(),
    legal_grounds=(),
    appendices=(),
    body=(
        Table(
            columns=(
                Column("TT", 0.5, Align.CENTER),
                Column("Câu kết luận", 3.4),
                Column("Nhiệm vụ giao", 3),
                Column("Văn bản", 1.7),
                Column("Cơ quan", 2.2),
                Column("Minh chứng", 2),
                Column("Trạng thái", 1.1, Align.CENTER),
            ),
            rows=conclusion_rows(12),
        ),
        QrCode("https://khcn.example/ket-luan/2021-09", "Quét mã để xem bản cập nhật và minh chứng của từng việc."),
    ),
)

PARTY = replace(
    REPORT,
    style=Style.PARTY,
    parent_agency="Đảng bộ mẫu tỉnh Sông Vân",
    agency="Đảng ủy Sở Khoa học và Công nghệ",
    symbol="BC/ĐU",
    number=5,
    dated_on=date(2021, 2, 8),
    addressees=("Ban Thường vụ Tỉnh ủy",),
    signature=Signature("Bí thư", "T/M Ban Thường vụ", "Nguyễn Văn Mẫu"),
)
