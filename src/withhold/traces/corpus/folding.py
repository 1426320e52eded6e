"""The normal form in which texts are compared, and two cheap forms in which they are searched.

``fold`` is the form that decides whether two texts are the same: typographic quotes, primes and
dashes as ASCII has them; NFKC (Unicode Standard Annex 15); full case folding (The Unicode
Standard, 3.13, toCasefold); what is not seen (soft hyphens, zero widths, directions) dropped;
each run of white space one space, none at the ends. So line breaks, capitals, ligatures and curly
quotes do not matter; a letter, digit or comma more or less does.

Folding a whole corpus would take longer than reading it. So texts are searched by their
``skeleton``, ASCII letters and digits only, which is made of octets in one pass, and only what is
found there is folded and compared. It misses nothing: if ``fold(a)`` is in ``fold(b)``, the
skeleton of ``a`` is in that of ``b``. What has few ASCII letters is searched by its ``letters``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_NOT_SEEN = (
    # Default_Ignorable_Code_Point (Unicode Character Database, DerivedCoreProperties): soft hyphen,
    # zero widths, marks of direction, selectors of how an emoji looks; the fillers, which are
    # letters, are left out, and the marks that annotate (FFF9 to FFFB) never were in
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′‵`´ʼ＇", "'"),
        **dict.fromkeys("“”„‟″‶«»＂", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **{chr(one): "" for first, last in _NOT_SEEN for one in range(first, last + 1)},
    }
)
_AT_ONCE = 1 << 18  # characters
_WHITE = re.compile(r"\s")
_NO_LETTER = re.compile(r"[\W_]+")
_KEPT = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOWER = bytes(range(256)).lower()
_DROPPED = bytes(octet for octet in range(256) if octet not in _KEPT)
_ASCII = bytes(range(128))
_SHARP_S = "ß".encode()
_CHANGING = re.compile(
    # UTF-8 of each character outside ASCII whose fold holds an ASCII letter or digit, or that
    # makes one character with an ASCII letter before it. A test goes through all of Unicode.
    rb"[\xcc\xcd]"  # combining marks
    rb"|\xc2[\xaa\xb2\xb3\xb9\xba\xbc-\xbe]|\xc4[\xb0\xb2\xb3\xbf]|\xc5[\x80\x89\xbf]"
    rb"|\xc7[\x84-\x8c\xb1-\xb3]|\xca[\xb0-\xbf]|\xcb[\x80-\xbf]"
    rb"|\xe1(?:[\xb4-\xb7]|\xba[\x96-\x9e])"
    rb"|\xe2(?:\x81[\xb0-\xbf]|\x82[\x80-\x9f\xa8]|[\x84\x85\x91-\x93]|\x86[\x80-\x8f]|\xb1[\xbc\xbd])"
    rb"|\xe3[\x88-\x8f]|\xea[\x9c-\x9f\xad]"
    rb"|\xef(?:\xac[\x80-\x86]|\xbc[\x90-\x99\xa1-\xba]|\xbd[\x81-\x9a])"
    rb"|\xf0(?:\x90\x9e|\x9c\xb3|\x9d|\x9f(?:[\x84-\x86]|\xaf))"
)


def fold(text: str) -> str:
    """The normal form; the fold of a fold is itself."""
    if len(text) <= _AT_ONCE:
        return _folded_at_once(text)
    return " ".join(filter(None, map(_folded_at_once, _pieces(text))))


def _pieces(text: str) -> Iterator[str]:
    """A long text cut before white space, with which nothing before it becomes one character.

    Else the words of a hostile text, all held at once, take a hundred times its own memory.
    """
    at = 0
    while at < len(text):
        white = _WHITE.search(text, at + _AT_ONCE)
        end = white.start() if white else len(text)
        yield text[at:end]
        at = end


def _folded_at_once(text: str) -> str:
    if text.isascii():
        text = text.lower().replace("`", "'")
    else:
        text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).casefold()
        text = unicodedata.normalize("NFKC", text).translate(_PLAIN)
    return " ".join(text.split())


def folded(octets: bytes) -> str:
    """The normal form of a UTF-8 text; what is not UTF-8 becomes U+FFFD."""
    return fold(octets.decode("utf-8", "replace"))


def letters(text: str) -> str:
    """The letters and digits of a folded text, of every script, without what is between."""
    return _NO_LETTER.sub("", text)


def words(text: str) -> list[str]:
    """The words of a folded text: runs of letters and digits, without what is between."""
    return spaced(text).split()


def spaced(text: str) -> str:
    """The words of a folded text with one space between them."""
    return _NO_LETTER.sub(" ", text).strip()


def skeleton(octets: bytes) -> bytes:
    """The ASCII letters and digits of the fold of a UTF-8 text, in lower case, and nothing else."""
    if not octets.isascii():
        rest = octets.translate(None, _ASCII)
        if _SHARP_S in rest:
            octets = octets.replace(_SHARP_S, b"ss")
        if _CHANGING.search(rest):
            octets = folded(octets).encode("utf-8", "replace")
    return octets.translate(_LOWER, _DROPPED)
