"""Where one octet was changed, or two or three in a row, from the CRC-32 before and after.

CRC-32 (ISO 3309; RFC 1952, 8) is linear: two texts that differ in one octet by ``e``, with ``k``
octets after it, have checksums that differ by ``e`` carried over ``k + 1`` zero octets. Carried
back, the difference fits into one octet at the right place; elsewhere once in 2^24 places by
chance, so whoever asks confirms it with a digest. The same goes for two octets in a row (2^16) and
three (2^8); four would fit everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_POLYNOMIAL = 0xEDB88320
_FITS = 1 << 24


def _entry(value: int) -> int:
    for _ in range(8):
        value = value >> 1 ^ (_POLYNOMIAL if value & 1 else 0)
    return value


_TABLE = tuple(map(_entry, range(256)))
_BY_TOP = bytes(sorted(range(256), key=lambda one: _TABLE[one] >> 24))
"""The entry whose highest octet this is: each is that of one entry."""


def _back(state: int) -> int:
    """The state before one zero octet."""
    low = _BY_TOP[state >> 24]
    return (state ^ _TABLE[low]) << 8 & 0xFFFF_FFFF | low


def _applied(images: Sequence[int], state: int) -> int:
    """A linear map, given by what it makes of each bit."""
    found = 0
    for bit, image in enumerate(images):
        if state >> bit & 1:
            found ^= image
    return found


def carried_back(state: int, octets: int) -> int:
    """The state before so many zero octets; a step for each bit of the number."""
    images = [_back(1 << bit) for bit in range(32)]
    while octets:
        if octets & 1:
            state = _applied(images, state)
        images = [_applied(images, one) for one in images]
        octets >>= 1
    return state


def places(difference: int, behind: int, length: int) -> Iterator[tuple[int, bytes]]:
    """Where in a stretch of ``length`` octets up to three changed octets explain the difference.

    ``behind`` is how many octets of the file follow the stretch. Answers places in the stretch
    with what the octets were XORed with: the fewest first, as few fit by chance.
    """
    state = carried_back(difference, behind)
    more: list[tuple[int, bytes]] = []
    if not state:
        return
    for place in range(length - 1, -1, -1):
        state = _back(state)
        if state < _FITS:
            by = state.to_bytes(3, "little").rstrip(b"\0")
            if len(by) == 1:
                yield place, by
            elif by[0] and place + len(by) <= length:
                more.append((place, by))
    yield from sorted(more, key=lambda one: len(one[1]))
