"""Faults that a review found: forgotten data in memory, an undo that is gone, jobs that break."""

from __future__ import annotations

import threading
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.dashboard.asked import at
from tests.unit.faces.web.posts_home import Posted, on
from withhold.errors import NothingToCheck, StoreTrouble
from withhold.faces.web import account_done, app
from withhold.faces.web import desk as desk_module
from withhold.faces.web.desk import Desk
from withhold.faces.web.jobs import Job, Jobs
from withhold.faces.web.views import Ask, Go, Page, Route, Upload
from withhold.keep import Store
from withhold.keep.post_taking import NewArchive
from withhold.reach.dropped_together import safe_name
from withhold.reveals.reveal import Reveal
from withhold.verbs.search_posts import search_posts
from withhold.words import Account

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


def a_home(path: Path) -> Path:
    """With two accounts and a place."""
    home = path / "home"
    with Store.open(home) as store:
        store.own.set("place", "DE")
        for one in ("linkedin", "x"):
            store.own.add_account(Account(platform=one, name="ada"), NOW)
    return home


def until(what: object, seconds: float = 10) -> None:
    """Waits for something to be so."""
    end = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.005)


# Jobs -------------------------------------------------------------------------------------------


BROKEN = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
"""A fault of a job is told on stderr, as one of any thread; pytest hears it there."""


@BROKEN
def test_a_fault_in_one_job_does_not_keep_the_next_from_running() -> None:
    jobs = Jobs()

    def broken(_: Job) -> list[str]:
        raise ZeroDivisionError

    first = jobs.start("a", "broken", broken)
    second = jobs.start("a", "fine", lambda _: ["done"])
    until(lambda: first.ended)
    until(lambda: second.ended)
    third = jobs.start("a", "fine", lambda _: ["done"])
    until(lambda: third.ended)
    assert (first.state, second.state, third.state) == ("failed", "done", "done")


@BROKEN
def test_a_fault_while_one_job_is_cleared_away_does_not_keep_the_next_from_running() -> None:
    jobs = Jobs()

    def broken() -> None:
        raise OSError

    jobs.start("a", "one", lambda _: [], ended=broken)
    second = jobs.start("a", "two", lambda _: ["done"])
    until(lambda: second.ended)


class Panic(BaseException):
    """As a library that is written in Rust raises one: it is no Exception."""


@BROKEN
def test_a_library_that_panics_does_not_keep_the_next_job_from_running() -> None:
    jobs = Jobs()

    def panics(_: Job) -> list[str]:
        raise Panic

    first, second = jobs.start("a", "one", panics), jobs.start("a", "two", lambda _: ["done"])
    until(lambda: second.ended)
    assert (first.state, first.why, second.state) == ("failed", "Panic", "done")


def test_a_library_that_panics_behind_a_page_does_not_keep_it_waiting(tmp_path: Path) -> None:
    desk = Desk(a_home(tmp_path))

    def panics() -> str:
        raise Panic("no such font")

    desk.later(desk.setting("en"), "drawn", panics)
    until(lambda: not desk._making)
    with pytest.raises(RuntimeError, match="no such font"):
        desk.later(desk.setting("en"), "drawn", panics)


# What was forgotten -----------------------------------------------------------------------------


