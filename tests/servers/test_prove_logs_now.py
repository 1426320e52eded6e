"""The clock of the machine, unscripted: nginx and Caddy write their logs as they come from the
package, the robots.txt is changed and looked at while they run, and a no counts at once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.run import complains, here
from tests.servers.logged import Site, caddy, nginx

pytestmark = pytest.mark.system
GPTBOT = "Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)"
CCBOT = "CCBot/2.0 (https://commoncrawl.org/faq/)"
OPENAIS, NOBODYS = "20.171.206.7", "45.33.32.156"
OPEN = b"User-agent: *\nDisallow:\n"
NO = b"User-agent: GPTBot\nDisallow: /\n"


@pytest.fixture
def site(ground: Path) -> Path:
    folder = ground / "site"
    folder.mkdir()
    (folder / "index.html").write_text("<p>A page.")
    (ground / "dated").mkdir()
    return folder


def _say(site: Path, body: bytes) -> None:
    """The robots.txt from now on; kept under the second in which it was written."""
    _next_second()
    (site / "robots.txt").write_bytes(body)
    kept = site.parent / "dated" / f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}.txt"
    kept.write_bytes(body)


def _next_second() -> None:
    """A log knows whole seconds, so what is to be told apart must not share one."""
    before = datetime.now(UTC).replace(microsecond=0)
    while datetime.now(UTC).replace(microsecond=0) == before:
        time.sleep(0.01)


def _played(served: Site, site: Path) -> None:
    """GPTBot before and after a no; another by name only; CCBot, who is not meant."""
    _say(site, OPEN)
    served.ask(GPTBOT, OPENAIS, "/")
    served.ask(CCBOT, NOBODYS, "/robots.txt")
    _say(site, NO)
    for _ in range(3):
        served.ask(GPTBOT, OPENAIS, "/?q=%22quoted%22")
    served.ask(GPTBOT, NOBODYS, "/")
    served.ask(GPTBOT, OPENAIS, "/robots.txt")
    served.ask("curl/8.0", "84.17.46.5", "/")


def _told(log: Path, site: Path, grace: int) -> dict[str, Any]:
    dated = site.parent / "dated"
    ran = here("prove", "logs", log, "--robots", dated, "--grace", str(grace), "--format", "json")
    found: dict[str, Any] = json.loads(ran.ok().out)
    return found


def _row(told: dict[str, Any], token: str) -> list[int]:
    """requests, verified, spoofed, unverified, allowed, in spite, before, robots.txt, spoofed no"""
    one = next(one for one in told["crawlers"] if one["token"] == token)
    names = ("requests", "verified", "spoofed", "unverified", "allowed", "in_spite", "before_no")
    return [one[name] for name in (*names, "robots_fetches", "spoofed_in_spite")]


def test_nginx_with_its_own_format_and_clock(ground: Path, site: Path) -> None:
    with nginx(ground, site, scripted=False) as served:
        _played(served, site)
        served.lines(8)
    told = _told(served.log, site, 0)
    assert (told["lines"], told["other"], told["unreadable"]) == (8, 1, 0)
    assert _row(told, "GPTBot") == [6, 5, 1, 0, 1, 3, 1, 1, 1]
    assert _row(told, "CCBot") == [1, 0, 1, 0, 0, 0, 0, 0, 0]  # not CCBot's look at robots.txt
    in_a_day = _told(served.log, site, 24)
    assert _row(in_a_day, "GPTBot") == [6, 5, 1, 0, 1, 0, 4, 1, 0]
    assert [len(one["robots"]) for one in (told, in_a_day)] == [2, 2]


def test_caddy_in_json_knows_its_clients_only_as_the_loopback(ground: Path, site: Path) -> None:
    with caddy(ground, site) as served:
        _played(served, site)
        served.lines(8)
        requests = [one for one in served.lines(8) if "handled request" in one]
    told = _told(served.log, site, 0)
    assert len(requests) == 8
    assert told["lines"] == len(served.log.read_text().splitlines())
    assert told["other"] + told["unreadable"] == told["lines"] - 7
    # Behind a proxy every client has the proxy's address, and nobody is accused by it.
    assert _row(told, "GPTBot") == [6, 0, 0, 6, 1, 4, 1, 1, 0]
    assert _row(told, "CCBot") == [1, 0, 0, 1, 1, 0, 0, 1, 0]


@pytest.mark.long
def test_what_check_kept_of_a_site_is_what_was_in_force(
    ground: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WITHHOLD_HOME", str(ground / "home"))

    def look() -> None:
        _next_second()
        here("check", served.running.url, "--in", "DE", "--allow-private").ok()
        _next_second()

    with nginx(ground, site, scripted=False) as served:
        here("own", "add", "site", served.running.url).ok()
        served.ask(GPTBOT, OPENAIS, "/")  # before the first look: nobody knows
        (site / "robots.txt").write_bytes(OPEN)
        look()
        served.ask(GPTBOT, OPENAIS, "/")
        (site / "robots.txt").write_bytes(NO)
        served.ask(GPTBOT, OPENAIS, "/")  # said no already, and no look knows it yet
        look()
        served.ask(GPTBOT, OPENAIS, "/")
        look()  # a 304: still the same
        (site / "robots.txt").write_bytes(OPEN + b"# again\n")
        served.ask(GPTBOT, OPENAIS, "/")  # between the last no and the next look: not judged
        look()
        served.ask(GPTBOT, OPENAIS, "/")
        told = json.loads(
            here("prove", "logs", served.log, "--grace", "0", "--format", "json").ok().out
        )
    (one,) = told["crawlers"]
    counts = {name: one[name] for name in ("unjudged", "before_no", "in_spite", "allowed")}
    assert counts == {"unjudged": 2, "before_no": 0, "in_spite": 1, "allowed": 3}
    assert len(told["robots"]) == 3
    complains(
        here("prove", "logs", served.log, "--site", "nowhere.example"),
        2,
        "no robots.txt of nowhere.example was kept",
    )


@pytest.mark.parametrize("server", [nginx, caddy], ids=["nginx", "caddy"])
def test_a_site_without_a_robots_txt_refused_nobody(
    ground: Path, site: Path, server: Callable[..., Any]
) -> None:
    more = {"scripted": False} if server is nginx else {}
    with server(ground, site, **more) as served:
        assert served.ask(GPTBOT, OPENAIS, "/robots.txt") == 404
        (site.parent / "dated" / f"{datetime.now(UTC):%Y-%m-%d}.txt").write_bytes(b"")
        served.ask(GPTBOT, OPENAIS, "/")
        served.lines(2)
    told = _told(served.log, site, 24)
    (one,) = told["crawlers"]
    assert (one["requests"], one["allowed"], one["robots_fetches"]) == (2, 2, 1)
