"""Faults of letters that a review found: a late undo, forms sent twice, mail left behind."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.dashboard.asked import Site, at
from tests.unit.faces.web.letters_made import GROUNDS, home_of, objection, reply
from withhold.faces.web.jobs import Job
from withhold.keep import Store
from withhold.rights.case import Case

FORM = {
    "of": "linkedin",
    "act": "object-training",
    "name": "Ada Example",
    "email": "ada@example.org",
    "account": "ada",
    "ground-voice": GROUNDS,
}


def cases(home: Path) -> list[Case]:
    with Store.read(home) as store:
        return [one.case for one in store.cases.all()]


def shown(site: Site, **more: str) -> str:
    """The word of a form that was sent, whose letter can be noted."""
    to = site.send("/letters/new", **(FORM | more)).headers["location"]
    return str(to.partition("typed=")[2].partition("#")[0])


def test_undo_of_a_case_to_which_something_came_since_forgets_nothing(tmp_path: Path) -> None:
    home = home_of(tmp_path).home
    with at(home) as site:
        site.send("/letters/new", do="make", typed=shown(site))
        undo = site.desk.flashes[site.session].undo_values
        (case,) = cases(home)
        site.send("/letters/happened", id=case.id, state="sent", on="2026-11-02")
        went = site.send("/letters/forget", **undo)
        assert went.headers["location"] == f"/letters/forget?id={case.id}"
        assert [len(one.events) for one in cases(home)] == [2]
        assert "since" in site.get(went.headers["location"]).text


def test_a_case_that_was_just_made_is_undone(tmp_path: Path) -> None:
    home = home_of(tmp_path).home
    with at(home) as site:
        site.send("/letters/new", do="make", typed=shown(site))
        site.send("/letters/forget", **site.desk.flashes[site.session].undo_values)
        assert cases(home) == []


@pytest.mark.parametrize("on", ["never", "2026-13-45", "9" * 5000, "9999-12-31"])
def test_a_day_that_no_form_of_ours_sends_is_no_error_of_the_program(
    on: str, tmp_path: Path
) -> None:
    home = home_of(tmp_path).home
    with at(home) as site:
        assert site.send("/letters/new", **FORM, on=on).status_code in (303, 400)
        assert cases(home) == []


def test_a_number_of_a_reply_that_is_too_large_is_not_there(tmp_path: Path) -> None:
    desk = home_of(tmp_path)
    case = objection(desk, "2026-11-02")
    with at(desk.home) as site:
        for number in ("9" * 5000, "-1", "0", "9" * 20, "²"):
            form = {"id": case.id, "reply": number, "outcome": "complied"}
            assert site.send("/letters/says", **form).status_code in (400, 404)


def test_a_letter_that_is_noted_twice_at_once_is_one_case(tmp_path: Path) -> None:
    home = home_of(tmp_path).home
    with at(home) as site:
        word, answers = shown(site), []

        def press() -> None:
            answers.append(site.send("/letters/new", do="make", typed=word).headers["location"])

        both = [threading.Thread(target=press) for _ in range(2)]
        with site.desk.alone():
            for one in both:
                one.start()
            both[0].join(0.5)  # both have read what was typed, and wait to write
        for one in both:
            one.join()
        (case,) = cases(home)
        assert answers == [f"/letters/case?id={case.id}"] * 2


def test_mail_that_waited_and_was_stopped_is_left_nowhere(tmp_path: Path) -> None:
    desk = home_of(tmp_path)
    case = objection(desk, "2026-11-02")
    with at(desk.home) as site:
        go_on = threading.Event()
        site.desk.jobs.start("other", "busy", lambda _: [str(go_on.wait(10))])
        mail = reply(case.id, "We will. " + "x" * 600_000)
        went = site.send("/letters/replies", files={"mail": ("a.eml", mail)}, id=case.id)
        job = site.desk.jobs.of(went.headers["location"].partition("=")[2])
        assert job is not None
        assert len(list((desk.home / "uploads").iterdir())) == 1
        job.stop()
        go_on.set()
        site.desk.jobs.wait()
        assert job.state == "stopped"
        assert list((desk.home / "uploads").iterdir()) == []


@pytest.mark.long
def test_mail_that_was_filed_before_it_was_stopped_is_not_said_to_be_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = home_of(tmp_path)
    case = objection(desk, "2026-11-02")
    real = Job.told

    def told(job: Job, at: int, of: int = 0, doing: str = "") -> None:
        if at == 2:
            job.stop()
        real(job, at, of, doing)

    monkeypatch.setattr(Job, "told", told)
    other = {"Message-ID": "<other@linkedin.com>"}
    both = [reply(case.id, "x" * 300_000), reply(case.id, "y" * 300_000, **other)]
    mbox = b"".join(b"From a@b Thu Nov  5 10:00:00 2026\n" + one + b"\n" for one in both)
    with at(desk.home) as site:
        went = site.send("/letters/replies", files={"mail": ("a.mbox", mbox)}, id=case.id)
        site.desk.jobs.wait()
        text = site.get(went.headers["location"]).text
    (now,) = cases(desk.home)
    assert [one.kind for one in now.events].count("reply") == 1
    assert "nothing of it was kept" not in text
    assert case.id in text.partition('id="job"')[2].partition("</ul>")[0]
