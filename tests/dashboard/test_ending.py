"""A server that nobody watches: its end from a page, by itself, and who comes second."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.dashboard.asked import Site, at
from tests.dashboard.served import PACKAGE
from withhold.errors import StoreTrouble
from withhold.faces import app_failed
from withhold.faces.web import ending
from withhold.faces.web.ending import Ending
from withhold.faces.web.jobs import Job, Jobs
from withhold.faces.web.words import words_of
from withhold.reach import built, opener
from withhold.reach.own_page import page_at


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with at(tmp_path / "home") as found:
        yield found


def footer(site: Site) -> str:
    page = LexborHTMLParser(site.get("/settings").text)
    return page.css_first("footer").text()


# The button --------------------------------------------------------------------------------------


def test_a_server_of_a_terminal_is_ended_there(site: Site) -> None:
    assert "End withhold" not in footer(site)
    answer = site.send("/end")
    assert answer.status_code == 404
    assert "Ctrl-C" in answer.text


def test_the_button_ends_it_once_and_says_so(site: Site) -> None:
    ends: list[str] = []
    site.desk.end, site.desk.idle = (lambda: ends.append("end")), 4 * 3600
    assert "End withhold" in footer(site)
    assert "4 hours" in footer(site)
    assert site.send("/end", word="forged").status_code == 403
    assert site.get("/end").status_code == 303, "an address that is opened ends nothing"
    assert ends == []
    answer = site.send("/end")
    assert (answer.status_code, ends) == (200, ["end"])
    assert "withhold has ended" in answer.text
    assert "<nav" not in answer.text, "no link of it would answer any more"


def test_what_is_at_work_is_asked_about_first(site: Site) -> None:
    ends: list[str] = []
    site.desk.end = lambda: ends.append("end")
    going_on = threading.Event()

    def work(job: Job) -> list[str]:
        going_on.wait(30)
        return []

    site.desk.jobs.start("import", "an archive", work)
    assert "Something is still at work" in site.send("/end").text
    assert ends == []
    assert "withhold has ended" in site.send("/end", sure="1").text
    assert ends == ["end"]
    going_on.set()


# By itself ---------------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    now = SimpleNamespace(seconds=1000.0)
    monkeypatch.setattr(ending, "monotonic", lambda: now.seconds)
    return now


def test_it_is_idle_after_so_long_without_a_request_or_a_job(clock: SimpleNamespace) -> None:
    jobs = SimpleNamespace(open=lambda: [])
    here = Ending(lambda *_: None, jobs, 3600)  # type: ignore[arg-type]
    clock.seconds = 4599.0
    assert not here.is_idle()
    clock.seconds = 4600.0
    assert here.is_idle()
    jobs.open = lambda: [SimpleNamespace(state="running")]
    assert not here.is_idle()
    jobs.open = lambda: []
    assert not here.is_idle(), "the time is counted from the end of the job"
    clock.seconds = 4600.0 + 3600
    assert here.is_idle()
    assert not Ending(lambda *_: None, Jobs(), 0).is_idle()  # type: ignore[arg-type]


def test_it_ends_when_it_is_idle_or_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "LAST_PAGE", 0.01)
    for idle, is_told in ((0.01, False), (0.0, True)):
        server = SimpleNamespace(should_exit=False)
        here = Ending(lambda *_: None, Jobs(), idle)  # type: ignore[arg-type]
        here.watch(server)
        if is_told:
            here.soon()
        for _ in range(500):
            if server.should_exit:
                break
            time.sleep(0.01)
        assert server.should_exit


# The whole of it ---------------------------------------------------------------------------------


def test_a_second_start_finds_the_first_and_the_button_ends_it(tmp_path: Path) -> None:
    home, seen, browser = tmp_path / "home", tmp_path / "seen", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {seen}\n')
    browser.chmod(0o755)
    command = [sys.executable, "-m", "withhold", "app"]
    env = {
        **os.environ,
        "PYTHONPATH": str(PACKAGE.parent),
        "WITHHOLD_HOME": str(home),
        "BROWSER": f"{browser} %s",
    }
    first = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        for _ in range(600):
            if seen.exists():
                break
            time.sleep(0.05)
        assert subprocess.run(command, env=env, timeout=60, check=False).returncode == 0
        page = Path(seen.read_text().splitlines()[1].removeprefix("file://"))
        assert page == home / "uploads" / "open.html"
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        url = page.read_text().partition("url=")[2].partition('"')[0]
        with httpx.Client(follow_redirects=True) as asking:
            shown = LexborHTMLParser(asking.get(url).text)
            word = shown.css_first("[name=csrf]").attributes["value"]
            base = url.partition("/?")[0]
            ended = asking.post(f"{base}/end", data={"csrf": word}, headers={"Origin": base})
        assert "withhold has ended" in ended.text
        assert first.wait(30) == 0
        assert first.communicate() == (b"", b""), "what it prints could go into a journal"
        assert not page.exists()
        assert not (home / "serving.txt").exists()
    finally:
        if first.poll() is None:
            first.send_signal(signal.SIGKILL)
        first.communicate(timeout=30)


def test_the_selftest_of_a_dashboard_that_answers(capsys: pytest.CaptureFixture[str]) -> None:
    from withhold.faces.app import selftest

    assert selftest() == 0
    assert "in order" in capsys.readouterr().out


# What a person sees ------------------------------------------------------------------------------


def test_both_languages_say_the_same_things() -> None:
    english, german = words_of("app", "en"), words_of("app", "de")
    assert english.keys() == german.keys()
    assert english["end"] != german["end"]


@pytest.mark.parametrize("lang", ["en", "de"])
def test_a_failed_start_says_what_and_what_to_do(lang: str) -> None:
    words = words_of("app", lang)
    page = app_failed.told(StoreTrouble("<script>", "free some room"), words, lang)
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "free some room" in page
    assert words["failed_else"] in page
    assert "Traceback" not in page
    unknown = app_failed.told(RuntimeError("odd"), words, lang)
    assert "RuntimeError: odd" in unknown
    assert words["failed_lines_about"] in unknown


@pytest.mark.parametrize(
    "url", ["http://192.0.2.1/", "http://example.org/", "https://127.0.0.1/", "file:///etc/passwd"]
)
def test_no_other_computer_is_asked(url: str) -> None:
    assert page_at(url) == (0, b"")


def test_a_browser_that_sees_no_hidden_folder_gets_a_copy_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Path] = []
    monkeypatch.setattr(opener.shutil, "which", lambda _: "/usr/bin/snap")
    monkeypatch.setattr(opener.Path, "home", lambda: tmp_path)
    monkeypatch.setattr(opener, "_SEEN_WITHIN", 0.2)

    def browse(uri: str) -> bool:
        given.append(Path(uri.removeprefix("file://")))
        assert stat.S_IMODE(given[-1].stat().st_mode) == 0o600
        assert "127.0.0.1:9" in given[-1].read_text()
        return True

    monkeypatch.setattr(opener.webbrowser, "open", browse)
    with opener.leading("http://127.0.0.1:9/?token=x", tmp_path / ".local" / "home") as page:
        assert opener.shown(page)
    assert given[0].parent == tmp_path
    for _ in range(300):
        if not given[0].exists():
            break
        time.sleep(0.02)
    assert not given[0].exists()


def test_a_browser_gets_the_libraries_of_the_system() -> None:
    environment = {"LD_LIBRARY_PATH": "/app", "LD_LIBRARY_PATH_ORIG": "/mine", "LIBPATH": "/app"}
    built.as_outside(environment)
    assert environment["LD_LIBRARY_PATH"] == "/mine"
    assert "LIBPATH" not in environment


def test_tls_trusts_what_the_system_has_and_else_what_was_taken_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    paths = SimpleNamespace(cafile=str(tmp_path / "ca.pem"), capath=None)
    monkeypatch.setattr(built.ssl, "get_default_verify_paths", lambda: paths)
    environment: dict[str, str] = {}
    built.with_authorities(environment)
    assert environment == {}
    paths.cafile, paths.capath = None, str(tmp_path / "empty")
    built.with_authorities(environment)
    assert Path(environment["SSL_CERT_FILE"]).read_text("ascii").count("BEGIN CERTIFICATE") > 50
