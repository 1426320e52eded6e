"""No page waits until a large file is wiped: a job does it, and whatever comes in between."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.unit.faces.web.own_home import NOW, Home, read
from withhold.faces.web import evidence_forget, forget_page, wiping
from withhold.faces.web.desk import Desk
from withhold.faces.web.job_page import show
from withhold.faces.web.jobs import Job
from withhold.faces.web.render import html
from withhold.faces.web.views import Go, Page
from withhold.keep import Store, opened
from withhold.words import Account, Observation

SECRET = Account(platform="tumblr", name="SECRET")


def all_bytes(home: Path) -> bytes:
    return b"".join(one.read_bytes() for one in sorted(home.rglob("*")) if one.is_file())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Of which every file counts as a large one."""
    made = Home(tmp_path, SECRET, Account(platform="x"), place="DE")
    with Store.open(made.home) as store:
        seen = Observation(
            control="x/grok-toggle", value="CONFIDENTIAL", on=NOW.date(), how="told", account="x"
        )
        store.observations.record(seen, NOW)
    monkeypatch.setattr(opened, "LARGE", 1)
    return made


def held(desk: Desk) -> threading.Event:
    """Before it a job that ends when the event is set: what comes after it waits."""
    let_on, began = threading.Event(), threading.Event()

    def work(_: Job) -> list[str]:
        began.set()
        let_on.wait(30)
        return []

    desk.jobs.start("held", "held", work)
    assert began.wait(30)
    return let_on


def wipes(desk: Desk) -> list[Job]:
    return [one for one in desk.jobs.open() if one.kind == wiping.KIND]


def due(home: Path) -> bool:
    with Store.read(home) as store:
        return store.wipe_is_due


FORGETS: dict[str, tuple[Any, dict[str, str], bytes]] = {
    "an observation": (evidence_forget.forget, {"id": "obs-1"}, b"CONFIDENTIAL"),
    "an account": (forget_page.forget, {"what": "account", "key": SECRET.key}, b"SECRET"),
    "everything": (forget_page.forget, {"what": "everything", "confirm": "forget"}, b"SECRET"),
}


@pytest.mark.parametrize("what", FORGETS)
def test_the_page_answers_and_a_job_wipes(home: Home, what: str) -> None:
    view, fields, mark = FORGETS[what]
    assert mark in all_bytes(home.home)
    let_on = held(home.desk)
    form = {name: [value] for name, value in {**fields, "sure": "yes"}.items()}
    went = view(home.ask("/", form=form))
    assert isinstance(went, Go)
    assert not went.bad
    assert due(home.home)  # forgotten, but not yet wiped
    (job,) = wipes(home.desk)
    page = home.page("/?later=1")
    said = read(html(home.ask("/"), page))
    assert "What was forgotten is being wiped from the file: waits for its turn" in said
    let_on.set()
    home.desk.jobs.wait()
    assert (job.state, list(job.said)) == (
        "done",
        ["The file is wiped: no trace of what was forgotten is left in it."],
    )
    assert not due(home.home)
    assert mark not in all_bytes(home.home)


def test_the_file_is_wiped_once_for_many_that_were_forgotten(home: Home) -> None:
    let_on = held(home.desk)
    for ref in (SECRET.key, "x"):
        with home.desk.writing() as store:
            store.forget.account(ref, NOW)
    assert len(wipes(home.desk)) == 1
    let_on.set()
    home.desk.jobs.wait()
    assert b"SECRET" not in all_bytes(home.home)


def test_what_a_killed_server_left_is_wiped_by_the_next(home: Home) -> None:
    with Store.open(home.home, puts_off=True) as store:
        store.forget.everything(NOW)
    assert due(home.home)
    next_one = Desk(home.home)
    wiping.begin_if_due(next_one)
    next_one.jobs.wait()
    assert not due(home.home)
    wiping.begin_if_due(next_one)
    assert wipes(next_one) == []  # nothing is due any more


def test_where_nothing_is_stored_nothing_is_due(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "none")
    wiping.begin_if_due(desk)
    assert desk.jobs.open() == []
    assert not (tmp_path / "none").exists()


def test_it_cannot_be_stopped_and_offers_no_button(home: Home) -> None:
    let_on = held(home.desk)
    with home.desk.writing() as store:
        store.forget.account(SECRET.key, NOW)
    (job,) = wipes(home.desk)
    job.stop()
    home.desk.jobs.forget()
    ask = home.ask("/job", query={"id": job.id})
    page = show(ask)
    assert isinstance(page, Page)
    assert "<button>Stop" not in html(ask, page)
    let_on.set()
    home.desk.jobs.wait()
    assert job.state == "done"


def test_a_fault_is_told_and_it_stays_due(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "WAIT", 0.01)
    monkeypatch.setattr(wiping, "_PATIENCE", 0.0)
    with Store.read(home.home) as reader, reader._opened.snapshot():
        reader.observations.all()
        with home.desk.writing() as store:
            store.forget.account(SECRET.key, NOW)
        (job,) = home.desk.jobs._all.values()
        home.desk.jobs.wait()
    assert job.state == "failed"
    assert "it is forgotten, but not yet wiped" in job.why
    with home.desk.writing() as store:  # whatever is written next asks for it once more
        store.own.set("name", "Ada")
    home.desk.jobs.wait()
    assert not due(home.home)
    assert b"SECRET" not in all_bytes(home.home)
