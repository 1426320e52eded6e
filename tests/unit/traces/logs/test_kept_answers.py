"""Answers are kept by the rules that a path meets: few, and the same as without keeping any."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.traces.logs.crawlers import CRAWLERS
from tests.unit.traces.logs.test_in_force import at, one
from withhold.traces.logs import in_force, judging
from withhold.traces.logs.in_force import InForce
from withhold.traces.logs.judging import Judging, Request
from withhold.traces.logs.naming import Names
from withhold.traces.logs.tally import Tally, of_kind
from withhold.traces.logs.whose import Whose


def test_what_is_kept_of_answers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_force, "KNOWN_AT_MOST", 10)
    rules = "".join(f"Disallow: /art/{n}/\n" for n in range(100))
    force = InForce([one("06-01", f"User-agent: *\n{rules}".encode())])
    for n in range(100):
        assert force.standing("GPTBot", f"/art/{n}/x", at("06-04 00:00")).line == n + 2
    assert sum(len(answers) for _, answers in force._told.values()) <= 10
    force.standing("GPTBot", "/art/7/" + "x" * 100_000, at("06-04 00:00"))
    assert len(repr(force._told)) < 10_000


RULES = [
    *("/", "/a", "/a/b", "/a/b/c$", "/*.pdf", "/a*z", "/*b=", "", "/robots", "/%61/x", "*"),
    *("/a/b*", "/*?"),
]
PATHS = [
    *(
        "/",
        "/a",
        "/a/b",
        "/a/b/c",
        "/a/b/c/",
        "/x.pdf",
        "/a/x.pdf",
        "/a/1z",
        "/?b=1",
        "/robots.txt",
    ),
    *("/%72obots.txt", "/robots", "/%61/x", "/q", "/a/b/c?z", "/z"),
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(["Allow", "Disallow"]), st.sampled_from(RULES))),
        min_size=1,
        max_size=4,
    ),
    st.permutations(PATHS),
)
def test_what_was_answered_before_changes_no_answer(
    files: list[list[tuple[str, str]]], paths: list[str]
) -> None:
    dated = []
    for day, rules in enumerate(files, 1):
        said = "".join(f"{verb}: {rule}\n" for verb, rule in rules)
        body = f"User-agent: GPTBot\n{said}\nUser-agent: *\nDisallow: /{day}\n".encode()
        dated.append(one(f"06-{day:02}", body))
    force = InForce(dated)
    for day in range(1, len(files) + 2):
        for hour in ("01", "23"):
            when = at(f"06-{day:02} {hour}:00")
            for path in paths:
                assert force.standing("GPTBot", path, when) == InForce(dated).standing(
                    "GPTBot", path, when
                )


def test_what_is_kept_of_requests_is_bounded_and_changes_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    robots = [one("06-01", b"User-agent: *\nDisallow: /no\nDisallow: /*?x=1\n")]
    names = Names(CRAWLERS)
    (gptbot,) = [found for found in [names.of(b"GPTBot")] if found]
    asked: list[Request] = []
    for n in range(400):  # pages again and again, and queries that nobody has twice
        path = f"/{'no' if n % 3 else 'yes'}/{n % 11}" if n % 2 else f"/q?x={n % 5}&n={n}"
        request = f"GET {path} HTTP/1.1".encode()
        second = int(at("06-04 00:00").timestamp()) + n
        asked.append((gptbot, b"192.0.2.1", second, request, b"200", 1, n + 1))

    def counted(most: int) -> tuple[Tally, int]:
        monkeypatch.setattr(judging, "KNOWN_AT_MOST", most)
        judge, tally = Judging(names, InForce(robots), Whose({})), Tally()
        judge.requests(tally, asked)
        return tally, sum(len(answers) for every in judge._answers.values() for answers in every)

    tally, kept = counted(16)
    assert kept <= 16
    every, all_kept = counted(10_000)
    assert (tally, all_kept) == (every, 200 + 2 * 11)
    assert counted(3)[0] == every
    refused = sum(
        n for (_, number, *_), (n, _) in tally.cells.items() if of_kind(number)[0] == "in-spite"
    )
    assert refused == sum(
        path.startswith("/no") or path.startswith("/q?x=1&")
        for path in (said[3].split()[1].decode() for said in asked if isinstance(said[3], bytes))
    )


def test_of_a_long_request_nothing_is_kept_whatever_it_asks_for() -> None:
    names = Names(CRAWLERS)
    (gptbot,) = [found for found in [names.of(b"GPTBot")] if found]
    judge, tally = Judging(names, None, Whose({})), Tally()
    junk = [b"\x16" * 8_000, b"G" * 8_000 + b" /a HTTP/1.1", b"GET /a" + b" " * 8_000 + b"HTTP/1.1"]
    said = [*junk, (b"G" * 8_000, b"/a"), b"GET /a HTTP/1.1"]
    judge.requests(tally, [(gptbot, b"192.0.2.1", 1, one, b"200", 1, 1) for one in said])
    kept = [one for every in judge._answers.values() for answers in every for one in answers]
    assert kept == [b"GET /a HTTP/1.1"]
