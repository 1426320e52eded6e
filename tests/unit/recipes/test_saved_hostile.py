"""Files that nobody should send: they end in a word, soon, and never in an exception."""

from __future__ import annotations

import gzip
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.recipes.pages import HOST, URL, WORDS, recipe
from tests.unit.recipes.saved_pages import archive, chromium, document, firefox, mhtml, part, switch
from withhold.recipes.saved import open_saved, read_saved

SECONDS = 10
"""Of the processor: far above what is needed, far below what a square of the size takes."""


def zipped() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as one:
        one.writestr("page.html", document(switch()))
    return made.getvalue()


NO_PAGES = {
    "nothing": b"",
    "spaces": b" \r\n\t ",
    "text": b"Train AI on my posts: Off",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "another picture": b"\xff\xd8\xff\xe0" + bytes(64),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3",
    "a zip": zipped(),
    "a gzip": gzip.compress(chromium(switch()), mtime=0),
    "a web archive": b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource",
    "a web archive as XML": b'<?xml version="1.0"?>\n<!DOCTYPE plist PUBLIC "x"><plist></plist>',
    "a mail": b"From: a@b.example\r\nSubject: hello\r\n\r\n<html></html>",
    "JSON": b'{"html": "<html></html>"}',
    "binary": bytes(range(256)) * 40,
    "UTF-16 without a page": b"\xff\xfe" + "no page".encode("utf-16-le"),
    "a page behind NULs": bytes(100) + chromium(switch()),
}


@pytest.mark.parametrize("name", NO_PAGES)
def test_no_page(name: str) -> None:
    result = read_saved(recipe(), NO_PAGES[name], WORDS)
    assert (result.outcome, result.reason) == ("unknown", "not-a-page")


def test_a_picture_can_be_told_from_the_rest() -> None:
    assert open_saved(NO_PAGES["a picture"], [HOST]).kind == "picture"
    assert open_saved(NO_PAGES["a PDF"], [HOST]).kind == "picture"
    assert open_saved(NO_PAGES["a zip"], [HOST]).kind == "other"


WHOLE = chromium(switch())
ARCHIVED = mhtml(switch())


@pytest.mark.parametrize("kept", range(len(WHOLE) - 1, 90, -7))
def test_html_cut_in_half(kept: int) -> None:
    """Behind its comment, at any place."""
    result = read_saved(recipe(), WHOLE[:kept], WORDS)
    assert result.reason in ("cut-in-half", "no-address"), WHOLE[:kept][-40:]
    assert result.outcome == "unknown"


@pytest.mark.parametrize("kept", range(len(ARCHIVED) - 5, 0, -11))
def test_mhtml_cut_in_half(kept: int) -> None:
    result = read_saved(recipe(), ARCHIVED[:kept], WORDS)
    assert result.outcome == "unknown"
    assert result.reason in ("cut-in-half", "not-a-page", "not-as-saved", "other-site")


def test_mhtml_whose_page_was_cut_before_it_was_packed() -> None:
    half = document(switch())[:-40]
    assert read_saved(recipe(), archive(URL, part(half, URL, "a@b")), WORDS).reason == "cut-in-half"


