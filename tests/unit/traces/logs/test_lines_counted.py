"""Odd lines: names that look like times, quotes, formats side by side, other days."""

from __future__ import annotations

import io
from datetime import timedelta

from tests.unit.traces.logs.test_counting import (
    CRAWLERS,
    FIREFOX,
    GPTBOT,
    NO,
    counted,
    made,
    sums,
)
from withhold.traces.logs import format_of
from withhold.traces.logs.answer import answer, shortened
from withhold.traces.logs.counting import Counting
from withhold.traces.logs.in_force import Dated
from withhold.traces.logs.judging import Judging
from withhold.traces.logs.naming import Names
from withhold.traces.logs.whose import Whose


def test_what_a_lifted_no_still_had_in_its_grace_is_allowed_and_nothing_else() -> None:
    lifted = (
        Dated(name="a", since=NO, body=b"User-agent: *\nDisallow: /no\n"),
        Dated(name="b", since=NO + timedelta(days=9), body=b"User-agent: *\nDisallow: /no/x/\n"),
    )
    log = made("02/Jun/2026:10:00:00 +0000") * 3 + made("02/Jun/2026:10:00:00 +0000", "/no/x/y")
    (one,) = counted(("a", log, 1), robots=lifted).crawlers
    assert (one.allowed, one.before_no, one.in_grace) == (3, 1, 1)


def test_of_another_time_a_crawler_counts_as_another_line() -> None:
    """One way to read a line or the other: usual ones at once, those with a quote by themselves."""
    times = ("01/Jun/2026:23:59:59 +0000", "02/Jun/2026:00:00:00 +0000")
    times += ("01/Jun/2026:23:00:00 -0500", "03/Jun/2026:00:00:00 +0000")
    for agent in (GPTBOT, r"\"GPTBot\""):
        log = b"".join(made(at, agent=agent) for at in times)
        log += made(times[0], agent="Google-Extended") + made(times[1], agent="Google-Extended")
        names, whose = Names(CRAWLERS), Whose({})
        during = (NO.timestamp(), (NO + timedelta(days=1)).timestamp())
        counting = Counting(Judging(names, None, whose, during))
        list(counting.part(io.BytesIO(log), format_of.of(log), "a"))
        tally = counting.tally
        seen = answer(tally, CRAWLERS, names, None, whose, grace_hours=24, whole_addresses=False)
        sums(seen)
        (one,) = seen.crawlers
        assert (one.requests, seen.other, seen.outside) == (2, 4, 3)
        assert seen.impossible == {"Google-Extended": 1}
        assert {day.day for day in one.days} == {NO.date()}


def test_a_quote_in_a_user_agent_hides_nobody_and_invents_nobody() -> None:
    agents = [r"a \" GPTBot", r"GPTBot \\", r"x\" \"-\" 200 1 \"-\" \"ClaudeBot/1.0", FIREFOX]
    log = b"".join(made(agent=one) for one in agents) * 3
    seen = counted(("a", log, 1))
    sums(seen)
    assert {one.token: one.requests for one in seen.crawlers} == {"GPTBot": 6, "ClaudeBot": 3}
    assert seen.formats == {"combined": 12}


def test_a_quote_in_a_user_agent_with_more_behind_it_is_part_of_it() -> None:
    """Read with all of its block or by itself, a line has one answer."""
    agents = (r"a \" GPTBot", r"a \" (compatible; GPTBot/1.2)", FIREFOX)
    log = b"".join(made(agent=one).replace(b'"\n', b'" "-" 0.1\n') for one in agents)
    assert format_of.of(log).fast == "combined+"
    seen = counted(("a", log, 1))
    assert {one.token: one.requests for one in seen.crawlers} == {"GPTBot": 2}


def test_an_escape_in_a_user_agent_is_undone_before_it_is_named() -> None:
    """nginx writes ``\\x22`` for a quote; the last one was sent with a backslash in it."""
    quoted, literal = rb"\x22GPTBot/1.2\x22", rb"\x5Cx22GPTBot/1.2"
    for agents in ((quoted, literal), (literal, quoted)):
        log = b"".join(made(agent=one.decode()) for one in agents)
        assert format_of.of(log).fast == "combined"
        seen = counted(("a", log, 1))
        assert {one.token: one.requests for one in seen.crawlers} == {"GPTBot": 1}


def test_an_answer_that_was_never_sent_was_not_served() -> None:
    """CloudFront and nginx write 000 where the client had gone."""
    log = b"".join(made(status=status) for status in (200, 206, 304, 403)) + made().replace(
        b'" 200 ', b'" 000 '
    )
    (one,) = counted(("a", log, 1)).crawlers
    assert (one.in_spite, one.served, one.refused_by_server) == (5, 2, 1)


def test_a_last_line_with_a_host_that_is_cut_before_its_user_agent() -> None:
    whole = b"a.example:80 " + made(agent=FIREFOX)
    cut = whole[: whole.index(b' "-"')]
    seen = counted(("a", whole * 3 + cut, 1))
    assert (seen.unreadable_why, seen.other) == ({"cut": 1}, 3)


def test_a_users_name_that_looks_like_the_time_is_a_name() -> None:
    """Whoever asks chooses it (nginx's $remote_user)."""
    when = "03/Jun/2026:10:00"
    names = (when, f"[{when}", f"{when}:33", f"[{when}:33", "[")
    log = b"".join(
        made(f"{when}:07 +0000").replace(b" - - ", f" - {name} ".encode()) for name in names
    )
    (one,) = counted(("a", log, 1)).crawlers
    assert one.requests == len(names)
    assert (one.first.second, one.last.second) == (7, 7)


def test_formats_mixed_in_one_file() -> None:
    combined = made(agent=FIREFOX)
    common = combined[: combined.index(b' "-"')] + b"\n"
    caddy = (
        b'{"ts":1780480800,"request":{"remote_ip":"::1","method":"GET","uri":"/no/",'
        b'"headers":{"User-Agent":["GPTBot"]}},"size":1,"status":200}\n'
    )
    log = combined * 5 + common * 2 + caddy + b"a.example:80 " + combined + combined
    seen = counted(("a", log, 3))
    sums(seen)
    assert seen.formats == {"caddy": 1, "combined": 6, "common": 2, "vhost_combined": 1}
    assert seen.crawlers[0].in_spite == 1


def test_addresses_are_shortened() -> None:
    assert shortened(b"203.0.113.7") == "203.0.113.x"
    assert shortened(b"203.0.113.7:4711") == "203.0.113.x"
    assert shortened(b"2001:db8:12:3456::1") == "2001:0db8:0012::x"
    assert shortened(b"[2001:db8::1]:80") == "2001:0db8:0000::x"
    assert shortened(b"host.example.org") == ""
