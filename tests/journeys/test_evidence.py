"""Every response kept, what did not change asked for with a condition: Python's own file server
answers 304 by itself, and its log says what was asked and what came of it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.journeys.run import OWNER, PACKAGE, Ran, command, environment, flat, here

ASK = ("--in", "DE", "--allow-private")
LONG_AGO = 1_700_000_000


class Site:
    """A folder, served on every loopback address of a port; ``log`` has host, path and status."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log: list[tuple[str, str, int]] = []
        self.slow = 0.0
        site = self

        class Handler(SimpleHTTPRequestHandler):
            def __init__(self, *args: Any, **more: Any) -> None:
                super().__init__(*args, directory=str(folder), **more)

            def do_GET(self) -> None:
                time.sleep(site.slow)
                super().do_GET()

            def log_request(self, code: Any = "-", size: Any = "-") -> None:
                site.log.append((self.headers["Host"], self.path, int(code)))

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: the log is kept above."""

        class Server(ThreadingHTTPServer):
            request_queue_size = 128

            def handle_error(self, *_: object) -> None:
                """Who asked was killed."""

        self.server = Server(("0.0.0.0", 0), Handler)  # noqa: S104 - all of 127/8
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def put(self, name: str, body: bytes, at: int = LONG_AGO) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(body)
        os.utime(path, (at, at))

    def statuses(self) -> dict[str, int]:
        """By path what was answered since this was asked the last time."""
        said = {path: status for _, path, status in self.log}
        self.log.clear()
        return said


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("WITHHOLD_CONTACT", "tests@withhold.example")
    served = Site(tmp_path / "www")
    served.put("robots.txt", b"User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    served.put("index.html", b"<html><head><meta name=robots content=noarchive></head></html>")
    served.put("ai.txt", b"User-Agent: *\nDisallow: *\n")
    thread = threading.Thread(target=served.server.serve_forever, daemon=True)
    thread.start()
    yield served
    served.server.shutdown()
    served.server.server_close()
    thread.join()


def document(ran: Ran) -> Any:
    return json.loads(ran.ok().out)


def evidence(ran: Ran) -> list[dict[str, Any]]:
    """What a document says of its evidence, each file looked at."""
    files: list[dict[str, Any]] = document(ran)["evidence"]
    for one in files:
        data = Path(one["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == one["sha256"]
        assert len(data) == one["size"]
    return files


def records(*paths: str) -> list[tuple[str, str]]:
    """Type and address of each record; warcio checks the digests."""
    found = []
    for path in paths:
        with Path(path).open("rb") as file:
            for one in ArchiveIterator(file, check_digests="raise"):
                one.content_stream().read()
                found.append((one.rec_type, one.rec_headers.get_header("WARC-Target-URI")))
    return found


FILES = {"/robots.txt": 200, "/": 200, "/ai.txt": 200, "/.well-known/tdmrep.json": 404}
AGAIN = {**FILES, "/robots.txt": 304, "/ai.txt": 304}


def test_a_site_asked_twice_answers_the_same_and_sends_less(site: Site, home: Path) -> None:
    first = here("check", site.url, *ASK, "--format", "json")
    assert site.statuses() == FILES
    again = here("check", site.url, *ASK, "--format", "json")
    assert site.statuses() == AGAIN
    assert document(again)["verdicts"] == document(first)["verdicts"]
    (one,) = evidence(first)
    new, old = evidence(again)
    assert (one["earlier"], new["earlier"], old["earlier"]) == (False, False, True)
    assert old["path"] == one["path"]
    assert Path(one["path"]).parent == home / "responses"
    wanted = {f"{site.url}{path}" for path in FILES}
    assert {at for kind, at in records(one["path"]) if kind == "response"} == wanted
    counts = Counter(kind for kind, _ in records(new["path"]))
    assert counts == {"warcinfo": 1, "revisit": 2, "response": 2, "request": 4}
    assert "4 responses kept, 0 of them unchanged" in first.err
    assert "4 responses kept, 2 of them unchanged" in again.err
    assert f"SHA-256 {new['sha256']}" in again.err
    assert "--no-evidence keeps none" in again.err
    here("doctor").ok()


def test_what_changed_in_between_is_answered_by(site: Site) -> None:
    here("check", site.url, *ASK).ok()
    site.statuses()
    site.put("robots.txt", b"User-agent: *\nAllow: /\n", LONG_AGO + 60)
    found = document(here("check", site.url, *ASK, "--actor", "openai", "--format", "json"))
    assert site.statuses() == {**AGAIN, "/robots.txt": 200}
    fresh = document(
        here("check", site.url, *ASK, "--actor", "openai", "--format", "json", "--no-evidence")
    )
    assert site.statuses() == FILES
    assert found["verdicts"] == fresh["verdicts"]


def test_no_evidence_leaves_nothing_and_asks_in_full(site: Site, home: Path) -> None:
    for _ in range(2):
        ran = here("check", site.url, *ASK, "--no-evidence", "--format", "json")
        assert "evidence" not in document(ran)
        assert ran.err == ""
        assert site.statuses() == FILES
    assert not home.exists()


def test_for_the_owner_of_a_file_nothing_is_written(site: Site, home: Path) -> None:
    here("check", site.url, "--allow-private", "--owner", OWNER).ok()
    assert not home.exists()


def test_only_its_owner_can_read_it(site: Site, home: Path) -> None:
    command("check", site.url, *ASK).ok()
    modes = {one.name: one.stat().st_mode & 0o777 for one in (home, home / "responses")}
    assert set(modes.values()) == {0o700}
    files = list((home / "responses").iterdir())
    assert [one.stat().st_mode & 0o777 for one in files] == [0o600]


def test_it_is_said_in_german_too(site: Site) -> None:
    said = flat(here("check", site.url, *ASK, "--lang", "de").ok().err)
    assert "Belege: 4 Antworten aufbewahrt, davon 0 unverändert (304)." in said
    assert "mit --no-evidence wird keine aufbewahrt" in said


def test_a_home_that_cannot_be_written_ends_no_check(site: Site, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    home = {"WITHHOLD_HOME": str(closed / "home")}
    ran = command("check", site.url, *ASK, "--format", "json", env=home, as_if_not_root=True)
    assert evidence(ran) == []
    assert "4 responses could not be kept (" in ran.err
    assert "Permission denied" in ran.err
    assert "Traceback" not in ran.err


def test_a_body_that_was_changed_on_the_disk_is_not_believed(site: Site) -> None:
    ask = ("check", site.url, *ASK, "--actor", "openai", "--format", "json")
    ran = here(*ask)
    (one,) = evidence(ran)
    path = Path(one["path"])
    path.write_bytes(path.read_bytes().replace(b"GPTBot", b"GPTBit"))
    site.statuses()
    again = here(*ask)
    assert site.statuses() == {**FILES, "/ai.txt": 304}, "what is whole is believed still"
    assert document(again)["verdicts"] == document(ran)["verdicts"]
    doctor = here("doctor")
    assert doctor.code == 1
    assert f"responses/{path.name} was changed" in doctor.out


def test_it_is_forgotten_together(site: Site, home: Path) -> None:
    for _ in range(2):
        here("check", site.url, *ASK).ok()
    site.statuses()
    assert here("own", "forget", "--responses").code == 2, "it asks first, or wants --yes"
    said = here("own", "forget", "--responses", "--yes").ok().out
    assert said.startswith("forgotten: 2 files of responses\nsearched ")
    assert " is left\n" in said
    assert list((home / "responses").iterdir()) == []
    assert "127.0.0.1" not in (home / "withhold.db").read_bytes().decode("latin-1")
    here("doctor").ok()
    here("check", site.url, *ASK).ok()
    assert site.statuses() == FILES
    here("own", "forget", "--all", "--yes").ok()
    assert list((home / "responses").iterdir()) == []


# Many sites -------------------------------------------------------------------------------------

SITES = 25


@pytest.fixture
def listed(site: Site, tmp_path: Path) -> Path:
    path = tmp_path / "sites.txt"
    hosts = [f"http://127.0.4.{number}:{site.port}" for number in range(1, SITES + 1)]
    path.write_text("\n".join(hosts) + "\n")
    return path


def rows(ran: Ran) -> list[str]:
    return sorted(json.dumps(row) for row in document(ran)["rows"])


def test_a_list_asked_twice(site: Site, listed: Path) -> None:
    ask = ("check", "-f", listed, *ASK, "--format", "json")
    first = command(*ask)
    assert Counter((path, status) for _, path, status in site.log) == dict.fromkeys(
        FILES.items(), SITES
    )
    site.log.clear()
    again = command(*ask)
    answered = Counter((path, status) for _, path, status in site.log)
    assert answered == dict.fromkeys(AGAIN.items(), SITES)
    assert rows(again) == rows(first)
    new, old = evidence(again)
    assert (new["earlier"], old["earlier"]) == (False, True)
    kinds = Counter(kind for kind, _ in records(new["path"]))
    not_modified = sum(status == 304 for _, _, status in site.log)
    assert kinds["revisit"] == not_modified == 2 * SITES
    assert kinds["request"] == len(site.log)
    assert f"{len(site.log)} responses kept, {not_modified} of them unchanged" in again.err


@pytest.mark.parametrize("form", ["csv", "text"])
def test_the_summary_says_where_it_lies(listed: Path, form: str) -> None:
    ran = command("check", "-f", listed, *ASK, "--format", form).ok()
    said = ran.out if form == "text" else ran.err
    found = re.search(r"^  (/.*\.warc\.gz) \(.* KiB, SHA-256 ([0-9a-f]{64})\)$", said, re.MULTILINE)
    assert found
    assert hashlib.sha256(Path(found[1]).read_bytes()).hexdigest() == found[2]


def test_a_list_without_evidence(site: Site, listed: Path, home: Path) -> None:
    ran = command("check", "-f", listed, *ASK, "--format", "json", "--no-evidence")
    assert document(ran)["evidence"] == []
    assert "vidence" not in ran.err
    assert not home.exists()


def test_a_run_that_was_killed_has_its_evidence_named_by_the_one_that_goes_on(
    site: Site, listed: Path, tmp_path: Path
) -> None:
    done = tmp_path / "done.jsonl"
    ask = ["check", "-f", str(listed), *ASK, "--format", "json", "--resume", str(done)]
    site.slow = 0.05
    run = subprocess.Popen(
        [sys.executable, "-m", "withhold", *ask],
        env=environment(PACKAGE.parent),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for(lambda: done.exists() and done.read_bytes().count(b"\n") > 3, run)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    finished = [json.loads(line)["site"] for line in done.read_text().splitlines()[1:]]
    assert 3 <= len(finished) < SITES
    site.slow = 0.0
    ran = command(*ask)
    new, old = evidence(ran)
    assert (new["earlier"], old["earlier"]) == (False, True)
    kept = {at for kind, at in whole_records(old["path"]) if kind == "response"}
    assert {f"{name}/robots.txt" for name in finished} <= kept
    kept |= {at for kind, at in records(new["path"]) if kind == "response"}
    assert {f"{row['site']}/robots.txt" for row in document(ran)["rows"]} <= kept


def whole_records(path: str) -> list[tuple[str, str]]:
    """Of a file whose writer was killed: what is whole; the last record may be cut."""
    found = []
    with Path(path).open("rb") as file, contextlib.suppress(Exception):  # said of a cut record
        for one in ArchiveIterator(file):
            one.content_stream().read()
            found.append((one.rec_type, one.rec_headers.get_header("WARC-Target-URI")))
    return found


def wait_for(what: Callable[[], bool], run: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while not what():
        assert run.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)
