"""Put the reading rules together: one text in, one reading out."""

from datetime import date

from khcn.governance.reader.directives import DirectiveReader
from khcn.governance.reader.discussion import read_discussion
from khcn.governance.reader.document import Document, prepare
from khcn.governance.reader.figures import Proposals, read_figures
from khcn.governance.reader.parts import read_parts
from khcn.governance.reader.people import Cast, read_people
from khcn.governance.reader.petitions import PetitionReader
from khcn.governance.reader.reading import Evidence, Person, Reading
from khcn.governance.reader.sections import sections_of
from khcn.governance.reader.sessions import read_date, read_place, read_title
from khcn.governance.reader.spans import SpanSet
from khcn.governance.reader.speakers import Speakers


def _people(document: Document, cast: Cast, speakers: Speakers) -> tuple[Person, ...]:
    people = []
    for key, character in cast.characters.items():
        span = document.span(character.first.start, character.first.end)
        rule = "name_and_post" if character.roles else "form_of_address"
        people.append(
            Person(
                name=character.name,
                roles=tuple(character.roles),
                organisation=character.organisation,
                part=speakers.part(key),
                evidence=Evidence(text=document.raw(span), span=span, rule=rule, confidence=character.confidence),
            ),
        )
    return tuple(people)


def read_text(text: str, *, published_on: date | None = None) -> Reading:
    """Read the text of a working session or of a notice of its conclusions.

    Never raises: a text without structure gives an empty reading. ``published_on`` helps to infer a year that the
    text does not state. Every span is half-open, in characters of ``text``.
    """
    document = prepare(text)
    cast = read_people(document)
    speakers = Speakers(document, cast)
    sections = sections_of(document)
    session_date = read_date(document, published_on)
    given = (session_date.on if session_date else None) or published_on
    directives, order_spans = DirectiveReader(document, speakers, sections, given).read()
    ordered = SpanSet(order_spans)
    petitions, asked = PetitionReader(document, speakers, sections, ordered).read()
    place = read_place(document, cast, speakers.chair)
    parts = read_parts(document, session_date.iso if session_date else None)
    if parts and parts[0].place:
        place = parts[0].place, parts[0].evidence
    return Reading(
        title=read_title(document),
        date=session_date.iso if session_date else None,
        year_inferred=bool(session_date and session_date.is_inferred),
        date_stated=session_date.stated if session_date else None,
        date_evidence=session_date.evidence if session_date else None,
        place=place[0] if place else None,
        place_evidence=place[1] if place else None,
        people=_people(document, cast, speakers),
        figures=tuple(read_figures(document, Proposals(SpanSet(asked), ordered))),
        discussion_points=tuple(read_discussion(document, speakers, sections, ordered)),
        directives=tuple(directives),
        petitions=tuple(petitions),
        sessions=parts,
    )
