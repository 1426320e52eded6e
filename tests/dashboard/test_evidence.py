"""Evidence over HTTP: what browsers are told of a file, damage, and two who forget at once."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dashboard.asked import Site, at
from tests.dashboard.made import make_home
from withhold.keep import Store

FORGOTTEN = "There is no observation"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path / "home").home


@pytest.fixture
def site(home: Path) -> Iterator[Site]:
    with at(home) as served:
        yield served


def test_a_saved_page_never_becomes_a_page_of_this_server(site: Site, home: Path) -> None:
    with Store.read(home) as store:
        (one,) = [each for each in store.evidence.all() if each.name == "saved.html"]
    got = site.get(f"/evidence/file?digest={one.digest}")
    assert got.content.startswith(b"<!doctype html>")
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"] == 'attachment; filename="saved.html"'
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in got.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["file?digest=../../withhold.db", "warc?name=../withhold.db", "file", "one?id=obs-9999"]
)
def test_what_is_not_listed_is_not_found(site: Site, path: str) -> None:
    assert site.get(f"/evidence/{path}").status_code == 404


def test_a_file_that_is_gone_is_said_with_what_to_do(site: Site, home: Path) -> None:
    with Store.read(home) as store:
        one = store.evidence.all()[0]
    (home / "evidence" / one.digest).unlink()
    got = site.get(f"/evidence/file?digest={one.digest}")
    assert got.status_code == 409
    assert "Put the file back" in got.text
    page = site.get("/evidence").text
    assert "These files are listed and not on the disk any more:" in page
    assert one.name in page


@pytest.mark.parametrize("leaks", [False, True])
def test_after_forgetting_an_observation_the_home_is_searched(
    site: Site, home: Path, leaks: bool
) -> None:
    """A saved page that lies in the home once more is found, and said with its place."""
    with Store.read(home) as store:
        (page,) = [one for one in store.evidence.all() if one.name == "saved.html"]
        (seen,) = [one for one in store.observations.all() if one.evidence == page.digest]
        body = store.evidence.read(page.digest)
    if leaks:
        (home / "left.html").write_bytes(body)
    gone = site.send("/evidence/forget", id=seen.id, sure="yes")
    said = site.get(gone.headers["location"]).text
    assert ("something is left in" if leaks else "nothing is left.") in said
    assert ("left.html" in said) is leaks


def test_forgetting_twice_says_that_it_is_gone(site: Site, home: Path) -> None:
    with Store.read(home) as store:
        seen = next(one.id for one in store.observations.all() if one.control == "x/grok-toggle")
    assert site.send("/evidence/forget", id=seen, sure="yes").status_code == 303
    again = site.send("/evidence/forget", id=seen, sure="yes")
    assert again.status_code == 404
    assert FORGOTTEN in again.text
    with Store.read(home) as store:
        assert store.observations.verify().forgotten == 1
        assert store.faults() == []


def test_what_rests_on_a_saved_page(site: Site, home: Path) -> None:
    with Store.read(home) as store:
        seen = next(one.id for one in store.observations.all() if one.control == "x/grok-toggle")
    for _ in range(200):
        page = site.get(f"/evidence/one?id={seen}").text
        if "is being looked up" not in page:
            break
    assert "/account?key=x%3Aada" in page
    assert re.search(r'class="said said-', page)


def test_a_store_that_was_changed_by_another_hand(home: Path) -> None:
    with sqlite3.connect(home / "withhold.db") as file:
        file.execute("DROP TRIGGER payload_stays")
        file.execute("UPDATE payload SET body = replace(body, '24 posts', '25 posts')")
    with at(home) as site:
        for _ in range(100):
            page = site.get("/evidence").text
            if "is being verified" not in page:
                break
        assert "THE CHAIN DOES NOT HOLD" in page
        went = site.send("/evidence/verify")
        assert went.headers["location"].startswith("/job?id=")
        site.desk.jobs.wait()
        assert "THE CHAIN DOES NOT HOLD" in site.get(went.headers["location"]).text
