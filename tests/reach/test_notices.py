"""Notices by apprise to a server on loopback; and what is said when they cannot be sent."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from withhold.errors import BadInput, MissingExtra, WithholdError
from withhold.reach.notices import Notices, scheme

SECRET = "s3cret-t0ken"


@pytest.fixture
def server() -> Iterator[tuple[str, list[dict[str, str]], list[int]]]:
    """Its address, what it was sent, and the status it answers with."""
    got: list[dict[str, str]] = []
    status = [200]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status[0])
            self.end_headers()

        def log_message(self, *args: object) -> None:
            return

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"json://ada:{SECRET}@127.0.0.1:{httpd.server_port}/", got, status
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def test_a_notice_arrives_at_every_address(
    server: tuple[str, list[dict[str, str]], list[int]],
) -> None:
    address, got, _ = server
    Notices([address, address]).send("title", "text")
    assert [(one["title"], one["message"]) for one in got] == [("title", "text")] * 2


def test_trouble_names_the_scheme_and_nothing_else_of_the_address(
    server: tuple[str, list[dict[str, str]], list[int]],
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    address, got, status = server
    status[0] = 500
    with caplog.at_level(logging.DEBUG), pytest.raises(WithholdError) as why:
        Notices([address]).send("title", "text")
    assert why.value.message == "no notice could be sent by json://"
    assert len(got) == 1
    out = capfd.readouterr()
    assert SECRET not in out.out + out.err + caplog.text + why.value.message + why.value.tip


def test_one_that_fails_keeps_no_other_from_being_sent(
    server: tuple[str, list[dict[str, str]], list[int]],
) -> None:
    address, got, _ = server
    with pytest.raises(WithholdError):
        Notices(["json://127.0.0.1:1/", address]).send("title", "text")
    assert len(got) == 1


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        (f"nosuch://{SECRET}", "nosuch://"),
        (SECRET, "without a scheme"),
        ("", "without a scheme"),
        (f"tgram://{SECRET}", "tgram://"),
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_done(bad: str, named: str) -> None:
    with pytest.raises(BadInput) as why:
        Notices([bad])
    assert f"the first address ({named})" in why.value.message
    assert SECRET not in why.value.message


def test_of_an_address_only_the_scheme_is_named() -> None:
    assert scheme("tgram://123:abc/456") == "tgram://"
    assert scheme("mailto://ada:pw@example.org") == "mailto://"
    assert scheme("123:abc") == "without a scheme"


def test_without_the_extra_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(MissingExtra) as why:
        Notices(["json://x"])
    assert why.value.tip == 'pip install "withhold[notify]"'
