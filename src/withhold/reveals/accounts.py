"""IBANs: by their check digits (ISO 13616, ISO 7064 mod 97-10). Other numbers of accounts are none.

How long one is in its country is not asked: what passes the check and ends at a space or the end
of its run is one; of numbers made up, one in 97 passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from phonenumbers import SUPPORTED_REGIONS

_BEGIN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \u00a0.-]?[A-Za-z0-9]){11,40}(?![A-Za-z0-9])"
)
_SHORTEST, _LONGEST = 15, 34
_APART = " \u00a0.-"


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Where IBANs stand, written together or in groups."""
    at = 0
    while match := _BEGIN.search(text, at):
        at = match.end()
        run = match[0]
        if run[:2].upper() not in SUPPORTED_REGIONS and run[:2].upper() != "XK":
            at = match.start() + 4
            continue
        end = _end(run)
        if end:
            yield match.start(), match.start() + end
            at = match.start() + end
        else:
            at = match.start() + 4


def _end(run: str) -> int:
    """How much of a run is an IBAN, the longest that holds; 0 = nothing."""
    ends = [at for at in range(len(run), 0, -1) if at == len(run) or run[at] in _APART]
    for end in ends:
        plain = "".join(one for one in run[:end] if one not in _APART)
        if len(plain) < _SHORTEST or run[end - 1] in _APART:
            continue
        if len(plain) <= _LONGEST and sum(map(str.isdigit, plain)) >= 8 and _checks(plain):
            return end
    return 0


def _checks(plain: str) -> bool:
    moved = plain[4:] + plain[:4]
    try:
        return int("".join(str(int(one, 36)) for one in moved)) % 97 == 1
    except ValueError:  # a letter of another alphabet
        return False
