"""The sums of an answer hold for any mixture of lines, claims, calendars and cuts.

What a line is was decided when it was made, so the counts have an oracle that reads no log.
"""

from __future__ import annotations

import io
import json
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.traces.logs.crawlers import CRAWLERS
from tests.unit.traces.logs.test_any_calendar import BODIES, hour_by_hour
from tests.unit.traces.logs.test_in_force import at
from tests.unit.traces.logs.test_whose import ranges
from withhold.traces.logs import format_of
from withhold.traces.logs.answer import answer
from withhold.traces.logs.counting import Counting
from withhold.traces.logs.in_blocks import pieces
from withhold.traces.logs.in_force import Dated, InForce
from withhold.traces.logs.judging import Judging
from withhold.traces.logs.naming import Names
from withhold.traces.logs.seen import LogSeen
from withhold.traces.logs.tally import Tally
from withhold.traces.logs.whose import Whose
from withhold.verbs import prove_logs

START, HOURS = at("06-01 00:00"), 60
WHOSE = Whose(
    {
        one.id: one
        for one in (
            ranges("GPTBot", "20.1.2.0/25", "2600:1f28:365::/48", operator="openai"),
            ranges("Meta-ExternalAgent", "31.13.24.0/21", operator="meta", whose_list="registry"),
        )
    }
)
CLIENTS = {  # what each says of GPTBot, of Meta-ExternalAgent, of anybody else
    "20.1.2.7": ("verified", "unverified", "unverified"),
    "2600:1f28:365::7": ("verified", "unverified", "unverified"),
    "::ffff:20.1.2.7": ("verified", "unverified", "unverified"),
    "31.13.24.9": ("spoofed", "verified", "unverified"),
    "20.1.2.200": ("spoofed", "unverified", "unverified"),
    "20.1.2.0": ("unverified", "unverified", "unverified"),  # shortened, or the network itself
    "10.0.0.5": ("unverified", "unverified", "unverified"),
    "host.example": ("unverified", "unverified", "unverified"),
}
AGENTS = ["GPTBot", "Meta-ExternalAgent", "CCBot", "Google-Extended", "Firefox", r"\"x\" GPTBot"]
RUBBISH = ["", "half a li", '1.2.3.4 - - [31/Feb/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 1', "{"]
Made = tuple[str, str, int, str]  # client, agent, hour, the line


def made(client: str, agent: str, hour: int, form: str, status: int, zone: int) -> Made:
    when = START + timedelta(hours=hour)
    local = (when + timedelta(hours=zone)).strftime("%d/%b/%Y:%H:%M:%S")
    clf = f'[{local} {"-" if zone < 0 else "+"}{abs(zone):02}00] "GET / HTTP/1.1" {status} 1'
    if form == "json":
        said = {
            "ts": when.timestamp(),
            "status": status,
            "request": {
                "client_ip": client,
                "method": "GET",
                "uri": "/",
                "headers": {"User-Agent": [agent]},
            },
        }
        return client, agent, hour, json.dumps(said)
    host = "example.org:443 " if form == "vhost" else ""
    return client, agent, hour, f'{host}{client} - - {clf} "-" "{agent}"'


LINES = st.lists(
    st.one_of(
        st.builds(
            made,
            st.sampled_from(sorted(CLIENTS)),
            st.sampled_from(AGENTS),
            st.integers(0, HOURS - 1),
            st.sampled_from(["combined", "combined", "combined", "vhost", "json"]),
            st.sampled_from([200, 304, 403, 500]),
            st.sampled_from([0, 0, 0, 2, -7]),
        ),
        st.sampled_from(RUBBISH).map(lambda text: ("", "", -1, text)),
    ),
    max_size=60,
)
CALENDAR = st.dictionaries(st.integers(0, 40), st.sampled_from(sorted(BODIES)), max_size=5)


def dated(files: dict[int, str]) -> list[Dated]:
    return [
        Dated(name=str(hour), since=START + timedelta(hours=hour), body=BODIES[said])
        for hour, said in files.items()
    ]


