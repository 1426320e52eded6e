"""All that says no to one practice: controls, laws, a site's signals, a platform's shield.

Pure, as the question is: what was seen and what is known are arguments.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.facts import Actor, Control, Law, Platform, Practice, Shield, Source
from withhold.verdict import Reason, strongest
from withhold.words import Content, Observation, Span, Statement, Strength

Seen = Observation | Statement
Owner = Platform | Actor
REQUESTS = ("form", "email")
EVERYONE = "*"
_BY_HOW: dict[str, Strength] = {
    "told": "told",
    "clicked": "told",  # a click that was not read back is what the owner says, no more
    "shown": "shown",
    "observed": "observed",
}


class Asked(Struct, frozen=True):
    """One question with all that answers it, so that it is handed around as one value."""

    content: Content
    where: str
    when: date
    knowledge: Knowledge
    seen: tuple[Seen, ...]
    owner: Owner

    def applies(self, thing: Practice | Control) -> bool:
        """Whether a practice or control holds for this place, plan and kind of account."""
        places = self.knowledge.places
        if not places.applies(self.where, thing.places, thing.not_places):
            return False
        account = self.content.account
        if account is None:
            return True
        plan_fits = not thing.plans or not account.plan or account.plan in thing.plans
        return plan_fits and (not thing.account_kinds or account.kind in thing.account_kinds)


class Refusal(Struct, frozen=True):
    """One statement that refuses one practice: how strong, over which span, and why."""

    strength: Strength
    span: Span
    reason: Reason

    def holds(self, when: date) -> bool:
        """Whether it stands on that day."""
        return holds(self.span, when)


class Run(Struct, frozen=True):
    """Consecutive states of one control that say the same: no (``refuses``) or not."""

    refuses: bool
    states: tuple[Observation, ...]
    span: Span


def standing(shield: Shield, when: date) -> bool:
    """Whether a shield is known to stand on that day."""
    return holds(Span(shield.since or shield.known_since, shield.until), when)


def holds(span: Span, when: date) -> bool:
    """Whether a day lies in the half-open span."""
    return (span.since is None or span.since <= when) and (span.until is None or when < span.until)


def days(text: str) -> timedelta:
    """``180 days`` as a timedelta."""
    return timedelta(days=int(text.split(" ", 1)[0]))


def reason(
    code: str,
    owner: Owner,
    thing: Practice | Control | Shield,
    ask: Asked,
    **facts: str | dict[str, str],
) -> Reason:
    """A reason that rests on one practice, control or shield of a file of knowledge."""
    sources = tuple(owner.source[name] for name in thing.sources if name in owner.source)
    checked = max((one.seen for one in sources), default=None)
    if isinstance(thing, Control):
        checked = thing.verified.on
    speaks = ask.knowledge.actors.get(thing.actor) if isinstance(thing, Practice) else None
    facts = {"name": (speaks.names or speaks.name) if speaks else owner.name, **facts}
    if not isinstance(thing, Control):
        facts = {"what": thing.what, **facts}
    return Reason(
        code=code,
        facts=facts,
        sources=sources,
        rests_on=ask.knowledge.file_of(owner, getattr(thing, "id", "shield")),
        checked=checked,
        due=checked + days(thing.recheck_after) if checked else None,
    )


def label(control: Control) -> dict[str, str]:
    """What a control is called, per language; its id where no words are known."""
    return dict(control.label) or {"en": control.id}


# Controls -------------------------------------------------------------------------------------


def controls(ask: Asked) -> list[Control]:
    """The controls that this kind of account has in this place, for content by this author."""
    if not isinstance(ask.owner, Platform):
        return []
    return [
        one
        for one in ask.owner.control
        if ask.applies(one) and (one.kind == "none" or ask.content.authored in one.reaches)
    ]


def says_no(control: Control, seen: Observation) -> bool:
    """Whether the state seen is the one that says no."""
    if control.kind in REQUESTS:
        return seen.value in ("sent", "confirmed")
    return bool(control.want) and seen.value == control.want


def _strength(control: Control, seen: Observation) -> Strength:
    if control.kind not in REQUESTS:
        return _BY_HOW[seen.how]
    if seen.value == "sent":
        return "asked"
    # a written answer is the actor's own word; that there was one needs the letter itself
    return "promised" if seen.how in ("shown", "observed") else "told"


def runs(control: Control, ask: Asked) -> list[Run]:
    """What was seen of one control of this account up to the day asked, as runs, oldest first.

    Between two readings the state is what the earlier one said. A state that was contradicted on
    the day it was seen closes nothing.
    """
    found: list[Run] = []
    for seen in _states(control, ask):
        refuses = says_no(control, seen)
        if found and found[-1].refuses == refuses:
            found[-1] = Run(refuses, (*found[-1].states, seen), found[-1].span)
            continue
        if found:
            found[-1] = Run(
                found[-1].refuses, found[-1].states, Span(found[-1].span.since, seen.on)
            )
        found.append(Run(refuses, (seen,), Span(seen.on, None)))
    return [run for run in found if run.span.since != run.span.until]


def _states(control: Control, ask: Asked) -> list[Observation]:
    account = ask.content.account
    if account is None:
        return []
    named = {account.key}
    if not account.name or control.scope not in ("blog", "site"):
        named |= {account.platform, ""}  # said of all accounts there
    about = f"{account.platform}/{control.id}"
    found = (one for one in ask.seen if isinstance(one, Observation) and one.control == about)
    return sorted(
        (one for one in found if one.account in named and one.on <= ask.when),
        key=lambda one: one.on,
    )


def state_reason(code: str, control: Control, seen: Observation, ask: Asked) -> Reason:
    """A reason that rests on an observation of a control."""
    return Reason(
        code=code,
        facts={
            "name": ask.owner.name,
            "label": label(control),
            "date": str(seen.on),
            "state": seen.value,
        },
        rests_on=f"observation {seen.id}".strip() + f" ({seen.control})",
        checked=seen.on,
        due=seen.on + days(control.recheck_after),
    )


_CODES = {
    "observed": "switch-observed",
    "shown": "switch-shown",
    "told": "switch-told",
    "promised": "request-confirmed",
    "asked": "request-sent",
}


def _of_controls(practice: Practice, ask: Asked) -> list[Refusal]:
    found = []
    for control in controls(ask):
        # going private works through the audience of the content, not as a refusal of its own
        if control.covers.get(practice.id) != "full" or control.kind == "audience":
            continue
        for run in runs(control, ask):
            if run.refuses:
                strength = strongest(_strength(control, one) for one in run.states)
                best = next(one for one in run.states if _strength(control, one) == strength)
                code = _CODES[strength]
                if strength == "told" and control.kind in REQUESTS:
                    code = "request-confirmed-told"
                found.append(Refusal(strength, run.span, state_reason(code, control, best, ask)))
    return found


# Laws, signals, shields -----------------------------------------------------------------------


def _of_laws(practice: Practice, ask: Asked) -> list[Refusal]:
    about = f"{ask.owner.id}/{practice.id}"
    return [
        Refusal(
            "required",
            Span(one.since, one.until),
            Reason(
                code="law-forbids",
                facts={"law": law.name, "cite": law.cite},
                sources=tuple(law.source[name] for name in one.sources if name in law.source),
                rests_on=f"laws/{law.id}.toml",
                checked=law_checked(law),
                due=law_checked(law) + days(law.recheck_after),
            ),
        )
        for law in ask.knowledge.laws.values()
        for one in law.forbids
        if about in one.practices and ask.knowledge.places.applies(ask.where, one.places)
    ]


def law_checked(law: Law) -> date:
    """The newest day on which a source of a law was read."""
    return max(one.seen for one in law.source.values())


ROBOTS = "robots.txt"


def heard(practice: Practice, ask: Asked) -> list[Statement]:
    """What the site's robots.txt says to the tokens that govern this practice.

    The latest statement per token; ``allowed`` None = it could not be read.
    """
    if not ask.content.site:
        return []
    latest: dict[str, Statement] = {}
    # who has no token of its own is spoken to by `User-agent: *` alone
    governing = {token.lower() for token in practice.via} or {EVERYONE}
    for one in ask.seen:
        if not isinstance(one, Statement) or one.token.lower() not in governing:
            continue
        if one.signal == ROBOTS and _speaks_here(one, ask):
            before = latest.get(one.token.lower())
            if before is None or (one.on or date.min) >= (before.on or date.min):
                latest[one.token.lower()] = one
    return list(latest.values())


def spoken(practice: Practice, ask: Asked) -> list[Statement]:
    """What the site's other signals say of the use of this practice, to everyone or to its actor.

    The latest statement of each signal at each place that reaches one of its ways.
    """
    found = [one for way in _ways(practice) for one in _told(way, practice, ask)]
    return list(dict.fromkeys(found))


_ALL_PLACES = ("noai", "noarchive")
"""Signals whose readers put into a named agent's statement what is said to everyone anywhere."""


