"""What a site's signals tell those who train: which reach a practice, and who says it heeds them.

robots.txt speaks to tokens, each of which is a way of its own; the other signals speak to everyone
or to one agent, within one file in place of what is said to everyone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from withhold.asked import EVERYONE, Asked
from withhold.facts import Practice, Source
from withhold.site_facts import Crawler
from withhold.verdict import Reason
from withhold.words import Statement, Strength

ROBOTS = "robots.txt"
UNREAD = ("unreachable", "unreachable-429", "unreadable")
"""Why of a statement whose file could not be fetched, or read; 429 = the server asked to wait."""
_ALL_PLACES = ("noai", "noarchive")
"""Signals whose readers put into a named agent's statement what is said to everyone anywhere."""


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
        if one.token != EVERYONE or not any(replaces(other, one) for other in own)
    ]


def _speaks_of(one: Statement, practice: Practice, ask: Asked) -> bool:
    """Whether a signal speaks of this use by its own text, or to this actor by the actor's word."""
    kind = ask.knowledge.signals.get(one.signal)
    own = [h for h in kind.heeded if h.actor == practice.actor and h.says == "yes"] if kind else []
    return kind is None or one.use in kind.uses or any(one.use in heeds.uses for heeds in own)


def replaces(own: Statement, said_to_all: Statement) -> bool:
    """Whether a token's own statement stands instead of the one for everyone."""
    if own.signal != said_to_all.signal or (own.allowed is False and said_to_all.allowed is False):
        return False
    return own.place == said_to_all.place or own.signal in _ALL_PLACES


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
        if one.why in UNREAD and signal_heeded(one, practice, ask)[0] == "promised"
    ]


def _crawler(token: str, ask: Asked) -> Crawler | None:
    """What is known of a token, in whatever case it was written (RFC 9309, 2.2.1)."""
    known = ask.knowledge.crawlers
    plain = token.lower()
    return known.get(token) or next((known[one] for one in known if one.lower() == plain), None)


def is_control(token: str, ask: Asked) -> bool:
    """Whether a token never fetches and governs what another's copies are used for."""
    crawler = _crawler(token, ask)
    return crawler is not None and crawler.token_kind == "control"


def heeded(token: str, ask: Asked) -> tuple[Strength, tuple[Source, ...]]:
    """Whether its operator says that it heeds a robots.txt for this token, and where it says so."""
    crawler = _crawler(token, ask)
    if crawler is None or crawler.honours.says != "yes":
        return "asked", ()
    sources = (crawler.source[name] for name in crawler.honours.sources if name in crawler.source)
    return "promised", tuple(sources)


def signal_heeded(
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
