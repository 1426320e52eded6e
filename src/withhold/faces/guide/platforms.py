"""Pages of platforms, and the matrix of all platforms and places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from withhold.faces.guide import addresses
from withhold.faces.guide.edition import Edition
from withhold.faces.guide.naming import name, names
from withhold.faces.guide.page import Card, Page
from withhold.faces.guide.places import Group, Side, marked, said
from withhold.faces.guide.steps import without_account
from withhold.faces.report.charts import Timeline, timeline
from withhold.facts import Control, Platform, Practice
from withhold.verbs.compare import Look


def all_sides(groups: Sequence[Group], edition: Edition) -> dict[str, list[Side]]:
    """Platform -> its places side by side."""
    return {one: sides(one, groups, edition) for one in edition.knowledge.platforms}


def sides(platform: str, groups: Sequence[Group], edition: Edition) -> list[Side]:
    """All places side by side, those that read the same in one column; the most places first."""
    found: dict[object, list[Group]] = {}
    for group in groups:
        look = group.looks[platform]
        answers = tuple(
            (one.actor, one.use, one.kinds, one.audience, edition.speaker.headline(one), one.open)
            for one in look.verdicts
        )
        found.setdefault((answers, without_account(look.plan)), []).append(group)
    alike = []
    for these in found.values():
        every = (code for one in these for code in one.places)
        codes = tuple(sorted(every, key=lambda code: "-" in code))  # countries before their states
        alike.append(
            Side(
                groups=tuple(one.number for one in these),
                places=codes,
                name=name(codes, edition.knowledge.places, edition.lang, edition.say),
                look=these[0].looks[platform],
                said=said(these[0].looks[platform], edition),
            )
        )
    return sorted(alike, key=lambda one: -len(one.places))


def pages(everything: Mapping[str, list[Side]], edition: Edition) -> Iterator[Page]:
    """A page per platform, and their index."""
    knowledge = edition.knowledge
    for slug, platform in knowledge.platforms.items():
        here = everything[slug]
        first = here[0].look
        picture = timeline(
            platform,
            edition.speaker,
            edition.when,
            edition.phrases.__getitem__,
            edition.day,
        )
        yield Page(
            path=addresses.platform(slug),
            template="platform.html",
            title=platform.name,
            description=edition.say(
                "%(platform)s and AI training: all places side by side, controls, history.",
                platform=platform.name,
            ),
            values={
                "platform": platform,
                "sides": here,
                "picture": picture,
                "operator": knowledge.actors[platform.operator],
                "now": [
                    one for one in platform.control if (slug, one.id) not in knowledge.superseded
                ],
                "rows": picture.rows,
                "practices": _undrawn(platform, picture, edition),
            },
            kind=edition.say("platform"),
            also=(slug, *platform.aliases, *_labels(platform.control)),
            card=Card(
                lines=(edition.word.may[first.may], edition.word.way[first.way]),
                place=here[0].name,
                mark=marked(first),
            ),
        )
    title = edition.say("Platforms")
    yield Page(
        path="platforms/",
        template="platforms.html",
        title=title,
        description=edition.say("All platforms that are known here, and how many places differ."),
        values={"sides": everything},
        kind=edition.say("page"),
        card=Card(
            lines=(edition.say("%(count)s platforms", count=edition.number(len(everything))),)
        ),
    )


class Column(Struct, frozen=True, kw_only=True):
    """Places whose cells of the matrix read the same for every platform."""

    name: str
    first: str
    looks: dict[str, Look]


def matrix(groups: Sequence[Group], edition: Edition) -> Page:
    """All platforms and places: may it train, and can I say no?"""
    return Page(
        path="matrix/",
        template="matrix.html",
        title=edition.say("All platforms, all places"),
        description=edition.say("May it train, and can you say no: every platform in every place."),
        values={"columns": _columns(groups, edition)},
        kind=edition.say("page"),
        card=Card(lines=(edition.say("May it train? Can you say no?"),)),
    )


def _columns(groups: Sequence[Group], edition: Edition) -> list[Column]:
    """The most places first. What tells two groups apart may be no cell of the matrix."""
    found: dict[object, list[Group]] = {}
    for group in groups:
        read = tuple((look.may, look.way) for look in group.looks.values())
        found.setdefault(read, []).append(group)
    alike = [
        (sorted(code for one in these for code in one.places), these[-1])
        for these in found.values()
    ]
    alike.sort(key=lambda one: (-len(one[0]), one[0]))
    said = names([codes for codes, _ in alike], edition.knowledge.places, edition.lang, edition.say)
    return [
        Column(name=said[number], first=codes[0], looks=group.looks)
        for number, (codes, group) in enumerate(alike)
    ]


def _undrawn(
    platform: Platform, picture: Timeline, edition: Edition
) -> list[tuple[Practice, bool]]:
    """Practices that the picture does not draw, each with whether it is superseded."""
    drawn = {row.id for row in picture.rows}
    known = edition.knowledge.superseded
    return [
        (one, (platform.id, one.id) in known) for one in platform.practice if one.id not in drawn
    ]


def _labels(controls: Sequence[Control]) -> list[str]:
    return [text for one in controls for text in (*one.label.values(), *_old(one))]


def _old(control: Control) -> list[str]:
    return [one.text for one in control.old_labels]
