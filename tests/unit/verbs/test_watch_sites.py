"""All sites as they are: from their folders, and from their servers only where that was asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from msgspec.structs import replace

from tests.unit import made
from tests.unit.reach.made import fetched
from withhold.reach import http, warc_files
from withhold.reach.fetched import Fetched, Wanted
from withhold.reach.warc_read import records_in
from withhold.verbs import sites as _sites  # noqa: F401 - what it imports needs sockets as they are
from withhold.verbs.check import Asking
from withhold.verbs.watch import SERVED, SiteLook
from withhold.verbs.watch_sites import NO_FOLDER, NOT_FETCHED, as_they_are
from withhold.words import Site

NOW = datetime(2024, 7, 1, 9, tzinfo=UTC)
ASKING = Asking(
    place="DE",
    when=NOW.date(),
    knowledge=made.knowledge(
        actors=[made.actor("scrapeco", practice=[made.web_practice(via=["ScrapeBot"])])]
    ),
)
NO = b"User-agent: *\nDisallow: /\n"
A, B, C = (Site(url=f"https://{name}.example") for name in "abc")
LINKED = b'<head><link rel=license type="application/rsl+xml" href=/l.xml></head>'


class Web:
    """In place of the fetcher: robots.txt refuses, nothing else is there, one host is down."""

    per_host = 1
    contact = ""
    asked: ClassVar[list[str]] = []

    def __init__(self, contact: str, _: Any, **how: Any) -> None:
        Web.contact, self._keep = contact, how["keep"]

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def fetch(self, wanted: Wanted) -> Fetched:
        if "b.example" in wanted.url:
            return fetched(0, url=wanted.url, why="timeout", detail="after 20 s")
        Web.asked.append(wanted.url)
        status, body = (200, NO) if wanted.url.endswith("robots.txt") else (404, b"no")
        if wanted.url == f"{C.url}/":
            status, body = 200, LINKED
        one = fetched(status, body, url=wanted.url)
        return replace(one, kept=self._keep(one)) if self._keep else one


@pytest.fixture(autouse=True)
def web(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "Fetcher", Web)
    Web.contact = ""


def looks(home: Path, *sites: Site, fetch: bool = True, **more: Any) -> list[SiteLook]:
    return as_they_are(sites, ASKING, home, lambda: NOW, "ada@example.org", fetch=fetch, **more)


def on_disk(path: Path, site: Site = A) -> Site:
    (path / "robots.txt").write_bytes(NO)
    return replace(site, folder=str(path))


def test_no_server_is_asked_unless_that_was_wanted(tmp_path: Path) -> None:
    gone = replace(B, folder=str(tmp_path / "gone"))
    found = looks(tmp_path / "home", A, gone, fetch=False)
    assert [(one.site, one.why) for one in found] == [(A.url, NOT_FETCHED), (B.url, NO_FOLDER)]
    assert Web.contact == ""
    assert not (tmp_path / "home").exists()


def test_without_a_site_no_fetcher_is_made_and_nothing_is_kept(tmp_path: Path) -> None:
    assert looks(tmp_path / "home") == []
    assert (Web.contact, list(tmp_path.iterdir())) == ("", [])


def test_a_folder_and_a_server_are_two_looks_and_what_is_fetched_is_kept(tmp_path: Path) -> None:
    site = on_disk(tmp_path)
    disk, wire = looks(tmp_path / "home", site)
    assert (disk.site, wire.site) == (A.url, A.url + SERVED)
    assert [one.answer for one in disk.verdicts] == [one.answer for one in wire.verdicts]
    assert {one.answer for one in wire.verdicts} == {"disallowed"}
    assert Web.contact == "ada@example.org"
    assert len(list(warc_files.files(tmp_path / "home"))) == 1


def test_a_site_without_a_folder_is_no_longer_called_not_fetched(tmp_path: Path) -> None:
    assert [one.site for one in looks(tmp_path / "home", A)] == [A.url + SERVED]


def test_a_server_that_is_down_says_why_and_the_next_is_still_asked(tmp_path: Path) -> None:
    told: list[str] = []
    down, up = looks(tmp_path / "home", B, A, told=told.append)
    assert (down.site, down.verdicts) == (B.url + SERVED, ())
    assert "after 20 s" in down.why
    assert (up.why, bool(up.verdicts)) == ("", True)
    assert told == [B.url, A.url]


def test_terms_that_only_the_page_links_are_asked_for_as_check_does(tmp_path: Path) -> None:
    looks(tmp_path / "home", C, keep=False)
    assert f"{C.url}/l.xml" in Web.asked


def test_what_is_only_looked_at_leaves_nothing_behind(tmp_path: Path) -> None:
    assert looks(tmp_path / "home", A, keep=False)[0].verdicts
    assert not (tmp_path / "home").exists()


def test_what_was_fetched_before_it_was_stopped_stays_evidence(tmp_path: Path) -> None:
    def stops(url: str) -> None:
        if url == B.url:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        looks(tmp_path / "home", A, B, told=stops)
    (file,) = warc_files.files(tmp_path / "home")
    assert NO in b"".join(one.body for one in records_in(file))
