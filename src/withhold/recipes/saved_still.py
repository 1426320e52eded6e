"""A page that does not change, with nobody to ask: all that ``Run`` needs to read a file."""
# ruff: noqa: ARG002  the protocol names the arguments

from __future__ import annotations

from typing import Literal

from withhold.recipes.page import Look, Write
from withhold.recipes.result import Question


class Still:
    """A page that does not change, with nobody to ask: what ``Run`` needs of the world."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.steps: list[str] = []

    def open(self, url: str, *, hidden: bool = True) -> None:
        """Nothing to go to."""

    def look(self) -> Look:
        return self._look

    def press(self, ref: str) -> Literal["gone"]:
        return "gone"

    def choose(self, ref: str, option: str) -> Literal["gone"]:
        return "gone"

    def writes(self) -> list[Write]:
        return []

    def fresh(self) -> Literal["reloaded"]:
        return "reloaded"

    def wait(self, seconds: float) -> None:
        """It stays as it is."""

    def crop(self, ref: str) -> bytes:
        return b""

    def may_set(self, question: Question) -> bool:
        return False

    def does(self, what: str, why: str) -> bool:
        return False

    def note(self, at: str, said: str = "") -> None:
        self.steps.append(at)
