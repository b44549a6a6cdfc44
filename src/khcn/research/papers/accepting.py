"""The decision that recognises the result of a task, with how its rating came to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from khcn.councils.judging import CouncilRating, JudgementRefused
from khcn.councils.models import Council, Matter
from khcn.councils.selectors import rating_of
from khcn.councils.states import Purpose, Rating
from khcn.kernel.documents.model import Block, OfficialDocument, Paragraph
from khcn.language.words import joined
from khcn.language.words import words as _
from khcn.research.models import ResearchTask
from khcn.research.papers.approving import decision_foot, last_article, leader_name, party_name
from khcn.research.papers.reading import Printing, concluded_councils, rules_of
from khcn.research.papers.wording import (
    article,
    both,
    delivered_table,
    doubts,
    draft,
    fact,
    grounds,
    numbered,
    on_day,
)
from khcn.research.selectors import RATINGS

REGISTERING = "research.limit.register"


def recognition_document(asked: Printing) -> OfficialDocument:
    """Return the draft of the decision that recognises the result after the council accepted it."""
    task, rules = asked.task, rules_of(asked, RATINGS, REGISTERING)
    council = next(iter(concluded_councils(asked, Purpose.ACCEPT)), None)
    host = party_name(task)
    return draft(
        asked,
        kind=_("Quyết định"),
        symbol="QĐ",
        subject=_("Công nhận kết quả nhiệm vụ khoa học và công nghệ «{title}»").format(title=task.title),
        day=asked.today,
        legal_grounds=grounds(asked, rules, *_papers_before(task, council)),
        body=(
            article(
                _("Điều 1. Công nhận kết quả nhiệm vụ «{title}» do {host} chủ trì, {leader} làm chủ nhiệm.").format(
                    title=task.title, host=host, leader=leader_name(task)
                )
            ),
            fact(_("Xếp loại"), task.get_rating_display(), place=1),
            fact(_("Cách xếp loại"), _explained(task, council), place=2),
            fact(_("Hội đồng nghiệm thu ngày"), on_day(task.accepted_on), place=3),
            *_fixed(task),
            Paragraph.of(_("Sản phẩm đã giao nộp:")),
            delivered_table(tuple(task.products.all())),
            article(
                _(
                    "Điều 2. {host} lưu giữ hồ sơ, đăng ký kết quả, quyết toán kinh phí, thanh lý hợp đồng và báo cáo "
                    "ứng dụng kết quả theo quy định."
                ).format(host=host)
            ),
            last_article(task, host),
        ),
        **decision_foot(),
        notes=doubts(rules),
    )


def _papers_before(task: ResearchTask, council: Council | None) -> Iterator[str]:
    yield _("Căn cứ Hợp đồng {paper};").format(paper=numbered(task.contract_number, task.contracted_on))
    if council is None:
        yield _("Căn cứ biên bản họp hội đồng nghiệm thu ngày {day};").format(day=on_day(task.accepted_on))
    else:
        words = _("Căn cứ Quyết định {paper} thành lập và biên bản họp ngày {day} của {title};")
        paper = numbered(council.decision_number, council.decided_on)
        yield words.format(paper=paper, day=on_day(council.meets_on), title=council.title)
    if task.registered_on is not None:
        words = _("Căn cứ Giấy chứng nhận đăng ký kết quả {paper};")
        yield words.format(paper=numbered(task.certificate_number, task.registered_on))


def _explained(task: ResearchTask, council: Council | None) -> str:
    """Return how the rating follows from the slips; a gap where the reader may not know of the council."""
    if council is None:
        return ""
    matter = Matter.objects.filter(council=council, subject_register=task.REGISTER, subject_id=task.pk).first()
    try:
        found = rating_of(council, matter) if matter is not None else None
    except JudgementRefused:
        return _("có phiếu bị đổi sau khi khóa, không dùng được; xem lại kết quả của hội đồng")
    if found is None or found.rating is None:
        return _("theo biên bản của hội đồng, không có phiếu trên hệ thống")
    return both(" ", _said(found), *found.reasons)


def _said(found: CouncilRating) -> str:
    counted = Counter(one.rating for one in found.members)
    parts = [
        _("{count} phiếu «{rating}»").format(count=counted[rating], rating=rating.label)
        for rating in Rating
        if counted[rating]
    ]
    return _("{parts} trên {all} phiếu được tính.").format(parts=joined(", ", parts), all=len(found.members))


def _fixed(task: ResearchTask) -> Iterator[Block]:
    if task.fixed_on is not None:
        yield fact(_("Hoàn thiện hồ sơ ngày"), on_day(task.fixed_on), place=4)
