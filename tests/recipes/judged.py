"""The oracle: what an outcome claims, beside what the server knows."""

from __future__ import annotations

from msgspec import Struct

from tests.recipes.truth import Truly
from tests.replicas.stored import Truth

OF_THE_MACHINE = ("no-answer", "browser-gone", "offline")
"""Reasons that a machine under load gives too; the replicas that bring them about say so in their
``Truly.reasons``."""


class Judged(Struct, frozen=True):
    """What is wrong with one run; all empty is good."""

    false_no: str = ""
    false_already: str = ""
    false_on: str = ""
    outside: tuple[str, ...] = ()
    """Presses and writes of what the recipe does not name."""
    untrue: str = ""
    """The outcome is none of those in the table."""
    trouble: str = ""
    """No fault: ``unknown`` with a reason that lies in the machine of the tests. It is true, and
    nothing was handled; how many there may be is bounded (``conftest``)."""

    @property
    def faults(self) -> list[str]:
        """All of it, in words."""
        said = [self.false_no, self.false_already, self.false_on, self.untrue, *self.outside]
        return [one for one in said if one]


def judged(outcome: str, reason: str, truth: Truth, true: Truly) -> Judged:
    """Judges one run by the server's state at its end."""
    stored = truth.as_wanted()
    writes = len(truth.written)
    what = f"stored {truth.stored['setting']}, {writes} writes"
    untrue = trouble = ""
    if outcome == "unknown" and reason in OF_THE_MACHINE and reason not in true.reasons:
        trouble = f"unknown ({reason})"
    elif outcome not in true.outcomes:
        untrue = f"{outcome} ({reason}); true is {' or '.join(true.outcomes)}; {what}"
    elif true.reasons and reason not in true.reasons:
        untrue = f"{outcome} because {reason}; true is {' or '.join(true.reasons)}; {what}"
    no = outcome == "verified-no" and not (stored and writes == 1)
    already = outcome == "already-no" and not (stored and writes == 0)
    return Judged(
        false_no=f"false verified-no: {what}" if no else "",
        false_already=f"false already-no: {what}" if already else "",
        false_on=f"false on: {what}" if outcome == "on" and stored else "",
        outside=tuple(truth.outside()),
        untrue=untrue,
        trouble=trouble,
    )
