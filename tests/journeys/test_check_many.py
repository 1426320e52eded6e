"""``check -f sites.txt``: many sites of loopback; killed and begun again; each format."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.journeys.run import PACKAGE, command, complains, environment, here

ASK = ("--in", "DE", "--allow-private")
SITES = 60


class World(BaseHTTPRequestHandler):
    """Each loopback address is a site: every third refuses, every tenth is out of order."""

    def do_GET(self) -> None:
        """Answers by the last number of the address that was asked."""
        number = int(self.headers["Host"].partition(":")[0].rpartition(".")[2])
        self.server.asked[self.headers["Host"], self.path] += 1  # type: ignore[attr-defined]
        time.sleep(self.server.slow)  # type: ignore[attr-defined]
        body, status = b"", 404
        if self.path == "/robots.txt":
            status = 503 if number % 10 == 0 else 200
            body = b"User-agent: GPTBot\nDisallow: /\n" if number % 3 == 0 else b"User-agent: *\n"
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # who asked was killed
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def world() -> Iterator[ThreadingHTTPServer]:
    ThreadingHTTPServer.request_queue_size = 128
    server = ThreadingHTTPServer(("0.0.0.0", 0), World)  # noqa: S104 - all of 127/8
    server.asked, server.slow = Counter(), 0.0  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def listed(world: ThreadingHTTPServer, tmp_path: Path) -> Path:
    port = world.server_address[1]
    sites = [f"http://127.0.3.{number}:{port}" for number in range(1, SITES + 1)]
    path = tmp_path / "sites.txt"
    path.write_text("\n".join([*sites, sites[0] + "/again", "http://not a site"]) + "\n")
    return path


@pytest.fixture(autouse=True)
def contact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WITHHOLD_CONTACT", "tests@withhold.example")


def expected(number: int) -> str:
    """What OpenAI is told by a site."""
    return "unknown" if number % 10 == 0 else "disallowed" if number % 3 == 0 else "allowed"


def whole(rows: list[dict[str, str]]) -> None:
    """Every site has one row for every company, and OpenAI's says what the site says."""
    per_site = Counter(row["site"] for row in rows)
    assert len(per_site) == SITES + 1
    assert len(set(per_site.values())) == 1
    assert len({(row["site"], row["actor"]) for row in rows}) == len(rows)
    for row in rows:
        if row["actor"] == "openai" and row["site"] != "http://not a site":
            number = int(row["site"].rpartition(":")[0].rpartition(".")[2])
            assert row["answer"] == expected(number), row


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_has_a_row_per_site_and_company(listed: Path) -> None:
    ran = command("check", "-f", listed, *ASK, "--format", "csv").ok()
    rows = read(ran.out)
    whole(rows)
    refused = next(row for row in rows if row["actor"] == "openai" and ".3.3:" in row["site"])
    assert (refused["line"], refused["text"]) == ("2", "Disallow: /")
    assert refused["place"].endswith("/robots.txt")
    assert "61 sites" in ran.err
    assert "OpenAI: no from 18 (promised), may at 36, not known at 7" in ran.err
    assert "unreachable: status 503: 6" in ran.err
    assert "bad-url: 1" in ran.err
    assert "\r" not in ran.err


def test_json_holds_rows_and_summary(listed: Path) -> None:
    ran = command("check", "-f", listed, *ASK, "--actor", "openai", "--format", "json").ok()
    found = json.loads(ran.out)
    assert found["schema"] == "withhold/sites/1"
    assert found["summary"]["companies"] == {
        "openai": {"promised": 18, "allowed": 36, "unknown": 7}
    }
    assert found["summary"]["unknown"] == {"unreachable: status 503": 6, "bad-url": 1}
    whole([{key: str(said) for key, said in row.items()} for row in found["rows"]])


