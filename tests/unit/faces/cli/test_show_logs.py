"""The answer of ``prove logs`` on a terminal: fits, names what matters, cannot move the cursor."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from tests.unit.faces.report.logs_made import (
    CLAUDEBOT,
    GPTBOT,
    LIBRARY,
    SEEN,
    crawler,
    example,
    seen,
    told,
)
from withhold.faces.cli.show_logs import show
from withhold.traces.logs.seen import LogSeen

Capture = pytest.CaptureFixture[str]


def shown(
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    of: LogSeen = SEEN,
    *,
    columns: int = 100,
    full: bool = False,
    examples: int = 1,
    lang: str = "en",
) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    show(told(of, lang), full=full, examples=examples)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("columns", [100, 80, 60, 40])
def test_it_fits(capsys: Capture, monkeypatch: pytest.MonkeyPatch, columns: int, lang: str) -> None:
    lines = shown(capsys, monkeypatch, columns=columns, full=True, lang=lang)
    assert max(map(len, lines)) <= columns
    assert not any("\x1b" in line or "\u202e" in line for line in lines)


@pytest.mark.parametrize("columns", [100, 80])
def test_a_row_of_the_table_stands_under_its_heads(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    lines = shown(capsys, monkeypatch, columns=columns)
    at = next(n for n, line in enumerate(lines) if line.startswith("    GPTBot  "))
    assert lines[at].split() == ["GPTBot", "1,300", "900", "50", "150", "0", "12"]
    head = lines[at - 1]
    assert head.split() == [
        "crawler",
        "requests",
        "a",
        "no",
        "allowed",
        "the",
        "no",
        "judged",
        "fetched",
    ]
    assert head.index("requests") + len("requests") == lines[at].index("1,300") + len("1,300")
    assert len(head) == len(lines[at])
    below = " ".join(line.strip() for line in lines[at + 1 : at + 3])
    assert "OpenAI, training; 2026-07-01 to 2026-07-20; 1,000 verified, 200 spoofed," in below


@pytest.mark.parametrize("columns", [100, 40])
def test_the_words_of_the_table_are_said_below_it_once(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    text = " ".join(" ".join(shown(capsys, monkeypatch, columns=columns)).split())
    for word in ("verified:", "spoofed:", "unverified: nobody can tell."):
        assert text.count(f" {word}") == 1
        assert text.index(f" {word}") > text.index("python-requests")


def test_too_narrow_for_columns_it_is_a_list(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = " ".join(" ".join(shown(capsys, monkeypatch, columns=40)).split())
    assert "GPTBot: requests 1,300, after a no 900, allowed 50, before the no 150," in text


def many(n: int) -> LogSeen:
    return seen(
        *(
            crawler(f"Bot-{at:02}", "x", requests=9, unverified=9, in_spite=9, served=9)
            for at in range(n)
        )
    )


def test_twelve_lines_and_how_many_more(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(capsys, monkeypatch, many(20))
    table = lines[next(n for n, one in enumerate(lines) if "All crawlers" in one) :]
    assert sum(bool(re.match(r" {4,6}(Bot-|x, )", one)) for one in table) == 12
    assert any(one.strip() == "… and 14 more crawlers: --all" for one in lines)
    assert any(one.strip() == "… and 17 more crawlers: --all" for one in lines)
    whole = shown(capsys, monkeypatch, many(20), full=True)
    assert not any("--all" in one for one in whole)
    assert sum(one.startswith("    Bot-") for one in whole) == 40


def test_one_more_is_one(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    assert any("1 more crawler:" in one for one in shown(capsys, monkeypatch, many(7)))


def test_lines_as_evidence_as_many_as_are_asked_for(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for count in (0, 1, 2):
        lines = shown(capsys, monkeypatch, seen(GPTBOT), examples=count)
        assert sum("access.log:" in one and "2026-07-02" in one for one in lines) == count


def test_only_lines_after_a_no_are_shown_below_that_head(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = example(line=5, standing="before-no", rule=0)
    one = replace(GPTBOT, examples=(early, example(line=9)))
    text = "\n".join(shown(capsys, monkeypatch, seen(one), examples=5))
    assert "access.log:9" in text
    assert "access.log:5" not in text


def test_a_path_takes_one_line(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    one = replace(GPTBOT, examples=(example(path="/" + "a" * 100_000),))
    lines = shown(capsys, monkeypatch, seen(one), columns=80)
    assert sum("aaaa" in line for line in lines) == 1


def test_rules_are_offered_where_they_would_meet_somebody(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert any("--rules nginx" in one for one in shown(capsys, monkeypatch))
    calm = seen(CLAUDEBOT, replace(LIBRARY, allowed=0, in_spite=5))
    assert not any("--rules" in one for one in shown(capsys, monkeypatch, calm))


def test_all_also_says_which_robots(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any("sha256" in one for one in shown(capsys, monkeypatch))
    full = shown(capsys, monkeypatch, full=True)
    assert any("taken for the whole time of the log" in one for one in full)
    assert any("RFC 9309" in one for one in full)


def test_an_empty_log_has_its_limits_too(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(capsys, monkeypatch, seen(first=None, last=None))
    assert "  There is no line in it." in lines
    assert "  What this does not show" in lines
    assert not any("All crawlers" in one for one in lines)
