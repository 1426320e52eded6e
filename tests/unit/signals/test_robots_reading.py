"""What else a robots.txt says beside its rules, what is noted of it, and how much is read."""

from __future__ import annotations

import time
from typing import Any

import pytest

from withhold.signals import robots

MODES = ("rfc", "google")

MANAGED = b"""\
License: https://h.example/all.xml
User-Agent: *
Content-Signal: search=yes, ai-train=no # said
Allow: /
User-agent: GPTBot
Content-Usage: /a train-ai=n
User-agent: ccbot
disallow: /
User-agent: gptbot
Noted: \xe2\x82\xac
Sitemap: https://h.example/s.xml
"""


def test_what_else_is_read() -> None:
    read = robots.read(MANAGED)
    assert read.tokens == ("GPTBot", "ccbot")
    assert read.sitemaps == ("https://h.example/s.xml",)
    assert [(o.line, o.key, o.value, o.tokens) for o in read.others] == [
        (1, "License", "https://h.example/all.xml", ()),
        (3, "Content-Signal", "search=yes, ai-train=no", ("*",)),
        (6, "Content-Usage", "/a train-ai=n", ("GPTBot", "ccbot")),
        (10, "Noted", "€", ("GPTBot",)),
    ]
    assert read.group_line("GPTBOT") == 5
    assert read.group_line("CCBot") == 7
    assert read.group_line("*") == 2
    assert read.group_line("Bytespider") is None
    assert read.has_own_group("gptbot")
    assert not read.has_own_group("*")
    assert not read.has_own_group("Bytespider")
    assert not robots.read(b"User-agent:\nDisallow: /").has_own_group("")
    assert read.line_text(3) == "Content-Signal: search=yes, ai-train=no # said"
    assert read.line_text(10) == "Noted: €"
    for line in (0, -1, 13):
        with pytest.raises(IndexError):
            read.line_text(line)


@pytest.mark.parametrize(
    ("body", "notes", "empty"),
    [
        (b"", ("empty-file",), True),
        (b" \r\n\t", ("empty-file",), True),
        (b"# nothing\n", ("no-rules",), True),
        (b"User-agent: *\n", ("no-rules",), True),
        (b"Disallow: /\n", ("rules-outside-groups", "no-rules"), True),
        (b"User-agent: *\nDisallow:\n", (), False),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow:\n", ("byte-order-mark",), False),
        (b"User-agent: *\nDisallow: /\xe9\n", ("not-utf-8",), False),
        ("User-agent: *\nDisallow: /é\ufffd\n".encode(), (), False),
        (b"User-agent: *\nDisallow: /\x00\n", ("binary",), False),
        (
            "User-agent: *\nDisallow: /\n".encode("utf-16"),
            ("not-utf-8", "binary", "no-rules"),
            True,
        ),
        (b"\n<!DOCTYPE html><p>Not found", ("looks-like-html", "no-rules"), True),
        (b"<b>\nUser-agent: *\nDisallow: /\n", (), False),
    ],
)
@pytest.mark.parametrize("mode", MODES)
def test_notes(mode: Any, body: bytes, notes: tuple[str, ...], empty: bool) -> None:
    read = robots.read(body, mode)
    assert sorted(read.notes) == sorted(notes)
    assert read.empty is empty


@pytest.mark.parametrize("mode", MODES)
def test_500_kib_are_read_and_no_half_line(mode: Any) -> None:
    head = b"User-agent: *\nDisallow: /a\n"
    fill = b"#" * (robots.LIMIT - len(head) - len(b"\nDisallow: /b"))
    fits = head + fill + b"\nDisallow: /b"
    assert len(fits) == robots.LIMIT
    for body in (fits, fits + b"\n", fits + b"\r\nDisallow: /c"):
        read = robots.read(body, mode)
        assert read.decide("x", "/b").allowed is False
        assert ("limit-500-kib" in read.notes) is (len(body) > robots.LIMIT)
        assert read.decide("x", "/c").allowed is True
    cut = robots.read(fits + b"ut-further\n", mode)
    assert cut.decide("x", "/a").allowed is False
    assert cut.decide("x", "/b").allowed is True  # nobody wrote "Disallow: /b"
    assert "limit-500-kib" in cut.notes


@pytest.mark.parametrize(
    "line", [b"Disallow: /x\n", b"User-agent: a\nDisallow: /*x\n", b"\0", b"\r"]
)
def test_50_mb_are_read_up_to_the_limit(line: bytes) -> None:
    body = b"User-agent: *\nDisallow: /a\n" + line * (50_000_000 // len(line))
    start = time.process_time()
    read = robots.read(body)
    assert read.decide("b", "/a").allowed is False
    assert time.process_time() - start < 5
    assert "limit-500-kib" in read.notes
