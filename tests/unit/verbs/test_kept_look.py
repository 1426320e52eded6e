"""The last look at a site, put together again from the file in which its responses are kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tests.unit.reach.made import fetched
from withhold.reach import warc_files
from withhold.reach.fetched import Fetched, Hop
from withhold.verbs.fetch_site import SiteFetched
from withhold.verbs.kept import Keeping
from withhold.verbs.kept_look import last_look

SITE, TWIN = "https://a.example", "https://www.a.example"
MONDAY = datetime(2026, 11, 23, 7, 0, 1, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 7, 0, 1, tzinfo=UTC)
ETAG = (("ETag", '"1"'),)
RULES = b"User-agent: GPTBot\r\n\r\nDisallow: /\r\n"


def keep(home: Path, day: datetime = MONDAY, site: str = SITE, **parts: Fetched) -> None:
    """A look as a run keeps it: what is not given is answered by 404."""
    keeping = Keeping(home, lambda: day, "withhold/1 (+a@example.org)")
    made: dict[str, Any] = {}
    for name, path in (
        ("robots", "/robots.txt"),
        ("page", "/"),
        ("tdmrep", "/.well-known/tdmrep.json"),
        ("ai_txt", "/ai.txt"),
    ):
        given = parts.get(name, fetched(404, b"no"))
        final = given.final_url if given.redirects else site + path
        one = replace(given, url=site + path, final_url=final, on=day)
        made[name] = replace(one, kept=keeping.add(one))
    keeping.note(SiteFetched(origin=site, own=True, **made))
    keeping.close()


def test_nothing_is_made_up_where_nothing_was_kept(tmp_path: Path) -> None:
    assert last_look(tmp_path, SITE) is None
    keep(tmp_path, site="https://b.example")
    assert last_look(tmp_path, SITE) is None


def test_body_headers_status_and_day_come_back_as_they_were(tmp_path: Path) -> None:
    page = fetched(200, b"<p>", headers=(("X-Robots-Tag", "noai"), ("Content-Type", "text/html")))
    keep(tmp_path, robots=fetched(200, RULES), page=page)
    found = last_look(tmp_path, SITE)
    assert found is not None
    assert (found.at, found.no_page) == (MONDAY, False)
    assert found.fetched.robots.body == RULES
    assert found.fetched.page.header("x-robots-tag") == "noai"
    assert (found.fetched.tdmrep.status, found.fetched.tdmrep.why) == (404, "ok")
    assert found.fetched.robots.url == f"{SITE}/robots.txt"


def test_the_newest_look_counts(tmp_path: Path) -> None:
    keep(tmp_path, TUESDAY, robots=fetched(200, b"# new"))
    keep(tmp_path, MONDAY, robots=fetched(200, b"# old"))
    found = last_look(tmp_path, SITE)
    assert found is not None
    assert (found.at, found.fetched.robots.body) == (TUESDAY, b"# new")


def test_why_nothing_came_is_still_known(tmp_path: Path) -> None:
    gone = Fetched(url="", final_url="", on=MONDAY, why="dns", detail="no such name")
    keep(tmp_path, robots=gone)
    found = last_look(tmp_path, SITE)
    assert found is not None
    robots = found.fetched.robots
    assert (robots.status, robots.why, robots.detail) == (0, "dns", "no such name")


def test_a_redirect_is_followed_as_it_was(tmp_path: Path) -> None:
    moved = Hop(
        url=f"{SITE}/",
        line="HTTP/1.1 301 Moved",
        status=301,
        headers=(("Location", f"{TWIN}/"),),
    )
    page = replace(fetched(200, b"<p>there"), final_url=f"{TWIN}/", redirects=(moved,))
    keep(tmp_path, page=page)
    found = last_look(tmp_path, SITE)
    assert found is not None
    assert (found.fetched.page.final_url, found.fetched.page.body) == (f"{TWIN}/", b"<p>there")


def test_a_304_brings_the_response_that_it_confirmed(tmp_path: Path) -> None:
    keep(tmp_path, MONDAY, robots=fetched(200, RULES, headers=ETAG))
    again = Keeping(tmp_path, lambda: TUESDAY, "withhold/1")
    known = again.before(SITE)(f"{SITE}/robots.txt")
    again.close()
    hop = Hop(url=f"{SITE}/robots.txt", line="HTTP/1.1 304 Not Modified", status=304, of=known)
    keep(tmp_path, TUESDAY, robots=fetched(200, RULES, headers=ETAG, unchanged=hop))
    found = last_look(tmp_path, SITE)
    assert found is not None
    assert (found.at, found.fetched.robots.status) == (TUESDAY, 200)
    assert found.fetched.robots.body == RULES
    for file in warc_files.files(tmp_path):
        if "20261123" in file.name:
            file.unlink()  # without it nothing of the body is known any more
    found = last_look(tmp_path, SITE)
    assert found is not None
    assert (found.fetched.robots.why, found.fetched.robots.body) == ("stopped", b"")


def test_a_robots_txt_that_another_site_was_compared_with_is_no_look(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path, lambda: MONDAY, "withhold/1")
    keeping.add(
        replace(fetched(200, RULES), url=f"{TWIN}/robots.txt", final_url=f"{TWIN}/robots.txt")
    )
    keeping.close()
    assert last_look(tmp_path, TWIN) is None


def test_a_file_that_is_cut_or_no_file_of_ours_ends_nothing(tmp_path: Path) -> None:
    keep(tmp_path, robots=fetched(200, RULES))
    (file,) = warc_files.files(tmp_path)
    whole = file.read_bytes()
    file.with_name("20261125-000000.warc.gz").write_bytes(whole[:-20])
    file.with_name("20261126-000000.warc.gz").write_bytes(b"\x1f\x8b no gzip at all")
    found = last_look(tmp_path, SITE)
    assert found is not None
    assert found.file.endswith("20261125-000000.warc.gz")
    assert found.fetched.robots.body == RULES
