"""Whose an address is: whether a request that names a crawler came from where its company says.

Compared with dated lists (``knowledge/ranges/``), whatever the day of the request: lists grow, so
who reports an answer says how old the list is. Nothing is looked up here; a caller that may ask
for the names of addresses gives ``names``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal

from withhold.site_facts import Ranges
from withhold.traces.logs.seen import Claim

Names = Callable[[str, tuple[str, ...]], Claim]
"""What the reverse name of an address says, given the domains in which it would lie."""
KNOWN_AT_MOST = 1 << 16
"""Answers that are kept: a log has far fewer addresses than lines, a hostile one as many."""
_LONGEST = 45  # characters of an address: an IPv4 one written within an IPv6 one


class Whose:
    """The lists by token, as spans of integers."""

    def __init__(self, ranges: Mapping[str, Ranges], names: Names | None = None) -> None:
        self._ranges, self._names = dict(ranges), names
        self._of: dict[str, Ranges] = {
            token: one for one in self._ranges.values() for token in one.tokens
        }
        self._own = {one.id: _Spans(one.prefixes) for one in self._ranges.values()}
        self._company: dict[str, _Spans] = {
            operator: _Spans(
                prefix
                for one in self._ranges.values()
                if one.operator == operator
                for prefix in one.prefixes
            )
            for operator in {one.operator for one in self._ranges.values()}
        }
        self._claim = lru_cache(maxsize=KNOWN_AT_MOST)(self._decided)

    def __reduce__(self) -> tuple[type[Whose], tuple[dict[str, Ranges], Names | None]]:
        """What another process needs: the lists, not what was answered."""
        return Whose, (self._ranges, self._names)

    def claim(self, token: str, address: str) -> Claim:
        """Whether an address is where requests of a token come from.

        ``unverified``: no list is known; the text is no address, or one of the site's own network;
        the list is a registry's and the address lies outside; it lies in another list of the same
        company; or the log shortened it (``192.0.2.0``) and only a part of what it may be fits.
        """
        return self._claim(token, address)

    def seen_on(self, token: str) -> date | None:
        """The day of the prefixes of a token's list; None where there are none."""
        one = self._of.get(token)
        return one.seen if one and one.prefixes else None

    def source(self, token: str) -> str:
        """Where the list of a token is published; empty where there is none."""
        one = self._of.get(token)
        return one.published_at if one and one.prefixes else ""

    def whose_list(self, token: str) -> Literal["company", "registry", ""]:
        """Who says that the addresses are the company's; empty where there is no list."""
        one = self._of.get(token)
        return one.whose_list if one and one.prefixes else ""

    def _decided(self, token: str, address: str) -> Claim:
        one = self._of.get(token)
        span = _span(address) if one else None
        if one is None or span is None:
            return "unverified"
        if self._own[one.id].hold(span):
            return "verified"
        if self._names and one.names and span[1] == span[2]:
            named = self._names(address, tuple(one.names))
            if named == "verified" or not one.prefixes:
                return named
        if not one.prefixes or one.whose_list == "registry":
            return "unverified"
        return "unverified" if self._company[one.operator].touch(span) else "spoofed"


Span = tuple[int, int, int]
"""The version, and the first and the last address."""


class _Spans:
    """Networks as sorted spans that do not touch."""

    def __init__(self, prefixes: Iterable[str]) -> None:
        self._starts: dict[int, list[int]] = {4: [], 6: []}
        self._ends: dict[int, list[int]] = {4: [], 6: []}
        nets = [ip_network(one, strict=False) for one in prefixes]
        for net in sorted(nets, key=lambda one: (one.version, int(one.network_address))):
            starts, ends = self._starts[net.version], self._ends[net.version]
            first, last = int(net.network_address), int(net.broadcast_address)
            if ends and first <= ends[-1] + 1:
                ends[-1] = max(ends[-1], last)
            else:
                starts.append(first)
                ends.append(last)

    def hold(self, span: Span) -> bool:
        """Whether the whole span lies within."""
        version, first, last = span
        at = bisect_right(self._starts[version], first) - 1
        return at >= 0 and last <= self._ends[version][at]

    def touch(self, span: Span) -> bool:
        """Whether any address of the span lies within."""
        version, first, last = span
        at = bisect_right(self._starts[version], last) - 1
        return at >= 0 and first <= self._ends[version][at]


_INSIDE = _Spans(  # of nobody on the internet: the site's own proxy, whose client is not known
    (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),  # RFC 1918, RFC 4193
        *("127.0.0.0/8", "::1/128", "169.254.0.0/16", "fe80::/10"),  # this host, this link
        *("100.64.0.0/10", "0.0.0.0/8", "::/128"),  # RFC 6598; unspecified
    )
)


def _span(text: str) -> Span | None:
    """What an address of a log may be; None where it says nothing of who asked.

    Logs are kept with shortened addresses: one that ends in zeros may be any of its network.
    """
    if len(text) > _LONGEST:
        return None
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    number = int(address)
    if _INSIDE.hold((address.version, number, number)):
        return None
    for bits in (16, 8) if isinstance(address, IPv4Address) else (80, 64):
        rest = (1 << bits) - 1
        if not number & rest:
            return address.version, number, number | rest
    return address.version, number, number
