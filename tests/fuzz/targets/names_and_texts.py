"""Names of files that others chose, and what a text of a post gives away."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import PureWindowsPath

from tests.fuzz.target import Target
from withhold.catalog.reveals import RevealWords, reveal_words
from withhold.exports import meta_text, safe_path
from withhold.reach import dropped_together
from withhold.reveals import find
from withhold.rights import mail_text

_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def acts(text: str) -> bool:
    """Whether a sign in it acts on a screen: controls, ends of lines, turns of direction."""
    return any(
        unicodedata.category(one) in ("Cc", "Zl", "Zp") or unicodedata.bidirectional(one) in _TURNS
        for one in text
    )


def a_name(body: bytes) -> None:
    """A path that stays inside on every system, or none; names to be shown act on no screen."""
    for said in (body.decode("utf-8", "surrogateescape"), body.decode("cp437")):
        path = safe_path.safe(said)
        if path:
            there = PureWindowsPath(path)
            assert not there.drive
            assert not there.root
            assert ".." not in there.parts
            assert not path.startswith("/")
            assert not acts(path)
            assert safe_path.safe(path) == path
        assert not acts(safe_path.shown(said))
        for name in (dropped_together.safe_name(said), mail_text.file_name(said)):
            assert name not in ("", ".", "..")
            assert not set(name) & set("/\\\0")
            assert not acts(name)
            assert len(name) <= 130, "not bounded"
        assert len(dropped_together.safe_name(said).encode()) <= 255


@cache
def _words() -> RevealWords:
    return reveal_words()


def a_text(body: bytes) -> None:
    """Spans that lie in the text, in its order; those of one kind do not overlap."""
    text = body.decode("utf-8", "replace")
    found = find.find(text, _words())
    ends: dict[str, int] = {}
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.start >= ends.get(one.kind, 0)
        ends[one.kind] = one.end
    assert [one.start for one in found] == sorted(one.start for one in found)
    meta_text.garbled(body)
    meta_text.repaired(text)


def _names() -> Iterator[bytes]:
    yield from (b"a/b.json", b"./a//b", b"../x", b"C:\\x", b"\\\\host\\x", b"CON.txt", b"a\x00b")
    yield from (
        "\u202egnp.exe".encode(),
        b"x" * 200 + b".jpg",
        "\u00e4/\u00f6.csv".encode(),
        b"\xff",
    )


def _texts() -> Iterator[bytes]:
    yield from (
        *(b"jane@example.org, call 07700 900123. I'm pregnant.", b"jane (at) example dot org"),
        *(b"DE89 3704 0044 0532 0130 00", b"12 Main Street, 48.8584, 2.2945", b"My son Leo (7)"),
        *("I\u2019m diabetic, born 3 February 1985".encode(), "Ich wohne in K\u00f6ln".encode()),
        *("Je suis n\u00e9 le 3 f\u00e9vrier".encode(), "e\u0301te\u0301 \U0001f642".encode()),
    )


TARGETS = (
    Target(
        name="names",
        law="a path that stays inside on every system; no sign in a name acts on a screen",
        once=a_name,
        seeds=_names,
        longest=600,
    ),
    Target(
        name="reveals",
        law="spans in the text, in order, of one kind apart",
        once=a_text,
        seeds=_texts,
        longest=1000,
    ),
)
