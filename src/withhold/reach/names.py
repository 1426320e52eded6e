"""Names of hosts and their addresses: asked once in a run, and never waited for without end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from itertools import zip_longest

Lookup = Callable[[str], tuple[str, ...]]


def look_up(host: str) -> tuple[str, ...]:
    """The numeric addresses of a host, as the system gives them; raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


class Names:
    """What each name stood for when it was first asked, for the whole run.

    A name that is asked again could lead elsewhere: first to a public address that passes the
    check, then to a private one (DNS rebinding). It is not asked again.
    """

    def __init__(self, lookup: Lookup = look_up) -> None:
        self._lookup = lookup
        self._lock = threading.Lock()
        self._known: dict[str, Future[tuple[str, ...]]] = {}

    def of(self, host: str, seconds: float) -> tuple[str, ...]:
        """The addresses of a host, IPv6 and IPv4 in turn, the system's first choice first.

        Raises OSError where there is none, TimeoutError after so many seconds: the system's own
        resolver knows no limit, so it is asked by a thread that nobody has to wait for.
        """
        if ":" in host or host.rpartition(".")[2].isdigit():
            return (host,)
        with self._lock:
            found = self._known.get(host)
            if found is None:
                found = self._known[host] = Future()
                threading.Thread(target=self._ask, args=(host, found), daemon=True).start()
        return found.result(max(seconds, 0))

    def _ask(self, host: str, found: Future[tuple[str, ...]]) -> None:
        try:
            addresses = self._lookup(host)
            if not addresses:
                raise OSError("the name has no address")
            found.set_result(_in_turn(addresses))
        except UnicodeError:  # the system's resolver refuses the name itself
            found.set_exception(OSError("no name that can be looked up"))
        except BaseException as why:
            found.set_exception(why)


def _in_turn(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """A family that leads nowhere costs one attempt, not all of the time for connecting."""
    first = ":" in addresses[0]
    same = [one for one in addresses if (":" in one) == first]
    other = [one for one in addresses if (":" in one) != first]
    return tuple(one for pair in zip_longest(same, other) for one in pair if one)
