"""What CI runs of the fuzzing: the riskiest readers for ten seconds each, the others for two.

Long enough to see a reader that breaks at the first strange octet, and that the harness works.
What takes longer to find is found by ``make fuzz``.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.fuzz.target import Target

RISKY, OTHER = 10, 2
"""Seconds."""
SEED = 1
"""Of chance: what has passed passes again, until something of ours changes."""
PATIENCE = 4.0
"""Times the time that an input may take: a machine that is slow makes no hang."""
LISTED = frozenset({
    "robots", "headers", "tdmrep", "rsl", "xmp", "html-head", "mail", "corpus-warc",
    "recipe", "saved-page", "knowledge", "owner",
})  # fmt: skip
"""What strangers write and no library of ours reads first; and every archive."""

Turn = tuple[str, Target, int]
"""Its module, the target, and seconds."""


def turns(chosen: Iterable[tuple[str, Target]]) -> list[Turn]:
    """Each for its time, the long ones first, so that none is left alone at the end."""
    found = [
        (module, target, RISKY if is_risky(target.name) else OTHER) for module, target in chosen
    ]
    return sorted(found, key=lambda one: -one[2])


def is_risky(name: str) -> bool:
    """Whether CI gives it the longer time."""
    return name in LISTED or name.startswith("archive-")
