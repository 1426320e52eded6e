"""``check`` of an EPUB and a PDF: from the disk, in a site's folder, over the wire."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.journeys.run import command, complains, flat, here
from tests.journeys.served import Answer, site
from tests.unit.document_files import NO, XMP_NO, XMP_YES, YES, epub, package, pdf

BY_THEMSELVES = {"diffbot", "duckduckgo"}  # say no without being asked
LOCKED = pdf(encryption=pikepdf.Encryption(owner="o", user="u"))


def verdicts(*args: str | Path) -> dict[str, Any]:
    ran = here("check", *args, "--in", "DE", "--format", "json").ok()
    found = json.loads(ran.out)["verdicts"]
    return {one["actor"]: one for one in found if one["use"] == "train-ai"}


def write(folder: Path, name: str, body: bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
    return file


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("book.epub", epub(package(NO)), "EPUB refuses tdmrep"),
        ("Paper.PDF", pdf(XMP_NO), "XMP refuses tdmrep"),
        ("packed.pdf", pdf(XMP_NO, plain=False), "XMP refuses tdmrep"),
    ],
)
def test_a_no_in_a_file_is_asked_of_everyone(
    name: str, body: bytes, words: str, tmp_path: Path, home: Path
) -> None:
    file = write(tmp_path, name, body)
    found = verdicts(file)
    assert len(found) > 10
    for actor, one in found.items():
        expected = "promised" if actor in BY_THEMSELVES else "asked"
        assert (one["answer"], one["strength"]) == ("disallowed", expected), actor
    reasons = [why for why in found["google"]["reasons"] if why["code"] == "signal-asked"]
    assert [words in why["text"] for why in reasons] == [True]
    assert "tdm:reservation: 1" in reasons[0]["text"]
    ran = command("check", file, "--in", "DE").ok()
    assert "only asked" in ran.out
    assert "(tdmrep)" in ran.out
    assert ran.err == ""
    assert not home.exists()


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.epub", epub(package(YES))), ("a.pdf", pdf(XMP_YES)), ("b.pdf", pdf(None))],
)
def test_a_yes_or_nothing_refuses_nobody(name: str, body: bytes, tmp_path: Path) -> None:
    found = verdicts(write(tmp_path, name, body))
    no = {actor for actor, one in found.items() if one["answer"] == "disallowed"}
    assert no == BY_THEMSELVES


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("empty.epub", b"", "is empty"),
        ("binary.epub", bytes(range(256)) * 50, "is no ZIP archive"),
        ("cut.epub", epub()[:-40], "is cut off or damaged"),
        ("page.pdf", b"<!doctype html><meta name=tdm-reservation content=1>", "is no PDF"),
        ("cut.pdf", pdf()[:-70], "is cut off or damaged"),
        ("locked.pdf", LOCKED, "is encrypted"),
        ("huge.pdf", b"%PDF-1.7\n" + bytes(10_000_000), "is cut off or damaged"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "de"])
def test_what_cannot_be_read_is_never_a_no_and_said(
    name: str, body: bytes, words: str, lang: str, tmp_path: Path
) -> None:
    file = write(tmp_path, name, body)
    found = verdicts(file)
    no = {actor for actor, one in found.items() if one["answer"] == "disallowed"}
    assert no == BY_THEMSELVES
    ran = command("check", name, "--in", "DE", "--lang", lang, cwd=tmp_path).ok()
    assert (words in flat(ran.out)) == (lang == "en")
    assert f"({name} " in ran.out
    assert "Traceback" not in ran.err


def test_a_file_that_is_not_there_is_no_site(tmp_path: Path) -> None:
    for name in ("nothing.pdf", "nothing.epub"):
        complains(command("check", name, "--in", "DE", cwd=tmp_path), 2, name, "no such file")


def test_in_a_folder_the_path_names_it(tmp_path: Path) -> None:
    """Its own word supersedes the folder's tdmrep.json, for itself alone."""
    write(tmp_path, "books/a.epub", epub(package(YES)))
    write(tmp_path, "books/b.pdf", pdf(None))
    write(tmp_path, ".well-known/tdmrep.json", b'[{"location": "/", "tdm-reservation": 1}]')
    write(tmp_path, "robots.txt", b"User-agent: *\nAllow: /\n")
    assert verdicts(tmp_path)["google"]["answer"] == "disallowed"
    assert verdicts(tmp_path, "--path", "/books/a.epub")["google"]["answer"] == "allowed"
    one = verdicts(tmp_path, "--path", "/books/b.pdf")["google"]
    assert (one["answer"], one["content"]["path"]) == ("disallowed", "/books/b.pdf")


@pytest.fixture
def contact(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WITHHOLD_CONTACT", "tests@example.org")


@pytest.mark.usefixtures("contact")
@pytest.mark.parametrize(
    ("path", "kind", "body", "place"),
    [
        ("/book", "application/epub+zip", epub(package(NO)), "EPUB"),
        ("/paper", "application/pdf", pdf(XMP_NO) + b"\n" * 200, "XMP"),
        ("/paper.pdf", "application/octet-stream", pdf(XMP_NO, plain=False), "XMP"),
    ],
)
def test_over_the_wire(path: str, kind: str, body: bytes, place: str) -> None:
    answer = Answer(body, headers=[("Content-Type", kind), ("tdm-reservation", "0")])
    with site(**{path: answer, "robots": Answer(b"User-agent: *\nAllow: /\n")}) as served:
        found = verdicts(served.url, "--path", path, "--allow-private")
    one = found["google"]
    assert (one["answer"], one["strength"]) == ("disallowed", "asked")
    assert f"{served.url}{path} {place}" in [why["rests_on"] for why in one["reasons"]]


@pytest.mark.usefixtures("contact")
def test_over_the_wire_a_book_may_be_larger_than_a_page() -> None:
    """Five megabytes: of a page more than is read."""
    film = random.Random(1).randbytes(5_000_000)  # noqa: S311 - the same in every run
    large = epub(package(NO), **{"EPUB/film.mp4": film})
    document = pdf(XMP_NO)
    padded = document[:9] + b"%" + b"\xb5" * 5_000_000 + b"\n" + document[9:]
    with site(
        **{
            "/a.pdf": Answer(padded, headers=[("Content-Type", "application/pdf")]),
            "/a.epub": Answer(large, headers=[("Content-Type", "application/epub+zip")]),
            "/page": Answer(padded, headers=[("Content-Type", "text/html")]),
        }
    ) as served:
        for path, answer in (("/a.pdf", "disallowed"), ("/a.epub", "disallowed")):
            found = verdicts(served.url, "--path", path, "--allow-private")
            assert found["google"]["answer"] == answer, path
        page = verdicts(served.url, "--path", "/page", "--allow-private")["google"]
    assert page["answer"] != "disallowed"
    assert "part-unread" in [why["code"] for why in page["reasons"]]


@pytest.mark.usefixtures("contact")
def test_over_the_wire_a_page_in_its_place_is_a_page() -> None:
    html = b'<head><meta name="tdm-reservation" content="1"></head>'
    answer = Answer(html, headers=[("Content-Type", "text/html")])
    with site(**{"/a.pdf": answer}) as served:
        one = verdicts(served.url, "--path", "/a.pdf", "--allow-private")["google"]
    assert one["answer"] == "disallowed"
    assert "meta" in [why["rests_on"] for why in one["reasons"]]
