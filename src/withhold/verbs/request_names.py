"""References of cases as people type them."""

from __future__ import annotations

_LIKE = "WH-7K3Q9D"


def is_reference(said: str) -> bool:
    """Whether it is written as a reference of a case, in any case of letters."""
    plain = said.strip()
    return plain.upper().startswith("WH-") and len(plain) == len(_LIKE)


def reference_of(said: str) -> str:
    """The reference as it is kept."""
    return said.strip().upper()
