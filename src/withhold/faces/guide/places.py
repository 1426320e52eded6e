"""Pages by place, and by place and platform: what stands on the front page, without script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from withhold.faces.guide import addresses
from withhold.faces.guide.edition import Edition
from withhold.faces.guide.page import Card, Page
from withhold.faces.guide.steps import without_account
from withhold.faces.report.alike import read_alike
from withhold.faces.report.plans import top_line
from withhold.verbs.compare import Look
from withhold.verbs.plan import Plan
from withhold.verdict import Reason, Verdict

PLACE = "\N{LEFT CORNER BRACKET}place\N{RIGHT CORNER BRACKET}"
SLUG = "\N{LEFT CORNER BRACKET}slug\N{RIGHT CORNER BRACKET}"
"""Stand for a place in pages that are the same for many places; filled as the last thing."""


class Group(Struct, frozen=True, kw_only=True):
    """Places treated alike by all that is known, with the looks of every platform there."""

    number: int
    places: tuple[str, ...]
    looks: dict[str, Look]
    business: dict[str, Plan]


class Said(Struct, frozen=True, kw_only=True):
    """Verdicts that read the same, with the reasons and limits of all of them."""

    verdicts: tuple[Verdict, ...]
    reasons: tuple[Reason, ...]

    @property
    def first(self) -> Verdict:
        """The one that speaks for all."""
        return self.verdicts[0]


def said(look: Look, edition: Edition) -> list[Said]:
    """The verdicts of a look in paragraphs."""
    return [
        Said(
            verdicts=tuple(these),
            reasons=tuple(dict_of(why for one in these for why in one.reasons)),
        )
        for these in read_alike(look.verdicts, edition.speaker)
    ]


def limits(look: Look) -> list[Reason]:
    """What no answer of a look says, each once."""
    return dict_of(why for one in look.verdicts for why in one.limits)


def dict_of(reasons: Iterator[Reason] | Sequence[Reason]) -> list[Reason]:
    """Each reason once, in order: by code, what it rests on and what fills it."""
    found: dict[tuple[str, str, str], Reason] = {}
    for one in reasons:
        found.setdefault((one.code, one.rests_on, repr(sorted(one.facts.items()))), one)
    return list(found.values())


def platform_pages(group: Group, edition: Edition, names: dict[int, str]) -> Iterator[Page]:
    """One page per platform for all places of a group; ``PLACE`` and ``SLUG`` stand for each."""
    for platform, look in group.looks.items():
        known = edition.knowledge.platforms[platform]
        work = group.business[platform]
        differs = without_account(work) != without_account(look.plan)
        title = edition.say("%(platform)s in %(place)s", platform=known.name, place=PLACE)
        headline = _headline(look, edition)
        yield Page(
            path=f"{SLUG}/{platform}/",
            template="place_platform.html",
            title=title,
            description=headline,
            values={
                "platform": known,
                "look": look,
                "said": said(look, edition),
                "limits": limits(look),
                "work": work if differs else None,
                "top": top_line(look.plan, edition.phrases),
                "group": group,
                "where": names[group.number],
            },
            card=Card(
                lines=(headline, top_line(look.plan, edition.phrases)),
                place=names[group.number],
                mark=marked(look),
                name=f"{platform}-{group.number}",
            ),
        )


def place_pages(group: Group, edition: Edition, elsewhere: Sequence[object]) -> Iterator[Page]:
    """The page of a place: every platform there, in one line each."""
    looks = list(group.looks.values())
    count = sum(one.may in ("yes", "part") for one in looks)
    title = edition.say("AI training in %(place)s: who may, and how you say no", place=PLACE)
    line = edition.say(
        "%(count)s of %(all)s platforms may train on something you put there.",
        count=count,
        all=len(looks),
    )
    laws = [
        one
        for one in edition.knowledge.laws.values()
        if edition.knowledge.places.applies(group.places[0], one.places)
    ]
    yield Page(
        path=f"{SLUG}/",
        template="place.html",
        title=title,
        description=line,
        values={
            "looks": looks,
            "line": line,
            "laws": laws,
            "group": group,
            "elsewhere": elsewhere,
        },
        card=Card(lines=(line,), place=PLACE),
    )


def marked(look: Look) -> str:
    """The mark of a shared picture."""
    return {"yes": "may", "part": "may", "no": "no"}.get(look.may, "unknown")


def _headline(look: Look, edition: Edition) -> str:
    """The answer of the operator, or of who else may, as its fixed sentence."""
    ranked = sorted(
        (one for one in look.verdicts if one.use == "train-ai" and one.actor != "anyone"),
        key=lambda one: ("allowed", "unknown", "disallowed").index(one.answer),
    )
    if not ranked:
        return edition.sentences.answer["unknown"]
    return edition.plain_dates(edition.speaker.headline(ranked[0]))


def index(groups: Sequence[Group], edition: Edition, names: dict[int, str]) -> Page:
    """All places, in groups that are answered alike."""
    title = edition.say("Places")
    return Page(
        path="places/",
        template="places.html",
        title=title,
        description=edition.say("Places that get the same answers stand together."),
        values={"groups": groups, "names": names},
        kind="page",
        card=Card(lines=(edition.say("Places that get the same answers stand together."),)),
    )


def address(code: str, platform: str = "") -> str:
    """The page of a place, or of a platform there."""
    return addresses.place_platform(code, platform) if platform else addresses.place(code)
