"""The password of a server that others can reach: kept as an argon2id hash, tried slowly.

RFC 9106 (argon2id, the second recommended choice: 64 MiB). Who guesses waits twice as long after
each wrong word; a name that is tried from many addresses is slowed down for all of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic

from withhold.errors import BadInput, MissingExtra

LEAST = 12
"""Characters of a password."""
MOST = 1024
LONGEST_WAIT = 900.0
"""Seconds between two tries of one address, when it has been wrong often."""
FREE = 3
"""Wrong words of one address before it has to wait."""
FREE_OF_ALL = 50
"""Wrong words of all addresses before everybody has to wait."""
WAIT_OF_ALL = 5.0
ADDRESSES = 1000


class Tries:
    """Who was wrong how often, and how long they wait. ``clock``: seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._wrong: dict[str, tuple[int, float]] = {}
        self._of_all, self._last = 0, -WAIT_OF_ALL

    def wait(self, who: str) -> float:
        """Seconds until this address may try again; 0 = now."""
        count, last = self._wrong.get(who, (0, 0.0))
        due = last + min(2.0 ** (count - FREE), LONGEST_WAIT) if count >= FREE else 0.0
        if self._of_all >= FREE_OF_ALL:
            due = max(due, self._last + WAIT_OF_ALL)
        return max(0.0, due - self._clock())

    def was_wrong(self, who: str) -> None:
        """One more wrong word."""
        count, _ = self._wrong.pop(who, (0, 0.0))
        self._wrong[who] = (min(count + 1, 60), self._clock())
        self._of_all, self._last = self._of_all + 1, self._clock()
        while len(self._wrong) > ADDRESSES:
            del self._wrong[next(iter(self._wrong))]

    def was_right(self, who: str) -> None:
        """The owner is in: nothing is held against this address."""
        self._wrong.pop(who, None)
        self._of_all = 0


class Password:
    """Of one server. Raises BadInput for one too short, MissingExtra without argon2."""

    def __init__(self, said: str, tries: Tries | None = None) -> None:
        if not LEAST <= len(said) <= MOST:
            raise BadInput(
                f"the password has {len(said)} characters; it takes {LEAST} to {MOST}",
                "a few words in a row are easy to keep in mind",
            )
        try:
            from argon2 import PasswordHasher
        except ImportError as why:
            raise MissingExtra("passwords need argon2", 'pip install "withhold[web]"') from why
        self._hasher = PasswordHasher()
        self._hash = self._hasher.hash(said)
        self._tries = tries or Tries()
        self._one = threading.Lock()

    def wait(self, who: str) -> float:
        """Seconds until this address may try; 0 = now."""
        return self._tries.wait(who)

    def opens(self, said: str, who: str) -> bool:
        """Whether it is the password. One try after the other: each takes 64 MiB."""
        from argon2.exceptions import VerifyMismatchError

        with self._one:
            if self._tries.wait(who):
                return False
            try:
                self._hasher.verify(self._hash, said[: MOST + 1])
            except VerifyMismatchError:
                self._tries.was_wrong(who)
                return False
            self._tries.was_right(who)
            return True
