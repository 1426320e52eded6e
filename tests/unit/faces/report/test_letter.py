"""A letter as a page and a PDF: what is for the person stands before it, and nothing is fetched."""

from __future__ import annotations

import builtins
import io
import re
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit.rights.letters_made import letter, write
from withhold.catalog.rights import letter_of
from withhold.errors import BadInput, MissingExtra
from withhold.faces.report.letter import as_html, as_pdf, paper
from withhold.rights.letters import Written

pypdf = pytest.importorskip("pypdf", reason="PDFs are read back with pypdf, an extra of dev")
TO = ("Merrion Road", "Dublin 4", "Ireland")
MM = 72 / 25.4
HOSTILE = (
    '</p></main><script>alert(1)</script><img src="https://evil.example/x.png" onerror=x>'
    '<link rel=attachment href="file:///etc/passwd"><style>@import "https://evil.example/c"</style>'
)


def known(written_in: Any = "en", **changed: Any) -> Written:
    """The objection, a draft, with the address of a made company."""
    one = letter_of("object-training", written_in)
    assert one is not None
    return write(one, to=TO, **changed)


def needs_weasyprint() -> None:
    """Skips where no PDF can be made; CI has it by the extra of dev."""
    pytest.importorskip("weasyprint", reason="no PDF without WeasyPrint (pip install weasyprint)")


def texts(data: bytes) -> list[str]:
    """The text of each page that can be selected, without its line breaks."""
    return [
        " ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages
    ]


# Pages --------------------------------------------------------------------------------------------


def test_the_page_shows_what_is_for_the_person_before_the_letter() -> None:
    page = as_html(known(), known("de"))
    banner, head = page.index("Draft: nobody who knows"), page.index("Dear Sir or Madam,")
    assert banner < head
    assert page.index("Information, not legal advice.") < head
    assert page.index("The same letter in your language") < page.index("Sehr geehrte Damen") < head
    assert '<section class="yours before" lang="de">' in page
    assert '<html lang="en">' in page


def test_the_letter_alone_has_nothing_of_the_tool() -> None:
    it = write(letter("Dear Sir or Madam,", "I object."), to=TO)
    page = as_html(it, front=False)
    body = re.sub(r"<[^>]+>", " ", page.partition("<body")[2].partition(">")[2])
    assert " ".join(body.split()) == (
        "Jana Müller Lindenweg 3 80331 München "
        "Meta Platforms Ireland Limited Merrion Road Dublin 4 Ireland "
        "26 November 2026 Objection [WH-7K3Q9D] Dear Sir or Madam, I object."
    )


@pytest.mark.parametrize("make", [as_html, as_pdf])
def test_what_nobody_reviewed_does_not_come_alone_unless_it_was_read(make: Any) -> None:
    with pytest.raises(BadInput, match="is a draft that nobody has reviewed"):
        make(known(), front=False)
    assert make(known(), front=False, unreviewed=True)


def test_the_letter_in_the_same_language_is_not_shown_twice() -> None:
    assert as_html(known(), known()) == as_html(known())


@pytest.mark.parametrize("field", ["name", "account", "own_words", "company", "reason"])
def test_nothing_that_was_typed_is_markup(field: str) -> None:
    one = letter("{name} {account} {own_words} {controller} {reason}", status="draft", by="")
    page = as_html(
        write(one, **{field: HOSTILE}) if field != "account" else write(one, account=HOSTILE[:190])
    )
    for word in ("<script", "<img", "<link", "<style>@import", 'src="'):
        assert word not in page
    assert "&lt;/p&gt;&lt;/main&gt;" in page


