"""From what was found in a sentence to the clause: each part in our words, and what decided it."""

from __future__ import annotations

from withhold.policies import objects, when, who
from withhold.policies.clause import Clause, Decided, Offered, Part
from withhold.policies.conditions import default_of, offered
from withhold.policies.judge import Judged
from withhold.policies.passage import Passage
from withhold.policies.signs import Signs
from withhold.policies.words_ready import Mark, Ready


def clause_of(
    signs: Signs, found: Judged, passage: Passage, made: Ready, lead: Signs | None = None
) -> Clause:
    """The clause. With ``lead`` the event stands there, and the sentence only names content."""
    by = lead or signs
    event = found.event
    restricted = found.restriction is not None
    trainer, actor = ("reader", None) if restricted else who.trainer_of(by, event)
    use, licence = who.use_of(by, trainer)
    content = objects.object_of(signs, event) if lead is None else objects.named(signs)
    if content is None:
        content = found.object
    reach, reach_mark = when.reach_of(signs)
    since, since_mark = when.since_of(signs, made.words.months)
    places, not_places, place_marks = when.places_of(signs)
    on = found.depends
    reasons: list[tuple[Part, Mark | None, Signs]] = [
        ("subject", actor, by),
        ("verb", event.verb, by),
        ("object", event.model if event.model is not event.verb else None, by),
        ("object", content.mark if content else None, content.said_by if content else signs),
        ("negation", found.no, _home(found.no, by, found.lead)),
        ("condition", on.on if on else None, by),
        ("control", on.control if on else None, by),
        ("addressed", found.restriction, _home(found.restriction, by, found.lead, found.headings)),
        ("guard", licence, by),
        ("reach", reach_mark, signs),
        ("date", since_mark, signs),
        *(("place", one, signs) for one in place_marks),
    ]
    return Clause(
        sentence=signs.text,
        says=found.says,
        restricts_reader=restricted,
        actor=trainer,
        actor_name=who.name_of(by, actor),
        whose=content.whose if content else "not-stated",
        object=objects.object_words(content.said_by, content.mark) if content else "",
        content=objects.kinds_of(signs),
        audience=objects.audience_of(signs),
        use=use,
        places=places,
        not_places=not_places,
        control=offered(by, on, passage.links) if on else Offered(),
        default=default_of(by, found.says, on.kind) if on else "none",
        reach=reach,
        since=since,
        why=_why(signs, reasons),
        headings=passage.headings,
        lead=passage.lead,
        start=passage.start,
        end=passage.end,
    )


def _home(mark: Mark | None, by: Signs, *around: Signs | None) -> Signs:
    """Of these the one that the mark stands in."""
    if mark is None or by.holds(mark):
        return by
    return next((one for one in around if one is not None and one.holds(mark)), by)


def _why(signs: Signs, reasons: list[tuple[Part, Mark | None, Signs]]) -> tuple[Decided, ...]:
    """The words that decided, in the order of the sentence; those of the lead first."""
    told = []
    for part, mark, by in reasons:
        if mark is None:
            continue
        one = by.decided(part, mark)
        told.append(one if by is signs else Decided(part=part, words=one.words))
    return tuple(sorted(dict.fromkeys(told), key=lambda one: (one.start, one.end)))
