"""Made-up worlds for the laws of the question: any mix of practices, controls, acts and days.

Everything is small, so that things meet: few days, few places, few names.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from tests.unit import made
from withhold.asked import Seen
from withhold.catalog.load import Knowledge
from withhold.facts import Control, Platform, Practice, Shield
from withhold.law_facts import Law
from withhold.may_train import may_train
from withhold.verdict import Verdict
from withhold.words import Account, Content, Observation, Span, Statement

LAST = 24
PRACTICES = ("p0", "p1", "p2")
CONTROLS = ("c0", "c1", "c2")
TOKENS = ("ScrapeBot", "OtherBot", "Scrape-Extended")


def day(number: int) -> date:
    return made.BEGAN + timedelta(days=number)


DAYS = [day(number) for number in range(LAST + 1)]
POSTED = (None, None, None, DAYS[0], DAYS[5], DAYS[12])
days = st.sampled_from(DAYS)
early = st.sampled_from([*DAYS[:8], *DAYS[:8], *DAYS])
late = st.sampled_from([*DAYS[8:], *DAYS[8:], *DAYS])
maybe_days = st.none() | days
places = st.sampled_from([["WORLD"], ["WORLD"], ["WORLD"], ["EU"], ["DE"], ["US"], ["US-PA"]])
HOLDS: list[dict[str, Any]] = [
    *[{}] * 30,
    {"places": ["EU"]},
    {"places": ["DE", "US"]},
    {"places": ["US-PA"]},
    {"not_places": ["EU"]},
    {"not_places": ["US-PA"]},
    {"plans": ["free"]},
    {"plans": ["free", "team"]},
    {"account_kinds": ["personal"]},
    {"account_kinds": ["business"]},
]
"""Where, for whom and under which plan something holds; mostly everywhere and for all."""
YES_OR_NO = st.sampled_from([True, False])
SAYS = st.sampled_from(["yes", "yes", "yes", "yes", "conditional", "silent", "no"])
DEFAULTS = st.sampled_from(["on", "on", "off", "none"])
owners = st.sampled_from(["acme", "acme", "acme", "partner", "anyone", "scrapeco"])
wheres = st.sampled_from(["DE", "GB", "US-PA", "US"])
hows = st.sampled_from(["told", "clicked", "shown", "observed"])
spans = st.tuples(st.none() | early, st.sampled_from([None] * 6 + DAYS[10:16])).filter(
    lambda ends: ends[0] is None or ends[1] is None or ends[0] < ends[1]
)


class World(Struct, frozen=True):
    """A question with all that it is asked of."""

    known: Knowledge
    seen: tuple[Seen, ...]
    content: Content
    actor: str
    where: str
    when: date

    def __repr__(self) -> str:
        """Short: what a person needs to see when a law is broken."""
        acme = self.acme
        things = [
            *acme.practice,
            *acme.control,
            *acme.shield,
            *self.known.actors["scrapeco"].practice,
        ]
        lines = [f"{type(one).__name__} {_said(one)}" for one in things]
        lines += [f"forbids {_said(f)}" for law in self.known.laws.values() for f in law.forbids]
        lines += [f"{type(one).__name__} {_said(one)}" for one in self.seen]
        lines += [f"content {_said(self.content)}", f"{self.actor} {self.where} {self.when}"]
        return "\n".join(["", *lines])

    def ask(self, *more: Seen, when: date | None = None, known: Knowledge | None = None) -> Verdict:
        """The verdict, with what is said to be added or changed."""
        return may_train(
            self.actor,
            self.content,
            self.where,
            when or self.when,
            known or self.known,
            (*self.seen, *more),
        )

    @property
    def acme(self) -> Platform:
        """The platform that all of it is about."""
        return self.known.platforms["acme"]

    def with_shield(self, shield: Shield) -> Knowledge:
        acme = replace(self.acme, shield=[*self.acme.shield, shield])
        return replace(self.known, platforms={"acme": acme})

    def with_law(self, law: Law) -> Knowledge:
        return replace(self.known, laws={**self.known.laws, law.id: law})


_BORING = {
    "what",
    "condition",
    "sources",
    "source",
    "recheck_after",
    "label",
    "verified",
    "minutes",
}


def _said(thing: Any) -> dict[str, str]:
    fields = {name: getattr(thing, name) for name in thing.__struct_fields__}
    return {name: str(value) for name, value in fields.items() if value and name not in _BORING}


@st.composite
def practices(draw: Any, name: str, actor: str, says: Any, default: Any) -> Practice:
    since, until = draw(spans)
    return made.practice(
        name,
        says=draw(says),
        default=draw(default),
        actor=draw(st.sampled_from([actor, actor, actor, actor, "acme", "partner"])),
        content=draw(st.sampled_from([["post", "photo"]] * 3 + [["post"], ["photo"]])),
        audience=draw(st.sampled_from([["public", "followers"]] * 3 + [["public"], ["followers"]])),
        since=since,
        known_since=None if since else draw(early),
        until=until,
        announced=since and since - timedelta(days=5),
        condition={"en": "it pays", "de": "sie zahlt"},
        basis=draw(st.sampled_from(["", "legitimate-interest"])),
        **draw(st.sampled_from(HOLDS)),
    )


KINDS_OF_CONTROL: list[dict[str, Any]] = [
    *[{"kind": "toggle", "want": "off"}] * 3,
    {"kind": "toggle", "want": "on"},
    {"kind": "form"},
    {"kind": "email"},
    {"kind": "audience"},
    {"kind": "none"},
]


@st.composite
def controls(draw: Any, name: str) -> Control:
    reach = st.sampled_from(["full", "full", "full", "part", "not", None])
    covers = {one: draw(reach) for one in PRACTICES}
    more = draw(st.sampled_from(KINDS_OF_CONTROL)) | draw(st.sampled_from(HOLDS))
    return made.control(
        name,
        {practice: how_far for practice, how_far in covers.items() if how_far},
        effect=draw(st.sampled_from(["forward-only", "also-past", "not-stated"])),
        scope=draw(st.sampled_from(["account", "account", "blog"])),
        reaches=draw(st.sampled_from([["own"], ["own", "others"]])),
        **more,
    )


@st.composite
def acts(draw: Any, offered: list[Control], key: str = "acme") -> Observation:
    """The state of a control: mostly one of those that are there, on this very account."""
    control = draw(st.sampled_from(offered))
    values = {"toggle": ("on", "off"), "audience": ("followers", "public")}
    usual = values.get(control.kind, ("sent", "confirmed", "refused"))
    return Observation(
        control=draw(st.sampled_from([f"acme/{control.id}"] * 12 + ["acme/c9", "beta/c0"])),
        value=draw(st.sampled_from([*usual * 3, "unknown"])),
        on=draw(days),
        how=draw(hows),
        account=draw(st.sampled_from([key] * 8 + ["", "acme", "acme:one", "acme:two", "beta"])),
        id=draw(st.sampled_from(["1", "2", "3"])),
    )


NAMED = ("acme/p0", "acme/p0", "acme/p1", "acme/p2", "scrapeco/scrape", "beta/p0")
RIGHTS = ("acme/right:object-training", "acme/right:restrict", "scrapeco/right:reserve")


@st.composite
def letters(
    draw: Any, key: str = "acme", values: tuple[str, ...] = ("sent", "confirmed", "refused")
) -> Observation:
    """A letter, or the answer to one, about a practice or two."""
    named = st.lists(st.sampled_from(NAMED), min_size=1, max_size=2, unique=True)
    return Observation(
        control=draw(st.sampled_from(RIGHTS)),
        value=draw(st.sampled_from(values)),
        on=draw(days),
        how=draw(hows),
        account=draw(st.sampled_from([key] * 6 + ["", "acme", "acme:one", "beta"])),
        id=draw(st.sampled_from(["4", "5", "6"])),
        practices=tuple(draw(named)),
    )


def refusing(world: World, draw: Any) -> Observation:
    """The state of one of the world's controls that says no, or a letter that does."""
    if draw(st.sampled_from([False, False, True])):
        where = world.content.site or (world.content.account and world.content.account.key)
        return replace(draw(letters(where or "acme", ("sent", "confirmed"))), id="added")
    control = draw(st.sampled_from(world.acme.control))
    asked = control.kind in ("form", "email")
    key = world.content.account.key if world.content.account else "acme"
    return Observation(
        control=f"acme/{control.id}",
        value=draw(st.sampled_from(["sent", "confirmed"])) if asked else control.want,
        on=draw(days),
        how=draw(hows),
        account=draw(st.sampled_from([key] * 4 + ["acme", "acme:one", ""])),
        id="added",
    )


