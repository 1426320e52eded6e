"""What the first pages need is there before somebody asks, and no page waits for it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.unit.faces.web.own_home import Home
from withhold.faces.web import warming
from withhold.faces.web.desk import Desk
from withhold.faces.web.render import pages_of
from withhold.keep import Store, opened


def test_every_template_and_the_late_imports_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported: list[str] = []
    monkeypatch.setattr(warming, "import_module", imported.append)
    desk = Home(tmp_path, place="DE").desk
    desk.make_ready()
    setting = desk.setting()
    pages = pages_of(desk.edition(setting.lang, setting.when))
    assert pages.cache is not None
    assert len(pages.cache) == 0
    warming.warm(desk)
    there = {name for _, name in list(pages.cache.keys())}
    assert {"frame.html", "overview.html", "watch.html", "verdict.html", "macros.html"} <= there
    assert imported == ["babel.dates", "babel.numbers", "holidays.countries", "altair"]


def test_what_is_not_installed_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(warming, "import_module", missing)
    warming.warm(Home(tmp_path, place="DE").desk)


def test_no_step_is_taken_while_a_page_is_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    waited = threading.Event()

    def wait() -> None:
        desk.wait_for_pages(60)
        waited.set()

    with desk.answering():
        with desk.answering():
            threading.Thread(target=wait, daemon=True).start()
        assert not waited.wait(0.05)  # of two pages one is still being written
    assert waited.wait(30)


def test_pages_that_never_end_hold_it_up_for_a_while_only(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with desk.answering():
        desk.wait_for_pages(0.01)
    with pytest.raises(ZeroDivisionError), desk.answering():
        _ = 1 // 0
    desk.wait_for_pages(60)  # a page that failed is one that ended


def test_what_an_earlier_server_did_not_come_to_wipe_is_wiped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path, place="DE")
    monkeypatch.setattr(opened, "LARGE", 1)
    with Store.open(home.home, puts_off=True) as store:
        store.forget.responses()
        assert store.wipe_is_due
    warming.warm(home.desk)
    home.desk.jobs.wait()
    with Store.read(home.home) as store:
        assert not store.wipe_is_due
