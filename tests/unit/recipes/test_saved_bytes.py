"""From bytes to text: encodings of pages, and of the parts of an MHTML file."""

from __future__ import annotations

import base64

import pytest

from tests.unit.recipes.pages import HOST, URL, WORDS, recipe
from tests.unit.recipes.saved_pages import archive, chromium, document, mhtml, part, switch
from withhold.recipes.saved import open_saved, read_saved

GERMAN = switch(name="KI mit Beiträgen trainieren").replace(">AI<", ">KI<")


def encoded(encoding: str, packed: bytes, url: str = URL) -> bytes:
    """An MHTML file with one document, packed in some way."""
    head = f"Content-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n"
    return archive(url, f"{head}Content-Location: {url}\r\n\r\n".encode() + packed)


def test_parts_in_base64_and_as_they_are() -> None:
    page = document(GERMAN).encode()
    assert read_saved(recipe(), encoded("base64", base64.encodebytes(page)), WORDS).reason == "read"
    assert read_saved(recipe(), encoded("binary", page), WORDS).reason == "read"
    assert read_saved(recipe(), encoded("8bit", page), WORDS).outcome == "already-no"


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_base64_with_letters_missing(cut: int) -> None:
    packed = base64.b64encode(document(GERMAN).encode())[:-cut]
    result = read_saved(recipe(), encoded("base64", packed), WORDS)
    assert result.reason in ("not-as-saved", "cut-in-half")


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("windows-1252", "cp1252"),
        ("ISO-8859-1", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("iso-8859-9", "cp1254"),
        ("iso-8859-12", "utf-8"),
    ],
)
def test_the_charset_that_a_page_names(charset: str, codec: str) -> None:
    body = chromium(GERMAN).decode().replace("UTF-8", charset).encode(codec)
    assert read_saved(recipe(), body, WORDS).outcome == "already-no"


def test_a_letter_that_the_charset_lacks_is_a_number() -> None:
    """Chromium writes it so into a page that is not UTF-8."""
    body = chromium(GERMAN.replace("ä", "&#228;")).replace(b"UTF-8", b"windows-1251")
    assert read_saved(recipe(), body, WORDS).outcome == "already-no"


@pytest.mark.parametrize("reference", ["&auml;", "&#xe4;", "&#228", "&#55296;", "&#99999999;"])
def test_other_references_are_text(reference: str) -> None:
    """No browser writes them; so nothing is read into them."""
    body = chromium(GERMAN.replace("ä", reference))
    assert read_saved(recipe(), body, WORDS).reason == "not-found"
    assert any(reference in one.name for one in open_saved(body, [HOST]).seen.look.nodes)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&lt;b&gt;", "<b>"),
        ("&amp;lt;", "&lt;"),
        ("&quot;", '"'),
        ("a&nbsp;b", "a b"),
        ("&amp;#228;", "&#228;"),
    ],
)
def test_references(written: str, shown: str) -> None:
    nodes = open_saved(chromium(f"<p>{written}</p>"), [HOST]).seen.look.nodes
    assert [one.name for one in nodes if one.role == "text"] == [shown]


def test_a_frame_that_cannot_be_read_is_one_that_is_missing() -> None:
    frame = '<iframe src="cid:f@mhtml.blink"></iframe>'
    inside = ("f@mhtml.blink", URL, "<p>not closed")
    assert read_saved(recipe(), mhtml(frame, URL, inside), WORDS).reason == "not-in-file"
    with_switch = mhtml(frame + switch(), URL, inside)
    assert read_saved(recipe(), with_switch, WORDS).outcome == "already-no"


def test_pictures_and_style_sheets_of_an_archive_are_left_alone() -> None:
    picture = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!"
    style = b"Content-Type: text/css\r\n\r\n" + b"x" * 200
    body = archive(URL, part(document(switch()), URL, "a@b"), picture, style)
    assert read_saved(recipe(), body, WORDS).outcome == "already-no"


def test_the_link_that_chromium_puts_for_a_style_sheet() -> None:
    """The one tag that it closes as XML does; any other so closed was not written by it."""
    link = '<link rel="stylesheet" type="text/css" href="cid:css-1@mhtml.blink" />'
    assert read_saved(recipe(), mhtml(link + switch()), WORDS).outcome == "already-no"
    other = '<link rel="stylesheet" href="https://www.example.org/a.css" />'
    assert read_saved(recipe(), mhtml(other + switch()), WORDS).reason == "not-as-saved"