def _ways(practice: Practice) -> list[str]:
    return practice.via or [EVERYONE]


def _told(way: str, practice: Practice, ask: Asked) -> list[Statement]:
    """What the other signals tell one token.

    In one file its own group stands instead of the one for everyone (RFC 9309, 2.2.1, which
    draft-ietf-aipref-attach-05, 3.1, takes over), also where it only says nothing: that is a
    statement without an answer. Where both say no, both are kept. Between places, most
    restrictive.
    """
    if not ask.content.site:
        return []
    latest: dict[tuple[str, str, str], Statement] = {}
    for one in ask.seen:
        if not isinstance(one, Statement) or one.signal == ROBOTS or one.use != practice.use:
            continue
        to_it = one.token.lower() in (way.lower(), EVERYONE) and _speaks_of(one, practice, ask)
        if to_it and _speaks_here(one, ask):
            key = (one.signal, one.place, one.token.lower())
            before = latest.get(key)
            if before is None or (one.on or date.min) >= (before.on or date.min):
                latest[key] = one
    own = [one for one in latest.values() if one.token != EVERYONE]
    return [
        one
        for one in latest.values()
        if one.token != EVERYONE or not any(_replaces(other, one) for other in own)
    ]


def _speaks_of(one: Statement, practice: Practice, ask: Asked) -> bool:
    """Whether a signal speaks of this use by its own text, or to this actor by the actor's word."""
    kind = ask.knowledge.signals.get(one.signal)
    own = [h for h in kind.heeded if h.actor == practice.actor and h.says == "yes"] if kind else []
    return kind is None or one.use in kind.uses or any(one.use in heeds.uses for heeds in own)


