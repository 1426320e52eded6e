"""Archives dropped: taken in as a job, whole or not at all; their files are gone afterwards."""

from __future__ import annotations

import io
import json
import threading
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.archives.made import reddit
from tests.unit.faces.web.posts_home import FEW, NOW, Posted
from withhold.faces.web import archive_work
from withhold.faces.web.jobs import Job
from withhold.faces.web.views import Go
from withhold.keep import Store
from withhold.words import Account

FILES, TRUTH = reddit.made(1, 40, full=True)
KEPT = len(TRUTH)


def _zip(files: Mapping[str, bytes] = FILES) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name, body in files.items():
            out.writestr(name, body)
    return packed.getvalue()


def _job(home: Posted, went: Go) -> Job:
    """The job that a form began, when it has ended."""
    home.desk.jobs.wait()
    job = home.desk.jobs.of(went.to.partition("id=")[2])
    assert job, went
    return job


def _stored(home: Posted) -> dict[str, int]:
    with Store.read(home.home) as store:
        return store.posts.counts()


def _left(home: Posted) -> list[Path]:
    """What is left of the dropped files once the view has ended, as the server deletes the rest."""
    return [one for one in (home.home / "uploads").rglob("*") if one.is_file()]


def _form(home: Posted, went: Go) -> str:
    return home.text("/posts/archives", draft=went.to.partition("draft=")[2])


def test_an_archive_is_taken_in_and_looked_through(tmp_path: Path) -> None:
    home = Posted(tmp_path)
    job = _job(home, home.send("/posts/archives", home.dropped("export.zip", _zip())))
    assert job.state == "done", (job.why, job.tip)
    assert _stored(home) == {"reddit:ada": KEPT}
    assert any(f"posts: {KEPT}; new: {KEPT}" in one for one in job.said)
    assert any("files understood" in one for one in job.said)
    assert any("looked through" in one for one in job.said)
    assert _left(home) == []
    assert "reddit:ada" not in home.text("/posts/archives")  # it is called by its name
    assert "Reddit (ada)" in home.text("/posts/archives")


def test_the_same_twice_at_once_is_one_after_the_other_and_doubles_nothing(tmp_path: Path) -> None:
    home = Posted(tmp_path)
    first = home.send("/posts/archives", home.dropped("export.zip", _zip()))
    second = home.send("/posts/archives", home.dropped("export.zip", _zip()))
    assert _job(home, first).state == _job(home, second).state == "done"
    assert any("Nothing in it is new" in one for one in _job(home, second).said)
    assert _stored(home) == {"reddit:ada": KEPT}
    assert _left(home) == []


def test_two_archives_at_once_and_one_of_them_is_none(tmp_path: Path) -> None:
    home = Posted(tmp_path)
    files = [home.dropped("notes.zip", _zip({"a.txt": b"x"})), home.dropped("r.zip", _zip())]
    job = _job(home, home.send("/posts/archives", *files))
    assert job.state == "done"
    assert any("notes.zip" in one for one in job.said)
    assert _stored(home) == {"reddit:ada": KEPT}


def test_what_is_no_archive_fails_with_its_reason_and_is_deleted(tmp_path: Path) -> None:
    home = Posted(tmp_path)
    job = _job(home, home.send("/posts/archives", home.dropped("x.zip", _zip({"a.txt": b"x"}))))
    assert job.state == "failed"
    assert "x.zip" in job.why
    assert _left(home) == []
    assert _stored(home) == {}


