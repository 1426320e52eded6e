"""Which addresses are asked, in which order, and what a stopped run leaves; no socket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import msgspec
import pytest

from tests.unit.reach.made import fetched
from withhold.catalog.source_links import Link, Named
from withhold.errors import WithholdError
from withhold.reach.fetched import Fetched, Wanted
from withhold.reach.finished import Finished
from withhold.reach.http import Fetcher
from withhold.verbs.check_links import (
    QUESTION,
    Asked,
    Memory,
    Seen,
    check_links,
    chosen,
    is_archive,
    longest_ago,
    names,
    remembered,
)
from withhold.verbs.link_grades import Graded

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
PDF = (("Content-Type", "application/pdf"), ("ETag", '"v1"'))


def link(url: str, file: str = "platforms/one.toml", kind: str = "official") -> Link:
    named = Named(file=file, source="notice", kind=kind, seen=date(2026, 1, 1))
    return Link(url=url, named=(named,))


def seen(url: str, days: int, grade: str = "there") -> Seen:
    graded = Graded(grade=grade, status=200)  # type: ignore[arg-type]
    return Seen(url=url, on=NOW - timedelta(days=days), graded=graded)


class Web:
    """In place of the fetcher: answers by address, and remembers what it was asked."""

    def __init__(self, answers: Callable[[Wanted], Fetched]) -> None:
        self.answers = answers
        self.asked: list[Wanted] = []

    def fetch(self, wanted: Wanted) -> Fetched:
        self.asked.append(wanted)
        found = self.answers(wanted)
        return msgspec.structs.replace(found, url=wanted.url, final_url=wanted.url, on=NOW)


def run(web: Web, path: Path, links: list[Link], stop_after: int = 1_000) -> list[Asked]:
    found: list[Asked] = []
    with Finished(path, QUESTION) as kept:
        memory = remembered(kept.lines(), NOW)
        asking = check_links(links, cast(Fetcher, web), memory, kept, lambda: NOW, pause=0.0)
        for one in asking:
            found.append(one)
            if len(found) == stop_after:
                break
    return found


def pdf(wanted: Wanted) -> Fetched:
    return fetched(200, headers=PDF)


LINKS = [link(f"https://{name}.example/paper") for name in "abcde"]


def test_what_is_no_html_is_asked_with_one_head(tmp_path: Path) -> None:
    web = Web(pdf)
    found = run(web, tmp_path / "m", LINKS)
    assert sorted(one.link.url for one in found) == [one.url for one in LINKS]
    assert [one.method for one in web.asked] == ["HEAD"] * 5
    assert {one.seen.graded.grade for one in found} == {"there"}


def test_html_is_asked_for_its_title(tmp_path: Path) -> None:
    def page(wanted: Wanted) -> Fetched:
        headers = (("Content-Type", "text/html"),)
        body = b"<title>Page not found</title>" if wanted.method == "GET" else b""
        return fetched(200, body, headers=headers)

    web = Web(page)
    (one,) = run(web, tmp_path / "m", LINKS[:1])
    assert [asked.method for asked in web.asked] == ["HEAD", "GET"]
    assert (one.seen.graded.grade, one.seen.graded.title) == ("soft-404", "Page not found")


def test_of_an_archive_only_the_head_is_asked_for(tmp_path: Path) -> None:
    web = Web(lambda _: fetched(200, headers=(("Content-Type", "text/html"),)))
    run(web, tmp_path / "m", [link("https://web.archive.org/web/2024/https://a.example/")])
    assert [asked.method for asked in web.asked] == ["HEAD"]
    assert not is_archive("archive.org.example")


def test_a_run_that_was_stopped_goes_on_and_asks_nothing_twice(tmp_path: Path) -> None:
    first, second = Web(pdf), Web(pdf)
    before = run(first, tmp_path / "m", LINKS, stop_after=2)
    after = run(second, tmp_path / "m", LINKS)
    assert len(before) == 2
    done = {one.link.url for one in before}
    assert {one.link.url for one in after if one.kept} >= done
    assert sorted(one.link.url for one in after) == [one.url for one in LINKS]
    assert done.isdisjoint(asked.url for asked in second.asked)
    third = Web(pdf)  # that one ended: all is asked anew, with the marks of before
    run(third, tmp_path / "m", LINKS)
    assert len(third.asked) == 5
    assert {asked.known.etag for asked in third.asked if asked.known} == {'"v1"'}


def test_a_run_that_was_stopped_long_ago_is_over(tmp_path: Path) -> None:
    run(Web(pdf), tmp_path / "m", LINKS, stop_after=2)
    lines = (tmp_path / "m").read_bytes().splitlines(keepends=True)[1:]
    assert remembered(lines, NOW).open == NOW
    assert remembered(lines, NOW + timedelta(days=3)).open is None


def test_a_page_that_did_not_change_keeps_its_grade_and_is_not_sent_again(tmp_path: Path) -> None:
    def unchanged(wanted: Wanted) -> Fetched:
        same = fetched(304).hops[-1]
        return fetched(200, headers=PDF, unchanged=same) if wanted.known else pdf(wanted)

    run(Web(unchanged), tmp_path / "m", LINKS[:1])
    web = Web(unchanged)
    (one,) = run(web, tmp_path / "m", LINKS[:1])
    assert len(web.asked) == 1
    assert one.seen.graded.grade == "there"
    assert one.seen.etag == '"v1"'


@pytest.mark.parametrize("line", [b'{"url": 1}\n', b'{"url": "\xff\xfe"}\n', b"[" * 100_000])
def test_lines_that_no_run_wrote_are_refused(line: bytes) -> None:
    with pytest.raises(WithholdError, match="cannot be read"):
        remembered([line], NOW)


def test_only_names_a_file_a_folder_or_a_kind() -> None:
    every = [
        link("https://a.example/", "platforms/linkedin.toml"),
        link("https://b.example/", "laws/ccpa.toml", "regulator"),
        link("https://c.example/", "history/linkedin.toml", "press"),
    ]
    none = Memory(seen={})

    def urls(*only: str) -> str:
        return "".join(one.url[8] for one in chosen(every, only, None, none, NOW.date()))

    assert urls() == "abc"
    assert urls("linkedin") == "ac"
    assert urls("platforms/linkedin") == "a"
    assert urls("laws") == "b"
    assert urls("press", "regulator") == "bc"
    assert {"linkedin", "laws", "laws/ccpa", "press"} <= names(every)


def test_older_than_and_limit_ask_what_was_asked_longest_ago() -> None:
    memory = Memory(
        seen={
            one.url: one
            for one in (
                seen("https://a.example/paper", 1),
                seen("https://b.example/paper", 40),
                seen("https://c.example/paper", 30),
                seen("https://d.example/paper", 29),
            )
        }
    )
    older = chosen(LINKS, (), timedelta(days=30), memory, NOW.date())
    assert [one.url[8] for one in older] == ["b", "c", "e"]
    assert [one.url[8] for one in longest_ago(LINKS, memory, 3)] == ["e", "b", "c"]