def statements(allowed: Any = YES_OR_NO) -> Any:
    return st.builds(made.statement, st.sampled_from(TOKENS), allowed, on=days, site=st.just(""))


shields = st.builds(
    lambda stance, refuses, span: made.shield(
        stance=stance,
        refuses=refuses if stance != "open" else [],
        since=span[0],
        known_since=None if span[0] else DAYS[0],
        until=span[1],
    ),
    st.sampled_from(["closed", "closed", "open"]),
    st.sampled_from([["*"], ["ScrapeBot"], ["ScrapeBot", "OtherBot"]]),
    spans,
)
forbidding = st.builds(
    lambda names, where, span: made.forbids(
        *names, places=where, since=span[0] or DAYS[0], until=span[1]
    ),
    st.lists(
        st.sampled_from([*(f"acme/{one}" for one in PRACTICES), "scrapeco/scrape"]),
        min_size=1,
        max_size=2,
        unique=True,
    ),
    places,
    spans.filter(lambda ends: ends[1] is None or ends[1] > DAYS[0]),
)


@st.composite
def worlds(
    draw: Any,
    says: Any = SAYS,
    default: Any = DEFAULTS,
    heard: Any = None,
    shield: Any = shields,
    forbid: Any = forbidding,
    on_sites: bool = True,
    refusals: bool = True,
) -> World:
    """A world; without ``refusals`` nobody and nothing in it says no."""
    actor = draw(owners)
    names = PRACTICES[: draw(st.integers(1, 3))]
    own = [draw(practices(name, actor, says, default)) for name in names]
    offered = [draw(controls(name)) for name in CONTROLS[: draw(st.integers(1, 3))]]
    offered = [one for one in offered if one.kind != "none"] or [made.control("c0", "p0")]
    acme = made.platform(
        audiences=["public", "followers"],
        practice=own,
        control=offered,
        shield=draw(st.lists(shield, max_size=2)) if refusals else [],
        tier=draw(st.sampled_from([1, 2])),
    )
    web = made.web_practice(
        via=draw(st.sampled_from([["ScrapeBot"], ["ScrapeBot", "OtherBot"], list(TOKENS), []])),
        since=draw(days),
    )
    laws = [made.law(bases=["legitimate-interest"], places=draw(places))]
    if refusals:
        laws.append(made.law("order", forbids=draw(st.lists(forbid, max_size=1))))
    scrapes = made.practice("scrape", actor="anyone", says=draw(says), since=draw(days))
    people = [made.actor("scrapeco", practice=[web]), made.actor("anyone", practice=[scrapes])]
    known = made.knowledge(acme, actors=people, laws=laws)
    when = draw(late)
    site = on_sites and draw(st.sampled_from([False] * 4 + [True]))
    if site:
        actor = "scrapeco"
    account = Account(
        platform="acme",
        name=draw(st.sampled_from(["", "", "one"])),
        kind=draw(st.sampled_from(["personal", "personal", "business"])),
        plan=draw(st.sampled_from(["", "free", "team"])),
        since=draw(st.sampled_from([one for one in POSTED if one is None or one <= when])),
    )
    content = Content(
        kind="page" if site else draw(st.sampled_from(["post", "post", "photo"])),
        audience=draw(st.sampled_from(["public", "public", "followers", "unknown"])),
        authored=draw(st.sampled_from(["own"] * 6 + ["others"])),
        posted=draw(st.sampled_from([one for one in POSTED if one is None or one <= when])),
        account=None if site else account,
        site="acme.example" if site else "",
    )
    if content.audience == "followers" and not site:
        content = replace(content, public_until=draw(maybe_days))
    seen: list[Seen] = []
    if not site:
        seen += draw(st.lists(acts(offered, account.key), min_size=1, max_size=5))
        seen += draw(st.lists(letters(account.key), max_size=2))
    else:
        seen += draw(st.lists(letters("acme.example"), max_size=1))
        seen += draw(st.lists(statements() if heard is None else heard, max_size=4))
    if not refusals:
        seen = [one for one in seen if not says_no(one, acme)]
    return World(known, tuple(seen), content, actor, draw(wheres), when)


def says_no(one: Seen, acme: Platform) -> bool:
    """Whether it is an act or a line that says no, by its words alone."""
    if isinstance(one, Statement):
        return one.allowed is False
    if one.value in ("sent", "confirmed"):
        return True
    return any(
        one.control == f"acme/{control.id}" and control.want == one.value
        for control in acme.control
    )


def lies_in(days_of: date, opened: Iterable[Span]) -> bool:
    """Whether a day lies in one of the half-open spans."""
    return any(
        (one.since is None or one.since <= days_of) and (one.until is None or days_of < one.until)
        for one in opened
    )


def open_days(opened: Iterable[Span], before: date | None = None) -> list[date]:
    """The days of the made-up calendar that lie in the spans, up to a day (left out)."""
    spans_ = tuple(opened)
    return [one for one in DAYS if lies_in(one, spans_) and (before is None or one < before)]