def test_a_stopped_import_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Posted(tmp_path)
    take = archive_work.import_archive

    def stopped(*args: object) -> object:
        (job,) = home.desk.jobs.open()
        job.stop()
        return take(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(archive_work, "import_archive", stopped)
    job = _job(home, home.send("/posts/archives", home.dropped("r.zip", _zip())))
    assert job.state == "stopped"
    assert _stored(home) == {}
    assert _left(home) == []


def test_stopped_while_it_is_looked_through_the_posts_are_kept_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from withhold.verbs import search_posts

    home = Posted(tmp_path)
    looking = search_posts.looking

    def stopped(*args: object) -> object:
        (job,) = home.desk.jobs.open()
        job.stop()
        return looking(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(search_posts, "looking", stopped)
    monkeypatch.setattr(search_posts, "BATCH", 7)
    job = _job(home, home.send("/posts/archives", home.dropped("r.zip", _zip())))
    assert job.state == "done"
    assert any(f"{KEPT - 7} are still to be looked through" in one for one in job.said)
    assert _stored(home) == {"reddit:ada": KEPT}


def test_one_that_is_stopped_before_its_turn_leaves_no_file(tmp_path: Path) -> None:
    home = Posted(tmp_path)
    go_on = threading.Event()
    home.desk.jobs.start("other", "busy", lambda _: [str(go_on.wait(20))])
    went = home.send("/posts/archives", home.dropped("r.zip", _zip()))
    job = home.desk.jobs.of(went.to.partition("id=")[2])
    assert job
    assert len(_left(home)) == 1
    job.stop()
    go_on.set()
    assert _job(home, went).state == "stopped"
    assert _left(home) == []
    assert _stored(home) == {}


def test_the_account_that_was_chosen_counts_and_a_new_one_is_added(tmp_path: Path) -> None:
    home = Posted(tmp_path)
    drop = home.dropped("r.zip", _zip())
    job = _job(home, home.send("/posts/archives", drop, account="new", name="other/one"))
    assert job.state == "done", job.why
    assert _stored(home) == {"reddit:other/one": KEPT}
    with Store.read(home.home) as store:
        assert {one.key for one in store.own.accounts()} == {"reddit:ada", "reddit:other/one"}
    drop = home.dropped("r.zip", _zip())
    _job(home, home.send("/posts/archives", drop, account="reddit:ada"))
    assert _stored(home) == {"reddit:ada": KEPT, "reddit:other/one": KEPT}


def test_a_new_account_of_an_archive_that_fails_is_not_added(tmp_path: Path) -> None:
    home = Posted(tmp_path)
    drop = home.dropped("r.zip", _zip({"a.txt": b"x"}))
    job = _job(home, home.send("/posts/archives", drop, account="new", name="other"))
    assert job.state == "failed"
    with Store.read(home.home) as store:
        assert [one.key for one in store.own.accounts()] == ["reddit:ada"]


def test_an_account_on_another_platform_is_not_passed_over(tmp_path: Path) -> None:
    home = Posted(tmp_path)
    with Store.open(home.home) as store:
        store.own.add_account(Account(platform="tumblr", name="kitchen"), NOW)
    drop = home.dropped("r.zip", _zip())
    job = _job(home, home.send("/posts/archives", drop, account="tumblr:kitchen"))
    assert job.state == "failed"
    assert job.why.startswith("r.zip is of Reddit, and the account that you chose is on another")
    assert job.why.endswith("Tumblr (kitchen)")
    assert "choose" in job.tip
    assert _stored(home) == {}
    assert _left(home) == []


def test_between_two_accounts_nothing_is_guessed(tmp_path: Path) -> None:
    home = Posted(tmp_path)
    drop = home.dropped("r.zip", _zip({**FILES, "statistics.csv": b"statistic,value\n"}))
    _job(home, home.send("/posts/archives", drop, account="new", name="second"))
    drop = home.dropped("r.zip", _zip({**FILES, "statistics.csv": b"statistic,value\n"}))
    job = _job(home, home.send("/posts/archives", drop))
    assert job.state == "failed"
    assert "reddit:ada" in job.why
    assert "reddit:second" in job.why
    assert "--account" not in job.tip


def test_mail_and_the_checklist_are_sent_where_they_belong(tmp_path: Path) -> None:
    home = Posted(tmp_path)
    went = home.send("/posts/archives", home.dropped("reply.eml", b"Subject: x\n\nx"))
    assert "is mail" in _form(home, went)
    body = json.dumps({"schema": "withhold/checklist/1"}).encode()
    went = home.send("/posts/archives", home.dropped("list.json", body))
    draft = went.to.partition("draft=")[2]
    seen = home.seen("/posts/archives", draft=draft)
    assert seen.css("#drop-wrong a[href='/first']")
    assert home.desk.jobs.open() == []


@pytest.mark.parametrize(
    ("form", "files", "at"),
    [
        ({}, 0, "files"),
        ({"on": "yesterday"}, 1, "on"),
        ({"on": "2999-01-01"}, 1, "on"),
        ({"account": "new", "name": ""}, 1, "name"),
        ({"account": "new", "name": "a\x07"}, 1, "name"),
    ],
)
def test_a_form_that_is_wrong_comes_back_with_what_was_typed(
    tmp_path: Path, form: dict[str, str], files: int, at: str
) -> None:
    home = Posted(tmp_path)
    drops = [home.dropped("r.zip", _zip()) for _ in range(files)]
    went = home.send("/posts/archives", *drops, others="yes", **form)
    seen = home.seen("/posts/archives", draft=went.to.partition("draft=")[2])
    wrong = seen.css("[aria-invalid=true]")
    assert [one.attributes["name"] for one in wrong] == [at]
    assert "drop-wrong" in str(wrong[0].attributes["aria-describedby"])
    assert "checked" in seen.css_first("[name=others]").attributes
    if form.get("account"):
        assert "selected" in seen.css_first("option[value=new]").attributes
    assert home.desk.jobs.open() == []
    assert "--" not in seen.css_first("#drop-wrong").text()


def test_without_archives_that_is_said(tmp_path: Path) -> None:
    assert "No archive was taken in yet" in Posted(tmp_path).text("/posts/archives")
    assert "No archive was taken in yet" not in Posted(tmp_path / "b", *FEW).text("/posts/archives")


@pytest.mark.parametrize(
    ("zone", "day"), [("Etc/GMT-14", "1 November"), ("Etc/GMT+10", "31 October")]
)
def test_an_archive_was_taken_in_on_the_day_that_it_was_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, day: str
) -> None:
    home = Posted(tmp_path, *FEW)  # on 1 November 2026, 09:00 UTC
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        assert f"{day} 2026" in home.text("/posts/archives")
    time.tzset()