def test_what_was_forgotten_is_not_shown_while_it_is_counted_anew(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    with at(home) as site:
        desk, go_on = site.desk, threading.Event()

        def names() -> list[str]:
            with Store.read(home) as store:
                return [one.key for one in store.own.accounts()]

        until(lambda: desk.later(desk.setting(), "names", names)[1])
        went = site.send("/settings/forget", what="account", key="x:ada", sure="yes")
        assert went.headers["location"] == "/settings#accounts"

        def slow() -> list[str]:
            go_on.wait(10)
            return names()

        before, fresh = desk.later(desk.setting(), "names", slow)
        assert not fresh
        assert "x:ada" not in (before or [])
        go_on.set()
        until(lambda: desk.later(desk.setting(), "names", slow) == (["linkedin:ada"], True))


def test_what_was_being_counted_when_all_was_forgotten_is_not_kept(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    desk, begun, go_on = Desk(home), threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        go_on.wait(10)
        return "x:ada"

    desk.later(desk.setting("en"), "names", slow)
    assert begun.wait(10)
    desk.forget()
    go_on.set()
    until(lambda: not desk._making)
    assert "x:ada" not in desk._kept.values()


def test_what_waits_to_be_taken_in_is_not_taken_in_after_all_was_forgotten(tmp_path: Path) -> None:
    desk, go_on, done = Desk(a_home(tmp_path)), threading.Event(), []
    desk.jobs.start("a", "busy", lambda _: [str(go_on.wait(10))])
    waiting = desk.jobs.start("import", "waits", lambda _: done or done.append("taken in") or [])
    desk.forget()
    go_on.set()
    until(lambda: waiting.ended)
    assert waiting.state == "stopped"
    assert done == []


def test_while_an_archive_is_taken_in_nothing_is_forgotten_behind_a_page_that_says_no(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = a_home(tmp_path)
    window = home / "window" / "acme"
    window.mkdir(parents=True)
    monkeypatch.setattr(desk_module, "_WAIT", 0.05)
    with at(home) as site:
        begun, go_on = threading.Event(), threading.Event()

        def importing(_: Job) -> list[str]:
            with site.desk.writing():
                begun.set()
                go_on.wait(10)
            return []

        site.desk.jobs.start("import", "busy", importing)
        assert begun.wait(10)
        answer = site.send("/settings/forget", what="windows", sure="yes")
        assert answer.status_code == 409
        assert "nothing was lost" in answer.text
        assert window.is_dir()
        go_on.set()
        site.desk.jobs.wait()
        assert site.send("/settings/forget", what="windows", sure="yes").status_code == 303
        assert not window.exists()


def test_what_the_desk_itself_refuses_is_said_in_the_language_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = Desk(tmp_path / "nothing", "de")
    with pytest.raises(NothingToCheck, match="noch nichts gespeichert"), nothing.reading():
        pass
    monkeypatch.setattr(desk_module, "_WAIT", 0.05)
    desk, begun, go_on = Desk(a_home(tmp_path), "de"), threading.Event(), threading.Event()

    def importing(_: Job) -> list[str]:
        with desk.writing():
            begun.set()
            go_on.wait(10)
        return []

    desk.jobs.start("import", "busy", importing)
    assert begun.wait(10)
    with pytest.raises(StoreTrouble, match="Gerade wird etwas geschrieben"), desk.writing():
        pass
    go_on.set()
    desk.jobs.wait()


# What stands once on top of a page ---------------------------------------------------------------


def test_undo_is_still_there_when_a_page_that_was_being_counted_loads_itself_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh = [2, 2, 0, 0]

    def page(_: Ask) -> Page:
        values = {"message": "m", "tip": ""}
        return Page(template="trouble.html", title="t", values=values, refresh=refresh.pop(0))

    def done(_: Ask) -> Go:
        return Go(to="/it", said="It is gone.", undo="/it", undo_values={"a": "b"})

    monkeypatch.setattr(app, "ROUTES", (Route(path="/it", get=page, post=done),))
    with at(tmp_path / "home") as site:
        site.send("/it")
        seen = ["It is gone." in site.get("/it").text for _ in range(4)]
    assert seen == [True, True, True, False]


# What passes ------------------------------------------------------------------------------------


def test_a_trouble_that_passes_is_not_kept(tmp_path: Path) -> None:
    desk, locked = Desk(a_home(tmp_path)), [True]

    def make() -> str:
        if locked.pop() if locked else False:
            raise StoreTrouble("locked", "later")
        return "made"

    setting = desk.setting("en")

    def asked() -> object:
        try:
            return desk.later(setting, "it", make)
        except StoreTrouble:
            return "trouble"

    until(lambda: asked() == "trouble")
    until(lambda: asked() == ("made", True))


@pytest.mark.parametrize(
    "name", ["文" * 120 + ".zip", "ب" * 200, "𝒳" * 90 + ".json"], ids=["han", "arabic", "maths"]
)
def test_a_name_of_many_octets_is_one_that_a_disk_takes(name: str, tmp_path: Path) -> None:
    made = tmp_path / f"{safe_name(name)} (50)"
    made.write_bytes(b"")
    assert [one.name for one in tmp_path.iterdir()] == [made.name]


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("文" * 120 + ".zip").endswith("文.zip")


def test_posts_that_are_forgotten_while_they_are_searched_hold_up_nothing(tmp_path: Path) -> None:
    home = Posted(tmp_path).home
    archive = NewArchive(platform="reddit", layout="csv", digest="a" * 64, exported="2026-10-01")
    these = [("reddit:ada", on("2020-05-01", "a", "one")), ("reddit:eve", on("", "b", "two"))]
    with Store.open(home) as store:
        store.posts.take(archive, these, NOW)

        def look(_: str) -> list[Reveal]:
            with Store.open(home) as other:  # meanwhile, by a form
                if other.own.accounts():
                    other.forget.account("reddit:ada", NOW)
            return [Reveal(kind="email", start=0, end=1)]

        search_posts(store, look)
        (left,) = store.posts.read([1, 2])
    assert (left.account, len(left.reveals)) == ("reddit:eve", 1)


def test_a_page_that_somebody_saved_is_read_no_further_than_it_may_be_long(tmp_path: Path) -> None:
    desk = Desk(a_home(tmp_path))
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.truncate(300 << 20)
    upload = Upload(field="page", name="a.html", path=huge, size=300 << 20)
    form = {"key": ["linkedin:ada"], "control": ["ai-training-toggle"]}
    tracemalloc.start()
    try:
        account_done.shown(Ask(desk=desk, setting=desk.setting("en"), form=form, files=(upload,)))
        assert tracemalloc.get_traced_memory()[1] < 150 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("page", ["9" * 5000, "9" * 20, "-1", "0", "²", "٣", "a\x00b"])
def test_a_page_that_is_no_number_of_one_is_the_first(page: str, tmp_path: Path) -> None:
    with at(a_home(tmp_path)) as site:
        assert site.get("/evidence", params={"page": page}).status_code == 200


def test_undo_of_a_change_brings_no_account_back_that_was_forgotten_since(tmp_path: Path) -> None:
    home = a_home(tmp_path)
    with at(home) as site:
        site.send("/settings/account", key="x:ada", kind="business", audience="public")
        undo = site.desk.flashes[site.session].undo_values
        assert site.send("/settings/account/undo", **undo).status_code == 303
        site.send("/settings/forget", what="account", key="x:ada", sure="yes")
        assert site.send("/settings/account/undo", **undo).status_code == 404
    with Store.read(home) as store:
        assert [one.key for one in store.own.accounts()] == ["linkedin:ada"]


def test_what_is_typed_wrong_at_great_length_is_shown_again_as_far_as_an_address_holds_it(
    tmp_path: Path,
) -> None:
    with at(a_home(tmp_path)) as site:
        went = site.send("/site/add", add="x" * 70_000, folder="y" * 70_000)
        assert len(went.headers["location"]) < 8_000
        assert site.get(went.headers["location"]).status_code == 200
