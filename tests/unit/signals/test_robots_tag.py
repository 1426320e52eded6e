"""Expected answers are written by hand from the pages that noai.toml and noarchive.toml name."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.signals import robots_cases

from withhold.errors import BadInput
from withhold.signals import headers, meta, robots_tag
from withhold.words import Statement

CASES = [*robots_cases.table("noai.toml"), *robots_cases.table("noarchive.toml")]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_is_said(case: dict[str, Any]) -> None:
    assert robots_cases.answer(case) == robots_cases.expected(case)


def test_a_statement_has_the_words_and_the_place() -> None:
    said = robots_tag.read("noindex, BingBot: NoArchive", ["bingbot"])
    assert robots_tag.statements(said, site="https://h.example", on=date(2026, 11, 23)) == [
        Statement(
            token="bingbot",
            allowed=False,
            signal="noarchive",
            use="train-ai",
            site="https://h.example",
            on=date(2026, 11, 23),
            text="X-Robots-Tag: noindex, BingBot: NoArchive",
            place="header X-Robots-Tag",
        )
    ]


def test_of_a_long_line_the_words_that_decide() -> None:
    long = "bingbot: " + "max-snippet:-1, " * 100
    (one,) = robots_tag.statements(robots_tag.read(long + "NoAI, " + "x" * 500))
    assert one.text == "X-Robots-Tag: bingbot: NoAI"
    (one,) = robots_tag.statements(robots_tag.read("x " * 200 + "noai"))
    assert (one.allowed, len(one.text)) == (None, 200)


def test_uses_of_noarchive_are_the_callers() -> None:
    said = robots_tag.read("noai, noarchive")
    found = robots_tag.statements(said, archive_uses=("train-ai", "ai-input"))
    assert [(one.signal, one.use, one.allowed) for one in found] == [
        ("noai", "train-ai", False),
        ("noarchive", "train-ai", False),
        ("noarchive", "ai-input", False),
    ]


def test_all_rules_are_kept_with_their_values() -> None:
    said = robots_tag.read(
        "max-snippet:-1, otherbot: unavailable_after: 25 Jun 2027 15:00:00 PST, nofollow"
    )
    assert [(one.token, one.name, one.value, one.carried) for one in said] == [
        ("*", "max-snippet", "-1", False),
        ("otherbot", "unavailable_after", "25 Jun 2027 15:00:00 PST", False),
        ("otherbot", "nofollow", "", True),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "unavailable_after:Fri, 25 Jun 2027 15:00:00 GMT " * 20_000,
        "unavailable_after" * 60_000,
        "unavailable_after: Fri" + " " * 1_000_000 + ", 1",
        "unavailable_after: Fri, 1" + " " * 1_000_000 + "x",
        "unavailable_after: Fri, " + "1:" * 500_000,
    ],
    ids=["dates", "names", "white-space", "white-space-in-a-date", "colons"],
)
def test_a_hostile_date_takes_no_long_time(value: str) -> None:
    started = time.process_time()
    assert robots_tag.read(f"{value}, noai")[-1].name == "noai"
    assert time.process_time() - started < 2


def test_the_deciding_words_of_a_place() -> None:
    said = robots_tag.said_in_meta("*", "noimageai", line=3, text="first")
    said += robots_tag.said_in_meta("*", "noai", line=7, text="second")
    (one,) = robots_tag.statements(said)
    assert (one.allowed, one.line, one.text, one.place) == (False, 7, "second", "meta")


def test_without_known_tokens_no_agent_is_unknown() -> None:
    said = robots_tag.read("somebot: noai")
    assert robots_tag.notes(said) == []
    assert robots_tag.notes(said, ["SOMEBOT"]) == []
    assert robots_tag.notes(said, ["otherbot"]) == ["unknown-agent"]
    assert robots_tag.notes(robots_tag.read("somebot: nofollow"), ["otherbot"]) == []


def test_one_agent_in_two_spellings_is_one() -> None:
    said = [*robots_tag.read("BingBot: noarchive"), *robots_tag.read("bingbot: nocache")]
    (one,) = robots_tag.statements(said)
    assert (one.token, one.allowed, one.why) == ("BingBot", None, "nocache-wins")


def test_what_a_wish_needs() -> None:
    assert robots_tag.write({"train-ai"}) == [("*", "noai, noimageai, noarchive")]
    assert robots_tag.write({"train-ai", "search", "ai-input"}) == robots_tag.write({"train-ai"})
    assert robots_tag.write({"search", "ai-input"}) == []
    assert robots_tag.write(set()) == []
    assert robots_tag.write({"train-ai"}, signals=["content-usage"]) == []
    assert robots_tag.write({"train-ai"}, ["bingbot", "*", "bingbot"], ["noarchive"]) == [
        ("*", "noarchive"),
        ("bingbot", "noarchive"),
    ]


@pytest.mark.parametrize(
    "token",
    ["", "a b", 'a"b', "a:b", "a,b", "a\nb", "é", "123", "**", "noai", "NoImageAI", "max-snippet"],
)
def test_what_no_agent_can_be_called(token: str) -> None:
    with pytest.raises(BadInput):
        robots_tag.write({"train-ai"}, [token])


@pytest.mark.parametrize("tokens", [["*"], ["bingbot"], ["*", "Amazonbot", "360Spider"]])
@pytest.mark.parametrize("signals", [["noai"], ["noarchive"], ["noai", "noarchive"]])
def test_what_is_written_is_read_back(tokens: list[str], signals: list[str]) -> None:
    wish = [(token, signal, False, "") for token in tokens for signal in signals]
    head = headers.read(headers.write({"train-ai"}, tokens, signals), tokens)
    page = meta.read(meta.write({"train-ai"}, tokens, signals).encode(), "text/html", tokens)
    for read in (head, page):
        found = read.statements()
        assert [(one.token, one.signal, one.allowed, one.why) for one in found] == wish
        assert set(read.notes) <= {"repeated-x-robots-tag", "agent-carries-on"}


def test_joined_by_a_proxy_the_headers_say_the_same() -> None:
    written = headers.write({"train-ai"}, ["bingbot", "*", "Amazonbot"])
    joined = ", ".join(value for _, value in written)
    apart, together = headers.read(written), headers.read([("X-Robots-Tag", joined)])
    assert [robots_cases.says(one) for one in together.statements()] == [
        robots_cases.says(one) for one in apart.statements()
    ]


# --- properties

RULE = st.sampled_from(("noai", "NOAI", "noimageai", "noarchive", "nocache", "no-ai", "noai x"))
RULE |= st.sampled_from(("", "index", "max-snippet:-1", "unavailable_after: 25 Jun 2027 15:00:00"))
AGENT = st.sampled_from(("", "", "", "bingbot: ", "BingBot :", "*:", "a: b: ", ":", "é:"))
HEADER = st.lists(st.builds(str.__add__, AGENT, RULE), max_size=6).map(",".join)


@given(st.text(max_size=200) | HEADER, st.lists(st.text(max_size=9)))
def test_nothing_raises(value: str, tokens: list[str]) -> None:
    said = robots_tag.read(value, tokens)
    found = robots_tag.statements(said)
    assert len({(one.signal, one.token.lower(), one.place) for one in found}) == len(found)
    assert all(0 < len(one.text) <= 200 for one in found)
    assert all(one.why for one in found if one.allowed is None)
    robots_tag.notes(said, tokens)


def refused(values: list[str]) -> set[tuple[str, str]]:
    said = [one for value in values for one in robots_tag.read(value)]
    return {
        (one.token.lower(), one.signal)
        for one in robots_tag.statements(said, kind="image")
        if one.allowed is False
    }


@given(st.lists(HEADER, max_size=3), HEADER)
def test_one_more_header_takes_no_refusal_back(before: list[str], more: str) -> None:
    """But for ``nocache``, which is what Bing says of it."""
    assert refused(before) <= refused([*before, more.replace("nocache", "nofollow")])


@given(st.lists(HEADER, max_size=3))
def test_nocache_refuses_nothing(values: list[str]) -> None:
    without = [value.replace("nocache", "nofollow") for value in values]
    assert refused(values) <= refused(without)


@given(st.lists(HEADER, max_size=3))
def test_it_is_never_a_permission(values: list[str]) -> None:
    said = [one for value in values for one in robots_tag.read(value)]
    assert all(one.allowed is not True for one in robots_tag.statements(said))
