"""A scripted site: who came is known, nginx writes it down, and `prove logs` tells it from that.

Twelve crawlers: three ask in spite of a no, two came before it, three heed it (or are not refused),
four have the name and not the address. The robots.txt is changed while nginx runs; what it said on
a day is what the owner fetched on that day. The table is by hand.
"""

from __future__ import annotations

import gzip
import json
import shutil
import socket
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.journeys.run import here
from tests.servers.logged import Site, nginx

pytestmark = pytest.mark.system
OPEN = b"User-agent: *\nDisallow: /private/\n"
REFUSED = ("GPTBot", "ClaudeBot", "CCBot", "PerplexityBot", "Bytespider", "Meta-ExternalAgent")
NAMED = b"".join(b"User-agent: %s\n" % one.encode() for one in (*REFUSED, "OAI-SearchBot"))
NO = OPEN + b"\n" + NAMED + b"Disallow: /\n"  # the last line is the 11th
GOOD = "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; {}; +https://x.example)"
# Who, as it calls itself, and from where. What is published of them is in knowledge/ranges/.
CLIENTS = {
    "GPTBot": (GOOD.format("GPTBot/1.2"), "20.171.206.7"),
    "PerplexityBot": (GOOD.format("PerplexityBot/1.0"), "18.97.9.100"),
    "Bytespider": ("Mozilla/5.0 (compatible; Bytespider; spider@bytedance.com)", "110.249.201.9"),
    "ClaudeBot": (GOOD.format("ClaudeBot/1.0"), "216.73.216.10"),
    "Meta-ExternalAgent": ("meta-externalagent/1.1 (+https://x.example)", "31.13.24.5"),
    "CCBot": ("CCBot/2.0 (https://commoncrawl.org/faq/)", "2600:1f28:365:8000::5"),
    "Applebot": ("Mozilla/5.0 Safari/605.1.15 (Applebot/0.1)", "17.241.75.9"),
    "ChatGPT-User": (GOOD.format("ChatGPT-User/1.0"), "4.151.71.177"),
    "OAI-SearchBot": (GOOD.format("OAI-SearchBot/1.0"), "45.33.32.156"),
    "bingbot": (GOOD.format("bingbot/2.0"), "185.220.101.7"),
    "DuckDuckBot": ("DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)", "193.32.162.9"),
    "Perplexity-User": (GOOD.format("Perplexity-User/1.0"), "91.92.240.3"),
    "a person": ('Mozilla/5.0 (X11) "Firefox"/131.0 \x1b[31m', "84.17.46.5"),
    "a control token": (GOOD.format("Google-Extended"), "66.249.66.1"),
    "the owner": ("Mozilla/5.0 (X11; the owner)", "84.17.46.6"),
}
# Day of June 2026 and time (UTC), who, what for. The no is there from the 5th, and counts from
# the 6th. "-": the owner looks at the robots.txt, and keeps what it says.
BEFORE = """
01 00:00:00 the owner           /robots.txt -
02 10:00:00 GPTBot              /robots.txt
02 10:00:01 GPTBot              /story.html
03 08:00:00 ClaudeBot           /robots.txt
03 08:00:01 ClaudeBot           /story.html
03 09:00:00 a person            /
04 23:59:59 ClaudeBot           /pic.png?size=1
"""
AFTER = """
05 00:00:00 the owner           /robots.txt -
05 00:00:00 Meta-ExternalAgent  /story.html
05 23:59:59 Meta-ExternalAgent  /
06 00:00:00 GPTBot              /robots.txt
06 00:00:00 GPTBot              /story.html
06 07:00:00 CCBot               /robots.txt
06 07:00:00 Applebot            /robots.txt
06 07:00:01 Applebot            /story.html
06 12:00:00 PerplexityBot       /story.html
06 12:00:00 Bytespider          /
06 12:00:01 Bytespider          /story.html
06 12:00:02 Bytespider          /private/a.html
07 09:00:00 a person            /story.html
07 09:00:00 a control token     /story.html
07 10:00:00 PerplexityBot       /
07 10:00:00 OAI-SearchBot       /story.html
07 10:00:00 bingbot             /wp-login.php
07 11:00:00 DuckDuckBot         /private/a.html
07 11:00:01 DuckDuckBot         /private/a.html
07 12:00:00 Perplexity-User     /story.html
07 12:00:00 ChatGPT-User        /story.html
07 23:00:00 GPTBot              /pic.png
08 00:00:00 GPTBot              /nothing
08 07:00:00 CCBot               /robots.txt
"""
COLUMNS = """
  requests verified spoofed unverified  allowed in_spite before_no  robots_fetches
  in_grace served refused_by_server  spoofed_in_spite in_spite_verified
"""
TABLE = """
GPTBot             6 6 0 0  2 3 1  2  0 2 1  0 3
PerplexityBot      2 2 0 0  0 2 0  0  0 0 2  0 2
Bytespider         3 0 0 3  0 3 0  0  0 3 0  0 0
ClaudeBot          3 3 0 0  1 0 2  1  0 0 0  0 0
Meta-ExternalAgent 2 2 0 0  0 0 2  0  2 0 0  0 0
CCBot              2 2 0 0  2 0 0  2  0 0 0  0 0
Applebot           2 2 0 0  2 0 0  1  0 0 0  0 0
ChatGPT-User       1 1 0 0  1 0 0  0  0 0 0  0 0
OAI-SearchBot      1 0 1 0  0 0 0  0  0 0 0  1 0
bingbot            1 0 1 0  0 0 0  0  0 0 0  0 0
DuckDuckBot        2 0 2 0  0 0 0  0  0 0 0  2 0
Perplexity-User    1 0 1 0  0 0 0  0  0 0 0  0 0
"""
OTHERS = 6  # the owner twice, a person twice, the control token, and who speaks no HTTP
HOLDS_OFF = 'location / { if ($http_user_agent ~ "PerplexityBot") { return 403; } }'