BY_HAND = {
    "an attribute without quotes": WHOLE.replace(b'aria-checked="false"', b"aria-checked=false"),
    "an attribute in single quotes": WHOLE.replace(
        b'aria-checked="false"', b"aria-checked='false'"
    ),
    "two spaces in a tag": WHOLE.replace(b" aria-checked", b"  aria-checked"),
    "an attribute twice": WHOLE.replace(
        b'aria-checked="false"', b'aria-checked="true" aria-checked="false"'
    ),
    "the second in capitals": WHOLE.replace(
        b'aria-checked="false"', b'aria-checked="true" ARIA-CHECKED="false"'
    ),
    "a bare attribute": WHOLE.replace(b"<h2>", b"<h2 hidden>"),
    "an element closed as in XML": WHOLE.replace(b"<h2>", b"<br /><h2>"),
    "an element not closed": WHOLE.replace(b"</h2>", b""),
    "an element closed twice": WHOLE.replace(b"</h2>", b"</h2></h2>"),
    "crossed": WHOLE.replace(b"<h2>AI</h2>", b"<h2><b>AI</h2></b>"),
    "a lone <": WHOLE.replace(b"<h2>AI", b"<h2>A < I"),
    "text behind the end": WHOLE + b"more",
    "a second page behind the end": WHOLE + document(switch()).encode(),
    "a long quoted-printable line": ARCHIVED.replace(b"=\r\n", b"", 3),
    "a byte that is not encoded": ARCHIVED.replace(b"<h2>AI", "<h2>Ä".encode()),
    "an equals sign that is not encoded": ARCHIVED.replace(b"<h2>AI", b"<h2 a=b>"),
    "another address in front": ARCHIVED.replace(
        b"Snapshot-Content-Location: " + URL.encode(),
        b"Snapshot-Content-Location: " + URL.encode() + b"/x",
    ),
    "something behind the last boundary": ARCHIVED + b"more",
    "two parts of one name": archive(
        URL, part(document(switch()), URL, "a@b"), part(document(switch()), URL, "a@b")
    ),
    "no document in it": archive(URL),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_no_browser_writes_so(name: str) -> None:
    assert BY_HAND[name] not in (WHOLE, ARCHIVED)
    result = read_saved(recipe(), BY_HAND[name], WORDS)
    assert (result.outcome, result.reason) == ("unknown", "not-as-saved")


def test_line_ends_are_no_sign_of_an_edit() -> None:
    assert read_saved(recipe(), ARCHIVED.replace(b"\r\n", b"\n"), WORDS).outcome == "already-no"
    assert read_saved(recipe(), WHOLE.replace(b"\n", b"\r\n"), WORDS).outcome == "already-no"


def _heavy() -> Iterator[tuple[str, bytes, str]]:
    many = 10 * 1024 * 1024
    yield "10 MB of divs", chromium("<div>" * (many // 5)), "too-large"
    yield "10 MB of text", chromium(switch() + "x " * (many // 2)), "read"
    yield "10 MB of <", chromium("<" * many), "not-as-saved"
    yield "10 MB of quotes", chromium('<a b="' * (many // 6)), "not-as-saved"
    yield "10 MB of comments", chromium("<!---->" * (many // 7)), "not-found"
    yield "10 MB of one comment", chromium("<!--" + "-" * many), "cut-in-half"
    yield "10 MB of entities", chromium(switch() + "&amp;" * (many // 5)), "read"
    yield "10 MB of entities that are none", chromium(switch() + "&a" * (many // 2)), "read"
    yield "10 MB of closed elements", chromium("<b></b>" * (many // 7)), "too-large"
    yield "10 MB of header lines", b"MIME-Version: 1.0\r\n" * (many // 19), "not-as-saved"
    yield "10 MB of boundaries", archive(URL, *[b"\r\n"] * 200_000), "too-large"
    yield "a tag that never ends", chromium("<a " + 'b="c" ' * (many // 6)), "not-as-saved"
    yield "depth 100,000", chromium("<div>" * 100_000 + "</div>" * 100_000), "too-large"
    yield "depth 900", chromium("<div>" * 900 + switch() + "</div>" * 900), "read"
    attributes = " ".join(f'a{number}="1"' for number in range(100_000))
    yield "100,000 attributes", chromium(f"<p {attributes}></p>"), "too-large"
    yield "an attribute of 10 MB", chromium(f'{switch()}<p a="{"x" * many}"></p>'), "read"
    yield "100,000 siblings", chromium("<br>" * 100_000), "too-large"
    yield (
        "4,500 switches of one name",
        chromium("<h2>AI</h2>" + switch()[11:] * 4_500),
        "two-matches",
    )
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    yield "an entity bomb", bomb.encode() + WHOLE.removeprefix(b"<!DOCTYPE html>"), "no-address"
    yield "UTF-16", b"\xff\xfe" + WHOLE.decode().encode("utf-16-le"), "read"
    yield "UTF-16, the other way", b"\xfe\xff" + WHOLE.decode().encode("utf-16-be"), "read"
    yield "UTF-16, odd", b"\xff\xfe" + WHOLE.decode().encode("utf-16-le") + b"x", "not-as-saved"
    wrong = WHOLE.replace(b"UTF-8", b"gb2312").replace(b"<h2>AI", "<h2>AI ä".encode())
    yield "a wrong charset", wrong, "anchors-disagree"
    yield "a charset that is none", WHOLE.replace(b"UTF-8", b"unicode_escape"), "read"
    yield "a charset that unpacks", WHOLE.replace(b"UTF-8", b"zlib"), "read"
    yield "NULs", WHOLE.replace(b"posts", b"po\0sts"), "not-a-page"
    far = chromium("x" * 5000 + switch()).replace(b"posts", b"po\0sts")
    yield "NULs far behind", far, "not-found"
    circle = (
        '<button id="a" aria-labelledby="b">x</button><button id="b" aria-labelledby="a"></button>'
    )
    yield "names in a circle", chromium(circle * 1000), "not-found"
    refer = '<button aria-labelledby="{}">x</button>'.format("a " * 10_000)
    yield (
        "many names of much",
        chromium(f'<p id="a">{"<b>x</b>" * 900}</p>{refer * 1000}'),
        "too-large",
    )
    nested = "<button>" * 900 + "x" * 100_000 + "</button>" * 900
    yield "names in names", chromium(nested), "too-large"
    labels = '<label for="a">x</label>' * 5000
    yield "many labels of one", chromium(f'{labels}<input type="checkbox" id="a">'), "not-found"
    frame = '<iframe src="cid:f@mhtml.blink"></iframe>'
    yield "frames in frames", mhtml(frame, URL, ("f@mhtml.blink", URL, frame * 500)), "not-in-file"
    shadow = '<p><template shadowrootmode="open"><slot></slot><slot></slot></template>'
    yield "slots in slots", chromium(shadow * 300 + switch() + "</p>" * 300), "read"


HEAVY = list(_heavy())


@pytest.mark.parametrize(
    ("body", "reason"), [one[1:] for one in HEAVY], ids=[one[0] for one in HEAVY]
)
def test_heavy(body: bytes, reason: str) -> None:
    began = time.process_time()
    result = read_saved(recipe(), body, WORDS)
    assert time.process_time() - began < SECONDS
    assert result.reason == reason
    assert (result.outcome == "already-no") == (reason == "read")


def test_larger_than_20_mib() -> None:
    body = chromium(switch() + "x" * (20 * 1024 * 1024))
    assert read_saved(recipe(), body, WORDS).reason == "too-large"


# Whatever the bytes are -------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        switch(),
        switch("true"),
        *[
            "<div>",
            "</div>",
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<svg>",
            "</svg>",
            "<select>",
            "<option>",
            "</option>",
            "</select>",
        ],
        '<template shadowrootmode="open">',
        '<template shadowmode="open">',
        "</template>",
        '<slot name="x">',
        "</slot>",
        '<i slot="x">',
        "</i>",
        '<label for="a">',
        "</label>",
        '<input id="a" type="checkbox" checked="">',
        '<iframe src="cid:f@mhtml.blink"></iframe>',
        '<p aria-labelledby="a a b" id="b" role="radiogroup">',
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "&amp;",
        "&#0;",
        "&#xD800;",
        "On",
        "Off",
        "\0",
        "é",
        "=",
        " ",
        "<",
        '"',
    ]
)
FORMS = st.sampled_from([chromium, mhtml, firefox, lambda body: body.encode()])


@given(st.lists(PIECES, max_size=30), FORMS, st.integers(0, 2000), st.binary(max_size=8))
def test_pieces_never_raise(pieces: list[str], form, at: int, noise: bytes) -> None:  # type: ignore[no-untyped-def]
    body = form("".join(pieces))
    read_saved(recipe(), body, WORDS)
    at %= len(body) + 1
    read_saved(recipe(), body[:at] + noise + body[at:], WORDS)
    read_saved(recipe(), body[:at], WORDS)


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", WHOLE[:120], ARCHIVED[:300], b"MIME-Version: 1.0\n"]),
)
def test_bytes_never_raise(noise: bytes, front: bytes) -> None:
    assert read_saved(recipe(), front + noise, WORDS).outcome == "unknown"


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), min_size=1, max_size=12))
def test_changed_bytes_never_raise(changes: list[tuple[int, int]]) -> None:
    for body in (bytearray(WHOLE), bytearray(ARCHIVED)):
        for at, value in changes:
            body[at % len(body)] = value
        read_saved(recipe(), bytes(body), WORDS)
