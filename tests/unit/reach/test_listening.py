"""Which addresses only this machine reaches, and a page of which the address stays secret."""

from __future__ import annotations

import socket
import stat
import webbrowser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from withhold.errors import BadInput
from withhold.reach import listening

URL = 'http://127.0.0.1:8137/?token=a&b="><script>'


@pytest.mark.parametrize(
    ("address", "loopback", "every"),
    [
        ("127.0.0.1", True, False),
        ("127.8.9.10", True, False),
        ("::1", True, False),
        ("0.0.0.0", False, True),  # noqa: S104 - nothing is bound
        ("::", False, True),
        ("192.0.2.7", False, False),
        ("fe80::1%eth0", False, False),
        ("::ffff:192.0.2.7", False, False),
    ],
)
def test_who_reaches_an_address(address: str, loopback: bool, every: bool) -> None:
    assert listening.is_loopback(address) is loopback
    assert listening.is_every(address) is every


def resolves(monkeypatch: pytest.MonkeyPatch, *found: tuple[int, str]) -> None:
    def asked(*_: Any, **__: Any) -> list[Any]:
        return [(family, socket.SOCK_STREAM, 6, "", (address, 0)) for family, address in found]

    monkeypatch.setattr(socket, "getaddrinfo", asked)


def test_a_name_stands_for_one_numeric_address_and_the_old_kind_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolves(monkeypatch, (socket.AF_INET6, "::1"), (socket.AF_INET, "127.0.0.1"))
    assert listening.numeric("localhost") == "127.0.0.1"
    resolves(monkeypatch, (socket.AF_INET6, "::1"))
    assert listening.numeric("localhost") == "::1"


@pytest.mark.parametrize("why", [socket.gaierror(-2, "not known"), UnicodeError("label too long")])
def test_a_name_that_nobody_has_is_no_address(
    monkeypatch: pytest.MonkeyPatch, why: Exception
) -> None:
    def nobody(*_: Any, **__: Any) -> None:
        raise why

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(BadInput, match="--host nowhere: no address of that name"):
        listening.numeric("nowhere")


@pytest.mark.parametrize("there", [True, False])
def test_the_secret_address_is_in_a_private_file_and_not_on_a_command_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, there: bool
) -> None:
    opened: list[str] = []

    def browser(url: str) -> bool:
        opened.append(url)
        return there

    monkeypatch.setattr(webbrowser, "open", browser)
    assert listening.show(URL, tmp_path) is there
    (said,) = opened
    assert "token" not in said
    file = Path(unquote(urlsplit(said).path))
    assert (urlsplit(said).scheme, file.suffix) == ("file", ".html")
    assert tmp_path in file.parents
    assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0
    page = file.read_text(encoding="utf-8")
    assert "127.0.0.1:8137/?token=a&amp;b=" in page
    assert "<script>" not in page


def test_without_a_browser_it_is_said_and_nothing_breaks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def none(_: str) -> bool:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "open", none)
    assert listening.show(URL, tmp_path) is False
