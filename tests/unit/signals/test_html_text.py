"""Which encoding a page is in: WHATWG HTML 13.2.3 and the Encoding standard, by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.signals.html_text import charset_in, text_of

META = '<meta charset="{}">é'
PRAGMA = "<meta http-equiv='Content-Type' content='text/html; charset={}'>я"


@pytest.mark.parametrize(
    ("octets", "content_type", "text", "notes"),
    [
        (b"", "", "", []),
        (b"\xc3\xa9", "", "é", []),
        (b"\xe9\x80", "", "é€", []),  # windows-1252, the web's fallback
        (b"\xc3\xa9", "text/html; charset=utf-8", "é", []),
        (b"\xe9", "text/html;charset=ISO-8859-1", "é", []),
        (b"\x80", "text/html;charset=iso-8859-1", "€", []),  # that label means windows-1252
        (b"\x80", "text/html;charset=US-ASCII", "€", []),
        (b"\xa4", 'text/html; CHARSET = "iso-8859-15"', "€", []),
        (b"\xe9", "text/html; charset=utf-8", "\ufffd", []),
        (b"\x93\xfa", "text/html; charset=Shift_JIS", "日", []),
        (b"\x1b$BF|\x1b(B", "text/html; charset=iso-2022-jp", "日", []),
        ("é".encode("utf-16-be"), "text/html; charset=utf-16be", "é", []),
        ("é".encode("utf-16-le"), "text/html; charset=utf-16", "é", []),
        (b"\xef\xbb\xbf\xc3\xa9", "text/html; charset=iso-8859-1", "é", ["byte-order-mark"]),
        (b"\xff\xfe\xe9\x00", "text/html; charset=utf-8", "é", ["byte-order-mark"]),
        (b"\xfe\xff\x00\xe9", "", "é", ["byte-order-mark"]),
        (META.format("iso-8859-1").encode("cp1252"), "", META.format("iso-8859-1"), []),
        (META.format("utf-8").encode(), "", META.format("utf-8"), []),
        (META.format("utf-16").encode(), "", META.format("utf-16"), []),  # it cannot be
        (PRAGMA.format("koi8-r").encode("koi8-r"), "", PRAGMA.format("koi8-r"), []),
        (META.format("koi8-r").encode(), "text/html;charset=utf-8", META.format("koi8-r"), []),
        (b"+AGk-\xe9", "text/html; charset=utf-7", "+AGk-é", ["charset-unknown"]),
        (b"a\r\nb\rc\n", "", "a\nb\nc\n", []),
    ],
)
def test_text(octets: bytes, content_type: str, text: str, notes: list[str]) -> None:
    assert text_of(octets, content_type) == (text, notes)


@pytest.mark.parametrize(
    "label", ["utf-7", "unicode_escape", "punycode", "idna", "zip", "rot13", "hex", "none", "ébc"]
)
def test_what_python_knows_and_the_web_does_not(label: str) -> None:
    octets = b"<meta name=\\x72obots content=+AGk-a->"
    assert text_of(octets, f"text/html; charset={label}") == (octets.decode(), ["charset-unknown"])


def test_a_charset_is_looked_for_in_1024_octets() -> None:
    tag = b'<meta charset="iso-8859-15">'
    for fill, sign in ((1024 - len(tag), "€"), (1025 - len(tag), "¤")):
        text, _ = text_of(b"<!--" + b" " * (fill - 7) + b"-->" + tag + b"\xa4")
        assert text[-1] == sign


def test_charset_in() -> None:
    assert charset_in("text/html;charset='utf-8';x") == "utf-8"
    assert charset_in("text/html") == ""


@given(st.binary(), st.text() | st.text(max_size=30).map("text/html; charset={}".format))
def test_nothing_raises(octets: bytes, content_type: str) -> None:
    text, _ = text_of(octets, content_type)
    assert "\r" not in text
