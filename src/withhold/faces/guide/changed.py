"""What changed, as a page and as an Atom feed; and what changed elsewhere, not here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from withhold.faces.guide import addresses
from withhold.faces.guide.edition import Edition
from withhold.faces.guide.feed import atom
from withhold.faces.guide.page import Card, Page
from withhold.faces.report.changes import sentence
from withhold.verbs.changes import Change, concerns

ELSEWHERE = 8
"""So many changes elsewhere stand on the page of a place."""


def page_of(change: Change) -> str:
    """The page that a change rests on."""
    return addresses.rests_on(change.rests_on) or "changes/"


def dated(changes: Iterable[Change]) -> list[Change]:
    """What is news: it has a day of its own, or is known to follow on something else.

    What a source merely shows on a day may have been so for years.
    """
    return [one for one in changes if one.precision != "known" or one.before]


def page(everything: Sequence[Change], edition: Edition) -> Page:
    """All changes with a day, newest first, by year; how many have none is said."""
    changes = dated(everything)
    rows = [
        (year, [(one, sentence(one, edition.speaker), page_of(one)) for one in these])
        for year, these in groupby(changes, key=lambda one: one.on.year)
    ]
    newest = sentence(changes[0], edition.speaker) if changes else ""
    return Page(
        path="changes/",
        template="changes.html",
        title=edition.say("What changed"),
        description=edition.say(
            "What platforms and laws changed for what you publish, newest first."
        ),
        values={"rows": rows, "undated": len(everything) - len(changes)},
        kind=edition.say("page"),
        card=Card(lines=(edition.plain_dates(newest),)),
    )


def feed(changes: Sequence[Change], edition: Edition) -> tuple[str, bytes]:
    """The Atom feed of a language."""
    base = f"{edition.url}{edition.folder}" if edition.url else ""
    written = atom(
        dated(changes),
        edition.speaker,
        lang=edition.lang,
        title=edition.say("withhold: what changed"),
        url=base,
        when=edition.when,
        page_of=lambda one: page_of(one) if base else f"../{page_of(one)}",
        itself="changes/feed.xml" if base else "feed.xml",
        said=edition.plain_dates,
    )
    return f"{edition.folder}changes/feed.xml", written


def elsewhere(changes: Sequence[Change], place: str, edition: Edition) -> list[Change]:
    """The newest changes on platforms that do not concern a person in this place."""
    places = edition.knowledge.places
    found = [one for one in dated(changes) if one.platform and not concerns(one, place, places)]
    return found[:ELSEWHERE]
