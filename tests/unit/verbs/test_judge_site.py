"""A site is judged the same from its folder and from what it serves; what differs is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit import made
from tests.unit.reach.made import fetched
from withhold.errors import BadInput
from withhold.reach.fetched import Fetched
from withhold.verbs.check import Asking
from withhold.verbs.fetch_site import SiteFetched
from withhold.verbs.judge_site import Judged, judge_disk, judge_fetched, licences_named_or_linked

WEB = made.web_practice(via=["ScrapeBot"])
ASKING = Asking(
    place="DE",
    when=made.WHEN,
    knowledge=made.knowledge(actors=[made.actor("scrapeco", practice=[WEB])]),
)
NO, YES = b"User-agent: ScrapeBot\nDisallow: /\n", b"User-agent: *\nDisallow:\n"
SITE = "https://a.example"
REFUSED, OPEN = ("disallowed", "promised"), ("allowed", None)


def served(robots: bytes = NO, page: Fetched | None = None, **more: Any) -> SiteFetched:
    def at(path: str, one: Fetched) -> Fetched:
        return replace(one, url=SITE + path, final_url=SITE + path)

    gone = fetched(404, b"no")
    return SiteFetched(
        origin=SITE,
        own=True,
        robots=at("/robots.txt", fetched(200, robots)),
        page=at("/", page or fetched(200, b"<p>", headers=(("Content-Type", "text/html"),))),
        tdmrep=at("/.well-known/tdmrep.json", gone),
        ai_txt=at("/ai.txt", gone),
        **more,
    )


def folder(path: Path, **files: bytes) -> Path:
    for name, body in files.items():
        (path / name.replace("_txt", ".txt")).write_bytes(body)
    return path


def answers(judged: Judged) -> list[tuple[str, str | None]]:
    return [(one.answer, one.strength) for one in judged.verdicts]


def codes(judged: Judged) -> set[str]:
    return {one.code for one in judged.conflicts}


@pytest.mark.parametrize(("body", "answer"), [(NO, REFUSED), (YES, OPEN)])
def test_the_same_words_get_the_same_answer_from_the_disk_and_from_the_server(
    tmp_path: Path, body: bytes, answer: Any
) -> None:
    disk = judge_disk(folder(tmp_path, robots_txt=body), SITE, ASKING)
    wire = judge_fetched(served(body), ASKING, made.SEEN, site=SITE)
    assert answers(disk) == answers(wire) == [answer]
    assert (disk.seen.on, wire.seen.on) == (made.WHEN, made.SEEN)
    assert disk.conflicts == wire.conflicts == ()


def test_one_file_is_judged_as_well_as_its_folder_and_of_one_path(tmp_path: Path) -> None:
    here = folder(tmp_path, robots_txt=b"User-agent: ScrapeBot\nDisallow: /private\n")
    assert answers(judge_disk(here / "robots.txt", SITE, ASKING)) == [OPEN]
    assert answers(judge_disk(here / "robots.txt", SITE, ASKING, ask="/private/a")) == [REFUSED]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        judge_disk(tmp_path / "nowhere", SITE, ASKING)


def test_a_folder_that_says_something_else_than_the_server_is_a_conflict(tmp_path: Path) -> None:
    here = folder(tmp_path, robots_txt=YES)
    apart = judge_fetched(served(NO), ASKING, made.SEEN, folder=str(here))
    assert answers(apart) == [REFUSED]  # what is served counts
    assert "served-differs" in codes(apart)
    folder(tmp_path, robots_txt=NO)
    same = judge_fetched(served(NO), ASKING, made.SEEN, folder=str(here))
    assert codes(same) == set()


def test_a_folder_that_is_gone_is_passed_over(tmp_path: Path) -> None:
    gone = judge_fetched(served(NO), ASKING, made.SEEN, folder=str(tmp_path / "gone"))
    assert (answers(gone), codes(gone)) == ([REFUSED], set())


def test_a_twin_that_serves_something_else_is_a_conflict() -> None:
    twin = replace(
        fetched(200, YES),
        url="https://www.a.example/robots.txt",
        final_url="https://www.a.example/robots.txt",
    )
    assert codes(judge_fetched(served(NO, elsewhere=(twin,)), ASKING, made.SEEN)) != set()


def test_licences_are_those_that_are_named_and_links_that_say_they_are_rsl() -> None:
    robots = fetched(200, YES + b"License: https://l.example/a.xml\n")
    page = fetched(
        200,
        b'<link rel="license" type="application/rsl+xml" href="/b.xml">'
        b'<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">',
        headers=(("Content-Type", "text/html"),),
    )
    found = list(licences_named_or_linked(robots, page))
    assert found == ["https://l.example/a.xml", "/b.xml"]
