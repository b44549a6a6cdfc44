"""The papers by which a task ends before its time: the decision that stops it, the file of the risk that came true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khcn.kernel.documents.model import (
    Align,
    Block,
    Column,
    Heading,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
)
from khcn.kernel.rulebook.models import Rule
from khcn.language.words import words as _
from khcn.research.models import ResearchTask, RiskFile
from khcn.research.papers.approving import decision_foot, leader_name, party_name, recorded_as
from khcn.research.papers.closing import money_table
from khcn.research.papers.reading import Printing, reason_of, rules_of, steps_of
from khcn.research.papers.wording import (
    GAP,
    NUMBER,
    article,
    both,
    dong,
    doubts,
    draft,
    fact,
    grounds,
    known,
    numbered,
    on_day,
    rule_words,
)
from khcn.research.selectors import asked_back
from khcn.research.states import TaskState
from khcn.ui import formats

RECOVERY = "research.limit.recovery"
STEP_COLUMNS = (
    Column(_("Ngày"), 1.3, Align.CENTER),
    Column(_("Việc"), 3),
    Column(_("Trạng thái"), 2.2),
    Column(_("Văn bản, lý do"), 3.6),
)
INSPECTION_COLUMNS = (
    NUMBER,
    Column(_("Kiểm tra ngày"), 1.5, Align.CENTER),
    Column(_("Số biên bản"), 1.5),
    Column(_("Tiến độ"), 1.5),
    Column(_("Nhận xét, kiến nghị"), 4.4),
)
YES, NO = _("có"), _("không", "answer")


def termination_document(asked: Printing) -> OfficialDocument:
    """Return the draft of the decision that stops the task for good, with its cause and what becomes of the money."""
    task, rules = asked.task, rules_of(asked, RECOVERY)
    contract = numbered(task.contract_number, task.contracted_on)
    return draft(
        asked,
        kind=_("Quyết định"),
        symbol="QĐ",
        subject=_("Chấm dứt thực hiện nhiệm vụ khoa học và công nghệ «{title}»").format(title=task.title),
        day=task.stopped_on or asked.today,
        legal_grounds=grounds(
            asked,
            rules,
            _("Căn cứ Quyết định {paper} phê duyệt nhiệm vụ;").format(
                paper=numbered(task.approval_number, task.approved_on)
            ),
            _("Căn cứ Hợp đồng {paper};").format(paper=contract),
            _("Xét đề nghị của {who}.").format(who=GAP),
        ),
        body=tuple(_stopping(task, contract, rules)),
        **decision_foot(),
        notes=[*recorded_as(task.stop_number, task.stopped_on), *doubts(rules)],
    )


def risk_document(asked: Printing) -> OfficialDocument:
    """Return the file that must show that the process was followed before a failure is accepted as a risk."""
    task, risk = asked.task, asked.task.risk_file
    rules = rules_of(asked, RECOVERY)
    return draft(
        asked,
        kind=_("Hồ sơ chấp nhận rủi ro"),
        symbol="",
        subject=_("Nhiệm vụ khoa học và công nghệ «{title}»").format(title=task.title),
        legal_grounds=grounds(asked, rules),
        body=(
            *_task_facts(task),
            *_risk_facts(risk),
            Heading(1, _("III. Quá trình thực hiện theo sổ")),
            Table(columns=STEP_COLUMNS, rows=tuple(_step_rows(task))),
            Heading(1, _("IV. Kiểm tra, đánh giá trong kỳ")),
            _inspections(task),
            Heading(1, _("V. Kinh phí đã sử dụng")),
            money_table(task),
            *_decision(risk),
        ),
        signature=Signature(position=GAP),
        notes=doubts(rules),
    )


def _stopping(task: ResearchTask, contract: str, rules: Sequence[Rule]) -> Iterator[Block]:
    host, why = party_name(task), reason_of(task, TaskState.TERMINATED)
    yield article(
        _(
            "Điều 1. Chấm dứt thực hiện nhiệm vụ «{title}» (mã {code}) do {host} chủ trì, {leader} làm chủ nhiệm, theo "
            "Hợp đồng {contract}, từ ngày {day}."
        ).format(
            title=task.title,
            code=task.number or task.code,
            host=host,
            leader=leader_name(task),
            contract=contract,
            day=on_day(task.stopped_on),
        )
    )
    yield fact(_("Nguyên nhân chấm dứt"), task.get_termination_cause_display(), place=1)
    yield fact(_("Lý do"), why, place=2)
    yield article(_("Điều 2. Xử lý kinh phí. Kinh phí của nhiệm vụ theo sổ như sau:"))
    yield money_table(task)
    asked = asked_back(task)
    yield fact(_("Số tiền tổ chức chủ trì hoàn trả ngân sách"), dong(asked[0]) if asked else "", place=1)
    limit = next((one for one in rules if one.key.startswith(RECOVERY)), None)
    yield fact(_("Thời hạn hoàn trả từ quyết định thu hồi"), rule_words(limit) if limit else "", place=2)
    yield fact(_("Xử lý tài sản đã mua sắm"), "", place=3)
    yield article(
        _(
            "Điều 3. {office}, {host}, chủ nhiệm nhiệm vụ và các đơn vị có liên quan chịu trách nhiệm thi hành Quyết "
            "định này, quyết toán kinh phí và thanh lý hợp đồng."
        ).format(office=task.office.name, host=host)
    )


def _task_facts(task: ResearchTask) -> Iterator[Block]:
    yield Heading(1, _("I. Nhiệm vụ"))
    yield fact(_("Mã hồ sơ, mã số nhiệm vụ"), both(", ", task.code, known(task.number)), place=1)
    yield fact(_("Tổ chức chủ trì"), party_name(task), place=2)
    yield fact(_("Chủ nhiệm"), leader_name(task), place=3)
    yield fact(_("Luật áp dụng"), task.get_regime_display(), place=4)
    yield fact(_("Quyết định phê duyệt"), numbered(task.approval_number, task.approved_on), place=5)
    yield fact(_("Hợp đồng"), numbered(task.contract_number, task.contracted_on), place=6)


def _risk_facts(risk: RiskFile) -> Iterator[Block]:
    yield Heading(1, _("II. Rủi ro"))
    yield fact(_("Loại rủi ro"), risk.get_kind_display(), place=1)
    yield fact(_("Báo cáo rủi ro ngày"), formats.day(risk.reported_on), place=2)
    yield fact(_("Đã thực hiện đầy đủ quy trình đã duyệt"), YES if risk.process_followed else NO, place=3)
    yield fact(_("Căn cứ chứng minh"), risk.process_evidence, place=4)
    yield fact(_("Giữ liêm chính khoa học"), YES if risk.is_honest else NO, place=5)


def _step_rows(task: ResearchTask) -> Iterator[Row]:
    for step in steps_of(task):
        papers = [numbered(number, day) for number, day in step.papers]
        state = TaskState(step.state).label
        yield Row.of(formats.day(step.on), _sentence(step.verb), state, both("; ", *papers, step.why))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _inspections(task: ResearchTask) -> Block:
    """Return the inspections as a table, or that the register has none."""
    rows = [
        Row.of(
            str(place),
            formats.day(one.inspected_on),
            known(one.number),
            one.get_schedule_display(),
            both(" ", one.findings, one.requests),
        )
        for place, one in enumerate(task.inspections.all(), start=1)
    ]
    if not rows:
        return Paragraph.of(_("Sổ chưa ghi đợt kiểm tra nào."))
    return Table(columns=INSPECTION_COLUMNS, rows=tuple(rows))


def _decision(risk: RiskFile) -> Iterator[Block]:
    decided = bool(risk.recovery)
    yield Heading(1, _("VI. Ý kiến, quyết định"))
    yield fact(_("Ý kiến hội đồng, chuyên gia"), risk.opinion, place=1)
    yield fact(_("Quyết định về kinh phí"), risk.get_recovery_display(), place=2)
    yield fact(_("Số tiền thu hồi"), dong(risk.recovery_vnd) if decided else "", place=3)
    yield fact(_("Văn bản quyết định"), numbered(risk.number, risk.decided_on), place=4)