def test_the_page_loads_nothing() -> None:
    page = as_html(known(), known("de"))
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|img|link|iframe|object)|url\(|@import| src=| href=", page)


@pytest.mark.parametrize(
    ("place", "size"),
    [
        ("", "A4"),
        ("DE-BY", "A4"),
        ("GB", "A4"),
        ("US-PA", "letter"),
        ("us", "letter"),
        ("CA", "letter"),
    ],
)
def test_the_paper_of_a_place(place: str, size: str) -> None:
    assert paper(place) == size
    assert f"size: {size};" in as_html(known(), place=place)


# PDFs ---------------------------------------------------------------------------------------------


def test_the_text_of_a_pdf_can_be_selected_and_the_letter_begins_on_a_page_of_its_own() -> None:
    needs_weasyprint()
    pages = texts(as_pdf(known(lang="de"), known("de", lang="de")))
    assert pages[0].startswith("Entwurf: Diesen Brief hat noch niemand gelesen")
    assert "Information, keine Rechtsberatung." in pages[0]
    start = next(n for n, text in enumerate(pages) if text.startswith("Jana Müller Lindenweg 3"))
    sent = " ".join(pages[start:])
    assert "Sehr geehrte Damen" in " ".join(pages[:start])
    assert "Entwurf" not in sent
    assert "Rechtsberatung" not in sent
    assert "I object under Art. 21(1) GDPR to the use of my personal data" in sent
    assert "I live from my voice" in sent
    assert pages[start].endswith(" 1")
    assert pages[start + 1].endswith(" 2")


@pytest.mark.parametrize(
    ("place", "wide", "high", "window"),
    [("DE", 210, 297, (45, 90)), ("US-CA", 215.9, 279.4, (50.8, 79))],
)
def test_the_address_stands_in_the_window(
    place: str, wide: float, high: float, window: tuple[float, float]
) -> None:
    needs_weasyprint()
    data = as_pdf(known(), place=place, front=False, unreviewed=True)
    page = pypdf.PdfReader(io.BytesIO(data)).pages[0]
    assert float(page.mediabox.width) == pytest.approx(wide * MM, abs=1)
    assert float(page.mediabox.height) == pytest.approx(high * MM, abs=1)
    seen: dict[str, tuple[float, float]] = {}

    def visit(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
        seen.setdefault(text.strip(), (x / MM, high - y / MM))

    page.extract_text(visitor_text=visit)
    for line in ("Meta Platforms Ireland Limited", *TO):
        across, down = seen[line]
        assert 20 <= across <= 105
        assert window[0] < down < window[1]
    assert seen["80331 München"][1] < window[0]
    assert seen["26 November 2026"][1] > window[1]


def test_a_pdf_of_hostile_words_fetches_nothing_and_shows_them_as_text() -> None:
    needs_weasyprint()
    it = write(letter("{own_words}", status="draft", by=""), own_words=HOSTILE)
    data = as_pdf(it)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert "<script>alert(1)</script>" in " ".join(texts(data)).replace("< ", "<")
    assert dict(reader.attachments) == {}
    assert not any("/JS" in str(page) or "/URI" in str(page) for page in reader.pages)


def test_a_page_that_asks_for_something_gets_nothing(caplog: pytest.LogCaptureFixture) -> None:
    needs_weasyprint()
    from withhold.faces.report.letter import _FetchesNothing, _printer

    page = '<img src="file:///etc/hostname"><link rel=stylesheet href="https://evil.example/x">text'
    data = _printer()(string=page, url_fetcher=_FetchesNothing()).write_pdf()
    assert texts(data) == ["text"]
    assert "nothing is fetched for a letter" in caplog.text


def test_a_long_letter_goes_on_to_more_pages() -> None:
    needs_weasyprint()
    it = replace(known(), paragraphs=tuple(f"Paragraph {n}. " + "word " * 80 for n in range(40)))
    pages = texts(as_pdf(it, front=False, unreviewed=True))
    assert len(pages) > 4
    assert [n for n in range(40) if f"Paragraph {n}. " not in " ".join(pages)] == []


@pytest.mark.parametrize(
    ("trouble", "line"),
    [
        (ImportError("no"), "pip install 'withhold[pdf]'"),
        (OSError("cannot load library 'libpango-1.0-0'"), "apt install libpango-1.0-0"),
    ],
)
def test_what_is_not_installed_is_said_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception, line: str
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "weasyprint":
            raise trouble
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra) as refused:
        as_pdf(known())
    assert refused.value.tip.startswith(line)