def _replaces(own: Statement, said_to_all: Statement) -> bool:
    """Whether a token's own statement stands instead of the one for everyone."""
    if own.signal != said_to_all.signal or (own.allowed is False and said_to_all.allowed is False):
        return False
    return own.place == said_to_all.place or own.signal in _ALL_PLACES


def refused_in(practice: Practice, ask: Asked) -> list[Statement]:
    """The statements of other signals that refuse a practice as a whole; see ``refused_by``."""
    told = {way: _told(way, practice, ask) for way in _ways(practice)}
    no = {way: [one for one in said if one.allowed is False] for way, said in told.items()}
    if all(no.values()) or any(said for way, said in no.items() if is_control(way, ask)):
        return list(dict.fromkeys(one for said in no.values() for one in said))
    return []


def unread(practice: Practice, ask: Asked) -> list[Statement]:
    """What could not be fetched of a signal that this actor says it heeds: a no may stand there."""
    return [
        one
        for one in spoken(practice, ask)
        if one.why in UNREAD and _signal_heeded(one, practice, ask)[0] == "promised"
    ]


UNREAD = ("unreachable", "unreachable-429")
"""Why of a statement whose file could not be fetched; 429 = the server asked to wait."""


def _speaks_here(one: Statement, ask: Asked) -> bool:
    """Whether a statement is of this site, and was read by the day asked."""
    return one.site in ("", ask.content.site) and (one.on is None or one.on <= ask.when)


def refused_by(practice: Practice, statements: Sequence[Statement], ask: Asked) -> list[Statement]:
    """The statements that refuse a practice as a whole.

    One refusal of a control token is enough; of fetchers every one must be refused, since each
    is a way of its own.
    """
    no = [one for one in statements if one.allowed is False]
    ways = practice.via or [EVERYONE]
    if any(is_control(one.token, ask) for one in no) or len(no) == len(ways):
        return no
    return []


def is_control(token: str, ask: Asked) -> bool:
    crawler = ask.knowledge.crawlers.get(token)
    return crawler is not None and crawler.token_kind == "control"


def _heeded(token: str, ask: Asked) -> tuple[Strength, tuple[Source, ...]]:
    crawler = ask.knowledge.crawlers.get(token)
    if crawler is None or crawler.honours.says != "yes":
        return "asked", ()
    sources = (crawler.source[name] for name in crawler.honours.sources if name in crawler.source)
    return "promised", tuple(sources)