def test_parquet_is_read_by_another_library(listed: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    ran = command("check", "-f", listed, *ASK, "--format", "parquet").ok()
    whole(parquet.read_table(io.BytesIO(ran.raw)).to_pylist())


def test_text_is_the_summary(listed: Path) -> None:
    ran = command("check", "-f", listed, *ASK).ok()
    assert "no from 18" in ran.out
    assert ran.err == ""


def test_sites_of_ones_own_are_named_only_where_some_are_in_the_list(
    listed: Path, home: Path
) -> None:
    first = listed.read_text().splitlines()[0]
    here("own", "add", "site", "https://elsewhere.example").ok()
    ask = ("check", "-f", listed, *ASK, "--actor", "openai", "--format", "csv")
    assert "sites of yours among them" not in here(*ask).ok().err
    here("own", "add", "site", first).ok()
    assert "sites of yours among them" in here(*ask).ok().err


def test_fail_on_looks_at_all_sites(listed: Path) -> None:
    ask = ("check", "-f", listed, *ASK, "--actor", "openai", "--format", "csv")
    assert command(*ask, "--fail-on", "allowed").code == 11
    assert command(*ask, "--fail-on", "unknown").code == 10
    assert command(*ask, "--fail-on", "weak").code == 0


@pytest.mark.long
@pytest.mark.parametrize("after", [1, 12, 40])
def test_killed_and_begun_again_no_row_is_lost_or_twice(
    world: ThreadingHTTPServer, listed: Path, tmp_path: Path, after: int
) -> None:
    done = tmp_path / "done.jsonl"
    ask = ["check", "-f", str(listed), *ASK, "--format", "csv", "--resume", str(done)]
    world.slow = 0.1  # type: ignore[attr-defined]
    run = subprocess.Popen(
        [sys.executable, "-m", "withhold", *ask],
        env=environment(PACKAGE.parent),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while not done.exists() or done.read_bytes().count(b"\n") <= after:
        assert run.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    finished = done.read_bytes().count(b"\n") - 1
    assert after <= finished < SITES
    world.slow = 0.0  # type: ignore[attr-defined]
    world.asked.clear()  # type: ignore[attr-defined]
    whole(read(command(*ask).ok().out))
    asked_again = {host for host, path in world.asked if path == "/robots.txt"}  # type: ignore[attr-defined]
    assert len(asked_again) <= SITES - finished + 1  # the line that is no site may be among them
    world.asked.clear()  # type: ignore[attr-defined]
    whole(read(command(*ask).ok().out))
    assert not world.asked  # type: ignore[attr-defined]


@pytest.mark.parametrize("line", [b'{"site": "\xff\xfe"}\n', b"\xff\n", b'{"site": 1}\n'])
def test_a_line_of_earlier_that_was_changed_is_told_in_one_line(
    listed: Path, tmp_path: Path, line: bytes
) -> None:
    done = tmp_path / "done.jsonl"
    ask = ("check", "-f", listed, *ASK, "--format", "csv", "--resume", done)
    command(*ask).ok()
    done.write_bytes(done.read_bytes().splitlines(keepends=True)[0] + line)
    ran = command(*ask)  # the heads of the columns are out before the line is read
    assert (ran.code, len(ran.err.splitlines())) == (1, 2), ran.err
    assert "done.jsonl: a line cannot be read" in ran.err


def test_resume_of_another_question_is_refused(listed: Path, tmp_path: Path) -> None:
    done = tmp_path / "done.jsonl"
    ask = ("check", "-f", listed, "--format", "csv", "--resume", done)
    command(*ask, *ASK).ok()
    complains(command(*ask, *ASK, "--path", "/x"), 2, "path /")


def test_the_web_of_an_earlier_day_cannot_be_fetched(listed: Path) -> None:
    complains(command("check", "-f", listed, *ASK, "--when", "2026-11-01"), 2, "today")


def test_resume_needs_a_list_of_sites(tmp_path: Path) -> None:
    mixed = tmp_path / "mixed.txt"
    mixed.write_text("linkedin\nhttps://example.org\n")
    done = str(tmp_path / "done.jsonl")
    complains(command("check", "-f", mixed, *ASK, "--resume", done), 2, "--resume")
    complains(command("check", "linkedin", *ASK, "--resume", done), 2, "--resume")
    assert not Path(done).exists()
