"""The page of the report: what goes in is chosen, the file is made beside and then saved."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from withhold.faces.web import report_page
from withhold.faces.web.desk import Desk
from withhold.faces.web.render import html
from withhold.faces.web.views import Ask, File, Go, Page
from withhold.faces.web.words import words_of
from withhold.keep import Store
from withhold.words import Account

NOW = datetime(2026, 11, 1, tzinfo=UTC)
MAKE = {"make": "1", "kind": "md", "in_lang": "en", "names": "1", "posts": "1"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Somebody in Germany with one blog."""
    with Store.open(tmp_path / "home") as store:
        store.own.add_account(
            Account(platform="tumblr", name="quillfeather", audience="public"), NOW
        )
        store.own.set("place", "DE")
    return Desk(tmp_path / "home", "en")


def ask(desk: Desk, **query: str) -> Ask:
    return Ask(desk=desk, setting=desk.setting("en"), path="/report", query=query)


def shown(desk: Desk, **query: str) -> Page:
    return report_page.show(ask(desk, **query))


def read(desk: Desk, page: Page, **query: str) -> LexborHTMLParser:
    return LexborHTMLParser(html(ask(desk, **query), page, csrf="x"))


def waited(desk: Desk, **query: str) -> Page:
    """The page once the file is made."""
    for _ in range(600):
        page = shown(desk, **query)
        if not page.refresh:
            return page
        time.sleep(0.05)
    raise AssertionError("it never ended")


def saved(desk: Desk, **query: str) -> File:
    waited(desk, **query)
    file = report_page.save(ask(desk, **query))
    assert isinstance(file, File)
    return file


def test_at_first_nothing_is_made_and_nothing_private_is_chosen(desk: Desk) -> None:
    page = shown(desk)
    tree = read(desk, page)
    assert page.refresh == 0
    assert not tree.css("#report-state")
    checked = [one.attributes["id"] for one in tree.css("[checked]")]
    assert checked == ["report-kind-html", "report-names", "report-posts"]
    assert page.command == "withhold report report.html --lang en"
    assert len(page.covers_not) == 4
    for field in tree.css("input:not([type=hidden]), select"):
        assert tree.css(f"label[for={field.attributes['id']}]")


def test_the_page_says_that_it_is_being_made_and_looks_again(desk: Desk) -> None:
    page = shown(desk, **MAKE)
    assert page.refresh == 2
    state = read(desk, page, **MAKE).css_first("#report-state")
    assert "being made" in state.text()
    address = "/report?make=1&kind=md&in_lang=en&posts=1&names=1"
    assert state.attributes["hx-get"] == address
    assert state.css_first("a").attributes["href"] == address, "without script, too"
    early = report_page.save(ask(desk, **MAKE))
    assert isinstance(early, Go | File)


@pytest.mark.long
def test_the_file_is_what_the_command_would_write(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.journeys.run import here

    monkeypatch.setenv("WITHHOLD_HOME", str(desk.home))
    for query, more in (
        (MAKE, ()),
        ({**MAKE, "in_lang": "de"}, ("--lang", "de")),
        ({one: said for one, said in MAKE.items() if one != "names"}, ("--without-names",)),
        ({one: said for one, said in MAKE.items() if one != "posts"}, ("--no-posts",)),
        ({**MAKE, "kind": "html"}, ()),
    ):
        file = saved(desk, **query)
        other = tmp_path / f"{len(query)}{'-'.join(more)}.{query['kind']}"
        here("report", other, *more).ok()
        assert file.body == other.read_bytes()
        assert file.name == f"withhold-{desk.setting('en').today}.{query['kind']}"
        asked = shown(desk, **query).command
        assert all(one in asked for one in more)


def test_when_it_is_ready_it_can_be_saved_and_says_how_large_it_is(desk: Desk) -> None:
    page = waited(desk, **MAKE)
    tree = read(desk, page, **MAKE)
    (link,) = tree.css("#report-state a.button")
    assert link.attributes["href"] == "/report/file?make=1&kind=md&in_lang=en&posts=1&names=1"
    assert f"{len(saved(desk, **MAKE).body):,} bytes" in tree.css_first("#report-state").text()
    assert "hx-get" not in tree.css_first("#report-state").attributes


def test_after_a_change_the_file_of_before_is_not_given_out(desk: Desk) -> None:
    assert b"second-blog" not in saved(desk, **MAKE).body
    with desk.writing() as store:
        store.own.add_account(
            Account(platform="tumblr", name="second-blog", audience="public"), NOW
        )
    assert b"second-blog" in saved(desk, **MAKE).body


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ({**MAKE, "kind": "<script>"}, "kind", "wrong_kind"),
        ({"make": "1", "kind": "md", "posts": "1", "excerpts": "1"}, "excerpts", "wrong_excerpts"),
        ({"make": "1", "kind": "md", "names": "1", "excerpts": "1"}, "excerpts", "wrong_posts"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(
    desk: Desk, query: dict[str, str], field: str, words: str
) -> None:
    page = shown(desk, **query)
    tree = read(desk, page, **query)
    assert page.status == 400
    said = tree.css_first(f"#report-{field}-wrong")
    assert said.text() == words_of("report", "en")[words]
    described = [one.attributes["aria-describedby"] or "" for one in tree.css("[aria-describedby]")]
    assert any(f"report-{field}-wrong" in one for one in described)
    assert not tree.css("#report-state")
    for one in ("posts", "names", "excerpts"):
        assert bool(tree.css(f"#report-{one}[checked]")) == (one in query)
    assert isinstance(report_page.save(ask(desk, **query)), Go)
    assert "<script>" not in page.command


def test_of_nothing_no_file_is_made_and_the_next_step_is_named(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        store.own.set("place", "DE")
    desk = Desk(tmp_path / "home", "en")
    page = waited(desk, **MAKE)
    state = read(desk, page, **MAKE).css_first("#report-state")
    assert "you own nothing here yet" in state.text()
    assert state.css_first("a").attributes["href"] == "/first"


def test_before_anything_is_stored_it_says_so_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home", "en")
    page = waited(desk, **MAKE)
    assert "you own nothing here yet" in read(desk, page, **MAKE).css_first("#report-state").text()
