"""What one process remembers of bodies and policies, from part to part.

Answers are the same with it or without; a part's rows do not depend on the parts before it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from withhold.traces.surveying.policy import Policy, by_name, policy, said

_KEPT = 2_500
"""Bodies, and policies, that are remembered at least; at most twice as many."""
_LONGEST, _MOST = 8_192, 64
"""Octets of a body, and tokens that a policy names, up to which it is."""
Says = list[tuple[str, str, int, str, str, bool]]
"""What a policy says to whom, as a row holds it."""
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """The last that were asked for: what stands at many hosts stays, what stands at one goes."""

    def __init__(self) -> None:
        self._new: dict[Key, Value] = {}
        self._old: dict[Key, Value] = {}

    def get(self, key: Key) -> Value | None:
        """What was put there, if it was not too long ago."""
        found = self._new.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.put(key, found)
        return found

    def put(self, key: Key, value: Value) -> None:
        """Kept until as many others were put or asked for."""
        if len(self._new) >= _KEPT:
            self._old, self._new = self._new, {}
        self._new[key] = value


class Known:
    """Policies of bodies, and what they say to the tokens about the path."""

    def __init__(self, tokens: Iterable[str], path: str) -> None:
        self._asked, self._path = by_name(list(tokens)), path
        self._policies = Remembered[bytes, Policy]()
        self._says = Remembered[str, Says]()

    def policy(self, body: bytes) -> Policy:
        """The policy of a body."""
        known = self._policies.get(body)
        if known is None:
            known = policy(body)
            if len(body) <= _LONGEST:
                self._policies.put(body, known)
        return known

    def says(self, found: Policy) -> Says:
        """What a policy says to those whom it names."""
        known = self._says.get(found.hash)
        if known is None:
            answers = ("disallowed", "allowed")
            known = [
                (it.token, answers[it.allowed], it.statement, it.rule, it.why, it.own_group)
                for it in said(found.normal, self._asked, self._path)
            ]
            if len(known) <= _MOST:
                self._says.put(found.hash, known)
        return known
