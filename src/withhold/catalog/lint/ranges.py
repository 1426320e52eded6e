"""A list of addresses is of fetchers that are known, and of prefixes that anyone could route.

A prefix with host bits, of private or reserved space (RFC 6890), named twice or held by another of
the list is a slip of the pen, and would say of a stranger that a company sent it. One token has one
list; a control token never fetches, so it has none. The day of the list is the day of a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from withhold.catalog.lint.finding import Finding
from withhold.catalog.lint.quotes import LONGEST
from withhold.catalog.load import Knowledge
from withhold.catalog.ranges import FOLDER, load_ranges
from withhold.site_facts import Ranges
from withhold.words import LANGS

WIDEST = {4: 8, 6: 24}
"""The shortest prefix that is believed, by version: what is wider is no crawler's network."""
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    listed: dict[str, str] = {}
    for one in load_ranges(root).values():
        file = f"{FOLDER}/{one.id}.toml"
        for thing, message in (
            *_of_tokens(one, knowledge, listed),
            *_of_prefixes(one.prefixes),
            *_of_sources(one, today),
        ):
            yield Finding(file=file, thing=thing, message=message)


Said = Iterator[tuple[str, str]]
"""(thing, message)"""


def _of_tokens(one: Ranges, knowledge: Knowledge, listed: dict[str, str]) -> Said:
    if not one.tokens:
        yield "tokens", "for no crawler: name the fetchers"
    if one.operator not in knowledge.actors:
        yield "operator", f"unknown actor {one.operator!r}"
    for token in one.tokens:
        crawler = knowledge.crawlers.get(token)
        if crawler is None:
            yield "tokens", f"unknown token {token!r}"
        elif crawler.token_kind == "control":
            yield "tokens", f"{token} is a control token, which never fetches"
        elif crawler.operator != one.operator:
            yield "tokens", f"{token} is of {crawler.operator}, not of {one.operator}"
        other = listed.setdefault(token, one.id)
        if other != one.id or one.tokens.count(token) > 1:
            yield "tokens", f"{token} stands in {other} already"


def _of_prefixes(prefixes: list[str]) -> Said:
    before: IPv4Network | IPv6Network | None = None
    for text in prefixes:
        try:
            net = ip_network(text)
        except ValueError as why:
            yield "prefixes", str(why)
            continue
        if str(net) != text:
            yield "prefixes", f"{text}: written as {net}"
        if not net.is_global or net.is_multicast:
            yield "prefixes", f"{text}: private, reserved or multicast"
        if net.prefixlen < WIDEST[net.version]:
            yield "prefixes", f"{text}: wider than any crawler's network"
        if before is not None and _key(net) <= _key(before):
            yield "prefixes", f"{text}: twice, or not sorted"
        elif before is not None and _holds(before, net):
            yield "prefixes", f"{text}: {before} holds it already"
            continue  # the wider one may hold the next as well
        before = net


def _key(net: IPv4Network | IPv6Network) -> tuple[int, int, int]:
    return net.version, int(net.network_address), net.prefixlen


def _holds(wide: IPv4Network | IPv6Network, net: IPv4Network | IPv6Network) -> bool:
    return wide.version == net.version and int(net.network_address) <= int(wide.broadcast_address)


def _of_sources(one: Ranges, today: date) -> Said:
    if not one.prefixes and not one.names:
        yield "prefixes", "neither prefixes nor names"
    for name in one.names:
        if not _DOMAIN.fullmatch(name):
            yield "names", f"{name!r}: expected a domain, as search.example.com"
    if not one.published_at.startswith("https://"):
        yield "published_at", "expected a web address"
    if not one.source:
        yield "", "no source"
    elif one.seen not in {source.seen for source in one.source.values()}:
        yield "seen", f"{one.seen} is the day of no source"
    for name, source in one.source.items():
        if source.seen > today:
            yield name, f"seen {source.seen} lies in the future"
        if not source.url.startswith(("https://", "http://")):
            yield name, "url: expected a web address"
        if len(source.quote.split()) > LONGEST:
            yield name, f"quote of {len(source.quote.split())} words, at most {LONGEST}"
    for lang in LANGS:
        if one.note and not one.note.get(lang, "").strip():
            yield "note", f"no text in {lang}"
