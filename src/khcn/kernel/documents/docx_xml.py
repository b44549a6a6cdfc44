"""Build the elements of a Word text: runs, paragraphs, cells and tables, in the order its schema asks for.

Lengths are points unless a name says otherwise; Word counts in twentieths of a point (twips) and half points.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from khcn.kernel.documents.model import Align

POINTS_PER_MM: Final = 72 / 25.4
RELATION_ID: Final = qn("r:id")
SINGLE_LINE: Final = 240
JUSTIFICATION: Final = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}
SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class Face:
    """Hold how a run looks; size in points, 0 for the style's own."""

    size: float = 0
    bold: bool = False
    italic: bool = False
    linked: bool = False
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold how a paragraph stands: indents and spacing in points, line spacing in multiples of a single line."""

    align: Align = Align.LEFT
    style: str = ""
    first_line: float = 0
    indent_sides: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    exact_line: float = 0
    keep_next: bool = False
    ruled: bool = False
    boxed: bool = False


PLAIN: Final = Shape()


@dataclass(frozen=True, slots=True)
class CellPlan:
    """Hold one cell of a Word table; `merge` is "restart" or "continue" for a cell that reaches over rows."""

    content: Sequence[BaseOxmlElement]
    width: float
    span: int = 1
    merge: str = ""
    middle: bool = False


def twips(points: float) -> str:
    """Return points as whole twips."""
    return str(round(points * 20))


def element(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """Return a `w:` element; attributes are given without their prefix."""
    made = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): value for name, value in attributes.items()})
    made.extend(children)
    return made


def run_properties(face: Face) -> BaseOxmlElement:
    """Return the look of a run."""
    made = element("rPr")
    if face.bold:
        made.extend((element("b"), element("bCs")))
    if face.italic:
        made.extend((element("i"), element("iCs")))
    if face.size:
        half_points = str(round(face.size * 2))
        made.extend((element("sz", val=half_points), element("szCs", val=half_points)))
    if face.linked or face.underlined:
        made.append(element("u", val="single"))
    return made


def text_run(text: str, face: Face) -> BaseOxmlElement:
    """Return a run of printable text, spaces kept."""
    made = OxmlElement("w:t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    made.text = text
    return element("r", run_properties(face), made)


def line_break() -> BaseOxmlElement:
    """Return a run that starts a new line."""
    return element("r", element("br"))


def page_break() -> BaseOxmlElement:
    """Return a run that starts a new page."""
    return element("r", element("br", type="page"))


def page_number_field(face: Face) -> tuple[BaseOxmlElement, ...]:
    """Return the runs of a field that shows the number of the page."""
    instruction = element("instrText")
    instruction.text = "PAGE"
    parts = (element("fldChar", fldCharType="begin"), instruction, element("fldChar", fldCharType="end"))
    return tuple(element("r", run_properties(face), part) for part in parts)


def paragraph(content: Iterable[BaseOxmlElement], shape: Shape = PLAIN) -> BaseOxmlElement:
    """Return a paragraph of runs."""
    properties = element("pPr")
    if shape.style:
        properties.append(element("pStyle", val=shape.style))
    if shape.keep_next:
        properties.append(element("keepNext"))
    if shape.ruled or shape.boxed:
        sides = ("bottom",) if shape.ruled else ("top", "left", "bottom", "right")
        space = "0" if shape.ruled else "2"
        borders = (element(side, val="single", sz="6", space=space, color="000000") for side in sides)
        properties.append(element("pBdr", *borders))
    line, rule = (
        (twips(shape.exact_line), "exact") if shape.exact_line else (str(round(SINGLE_LINE * shape.line)), "auto")
    )
    properties.append(
        element("spacing", before=twips(shape.before), after=twips(shape.after), line=line, lineRule=rule)
    )
    side = twips(shape.indent_sides)
    properties.append(element("ind", left=side, right=side, firstLine=twips(shape.first_line)))
    properties.append(element("jc", val=JUSTIFICATION[shape.align]))
    return element("p", properties, *content)


def keep_with_next(made: BaseOxmlElement) -> None:
    """Keep a paragraph on the page of what follows it."""
    properties = made.find(qn("w:pPr"))
    if properties.find(qn("w:keepNext")) is None:
        properties.insert(len(properties.findall(qn("w:pStyle"))), element("keepNext"))


def rule(width: float, space: float) -> BaseOxmlElement:
    """Return a solid line `width` long, centred in `space`."""
    sides = max(0.0, (space - width) / 2)
    return paragraph((), Shape(exact_line=3, indent_sides=sides, ruled=True))


def cell(plan: CellPlan) -> BaseOxmlElement:
    """Return a cell; an empty one still gets the paragraph that Word needs."""
    properties = element("tcPr", element("tcW", w=twips(plan.width), type="dxa"))
    if plan.span > 1:
        properties.append(element("gridSpan", val=str(plan.span)))
    if plan.merge:
        properties.append(element("vMerge", val=plan.merge))
    if plan.middle:
        properties.append(element("vAlign", val="center"))
    return element("tc", properties, *(plan.content or (paragraph(()),)))


def row(cells: Iterable[BaseOxmlElement], *, heading: bool = False, whole: bool = False) -> BaseOxmlElement:
    """Return a row; a heading row is repeated on each page, a whole one is not broken between pages."""
    properties = element("trPr")
    if heading or whole:
        properties.append(element("cantSplit"))
    if heading:
        properties.append(element("tblHeader"))
    return element("tr", properties, *cells)


def table(
    rows: Iterable[BaseOxmlElement], widths: Sequence[float], *, bordered: bool, padding: tuple[float, float] = (0, 0)
) -> BaseOxmlElement:
    """Return a table of fixed column widths; `padding` is (top and bottom, left and right)."""
    line = {"val": "single", "sz": "4", "space": "0", "color": "000000"} if bordered else {"val": "nil"}
    upright, across = (twips(part) for part in padding)
    margins = (("top", upright), ("left", across), ("bottom", upright), ("right", across))
    properties = element(
        "tblPr",
        element("tblW", w=twips(sum(widths)), type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *(element(side, **line) for side in SIDES)),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in margins)),
    )
    grid = element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths))
    return element("tbl", properties, grid, *rows)
