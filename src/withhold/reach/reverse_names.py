"""The names of addresses, as a company says to tell its crawler by: asked only when the owner does.

A name counts when it lies in a domain that the company names and leads back to the address
(forward-confirmed): whoever holds an address may give it any name. Asking tells the holder's name
servers that somebody asks. The answer is of today, the log is not.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from ipaddress import ip_address

from withhold.reach.names import Lookup, look_up
from withhold.traces.logs.seen import Claim

AT_MOST = 2000
"""Addresses that are asked for in one run; of the others nothing is said."""
SECONDS = 3.0
"""For one address, name and way back together."""
IN_ALL = 120.0


def names_of(address: str) -> tuple[str, ...]:
    """The names that the system gives an address; raises OSError where there is none."""
    name, aliases, _ = socket.gethostbyaddr(address)
    return (name, *aliases)


class ReverseNames:
    """What was asked in this run, each address once. Another process begins anew."""

    def __init__(
        self,
        reverse: Lookup = names_of,
        forward: Lookup = look_up,
        *,
        at_most: int = AT_MOST,
        seconds: float = SECONDS,
        in_all: float = IN_ALL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._reverse, self._forward, self._clock = reverse, forward, clock
        self._at_most, self._seconds, self._in_all = at_most, seconds, in_all
        self._known: dict[tuple[str, tuple[str, ...]], Claim] = {}
        self.unasked = 0
        """Addresses of which nothing is said since a limit was reached."""

    def __reduce__(self) -> tuple[Callable[..., ReverseNames], tuple[object, ...]]:
        return _anew, (self._reverse, self._forward, self._at_most, self._seconds, self._in_all)

    def __call__(self, address: str, domains: tuple[str, ...]) -> Claim:
        """``verified``: a name in one of the domains leads back. ``spoofed``: it has a name, and
        none does. ``unverified``: no name, no answer in time, or too many were asked for."""
        key = (address, domains)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= self._at_most or self._in_all <= 0:
                self.unasked += 1
                return "unverified"
            began = self._clock()
            found = self._known[key] = self._asked(address, domains)
            self._in_all -= self._clock() - began
        return found

    def _asked(self, address: str, domains: tuple[str, ...]) -> Claim:
        answer: Future[Claim] = Future()

        def ask() -> None:
            try:
                answer.set_result(self._told(address, domains))
            except (OSError, UnicodeError):
                answer.set_result("unverified")
            except BaseException as why:
                answer.set_exception(why)

        # The system's resolver knows no limit, so nobody waits for the thread that asks it.
        threading.Thread(target=ask, daemon=True).start()
        try:
            return answer.result(min(self._seconds, self._in_all))
        except TimeoutError:
            return "unverified"

    def _told(self, address: str, domains: tuple[str, ...]) -> Claim:
        names = {name.rstrip(".").lower() for name in self._reverse(address)}
        inside = sorted(name for name in names if name.endswith(tuple(f".{d}" for d in domains)))
        for name in inside:
            if _same(address) in {_same(one) for one in self._forward(name)}:
                return "verified"
        return "spoofed" if names else "unverified"


def _same(address: str) -> str:
    """One spelling of an address, without the scope of a link."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)


def _anew(
    reverse: Lookup, forward: Lookup, at_most: int, seconds: float, in_all: float
) -> ReverseNames:
    return ReverseNames(reverse, forward, at_most=at_most, seconds=seconds, in_all=in_all)
