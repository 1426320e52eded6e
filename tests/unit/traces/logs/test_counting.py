"""Whole logs counted: hostile lines, cuts anywhere, and another counter that knows no blocks."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from withhold.catalog.load import load
from withhold.traces.logs import format_of
from withhold.traces.logs.answer import answer
from withhold.traces.logs.counting import Counting
from withhold.traces.logs.in_blocks import pieces
from withhold.traces.logs.in_force import Dated, InForce
from withhold.traces.logs.judging import Judging
from withhold.traces.logs.line import LONGEST
from withhold.traces.logs.naming import Names
from withhold.traces.logs.seen import LogSeen
from withhold.traces.logs.tally import EXAMPLES, Tally
from withhold.traces.logs.whose import Whose

CRAWLERS = load(platforms=[]).crawlers
NO = datetime(2026, 6, 2, tzinfo=UTC)
ROBOTS = (
    Dated(
        name="old.txt", since=datetime(2026, 1, 1, tzinfo=UTC), body=b"User-agent: *\nAllow: /\n"
    ),
    Dated(name="new.txt", since=NO, body=b"User-agent: GPTBot\nDisallow: /no/\n"),
)
GPTBOT = "Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def made(
    at: str = "03/Jun/2026:10:00:00 +0000",
    path: str = "/no/x",
    agent: str = GPTBOT,
    client: str = "203.0.113.77",
    status: int = 200,
    request: str = "",
) -> bytes:
    asked = request or f"GET {path} HTTP/1.1"
    return f'{client} - - [{at}] "{asked}" {status} 10 "-" "{agent}"\n'.encode("latin-1")


def counted(
    *parts: tuple[str, bytes, int], whole: bool = False, robots: Sequence[Dated] = ROBOTS
) -> LogSeen:
    """The answer for files, each cut into so many pieces, every piece counted by itself."""
    names, in_force, whose = Names(CRAWLERS), InForce(robots, 24, CRAWLERS), Whose({})
    total = Tally()
    for file, data, cuts in parts:
        shape = format_of.of(data[: 64 * 1024])
        each = -(-len(data) // cuts) if data and shape.cuttable else len(data) or 1
        for number, (start, end) in reversed(list(enumerate(pieces(len(data), each)))):
            counting = Counting(Judging(names, in_force, whose))
            for _ in counting.part(io.BytesIO(data), shape, file, number, start, end):
                pass
            total.add(counting.tally)
    return answer(total, CRAWLERS, names, in_force, whose, grace_hours=24, whole_addresses=whole)


def sums(seen: LogSeen) -> None:
    assert seen.lines == seen.unreadable + seen.other + sum(c.requests for c in seen.crawlers)
    assert seen.unreadable == sum(seen.unreadable_why.values())
    assert seen.lines - seen.unreadable == sum(seen.formats.values())
    for one in seen.crawlers:
        assert one.requests == one.verified + one.spoofed + one.unverified
        judged = one.allowed + one.in_spite + one.before_no + one.unjudged
        assert one.verified + one.unverified == judged
        assert one.requests == sum(day.requests for day in one.days)
        assert one.in_spite == sum(day.in_spite for day in one.days)


def test_a_crawler_by_time_and_path() -> None:
    log = b"".join(
        (
            made("01/Jun/2026:10:00:00 +0000"),  # before the no, which the last file says
            made("02/Jun/2026:23:59:59 +0000"),  # within the grace
            made("02/Jun/2026:23:59:59 -0001"),  # a minute later: 3 June, 00:00:59
            made("03/Jun/2026:10:00:07 +0000", status=403),
            made("03/Jun/2026:10:00:08 +0000", path="/yes"),
            made("03/Jun/2026:10:00:09 +0000", path="/robots.txt?x"),
            made("03/Jun/2026:10:00:10 +0000", request="-"),
            made("31/Dec/2025:10:00:00 +0000"),  # before any file is known
        )
    )
    seen = counted(("a", log, 1))
    sums(seen)
    (one,) = seen.crawlers
    assert (one.token, one.requests, one.unverified) == ("GPTBot", 8, 8)
    assert (one.allowed, one.in_spite, one.before_no, one.unjudged) == (2, 2, 2, 2)
    assert (one.in_grace, one.served, one.refused_by_server, one.robots_fetches) == (1, 1, 1, 1)
    assert one.first == datetime(2025, 12, 31, 10, tzinfo=UTC)
    assert one.last == datetime(2026, 6, 3, 10, 0, 10, tzinfo=UTC)
    assert seen.out_of_order == 1
    first = one.examples[0]
    assert (
        first.line,
        first.standing,
        first.rule,
        first.rule_text,
        first.robots,
        first.address,
    ) == (
        3,
        "in-spite",
        2,
        "Disallow: /no/",
        "new.txt",
        "203.0.113.x",
    )
    assert [example.standing for example in one.examples[:3]] == [
        "in-spite",
        "in-spite",
        "before-no",
    ]
    assert counted(("a", log, 1), whole=True).crawlers[0].examples[0].address == "203.0.113.77"


def test_what_cannot_be_read_is_counted_by_its_reason() -> None:
    good = made(agent=FIREFOX)
    log = b"".join(
        (
            b"\xef\xbb\xbf" + good,
            b"\n",
            b" \t\r\n",
            b"\0" * 40 + b"\n",
            good[:40] + b"\n",
            b"x" * (LONGEST + 1) + b"\n",
            b"y" * 1_000_000 + b"\n",
            made("32/Jun/2026:10:00:00 +0000"),
            made("03/Jun/2026:10:00:00 +9900"),
            b'{"status":\n',
            b'{"msg":"serving"}\n',
            b"\x16\x03\x01\x02\x00\n",
            good.replace(b"\n", b"\r\n"),
            b"\0\0\0" + made(),
            made(agent="Applebot-Extended"),
            good[:-30],
        )
    )
    seen = counted(("a", log, 1))
    sums(seen)
    assert seen.unreadable_why == {
        **{"blank": 3, "no-format": 2, "too-long": 2, "bad-time": 2, "bad-json": 1},
        **{"no-request": 1, "cut": 1},
    }
    assert seen.impossible == {"Applebot-Extended": 1}
    assert (seen.lines, seen.other) == (log.count(b"\n") + 1, 3)
    assert [one.requests for one in seen.crawlers] == [1]


def test_a_last_line_without_its_end() -> None:
    whole, half = made(agent=FIREFOX), made().removesuffix(b"\n")
    assert counted(("a", whole + half, 1)).crawlers[0].requests == 1
    common = half[: half.index(b' "-"')]
    seen = counted(("a", whole * 3 + common, 1))
    assert (seen.unreadable_why, seen.other) == ({"cut": 1}, 3)
    assert counted(("a", common, 1)).formats == {"common": 1}
    empty = counted(("a", b"", 1))
    assert (empty.lines, empty.first, empty.last) == (0, None, None)


def test_the_hour_that_a_clock_is_put_back_is_no_jump() -> None:
    summer = [made(f"25/Oct/2026:02:{n:02}:00 +0200", agent=FIREFOX) for n in range(60)] * 20
    winter = [made(f"25/Oct/2026:02:{n:02}:00 +0100") for n in range(60)]
    log = b"".join(sorted(summer) + winter * 20)
    seen = counted(("a", log, 3))
    sums(seen)
    assert seen.crawlers[0].first == datetime(2026, 10, 25, 1, tzinfo=UTC)
    assert (seen.other, seen.crawlers[0].requests, seen.out_of_order) == (1200, 1200, 0)


LINES = st.lists(
    st.one_of(
        st.builds(
            made,
            at=st.integers(0, 4 * 24 * 60).map(
                lambda m: (datetime(2026, 6, 1, tzinfo=UTC) + timedelta(minutes=m)).strftime(
                    "%d/%b/%Y:%H:%M:%S %z"
                )
            ),
            path=st.sampled_from(["/no/a", "/yes", "/robots.txt"]),
            agent=st.sampled_from([GPTBOT, FIREFOX, "CCBot/2.0", "Google-Extended", r"\"GPTBot\""]),
            status=st.sampled_from([200, 403]),
        ),
        st.sampled_from(
            [b"\n", b"half a li\n", b"z" * (LONGEST + 5) + b"\n", b'a b c [x:00:00:00 "\n']
        ),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(LINES, st.integers(1, 9), st.booleans())
def test_a_log_cut_anywhere_has_one_answer(lines: list[bytes], cuts: int, ended: bool) -> None:
    log = b"".join(lines)
    log = log if ended else log[:-1]
    whole = counted(("a", log, 1), ("b", log[::-1], 1))
    sums(whole)
    assert counted(("b", log[::-1], cuts), ("a", log, cuts)) == whole
    assert whole.lines == sum(
        one.count(b"\n") + (one[-1:] not in (b"", b"\n")) for one in (log, log[::-1])
    )


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=3000), st.integers(1, 4))
def test_whatever_octets_there_are_nothing_is_raised(data: bytes, cuts: int) -> None:
    spiced = made() + data.replace(b"7", b'"').replace(b"8", b"\n").replace(b"9", b"[") + made()
    for log in (data, spiced):
        sums(counted(("a", log, cuts)))


def test_another_counter_agrees() -> None:
    """Line by line with one plain regex and ``datetime``, over a log of some thousand lines."""
    log = b"".join(
        made(
            at=(datetime(2026, 6, 1, tzinfo=UTC) + timedelta(seconds=n * 61)).strftime(
                "%d/%b/%Y:%H:%M:%S +0000"
            ),
            path=("/no/", "/yes/", "/robots.txt", f"/no/?q={n}")[n % 4],
            agent=(GPTBOT, FIREFOX, "CCBot/2.0", "curl/8", FIREFOX + " x")[n % 5],
            client=f"198.51.{n % 7}.{n % 250}",
            status=(200, 403, 304)[n % 3],
        )
        if n % 97
        else b"rubbish %d\n" % n
        for n in range(6000)
    )
    counts: Counter[tuple[str, str]] = Counter()
    for raw in log.decode().splitlines():
        found = re.match(r'[\d.]+ - - \[(.+?)\] "GET (\S+) HTTP/1.1" (\d+) 10 "-" "(.*)"$', raw)
        if not found:
            counts["", "unreadable"] += 1
            continue
        at = datetime.strptime(found[1], "%d/%b/%Y:%H:%M:%S %z")
        who = next((one for one in ("GPTBot", "CCBot") if one in found[4]), "")
        counts[who, "requests"] += 1
        counts[who, at.strftime("%Y-%m-%d")] += 1
        if who and found[2] == "/robots.txt":
            counts[who, "fetches"] += 1
        if who == "GPTBot" and found[2].startswith("/no/"):
            late = at >= NO + timedelta(hours=24)
            counts[who, "in spite" if late else "before"] += 1
            counts[who, "served"] += late and found[3] == "200"
    seen = counted(("a", log, 5))
    sums(seen)
    assert (seen.unreadable, seen.other) == (counts["", "unreadable"], counts["", "requests"])
    assert [one.token for one in seen.crawlers] == ["CCBot", "GPTBot"]
    for one in seen.crawlers:
        assert one.requests == counts[one.token, "requests"]
        assert one.robots_fetches == counts[one.token, "fetches"]
        assert (one.in_spite, one.before_no, one.served) == (
            counts[one.token, "in spite"],
            counts[one.token, "before"],
            counts[one.token, "served"],
        )
        for day in one.days:
            assert day.requests == counts[one.token, day.day.isoformat()]
        assert len(one.examples) == EXAMPLES
    lines = log.splitlines()
    for example in seen.crawlers[1].examples:
        assert example.standing == "in-spite"
        assert f'"GET {example.path} '.encode() in lines[example.line - 1]
    assert msgspec.json.encode(seen) == msgspec.json.encode(counted(("a", log, 1)))
