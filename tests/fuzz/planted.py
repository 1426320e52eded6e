"""Targets with a fault in them that the harness has to find. No list of targets has them."""

from __future__ import annotations

import ctypes
import functools
import time

from tests.fuzz.target import Target


def raises(data: bytes) -> None:
    """At a word that stands in its dictionary, and that chance would never write."""
    if b"open sesame" in data:
        raise KeyError("planted")


def hangs(data: bytes) -> None:
    """Never ends, at that word."""
    while b"open sesame" in data:
        pass


def hangs_in_c(data: bytes) -> None:
    """In one call that no signal of Python interrupts."""
    if b"open sesame" in data:
        sum(range(10**12))


def eats(data: bytes) -> None:
    """Takes more memory than it may."""
    held = []
    while b"open sesame" in data:
        held.append(bytearray(b"x" * (1 << 20)))
        time.sleep(0.002)


def breaks_its_law(data: bytes) -> None:
    """An invariant that does not hold."""
    assert b"open sesame" not in data, "planted"


@ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p)
def _for_ever(_code: int, _nothing: int) -> None:
    while True:
        time.sleep(1)


@functools.cache
def _never_tidied_up() -> None:
    ctypes.CDLL(None).on_exit(_for_ever, None)


def hangs_at_its_end(data: bytes) -> None:
    """Its library waits for ever when the process ends."""
    _never_tidied_up()
    is_sound(data)


def is_sound(data: bytes) -> None:
    """Nothing is wrong with it."""
    assert isinstance(data, bytes)


TARGETS = tuple(
    Target(
        name=f"planted-{once.__name__.replace('_', '-')}",
        law="planted",
        once=once,
        seeds=lambda: (b"nothing",),
        dictionary="planted",
        longest=60,
        seconds=0.2,
        megabytes=256,
    )
    for once in (raises, hangs, hangs_in_c, eats, breaks_its_law, hangs_at_its_end, is_sound)
)
