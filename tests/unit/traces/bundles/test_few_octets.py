"""The place of one changed octet, or of a few in a row, from two checksums."""

from __future__ import annotations

import random
import zlib

import pytest

from withhold.traces.bundles.few_octets import carried_back, places


def difference(length: int, at: int, by: bytes) -> int:
    """Of two texts that differ there, by zlib."""
    one = bytes(length)
    other = bytes(at) + by + bytes(length - at - len(by))
    return zlib.crc32(one) ^ zlib.crc32(other)


@pytest.mark.parametrize("length", [1, 2, 100, 70_000])
def test_the_place_and_the_change_are_found(length: int) -> None:
    some = random.Random(length)  # noqa: S311  the same each time
    for _ in range(20):
        few = some.randrange(1, min(length, 3) + 1)
        by = bytes(some.randrange(1, 256) for _ in range(few))
        at = some.randrange(length - few + 1)
        assert (at, by) in list(places(difference(length, at, by), 0, length))


def test_a_stretch_in_the_middle_of_a_large_file() -> None:
    """100 MB lie behind it: the difference is carried back over them in 27 steps."""
    behind = 100_000_000
    found = list(places(difference(1000 + behind, 77, b"\x09"), behind, 1000))
    assert (77, b"\x09") in found


def test_what_is_the_same_has_no_place() -> None:
    assert list(places(0, 5, 100)) == []


def test_over_no_octets_nothing_is_carried() -> None:
    assert carried_back(0xDEADBEEF, 0) == 0xDEADBEEF
    # the order of CRC-32's polynomial: so many bits, and it stands where it began
    assert carried_back(0xDEADBEEF, 2**32 - 1) == 0xDEADBEEF