def _of_signals(practice: Practice, ask: Asked) -> list[Refusal]:
    statements = heard(practice, ask)
    found = []
    for one in refused_by(practice, statements, ask):
        strength, sources = _heeded(one.token, ask)
        code = "signal-heeded" if strength == "promised" else "signal-asked"
        found.append(Refusal(strength, Span(one.on, None), signal_reason(code, one, ask, sources)))
    for one in refused_in(practice, ask):
        strength, sources = _signal_heeded(one, practice, ask)
        code = "signal-heeded" if strength == "promised" else "signal-asked"
        found.append(Refusal(strength, Span(one.on, None), signal_reason(code, one, ask, sources)))
    return found


def _signal_heeded(
    one: Statement, practice: Practice, ask: Asked
) -> tuple[Strength, tuple[Source, ...]]:
    """Whether this actor says that it heeds this kind of signal, for this use."""
    kind = ask.knowledge.signals.get(one.signal)
    for heeds in kind.heeded if kind else ():
        if heeds.actor == practice.actor and heeds.says == "yes" and practice.use in heeds.uses:
            assert kind is not None  # noqa: S101 - the loop runs over its own list
            return "promised", tuple(
                kind.source[name] for name in heeds.sources if name in kind.source
            )
    return "asked", ()


def signal_reason(
    code: str, one: Statement, ask: Asked, sources: tuple[Source, ...] = ()
) -> Reason:
    """A reason that rests on a line of a site's signal."""
    where = f"{one.place or one.signal}:{one.line}" if one.line else one.place or one.signal
    token = one.signal if one.signal != ROBOTS and one.token == EVERYONE else one.token
    return Reason(
        code=code,
        facts={"name": ask.owner.name, "token": token, "where": where, "text": one.text},
        sources=sources,
        rests_on=where,
        checked=one.on,
    )


def shields(ask: Asked) -> tuple[Platform | None, list[Shield]]:
    """The platform the content stands on, with its shields of any day."""
    account = ask.content.account
    if account is None or isinstance(ask.owner, Platform):
        return None, []  # what the platform itself or its licensees do is not crawling
    platform = ask.knowledge.platforms[account.platform]
    return platform, platform.shield


def _of_shields(practice: Practice, ask: Asked) -> list[Refusal]:
    """A platform's own robots.txt speaks to others' crawlers; the member has no say in it."""
    platform, walls = shields(ask)
    if platform is None or ask.content.audience not in ("public", "unknown"):
        return []
    found = []
    for shield in walls:
        began = shield.since or shield.known_since
        if began and began > ask.when:
            continue
        tokens = [token for token in practice.via if refuses(shield, token)]
        # who has no token of its own is refused only where everyone is
        if not tokens and (practice.via or EVERYONE not in shield.refuses):
            continue
        # a wall that is only remembered gives nobody's promise anything to hold to
        remembered = all_unverified(shield.sources, platform)
        strengths = [] if remembered else [_heeded(token, ask)[0] for token in tokens]
        found.append(
            Refusal(
                strongest(strengths) if strengths else "asked",
                Span(shield.since or shield.known_since, shield.until),
                reason("shield-refuses", platform, shield, ask, actor=ask.owner.name),
            )
        )
    return found


def whose_words(practice: Practice, owner: Owner) -> Literal["own", "platform", "reported"]:
    """Who says what an actor does: itself, the platform of it, or only others of it."""
    kinds = {owner.source[name].kind for name in practice.sources if name in owner.source}
    if not kinds & {"official", "archived", "regulator"}:
        return "reported"
    if isinstance(owner, Platform) and practice.actor != owner.operator:
        return "platform"
    return "own"


def all_unverified(names: Sequence[str], owner: Owner) -> bool:
    """Whether a fact rests on memory alone."""
    return {owner.source[name].kind for name in names if name in owner.source} == {"unverified"}


def refuses(shield: Shield, token: str) -> bool:
    """Whether a platform's robots.txt is known to refuse a product token."""
    named = {one.lower() for one in shield.refuses}
    if token.lower() in {one.lower() for one in shield.admits}:
        return False
    return token.lower() in named or EVERYONE in named


def refusals(practice: Practice, ask: Asked) -> list[Refusal]:
    """Every statement of refusal about one practice, with the span over which it stands."""
    return [
        *_of_controls(practice, ask),
        *_of_laws(practice, ask),
        *_of_signals(practice, ask),
        *_of_shields(practice, ask),
    ]
