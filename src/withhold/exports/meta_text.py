"""Meta's mojibake, undone: Facebook and Instagram write each UTF-8 byte as a character of its own.

``é`` stands in their JSON as ``\\u00c3\\u00a9``, the two bytes of its UTF-8 read as Latin-1. The
way back is to write the characters as Latin-1 bytes and read these as UTF-8. What can be decided,
and what not:

- A string with a character above U+00FF is not garbled: no byte gives such a character.
- A string whose Latin-1 bytes are no UTF-8 is not garbled as a whole. It is left alone, also where
  a part of it may be (a text that the platform cut in the middle of a character).
- ``NESTLÉ®`` or ``Ã©`` can be what somebody wrote *and* reads as UTF-8 (``NESTLɮ``, ``é``). From
  the string alone this cannot be decided; ``repaired`` then takes it for garbled. In a file where
  the fault is the rule this is right, for there a genuine ``Ã©`` is garbled too and comes back as
  itself. So it is the *file* that decides (``mender``): one with a raw byte above 127, with an
  escape above ``\\u00ff``, or with more runs of escapes that are no UTF-8 than runs that are, was
  not written by the faulty writer, and nothing in it is changed.
- Not decidable at all: a clean file in which Latin-1 characters are escaped, and all of whose few
  non-ASCII strings happen to read as UTF-8. Nobody is known to write such files of Meta's.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from zipfile import BadZipFile

from withhold.exports.parts import Files

LOOKED_AT = 4 * 1024 * 1024
"""Bytes of a file by which ``mender`` judges it."""

_ABOVE = re.compile(rb"(?<!\\)(?:\\\\)*\\u(?!00)")
_RUN = re.compile(rb"(?<!\\)(?:\\u00[89a-fA-F][0-9a-fA-F])+")
_RUNS_AT_MOST = 5_000


def repaired(text: str) -> str:
    """The text that was meant, if the whole string is UTF-8 read as Latin-1; else the same text.

    Of one string, in a file known to be garbled (see ``mender``). Call it once for each string:
    what somebody wrote as ``Ã©`` would not survive a second time.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def garbled(sample: bytes) -> bool:
    """Can a JSON file with these bytes be the faulty writer's? True too where nothing speaks."""
    if not sample.isascii():
        return False
    if sample.count(b"\\u") > sample.count(b"\\u00") and _ABOVE.search(sample):
        return False
    fits = 0
    for number, run in enumerate(_RUN.finditer(sample)):
        if number >= _RUNS_AT_MOST:
            break
        fits += 1 if _is_utf8(run.group()) else -1
    return fits >= 0


def mender(files: Files, path: str) -> Callable[[str], str]:
    """What to do with each string of this file: ``repaired``, or leave it. Never raises."""
    try:
        with files.open(path) as stream:
            return repaired if garbled(stream.read(LOOKED_AT)) else as_it_is
    except (OSError, KeyError, BadZipFile, RuntimeError, EOFError, zlib.error):
        return repaired


def as_it_is(text: str) -> str:
    """The text of a clean file."""
    return text


def _is_utf8(run: bytes) -> bool:
    try:
        bytes.fromhex(run.replace(b"\\u00", b"").decode("ascii")).decode("utf-8")
    except ValueError:
        return False
    return True
