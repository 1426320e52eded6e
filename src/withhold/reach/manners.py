"""How we behave at a site: what its robots.txt lets us fetch, and how many of us talk to it.

RFC 9309, 2.3.1 for our own fetches: 4xx means no rules, as do too many redirects; 5xx and trouble
of the network mean that nothing else is fetched there. A 429 for robots.txt is taken for the
latter: who asks for less does not mean "take all".
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable

from msgspec import Struct

from withhold.reach.addresses import Address, BadUrl, read
from withhold.reach.fetched import Fetched, Wanted, Why
from withhold.signals import read_once, robots

TOKEN = "withhold"
"""Our product token (RFC 9309, 2.2.1)."""
_ORIGINS = 500
"""Rules kept; a robots.txt of 500 KiB takes some megabytes once it is read."""


class _Rules(Struct, frozen=True):
    """The rules of one origin; None: there are none. ``unreachable``: why they are not known."""

    robots: robots.Robots | None = None
    unreachable: str = ""


class Manners:
    """Kept for a run; each origin's robots.txt is fetched once, by whoever comes first.

    Of thousands of origins only the latest are kept: who comes back later asks anew.
    """

    def __init__(self, fetch: Callable[[Wanted], Fetched], per_host: int) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._rules: OrderedDict[str, _Rules] = OrderedDict()
        self._asking: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._turns: defaultdict[str, threading.Semaphore] = defaultdict(
            lambda: threading.Semaphore(per_host)
        )

    def turn(self, host: str) -> threading.Semaphore:
        """Held while we talk to a host."""
        with self._lock:
            return self._turns[host]

    def refusal(self, to: Address) -> tuple[Why, str] | None:
        """Why a URL is not fetched, with the line that decides; None where it may be."""
        rules = self._of(to.origin)
        if rules.unreachable:
            return "robots-unreachable", rules.unreachable
        if rules.robots is None:
            return None
        said = rules.robots.decide(TOKEN, to.target)
        if said.allowed:
            return None
        text = rules.robots.line_text(said.line).strip() if said.line else said.why
        return "robots", f"line {said.line}: {text[:150]}"

    def learn(self, found: Fetched) -> None:
        """Takes the rules from a robots.txt that was fetched for whatever reason."""
        if not found.url.endswith("/robots.txt") or found.status == 304 or found.why == "stopped":
            return
        try:
            asked = read(found.url)
        except BadUrl:
            return
        if asked.target == "/robots.txt" and found.method == "GET":
            with self._lock:
                self._keep(asked.origin, _rules(found))

    def _of(self, origin: str) -> _Rules:
        with self._lock:
            known = self._rules.get(origin)
            asking = self._asking[origin]
        if known is not None:
            return known
        with asking:
            with self._lock:
                known = self._rules.get(origin)
            if known is None:
                known = _rules(self._fetch(Wanted(url=f"{origin}/robots.txt")))
                with self._lock:
                    self._keep(origin, known)
        return known

    def _keep(self, origin: str, rules: _Rules) -> None:
        """Under the lock."""
        self._rules[origin] = rules
        self._rules.move_to_end(origin)
        if len(self._rules) > _ORIGINS:
            self._asking.pop(self._rules.popitem(last=False)[0], None)


def _rules(found: Fetched) -> _Rules:
    if found.why in ("ok", "too-large") and 200 <= found.status < 300:
        return _Rules(read_once.rules(found.body))
    if found.why == "redirects" or (found.why == "ok" and 300 <= found.status < 500):
        return _Rules()
    parts = (found.why, str(found.status or ""), found.detail)
    return _Rules(unreachable=" ".join(one for one in parts if one))
