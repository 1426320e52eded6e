"""The server as it is started and ended: one for one home, on this machine, without a trace."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.dashboard.served import serving
from tests.dashboard.threaded import running
from tests.journeys.run import command, complains
from withhold.errors import BadInput, StoreTrouble
from withhold.faces.web.jobs import Job
from withhold.faces.web.serving import Served, serve
from withhold.keep import serving as one_server
from withhold.reach.dropped import Dropped

EVERY = "0.0.0.0"  # noqa: S104


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


# Its life ----------------------------------------------------------------------------------------


def test_it_prints_one_address_that_opens_it(home: Path) -> None:
    with serving(home) as server, httpx.Client(follow_redirects=True) as browser:
        assert browser.get(f"{server.base}/").status_code == 401
        opened = browser.get(server.url)
        assert opened.status_code == 200
        assert str(opened.url) in (f"{server.base}/", f"{server.base}/first")
        assert browser.get(f"{server.base}/static/web.css").status_code == 200
        assert server.end() == 0
        assert server.process.stdout is not None
        assert server.process.stdout.read() == b""
        assert len(server.errors().splitlines()) == 1


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_and_leaves_nothing(home: Path, how: signal.Signals) -> None:
    with serving(home) as server:
        assert (home / "serving.txt").read_text() == server.base
        (home / "uploads").mkdir()
        (home / "uploads" / "left").write_text("of an upload")
        server.process.send_signal(how)
        assert server.process.wait(30) == 0
        assert "Traceback" not in server.errors()
    assert [one.name for one in (home / "uploads").iterdir()] == []
    assert not (home / "serving.txt").exists()


def test_it_ends_while_a_browser_keeps_its_connections(home: Path) -> None:
    with (
        serving(home) as server,
        socket.create_connection(("127.0.0.1", server.port)),
        httpx.Client() as browser,
    ):
        browser.get(server.url)
        assert server.end(20) == 0


def test_what_a_dead_server_left_is_deleted_at_the_next_start(home: Path) -> None:
    with serving(home) as server:
        server.process.kill()
        server.process.wait(30)
    (home / "uploads").mkdir(exist_ok=True)
    (home / "uploads" / "half").write_bytes(b"of an archive")
    with serving(home):
        assert list((home / "uploads").iterdir()) == []


def test_jobs_are_told_to_stop(home: Path) -> None:
    def work(job: Job) -> list[str]:
        for at in range(100_000):
            job.told(at)
            time.sleep(0.01)
        return []

    from withhold.faces.web.serving import _end

    with running(home) as site:
        first = site.desk.jobs.start("import", "one", work)
        second = site.desk.jobs.start("import", "two", work)
        _end(site.desk)
        site.desk.jobs.wait()
    assert (first.state, second.state) == ("stopped", "stopped")


def test_what_is_dropped_is_forgotten_with_everything(home: Path) -> None:
    with serving(home) as server:
        server.process.kill()
        server.process.wait(30)
    file = Dropped(home)
    file.write(b"half of an archive")
    file.close()
    env = {"WITHHOLD_HOME": str(home)}
    command("own", "set", "place", "DE-BY", env=env).ok()
    command("own", "forget", "--all", "--yes", env=env).ok()
    assert not file.path.exists()


# One for one home --------------------------------------------------------------------------------


def test_a_second_server_on_the_same_home_names_the_first(home: Path) -> None:
    with serving(home) as server:
        second = command("serve", "--port", "0", env={"WITHHOLD_HOME": str(home)})
        complains(second, 1, "another server has this home", server.base)
        assert "token" not in second.err
        assert httpx.get(f"{server.base}/").status_code == 401
    with serving(home) as server:
        assert httpx.get(f"{server.base}/").status_code == 401


def test_a_server_that_was_killed_holds_nothing(home: Path) -> None:
    with serving(home) as server:
        server.process.kill()
        assert server.process.wait(30) == -signal.SIGKILL
    assert (home / "serving.txt").exists()
    with serving(home) as server:
        assert (home / "serving.txt").read_text() == server.base


def test_two_at_the_same_moment_are_one(home: Path) -> None:
    from threading import Barrier, Thread

    together, got = Barrier(8), []

    def hold() -> None:
        together.wait()
        try:
            with one_server.held(home) as tell:
                tell("http://127.0.0.1:1")
                got.append("held")
                wait.wait()
        except StoreTrouble:
            got.append("not")
            wait.wait()

    wait = Barrier(8)
    threads = [Thread(target=hold) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert sorted(got) == ["held", *["not"] * 7]


def test_a_port_that_is_taken(home: Path) -> None:
    with serving(home) as server:
        other = str(home.parent / "other")
        second = command("serve", "--port", str(server.port), env={"WITHHOLD_HOME": other})
        complains(second, 2, f"port {server.port} is taken", "--port 0")


def test_what_it_writes_is_private(home: Path) -> None:
    with serving(home):
        for one in (home, *home.rglob("*")):
            assert stat.S_IMODE(one.stat().st_mode) & 0o077 == 0, one
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


# No trace ----------------------------------------------------------------------------------------


def test_no_secret_is_printed_or_written(home: Path) -> None:
    with serving(home) as server, httpx.Client() as browser:
        token = server.url.partition("token=")[2]
        session = browser.get(server.url).cookies[f"withhold-{server.port}"]
        browser.get(f"{server.base}/nowhere?token={token}&q=secret-words")
        for sent in (
            f"GET /?token={token} HTTP/1.1\r\n\r\n",
            f"GET /?token={token} HTTP/1.1\r\nHost: a\r\nHost: b\r\nCookie: {session}\r\n\r\n",
            f"POST /job?token={token} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Content-Length: 9\r\nCookie: withhold-{server.port}={session}\r\n\r\nsecret-words",
        ):
            with socket.create_connection(("127.0.0.1", server.port)) as sock:
                sock.sendall(sent.encode())
                sock.recv(10)
        kept = b"".join(one.read_bytes() for one in home.rglob("*") if one.is_file())
        server.end()
        for secret in (token, session, "secret-words"):
            assert secret not in server.errors()
            assert secret.encode() not in kept
        command_line = Path(f"/proc/{server.process.pid}/cmdline")
        assert not command_line.exists() or token.encode() not in command_line.read_bytes()


def test_a_browser_is_shown_a_private_file_and_no_token(home: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {seen}.new\nmv {seen}.new {seen}\n')
    browser.chmod(0o755)
    with serving(home, "--open", env={"BROWSER": f"{browser} %s"}) as server:
        for _ in range(500):
            if seen.exists():
                break
            time.sleep(0.02)
        opened = seen.read_text()
        assert opened.startswith(f"file://{home}/uploads/")
        page = Path(opened.removeprefix("file://"))
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        assert f"url={server.url}" in page.read_text()
    assert not page.exists()


# Others ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", [EVERY, "::", "192.0.2.1", "203.0.113.9"])
def test_others_do_not_reach_it_without_password_and_tls(home: Path, host: str) -> None:
    with pytest.raises(BadInput, match=r"--password.* and --tls-cert"):
        serve(home, Served(host=host, port=0), print)
    with pytest.raises(BadInput, match="--tls-cert"):
        serve(home, Served(host=host, port=0, password="long enough words"), print)
    with pytest.raises(BadInput, match="--password"):
        serve(home, Served(host=host, port=0, cert=Path("a"), key=Path("b")), print)
    assert not home.exists()


def test_the_command_line_says_so_too(home: Path, tmp_path: Path) -> None:
    at_home = {"WITHHOLD_HOME": str(home)}
    complains(command("serve", "--host", EVERY, env=at_home), 2, "--password", "--tls-cert")
    complains(command("serve", "--host", "no.such.invalid", env=at_home), 2, "no.such.invalid")
    complains(command("serve", "--password", env=at_home), 2, "--password-file")
    complains(command("serve", "--tls-cert", "a", env=at_home), 2, "--tls-key")
    file = tmp_path / "word"
    for mode, text, said in (
        (0o644, "long enough words\n", "chmod 600"),
        (0o600, "short\n", "5 characters"),
        (0o600, "\n", "no password"),
    ):
        file.write_text(text)
        file.chmod(mode)
        complains(command("serve", "--password-file", file, env=at_home), 2, said)
        env = {**at_home, "WITHHOLD_SERVE_PASSWORD_FILE": str(file)}
        complains(command("serve", env=env), 2, said)
    complains(
        command("serve", "--password-file", tmp_path / "no", env=at_home), 2, "cannot be read"
    )


def test_nothing_heavy_is_read_for_the_help() -> None:
    code = """
import sys
from withhold.faces.cli import main
try:
    main(["serve", "--help"])
except SystemExit:
    print([one for one in ("starlette", "uvicorn", "argon2", "jinja2") if one in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, env=os.environ
    )
    assert done.stdout.endswith("[]\n")
