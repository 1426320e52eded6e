"""What each signal of a site says of one path, as statements, from what was seen of it.

What could not be fetched says nothing; that it could not is a statement of its own, which is never
a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Literal

from msgspec.structs import replace

from withhold.signals import (
    ai_txt,
    companies,
    content_signal,
    content_usage,
    documents,
    headers,
    robots_tag,
    rsl,
    tdmrep,
)
from withhold.signals.robots import Robots
from withhold.signals.usage_rules import Read
from withhold.site_facts import Crawler, SignalKind
from withhold.verbs.seen import Pairs, Part, SiteSeen, embedded_in, head_of, kind_of
from withhold.verbs.site_licences import Addresses, Licences
from withhold.words import Statement, Use

LOOKED_FOR = (
    *("content-usage", "content-signal", "rsl"),
    *("noai", "noarchive", "tdmrep", "ai-txt"),
)
"""The signals beside the rules of robots.txt that ``statements`` reads of a site and its page."""
_UNSAID = 5
"""Documents for everyone that a token with documents of its own is said not to be told."""
_TERMS: tuple[Use, ...] = ("train-ai", "search", "ai-input")  # that RSL speaks of


def statements(
    seen: SiteSeen, crawlers: Mapping[str, Crawler], signals: Mapping[str, SignalKind]
) -> list[Statement]:
    """What every signal of the site says of the path, to everyone and to each product token."""
    found = [
        *_robots(seen, crawlers),
        *_page(seen, crawlers, signals),
        *_tdmrep(seen, tuple(crawlers)),
        *_ai_txt(seen),
        *(seen.metadata if seen.kind in ("image", "photo") else ()),
    ]
    return [replace(one, site=seen.site, on=one.on or seen.on) for one in found]


def heard_uses(signal: str, signals: Mapping[str, SignalKind]) -> tuple[Use, ...]:
    """The uses that somebody says a signal speaks of; training in any case."""
    kind = signals.get(signal)
    uses = [use for one in (kind.heeded if kind else ()) if one.says == "yes" for use in one.uses]
    return tuple(dict.fromkeys(("train-ai", *uses)))


def _unread(part: Part, token: str, signal: str, use: Use | Literal[""]) -> Statement:
    return Statement(
        token=token,
        allowed=None,
        signal=signal,
        use=use,
        text=part.detail[:200],
        why=part.missing,
        place=part.place,
    )


def _is_unread(part: Part) -> bool:
    return part.missing in ("unreachable", "unreachable-429")


# robots.txt and what stands in it -------------------------------------------------------------


def _robots(seen: SiteSeen, crawlers: Mapping[str, Crawler]) -> Iterator[Statement]:
    part = seen.robots
    if _is_unread(part):
        for token in ("*", *crawlers):
            yield _unread(part, token, "robots.txt", "")
        for signal in ("content-usage", "content-signal"):
            yield _unread(part, "*", signal, "train-ai")
    rules = seen.rules
    if rules is None:
        return
    for crawler in crawlers.values():
        yield companies.statement(rules, crawler, seen.path, crawlers, place=part.place)
    yield companies.everyone(rules, seen.path, place=part.place)
    for signal, read in (
        ("content-usage", content_usage.in_robots(rules, seen.path, place=part.place)),
        ("content-signal", content_signal.in_robots(rules, seen.path, place=part.place)),
    ):
        yield from read.statements
        yield from _silent(signal, read, rules, part.place)
    yield from _licensed(seen, rules)


def _silent(signal: str, read: Read, rules: Robots, place: str) -> Iterator[Statement]:
    """For tokens whose own group says nothing of a use: what ``*`` is told is not said to them."""
    for use, tokens in read.unreached.items():
        for token in tokens:
            yield _unsaid(signal, use, token, rules.group_line(token), place)


def _unsaid(signal: str, use: Use, token: str, line: int | None, place: str) -> Statement:
    return Statement(
        token=token,
        allowed=None,
        signal=signal,
        use=use,
        line=line,
        why="own-group-silent",
        place=place,
    )


def _licensed(seen: SiteSeen, rules: Robots) -> Iterator[Statement]:
    """What the RSL documents say that the robots.txt names; a token may have its own."""
    licences = Licences(rules, seen.page.place)
    if not licences.any:  # most name none
        return
    documents = {one.place: one for one in seen.licences}
    to_all, alike = licences.of(), dict[int, bool]()
    for token in ("*", *rules.tokens):
        own = licences.of(token)
        if token != "*" and _is_alike(own, to_all, alike):
            continue
        for url in documents:
            if url in own:
                yield from _terms(documents[url], token, seen)
        if token != "*":  # its own lines stand instead of those for everyone
            for url in islice(to_all, _UNSAID):
                if url not in own:
                    for use in _TERMS:
                        yield _unsaid("rsl", use, token, rules.group_line(token), url)


def _is_alike(own: Addresses, to_all: Addresses, known: dict[int, bool]) -> bool:
    """Whether a token is told what everyone is; compared once for all tokens of its groups."""
    if id(own) not in known:
        known[id(own)] = own == to_all
    return known[id(own)]


def _terms(part: Part, token: str, seen: SiteSeen) -> Iterable[Statement]:
    if _is_unread(part):
        return [_unread(part, token, "rsl", "train-ai")]
    if not part.read:
        return []
    read = _document(part.body)
    return read.decide(seen.path, token=token, site=seen.origin, place=part.place)


@lru_cache(maxsize=8)
def _document(body: bytes) -> rsl.Rsl:
    """Read once, for however many tokens it is asked."""
    return rsl.read(body)


# The page: headers and HTML -------------------------------------------------------------------


def _page(
    seen: SiteSeen, crawlers: Mapping[str, Crawler], signals: Mapping[str, SignalKind]
) -> Iterator[Statement]:
    part = seen.page
    uses = heard_uses("noarchive", signals)
    if _is_unread(part):
        for use in uses:
            yield _unread(part, "*", "noarchive", use)
        for signal in ("noai", "content-usage"):
            yield _unread(part, "*", signal, "train-ai")
    if not part.read:
        return
    tokens = tuple(crawlers)
    said = _headers(part.headers, tokens)
    head = head_of(part, tokens)
    yield from robots_tag.statements(
        (*said.directives, *head.directives), kind=seen.kind, archive_uses=uses
    )
    yield from content_usage.in_header(said.content_usage).statements
    licences = Licences(seen.rules, part.place).all if seen.rules and seen.licences else ()
    for document in seen.licences:
        if document.place not in licences:  # named by the page, by header or link
            yield from _terms(document, "*", seen)


@lru_cache(maxsize=2)
def _headers(said: Pairs, tokens: tuple[str, ...]) -> headers.Headers:
    return headers.read(said, tokens)


def _tdmrep(seen: SiteSeen, tokens: tuple[str, ...]) -> list[Statement]:
    """The four places of TDMRep are one signal with an order of its own."""
    page = seen.page
    said, head = _headers(page.headers if page.read else (), tokens), head_of(page, tokens)
    inside, inner = embedded_in(page), documents.place_in(kind_of(page), page.place)
    found = tdmrep.decide(
        seen.path,
        file=tdmrep.read_file(seen.tdmrep.body) if seen.tdmrep.read else None,
        header=_pairs(said.tdm_reservation, said.tdm_policy),
        meta=_pairs(head.tdm_reservation, head.tdm_policy),
        embedded=inside.tdm,
    )
    unknown = inside.unknown(place=inner)
    if not found and _is_unread(seen.tdmrep):
        return [_unread(seen.tdmrep, "*", "tdmrep", "train-ai"), *unknown]
    at = {tdmrep.PLACE: seen.tdmrep.place, "embedded": inner}
    return [*(replace(one, place=at.get(one.place) or one.place) for one in found), *unknown]


def _pairs(reservation: Iterable[str], policy: Iterable[str]) -> Pairs:
    return (
        *(("tdm-reservation", value) for value in reservation),
        *(("tdm-policy", value) for value in policy),
    )


def _ai_txt(seen: SiteSeen) -> Iterator[Statement]:
    part = seen.ai_txt
    if _is_unread(part):
        yield _unread(part, "*", ai_txt.SIGNAL, "train-ai")
    if not part.read:
        return
    file = ai_txt.read(part.body)
    said = [replace(one, place=part.place or one.place) for one in file.decide(seen.path)]
    yield from said
    told = {one.token for one in said}
    if "*" in told:
        for token in file.tokens:
            if token not in told:
                yield _unsaid(ai_txt.SIGNAL, "train-ai", token, None, said[0].place)