class Ran:
    """What is left when the servers are gone: two logs, and the robots.txt by their days."""

    def __init__(self, ground: Path) -> None:
        self.new, self.old = ground / "access.log", ground / "access.log.1.gz"
        self.robots = ground / "dated"
        self.lines: list[str] = []

    def told(self, *files: Path) -> dict[str, Any]:
        logs = files or (self.new, self.old)
        ran = here("prove", "logs", *logs, "--robots", self.robots, "--format", "json")
        found: dict[str, Any] = json.loads(ran.ok().out)
        return found


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """The script, run once."""
    ground = tmp_path_factory.mktemp("scripted")
    site, left = ground / "site", Ran(ground)
    (site / "private").mkdir(parents=True)
    left.robots.mkdir()
    for name in ("index.html", "story.html", "pic.png", "private/a.html"):
        (site / name).write_text(name * 10)
    with nginx(ground, site, scripted=True, own=HOLDS_OFF) as served:
        (site / "robots.txt").write_bytes(OPEN)
        asked = _played(served, BEFORE, left.robots)
        old = served.rotate(asked)
        (site / "robots.txt").write_bytes(NO)
        asked = _played(served, AFTER, left.robots)
        _no_http(served)
        left.lines = old.read_text().splitlines() + served.lines(asked + 1)
    left.old.write_bytes(gzip.compress(old.read_bytes()))
    old.unlink()
    yield left
    shutil.rmtree(ground)


def _played(served: Site, script: str, kept: Path) -> int:
    """Every request of the script, in its order; how many there were."""
    lines = script.strip().splitlines()
    for line in lines:
        day, clock, who = line[:2], line[3:11], line[12:32].strip()
        path, _, keep = line[32:].partition(" ")
        at = datetime.fromisoformat(f"2026-06-{day}T{clock}").replace(tzinfo=UTC)
        _, body = served.get(*CLIENTS[who], path, at)
        if keep:
            (kept / f"{at:%Y-%m-%d}.txt").write_bytes(body)
    return len(lines)


def _no_http(served: Site) -> None:
    """What scanners send to a port: the beginning of TLS."""
    parts = urlsplit(served.running.url)
    with closing(socket.create_connection((parts.hostname, parts.port or 80), 10)) as client:
        client.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 \r\n\r\n")
        client.recv(1024)


