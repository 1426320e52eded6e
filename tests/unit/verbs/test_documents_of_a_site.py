"""An EPUB or PDF as the page of a site: its metadata is last in TDMRep's order; and what is odd."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit import made
from tests.unit.document_files import NO, XMP_NO, XMP_YES, YES, epub, package, pdf
from withhold.reach.fetched import Fetched
from withhold.signals import documents
from withhold.site_facts import Heeds, SignalKind
from withhold.verbs.check import Asking
from withhold.verbs.seen import NOT_ASKED, Part, SiteSeen, head_of
from withhold.verbs.site_says import statements
from withhold.verbs.sites import check_site, open_site, part_of

URL = "https://a.example/book"
EPUB, PDF = "application/epub+zip", "application/pdf"
WEB = made.web_practice(via=[])
KNOWN = made.knowledge(actors=[made.actor("scrapeco", practice=[WEB])])


def tdm_file(value: int) -> Part:
    return Part(place="tdmrep.json", body=b'[{"location": "/", "tdm-reservation": %d}]' % value)


def served(body: bytes, kind: str, *headers: tuple[str, str]) -> Part:
    return Part(place=URL, body=body, headers=(("Content-Type", kind), *headers))


def said(page: Part, **more: Any) -> list[tuple[bool | None, str, str]]:
    """(answer, place, why) of every statement of TDMRep."""
    seen = SiteSeen(site="a.example", on=made.SEEN, page=page, path="/book", **more)
    found = statements(seen, KNOWN.crawlers, KNOWN.signals)
    return [(one.allowed, one.place, one.why) for one in found if one.signal == "tdmrep"]


@pytest.mark.parametrize(
    ("page", "answer", "place"),
    [
        (served(epub(package(NO)), EPUB), False, f"{URL} EPUB"),
        (served(epub(package(YES)), EPUB), True, f"{URL} EPUB"),
        (served(pdf(XMP_NO), PDF), False, f"{URL} XMP"),
        (served(pdf(XMP_YES), PDF), True, f"{URL} XMP"),
    ],
)
def test_it_supersedes_the_file_and_the_header(page: Part, answer: bool, place: str) -> None:
    """The report, Processing priority: file, header, HTML, then EPUB and PDF."""
    why = "not-reserved" if answer else "reserved"
    assert said(page) == [(answer, place, why)]
    for value in (0, 1):
        assert said(page, tdmrep=tdm_file(value)) == [(answer, place, why)]
        header = replace(page, headers=(*page.headers, ("TDM-Reservation", str(value))))
        assert said(header, tdmrep=tdm_file(value)) == [(answer, place, why)]


def test_what_it_does_not_say_resets_nothing() -> None:
    silent = served(pdf(None), PDF)
    assert said(silent) == []
    assert said(silent, tdmrep=tdm_file(1)) == [(False, "tdmrep.json", "reserved")]
    header = replace(silent, headers=(*silent.headers, ("tdm-reservation", "0")))
    expected = [(True, "header tdm-reservation", "not-reserved")]
    assert said(header, tdmrep=tdm_file(1)) == expected


@pytest.mark.parametrize(
    ("page", "place", "note"),
    [
        (served(epub()[:-30], EPUB), f"{URL} EPUB", "damaged"),
        (served(b"<!doctype html>", EPUB), f"{URL} EPUB", "not-zip"),
        (served(pdf()[:-60], PDF), f"{URL} XMP", "damaged"),
        (served(b"", PDF), f"{URL} XMP", "empty"),
    ],
)
def test_what_cannot_be_read_is_not_known_and_takes_nothing_back(
    page: Part, place: str, note: str
) -> None:
    unknown = (None, place, "unreadable")
    assert said(page) == [unknown]
    assert said(page, tdmrep=tdm_file(1)) == [(False, "tdmrep.json", "reserved"), unknown]
    missing = Part(place="tdmrep.json", missing="unreachable", detail="status 500")
    assert said(page, tdmrep=missing) == [(None, "tdmrep.json", "unreachable"), unknown]
    seen = SiteSeen(site="a.example", on=made.SEEN, page=page)
    (one,) = check_site(seen, asking())
    assert one.answer != "disallowed"
    assert (f"document-{note}", URL) in [(why.code, why.rests_on) for why in one.reasons]


def asking(**more: Any) -> Asking:
    return Asking(**{"place": "DE", "when": made.WHEN, "knowledge": KNOWN} | more)


def test_who_says_that_it_heeds_tdmrep_is_not_known_to_use_what_was_not_read() -> None:
    """A no may stand in it; with what was read the answer is its own."""
    heeds = SignalKind(
        id="tdmrep",
        name="TDMRep",
        status="x",
        dated=made.SEEN,
        what={"en": "x"},
        source={"s": made.source()},
        uses=["train-ai"],
        heeded=[Heeds(actor="scrapeco", says="yes", uses=["train-ai"], sources=["s"])],
    )
    known = replace(KNOWN, signals={"tdmrep": heeds})
    answers = {}
    for name, body in {
        "no": pdf(XMP_NO),
        "yes": pdf(XMP_YES),
        "silent": pdf(None),
        "cut": pdf()[:-60],
    }.items():
        seen = SiteSeen(site="a.example", on=made.SEEN, page=served(body, PDF))
        (one,) = check_site(seen, asking(knowledge=known))
        answers[name] = (one.answer, one.strength, {why.code for why in one.reasons})
    assert answers["no"][:2] == ("disallowed", "promised")
    assert answers["yes"][:2] == answers["silent"][:2] == ("allowed", None)
    assert answers["cut"][:2] == ("unknown", None)
    assert "signal-part-unreadable" in answers["cut"][2]


def test_no_document_is_read_as_html_and_no_html_as_a_document() -> None:
    html = b'<head><meta name="tdm-reservation" content="1"></head>'
    assert said(served(html, PDF)) == [(None, f"{URL} XMP", "unreadable")]
    assert head_of(served(html, PDF)).tdm_reservation == ()
    assert said(served(html, "text/html")) == [(False, "meta", "reserved")]
    assert said(served(pdf(), "text/html")) == []
    assert said(NOT_ASKED) == []


def test_headers_of_a_document_are_read_as_those_of_a_page() -> None:
    page = served(pdf(None), PDF, ("X-Robots-Tag", "noai"))
    seen = SiteSeen(site="a.example", on=made.SEEN, page=page)
    found = statements(seen, KNOWN.crawlers, KNOWN.signals)
    assert ("noai", False) in {(one.signal, one.allowed) for one in found}


def test_a_document_that_is_too_large_to_fetch_is_no_part() -> None:
    found = Fetched(
        url=URL,
        final_url=URL,
        on=datetime(2026, 11, 1, tzinfo=UTC),
        status=200,
        headers=(("Content-Type", PDF),),
        body=pdf(),
        why="too-large",
        cut=True,
    )
    assert said(part_of(found)) == []
    assert part_of(found).missing == "unreachable"


# From the disk ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "body"), [("a.epub", epub()), ("B.PDF", pdf())])
def test_a_file_and_a_file_in_a_folder(name: str, body: bytes, tmp_path: Path) -> None:
    file = tmp_path / "site" / "books" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(body)
    alone = open_site(file, "a.example", made.SEEN)
    assert (alone.page.body, alone.robots) == (body, NOT_ASKED)
    inside = open_site(tmp_path / "site", "a.example", made.SEEN, ask=f"/books/{name}")
    for seen in (alone, inside):
        (one,) = [
            one for one in statements(seen, KNOWN.crawlers, KNOWN.signals) if one.signal == "tdmrep"
        ]
        assert one.allowed is False
        assert one.place.startswith(str(file))


def test_a_folder_is_asked_for_one_path_as_for_pages(tmp_path: Path) -> None:
    (tmp_path / "robots.txt").write_text("")
    (tmp_path / "a.pdf").write_bytes(pdf())
    assert open_site(tmp_path, "a.example", made.SEEN).page == NOT_ASKED
    outside = open_site(tmp_path, "a.example", made.SEEN, ask="/../a.pdf")
    assert outside.page == NOT_ASKED


def test_a_file_over_the_limit_is_not_taken_for_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LIMIT", 1000)
    (tmp_path / "a.pdf").write_bytes(pdf() + bytes(5000))
    seen = open_site(tmp_path / "a.pdf", "a.example", made.SEEN)
    assert len(seen.page.body) == 1001