def counted(log: bytes, robots: list[Dated], cuts: int) -> LogSeen:
    names, force = Names(CRAWLERS), InForce(robots, 5, CRAWLERS) if robots else None
    shape, total = format_of.of(log), Tally()
    each = -(-len(log) // cuts) or 1
    for number, (start, end) in enumerate(pieces(len(log), each)):
        counting = Counting(Judging(names, force, WHOSE))
        list(counting.part(io.BytesIO(log), shape, "a", number, start, end))
        total.add(counting.tally)
    return answer(total, CRAWLERS, names, force, WHOSE, grace_hours=5, whole_addresses=False)


def laws(seen: LogSeen) -> None:
    assert seen.lines == seen.unreadable + seen.other + sum(c.requests for c in seen.crawlers)
    for one in seen.crawlers:
        honest = one.verified + one.unverified
        assert one.requests == honest + one.spoofed
        assert honest == one.allowed + one.in_spite + one.before_no + one.unjudged
        assert one.in_grace <= one.before_no
        assert one.in_spite_verified <= min(one.in_spite, one.verified)
        assert one.served + one.refused_by_server <= one.in_spite
        assert one.spoofed_in_spite <= one.spoofed
        assert one.requests == sum(day.requests for day in one.days)
        assert one.in_spite == sum(day.in_spite for day in one.days)
        assert one.robots_fetches == sum(day.robots_fetches for day in one.days) <= honest


@settings(max_examples=120, deadline=None)
@given(LINES, CALENDAR, st.integers(1, 7))
def test_any_mixture(lines: list[Made], files: dict[int, str], cuts: int) -> None:
    log = "".join(f"{line}\n" for *_, line in lines).encode()
    seen = counted(log, dated(files), cuts)
    laws(seen)
    assert msgspec.json.encode(counted(log, dated(files), 1)) == msgspec.json.encode(seen)
    assert (seen.lines, seen.unreadable) == (len(lines), sum(hour < 0 for _, _, hour, _ in lines))
    expected: Counter[tuple[str, str]] = Counter()
    told = hour_by_hour(list(files.items()), 5, HOURS) if files else ["unjudged"] * HOURS
    for client, agent, hour, _ in lines:
        token = next((one for one in AGENTS[:3] if one in agent), "")
        if hour < 0 or not token:
            continue
        claim = CLIENTS[client][("GPTBot", "Meta-ExternalAgent", "CCBot").index(token)]
        expected[token, claim] += 1
        if token == "GPTBot":
            standing = told[hour] if claim != "spoofed" else "false"
            expected[token, standing] += 1
            expected["false after", ""] += claim == "spoofed" and told[hour] == "in-spite"
    for one in seen.crawlers:
        found = (one.verified, one.spoofed, one.unverified)
        assert found == tuple(
            expected[one.token, claim] for claim in ("verified", "spoofed", "unverified")
        )
        if one.token == "GPTBot":
            stood = (one.allowed, one.in_spite, one.before_no, one.unjudged)
            words = ("allowed", "in-spite", "before-no", "unjudged")
            assert stood == tuple(expected["GPTBot", word] for word in words)
            assert one.spoofed_in_spite == expected["false after", ""]


def test_two_processes_say_what_one_says_of_any_mixture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(10)  # noqa: S311
    lines = [
        made(
            chance.choice(sorted(CLIENTS)),
            chance.choice(AGENTS),
            chance.randrange(HOURS),
            chance.choice(["combined"] * 8 + ["vhost", "json"]),
            chance.choice([200, 304, 403]),
            chance.choice([0, 0, 0, 5]),
        )[3]
        if chance.random() < 0.98
        else chance.choice(RUBBISH)
        for _ in range(6000)
    ]
    files = []
    for number, end in enumerate((6000, 5000, 100)):
        files.append(str(tmp_path / f"{number}.log"))
        Path(files[-1]).write_text("\n".join(lines[:end]), encoding="utf-8")  # no end of the last
    robots = dated({0: "open", 9: "no", 20: "unread", 30: "star"})

    def look(workers: int, each: int) -> bytes:
        monkeypatch.setattr(prove_logs, "_ALONE", 0)
        monkeypatch.setattr(prove_logs, "_EACH", each)
        given = files if workers == 1 else files[::-1]
        seen = prove_logs.look(given, CRAWLERS, robots, WHOSE, workers=workers)
        laws(seen)
        return msgspec.json.encode(seen)

    once = look(1, 1 << 30)
    assert look(2, 50_000) == once
    assert look(1, 3_001) == once