def test_every_crawler_is_told_as_it_was(ran: Ran) -> None:
    told = ran.told()
    columns = COLUMNS.split()
    expected = {}
    for row in TABLE.strip().splitlines():
        token, *numbers = row.split()
        expected[token] = dict(zip(columns, map(int, numbers), strict=True))
    found = {one["token"]: {name: one[name] for name in columns} for one in told["crawlers"]}
    assert found == expected
    assert len(found) == 12
    assert told["lines"] == len(ran.lines) == 31 + 1
    assert told["other"] + told["unreadable"] == OTHERS
    assert [(one["token"], one["lines"]) for one in told["impossible"]] == [("Google-Extended", 1)]
    assert all(one["unjudged"] == 0 for one in told["crawlers"])


def test_the_robots_txt_that_were_served_are_the_ones_in_force(ran: Ran) -> None:
    robots = ran.told()["robots"]
    assert [(Path(one["name"]).name, one["since"]) for one in robots] == [
        ("2026-06-01.txt", "2026-06-01T00:00:00Z"),
        ("2026-06-05.txt", "2026-06-05T00:00:00Z"),
    ]
    assert (ran.robots / "2026-06-05.txt").read_bytes() == NO


def test_evidence_names_line_rule_and_time_and_shortens_the_address(ran: Ran) -> None:
    crawlers = {one["token"]: one for one in ran.told()["crawlers"]}
    shown = [one for one in crawlers["GPTBot"]["examples"] if one["standing"] == "in-spite"]
    assert shown
    for one in shown:
        assert Path(one["file"]).name == "access.log"
        line = ran.new.read_text().splitlines()[one["line"] - 1]
        assert line.startswith("20.171.206.7 - - [")
        assert one["path"] in line
        assert (one["rule"], one["rule_text"]) == (11, "Disallow: /")
        assert Path(one["robots"]).name == "2026-06-05.txt"
        assert one["address"]
        assert one["address"] != "20.171.206.7"
    assert shown[0]["at"] == "2026-06-06T00:00:00Z"  # 02:00 in the log
    assert crawlers["GPTBot"]["ranges_url"] == "https://openai.com/gptbot.json"
    assert crawlers["Meta-ExternalAgent"]["ranges_whose"] == "registry"
    assert crawlers["Bytespider"]["ranges_seen"] is None


def test_the_order_of_files_and_how_they_are_packed_change_nothing(
    ran: Ran, tmp_path: Path
) -> None:
    whole = tmp_path / "access.log"
    whole.write_text("".join(f"{line}\n" for line in ran.lines))
    first = ran.told(ran.old, ran.new)
    for other in (ran.told(ran.new, ran.old), ran.told(whole)):
        for one, same in zip(first["crawlers"], other["crawlers"], strict=True):
            assert _without_places(one) == _without_places(same)
        assert {key: other[key] for key in ("lines", "other", "unreadable")} == {
            key: first[key] for key in ("lines", "other", "unreadable")
        }


def _without_places(one: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in one.items() if key != "examples"}


def test_goaccess_counts_the_same_requests_of_the_same_clients(ran: Ran, tmp_path: Path) -> None:
    if not shutil.which("goaccess"):
        pytest.skip("goaccess is not installed")
    whole, out = tmp_path / "access.log", tmp_path / "out.json"
    whole.write_text("".join(f"{line}\n" for line in ran.lines))
    command = ["goaccess", whole, "--log-format=COMBINED", "--no-global-config", "-o", out]
    subprocess.run([*command, "--no-progress"], check=True, capture_output=True, timeout=60)
    peer = json.loads(out.read_text())
    ours = ran.told(whole)
    assert peer["general"]["total_requests"] == ours["lines"]
    hits = Counter({one["data"]: one["hits"]["count"] for one in peer["hosts"]["data"]})
    requests = {one["token"]: one["requests"] for one in ours["crawlers"]}
    assert {token: hits[CLIENTS[token][1]] for token in requests} == requests
