"""JSON as pieces of UTF-8 that a parser can hold: no string in it is too long, nothing too deep.

A parser keeps a string until its end, and every level of nesting until it closes; 100,000 levels
take ijson gigabytes. Both are cut here: of a string what stands between STRING_AT_MOST and its
closing quote is left out, of a list or object at DEEPEST all that is in it. What follows is read
as if nothing had been. The usual JSON costs a look by bytes' own methods, no loop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from withhold.exports.notes import Notes
from withhold.exports.streams import TooLarge

STRING_AT_MOST = 4 * 1024 * 1024
"""Bytes of one string; texts are cut at 1,000,000 characters anyway."""
NUMBER_AT_MOST = 16 * 1024
DEEPEST = 64
"""Lists and objects inside each other; archives have about ten."""
ASSIGNMENT = re.compile(rb"\s*(?:var |let |const )?[A-Za-z_$][\w$.-]{0,200}\s*=(?!=)\s*")
"""``window.YTD.tweets.part0 = `` before the JSON of a script."""
_TO_QUOTE = re.compile(rb'(?:[^"\\]+|\\.)*', re.DOTALL)
_SIGNS = re.compile(rb'\\.|["\[\]{}]', re.DOTALL)
_SURROGATES = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(?P<alone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_HIGH = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}")
_NO_SIGN = bytes(set(range(256)) - set(b'"[]{}'))


class Shape:
    """Where in the nesting of a JSON a text has come to; texts are fed one after the other."""

    def __init__(self) -> None:
        self.inside = False
        """Whether a string is open."""
        self.depth = 0
        self._cutting = False

    def deep(self, signs: bytes) -> bool:
        """Whether more than DEEPEST levels may open in these signs. If not, they are counted."""
        if self._cutting:
            return True
        if self.inside:
            signs = b'"' + signs
        signs = signs.replace(b'""', b"")  # strings without brackets
        if b'"' in signs:
            signs = b"".join(signs.split(b'"')[::2])
        levels, before = self.depth, -1
        while before != len(signs):
            before, levels = len(signs), levels + 2
            signs = signs.replace(b"[]", b"").replace(b"{}", b"")
            if levels > DEEPEST:
                return True
        opened = signs.count(b"[") + signs.count(b"{")
        if levels + opened > DEEPEST:
            return True
        self.depth = max(0, self.depth + 2 * opened - len(signs))
        return False

    def cut(self, text: bytes) -> tuple[bytes, bool]:
        """The text without what lies too deep, sign by sign; and whether something new was cut."""
        out, kept, new = [], 0, False
        for sign in _SIGNS.finditer(text):
            what = sign[0]
            if what == b'"':
                self.inside = not self.inside
            elif self.inside or len(what) == 2:
                continue
            elif what in b"[{":
                self.depth += 1
                if self.depth == DEEPEST and not self._cutting:
                    out.append(text[kept : sign.end()])
                    self._cutting = True
            else:
                if self.depth == DEEPEST and self._cutting:
                    new = new or bool(text[kept : sign.start()].strip())
                    kept, self._cutting = sign.start(), False
                self.depth = max(0, self.depth - 1)
        if not self._cutting:
            out.append(text[kept:])
        return b"".join(out), new or self._cutting


def signs_of(text: bytes) -> bytes:
    """The quotes and brackets of a text, without those that are escaped."""
    if b"\\" in text:
        text = text.replace(b"\\\\", b"").replace(b'\\"', b"")
    return text.translate(None, _NO_SIGN)


def pieces(
    texts: Iterator[bytes], path: str, notes: Notes, assigned: bool = False
) -> Iterator[bytes]:
    """The same JSON within the limits; each long string is noted with its byte, depth once.

    ``assigned``: an assignment in front of it and a semicolon behind it are left out. Raises
    TooLarge for what is neither a string nor anything else a JSON has.
    """
    shape, cutting, deep = Shape(), False, False
    run, at, held = 0, 0, b""
    first = assigned
    for text in texts:
        if held:
            text, held = held + text, b""
        if first:
            first = False
            if found := ASSIGNMENT.match(text):
                text = text[found.end() :]
        text, held = _whole_escapes(text)
        at += len(text)
        if b"\\ud" in text or b"\\uD" in text:
            text = whole_pairs(text)
        signs = signs_of(text)
        quotes = signs.count(b'"')
        if quotes:
            if cutting and (found := _TO_QUOTE.match(text)):
                cutting, text = False, text[found.end() :]
            run = 0
        elif shape.inside:
            run += len(text)
            if cutting:
                continue
            if run > STRING_AT_MOST:
                cutting = True
                notes.trouble(path, "too-long", f"byte {at}")
                continue
        elif len(text) > NUMBER_AT_MOST and not text.strip(b"0123456789+-.eE"):
            raise TooLarge("too-long")
        if shape.deep(signs):
            text, new = shape.cut(text)
            if new and not deep:
                deep = True
                notes.trouble(path, "nested-too-deep", f"byte {at}")
        else:
            shape.inside ^= quotes % 2 == 1
        if assigned and not shape.inside and text.endswith((b";", b";\n", b";\r\n")):
            text = text.rstrip()[:-1]
        yield text
    # what is held is half an escape: the file was cut off in it


def whole_pairs(text: bytes) -> bytes:
    """The text with a sign in place of each half of a surrogate pair: nothing can store one."""
    return _SURROGATES.sub(lambda found: b"\\ufffd" if found["alone"] else found[0], text)


def _whole_escapes(text: bytes) -> tuple[bytes, bytes]:
    r"""The text up to an escape (``\u00e4``) that it is cut in, and that escape's beginning.

    The first half of a surrogate pair waits for the second.
    """
    last = text.rfind(b"\\", max(0, len(text) - 6))
    if last < 0:
        return text, b""
    cut, after = len(text), text[last + 1 :]
    if _escapes(text, last) and (not after or (after[:1] == b"u" and len(after) < 5)):
        cut = last
    if _HIGH.match(text, max(0, cut - 6), cut) and _escapes(text, cut - 6):
        cut -= 6
    return text[:cut], text[cut:]


def _escapes(text: bytes, at: int) -> bool:
    """Whether the backslash there begins an escape, and is not escaped itself."""
    return (at + 1 - len(text[: at + 1].rstrip(b"\\"))) % 2 == 1
