"""Each signal and each question, against a table made by hand; and what holds for all of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.traces.deciding.made import ALL, GPTBOT, batch, reasons, row
from withhold import decide
from withhold.traces.deciding.asking import Honour

CASES = tomllib.loads((Path(__file__).parent / "reasons.toml").read_text("utf-8"))["case"]
ASKED = ("use", "token", "honour", "when", "kind")
HONOURS = get_args(Honour)


@pytest.mark.parametrize("case", CASES, ids=[one["name"] for one in CASES])
def test_the_reason_is_the_one_of_the_table(case: dict[str, Any]) -> None:
    asked = {name: case[name] for name in ASKED if name in case}
    said = {name: case[name] for name in ("url", "robots", "headers", "html") if name in case}
    if "crawl_time" in case:
        said["crawl_time"] = case["crawl_time"] or None
    given = batch(row(robots_status=case.get("status"), **said))
    assert reasons(given, **asked) == [case["reason"]]


@pytest.mark.parametrize("case", CASES, ids=[one["name"] for one in CASES])
@pytest.mark.parametrize("unknown", ["drop", "keep"])
def test_what_is_kept_follows_from_the_reason(case: dict[str, Any], unknown: str) -> None:
    asked = {name: case[name] for name in ASKED if name in case}
    said = {name: case[name] for name in ("url", "robots", "headers", "html") if name in case}
    if "crawl_time" in case:
        said["crawl_time"] = case["crawl_time"] or None
    (found,) = decide(
        batch(row(robots_status=case.get("status"), **said)), unknown=unknown, **asked
    ).to_pylist()
    start = case["reason"].partition(":")[0]
    answers = {"allowed": "allowed", "no": "disallowed", "unknown": "unknown"}
    assert found["withhold_answer"] == answers[start]
    assert found["withhold_keep"] is (start == "allowed" or (start, unknown) == ("unknown", "keep"))


LINES = st.sampled_from(
    [
        *("User-agent: *", "User-agent: GPTBot", "User-agent: MyBot", "User-agent: Bingbot"),
        *("Disallow: /", "Disallow: /p", "Allow: /page", "Allow: /", "Disallow:", ""),
        *("Content-Signal: ai-train=no", "Content-Signal: ai-train=yes"),
        *("Content-Usage: train-ai=n", "Content-Usage: train-ai=?", "License: /l.xml"),
    ]
)
FILES = st.none() | st.lists(LINES, max_size=10).map("\n".join)
HEADERS = st.sampled_from(
    [None, "", "X-Robots-Tag: noai", "X-Robots-Tag: gptbot: noai", "Content-Usage: train-ai=y", "{"]
)
STRICT = {"allowed": 0, "unknown": 1, "disallowed": 2}


def answer(said: dict[str, Any], **asked: Any) -> str:
    found: str = (
        decide(batch(row(**said)), unknown="drop", **asked).column("withhold_answer")[0].as_py()
    )
    return found


@given(FILES, HEADERS, st.sampled_from(["", "MyBot", "GPTBot"]))
def test_who_hears_more_refusals_never_keeps_more(
    robots: str | None, headers: str | None, token: str
) -> None:
    said = {"robots": robots, "headers": headers}
    strict = [STRICT[answer(said, token=token, honour=honour)] for honour in HONOURS]
    assert strict == sorted(strict)


@given(FILES, HEADERS, st.sampled_from(HONOURS))
def test_a_refusal_in_a_header_is_heard_whatever_else_is_said(
    robots: str | None, headers: str | None, honour: str
) -> None:
    before = answer({"robots": robots, "headers": headers}, honour=honour)
    page = "<head><meta name='robots' content='noai'></head>"
    assert (
        answer({"robots": robots, "headers": headers, "html": page}, honour=honour) == "disallowed"
    )
    assert STRICT[before] <= STRICT["disallowed"]


@given(FILES, HEADERS)
def test_a_row_is_answered_alike_alone_and_among_others(
    robots: str | None, headers: str | None
) -> None:
    mine = row(robots=robots, headers=headers)
    others = [row(robots=ALL), row(robots=GPTBOT), row(), row(robots="")]
    alone = reasons(batch(mine))
    among = reasons(batch(*others[:2], mine, *others[2:], mine))
    assert [among[2], among[5]] == alone * 2


@given(FILES, st.sampled_from(HONOURS))
def test_losing_the_file_never_makes_it_allowed(robots: str | None, honour: str) -> None:
    assert answer({"robots": None}, honour=honour) == "unknown"
    assert answer({"robots": robots, "robots_status": 500}, honour=honour) == "unknown"


def test_no_text_of_a_record_gets_into_a_reason() -> None:
    hostile = "User-agent: \x1b[31m<b>evil\nDisallow: /\n"
    found = reasons(
        batch(row(robots=hostile, headers="X-Robots-Tag: \x1b[2J: noai")), honour="any-refusal"
    )
    assert found == ["unknown:noai:header"]  # a noai that only some readers understand
