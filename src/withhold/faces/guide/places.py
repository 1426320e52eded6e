"""Pages by place, and by place and platform: what stands on the front page, without script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

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
    """Verdicts that read the same, with the reasons of all of them."""

    verdicts: tuple[Verdict, ...]
    reasons: tuple[Reason, ...]

    @property
    def first(self) -> Verdict:
        """The one that speaks for all."""
        return self.verdicts[0]


class Side(Struct, frozen=True, kw_only=True):
    """The places in which one platform gets the same answers and the same plan."""

    groups: tuple[int, ...]
    places: tuple[str, ...]
    name: str
    look: Look
    said: list[Said]


def said(look: Look, edition: Edition) -> list[Said]:
    """The verdicts of a look in paragraphs."""
    return [
        Said(
            verdicts=tuple(these),
            reasons=tuple(each_once(why for one in these for why in one.reasons)),
        )
        for these in read_alike(look.verdicts, edition.speaker)
    ]


def limits(look: Look) -> list[Reason]:
    """What no answer of a look says, each once."""
    return each_once(why for one in look.verdicts for why in one.limits)


def each_once(reasons: Iterator[Reason] | Sequence[Reason]) -> list[Reason]:
    """Each reason once, in order: by code, what it rests on and what fills it."""
    found: dict[tuple[str, str, str], Reason] = {}
    for one in reasons:
        found.setdefault((one.code, one.rests_on, repr(sorted(one.facts.items()))), one)
    return list(found.values())


def platform_pages(
    group: Group, edition: Edition, sides: Mapping[str, Sequence[Side]]
) -> Iterator[Page]:
    """One page per platform for all places of a group; ``PLACE`` and ``SLUG`` stand for each.

    ``sides`` has, for each platform, all places side by side.
    """
    for platform, look in group.looks.items():
        known = edition.knowledge.platforms[platform]
        here = next(one for one in sides[platform] if group.number in one.groups)
        work = group.business[platform]
        differs = without_account(work) != without_account(look.plan)
        title = f"{known.name} · {PLACE}"  # no "in": half of the languages would need its case
        headline = _headline(look, known.name, edition)
        top = top_line(look.plan, edition.phrases) if look.verdicts else headline
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
                "top": top,
                "group": group,
                "where": here.name,
                "different": [one for one in sides[platform] if one is not here],
            },
            card=Card(
                lines=tuple(dict.fromkeys((headline, top))),
                place=here.name,
                mark=marked(look),
                name=f"{platform}-{group.number}",
            ),
        )


def place_pages(group: Group, edition: Edition, elsewhere: Sequence[object]) -> Iterator[Page]:
    """The page of a place: every platform there, in one line each."""
    looks = list(group.looks.values())
    count = sum(one.may in ("yes", "part") for one in looks)
    title = edition.say("%(place)s: who may train AI, and how you say no", place=PLACE)
    line = edition.say(
        "%(count)s of %(all)s platforms may train on something you put there.",
        count=edition.number(count),
        all=edition.number(len(looks)),
    )
    if not looks:
        line = edition.say("No platform is known here yet.")
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


def _headline(look: Look, platform: str, edition: Edition) -> str:
    """The answer of the operator, or of who else may, as its fixed sentence."""
    if not look.verdicts:
        return edition.say(
            "Nothing is known here of what %(platform)s does with what you put there.",
            platform=platform,
        )
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
        kind=edition.say("page"),
        card=Card(lines=(edition.say("Places that get the same answers stand together."),)),
    )
