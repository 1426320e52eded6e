"""How text looks: its width, its colours, its language, and that a pipe may close."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.run import OWNER, PACKAGE, command, environment, flat, here, too_wide
from tests.journeys.test_first_use import typed

PIPED = 100
ASK = ("--owner", str(OWNER))
SHOWN: list[tuple[str, ...]] = [
    ("check", *ASK),
    ("check", *ASK, "--all"),
    ("check", "x", "--in", "DE"),
    ("check", str(OWNER.parent / "site"), "--in", "DE"),
    ("check", str(OWNER.parent / "site"), "--in", "DE", "--all"),
    ("plan", *ASK),
    ("plan", *ASK, "--in", "DE", "--when", "2025-10-01"),
    ("status", *ASK),
    ("knowledge", "due"),
    ("knowledge", "list"),
    ("--help",),
]


@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("said", SHOWN, ids=" ".join)
def test_no_line_is_wider_than_the_page(
    said: tuple[str, ...], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", f"{lang}.UTF-8")
    shown = here(*said).ok().out
    assert shown
    assert too_wide(shown, PIPED) == []


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("said", [("check", "linkedin", "--in", "DE"), ("plan", *ASK)])
def test_no_line_is_wider_than_the_terminal(
    said: tuple[str, ...], columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR")
    code, shown = typed(*said, answers=(), columns=columns)
    assert code == 0
    assert too_wide(shown, columns) == []


def test_a_terminal_that_says_it_has_no_width_is_answered_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """``COLUMNS=0``, as a shell inside an editor has it."""
    monkeypatch.delenv("COLUMNS", raising=False)  # a worker of the tests may have been given one
    whole = here("plan", *ASK).ok().out
    monkeypatch.setenv("COLUMNS", "0")
    assert here("plan", *ASK).ok().out == whole


def test_colour_only_on_a_terminal_and_never_against_no_color(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = ("check", "linkedin", "--in", "DE")
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b[31m" in _plainer(typed(*said, answers=())[1])
    assert "\x1b" not in command(*said).ok().out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[31m" not in _plainer(typed(*said, answers=())[1])


def _plainer(text: str) -> str:
    """Bold red as red: which shade it is does not matter."""
    return re.sub(r"\x1b\[[0-9;]*31m", "\x1b[31m", text)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_goes_away_is_no_error_of_ours(form: str) -> None:
    said = [sys.executable, "-m", "withhold", "check", *ASK, "--all", "--format", form]
    process = subprocess.Popen(
        said,
        env=environment(PACKAGE.parent),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read().decode()
    process.stderr.close()
    process.wait(timeout=30)
    assert err == ""


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_a_terminal_that_knows_no_umlauts_is_no_traceback(form: str) -> None:
    said = ("check", "linkedin", "--in", "DE", "--lang", "de", "--format", form)
    ran = command(*said, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert "Traceback" not in ran.err
    assert ran.raw or ran.err.startswith("withhold: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_the_answer_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "withhold", "check", "linkedin", "--in", "DE"],
            env=environment(PACKAGE.parent),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=30,
        )
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr
    assert ran.stderr.startswith(b"withhold: ")


@pytest.mark.parametrize(
    ("closed", "said", "code"), [(1, "linkedin", 0), (2, "linkedin", 0), (2, "linkdin", 2)]
)
@pytest.mark.parametrize("form", ["text", "parquet"])
def test_who_closed_where_it_would_be_printed_gets_the_exit_code_alone(
    closed: int, said: str, code: int, form: str
) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "withhold", "check", said, "--in", "DE", "--format", form],
        env=environment(PACKAGE.parent),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        preexec_fn=lambda: os.close(closed),
        check=False,
        timeout=30,
    )
    assert ran.stderr == b""
    assert ran.returncode == code


def test_a_command_to_copy_is_on_one_line(begun: Path) -> None:
    shown = here("plan").ok().out
    ids = re.findall(r"withhold done\s+(\S+)", shown)
    assert len(ids) >= 3
    for one in ids:
        assert f"withhold done {one}" in shown


# German ---------------------------------------------------------------------------------------

# Words that no German sentence of ours has. What is quoted, an address, a menu's path, a command
# or a file stays in its own language, and is taken out first.
ENGLISH = re.compile(
    r"\b(the|of|and|your|you|is|are|not|with|from|others|who|official|archived|regulator|research"
    r"|press|unverified|login|told|shown|asked|promised|followers|until|open|switch|off|why|last"
    r"|checked|needs|reasons|step|what|says|known|never|example|there)\b",
    re.IGNORECASE,
)
NOT_OURS = (
    r"„[^“]*“",
    r"“[^”]*”",
    r'"[^"]*"',
    r"https?://\S+",
    r"`?withhold [^.;`]*`?",
    r"\S+\.toml\S*",
    r"\S+/\S+",
    r"\b[A-Z][\w&]*(?: [\w&-]+)* > .*",
    r"(?:\S+ )?> .*",
    r"\([A-Z][^()]*Art\.[^()]*(?:\([0-9a-z]\))?[^()]*\)",
    r"robots\.txt",
    r"Stack Overflow|Follower\b|Open AI|Common Crawl",
)


def german(text: str) -> str:
    """The part of an output that should be German."""
    paragraphs = re.split(r"\n\s*\n", text)
    lines = [flat(one) for one in paragraphs]
    left = "\n".join(lines)
    for pattern in NOT_OURS:
        left = re.sub(pattern, "", left)
    return left


@pytest.mark.parametrize(
    "said",
    [
        ("check", "linkedin", "--in", "DE"),
        ("check", *ASK),
        ("check", str(OWNER.parent / "site"), "--in", "DE"),
        ("status", *ASK),
    ],
    ids=" ".join,
)
def test_german_output_has_no_english_in_it(said: tuple[str, ...]) -> None:
    shown = here(*said, "--lang", "de").ok().out
    assert "Information, keine Rechtsberatung" in shown or said[0] == "status"
    assert sorted(set(ENGLISH.findall(german(shown)))) == []


def test_the_german_plan_has_no_english_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")  # so that no menu path is broken over two lines
    shown = here("plan", *ASK, "--lang", "de").ok().out
    lines = [line for line in shown.splitlines() if " > " not in line]
    words = set(ENGLISH.findall(german("\n".join(lines))))
    assert sorted(words) == []


def test_german_speaks_to_the_reader_in_one_way() -> None:
    """Sie or du, not both on one page."""
    shown = german(here("plan", *ASK, "--lang", "de").ok().out)
    formal = re.findall(r"\b(?:suchen Sie|Ihrer?|Ihnen)\b", shown)
    familiar = re.findall(r"\b(?:[Dd]ein\w*|[Dd]u|[Dd]ir|[Dd]ich)\b", shown)
    assert not (formal and familiar), (formal[:3], familiar[:3])


@pytest.mark.parametrize("lang", ["en", "de"])
def test_no_false_assurance(lang: str) -> None:
    forbidden = r"protected from|\bsafe\b|\bsecure\b|✓|✔|illegal|violat|geschützt vor|\bsicher\b"
    for said in (("check", *ASK), ("plan", *ASK), ("status", *ASK)):
        shown = flat(here(*said, "--lang", lang).ok().out)
        assert re.findall(forbidden, shown, re.IGNORECASE) == []


def test_a_partner_named_by_the_press_is_not_said_to_have_said_so() -> None:
    """OpenAI and Midjourney never said that they train on Tumblr; 404 Media reported it."""
    shown = flat(here("check", "tumblr", "--in", "US-PA").ok().out)
    for name in ("OpenAI", "Midjourney"):
        assert f"{name} says it may" not in shown


def test_a_platforms_wall_is_not_the_crawlers_word() -> None:
    """LinkedIn's robots.txt, remembered and not re-checked, makes no promise of OpenAI's."""
    shown = flat(here("check", "linkedin", "--actor", "openai", "--in", "DE").ok().out)
    assert "OpenAI says it does not" not in shown


def test_the_home_is_named_nowhere_in_an_answer(begun: Path) -> None:
    for said in (("check",), ("plan",), ("status",), ("check", "--format", "json")):
        assert os.fspath(begun) not in here(*said).ok().out


# Stopped --------------------------------------------------------------------------------------


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_stopped_in_the_middle_of_work_it_is_not_said_that_nothing_was_changed(
    begun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("withhold.verbs.forgotten.prove", _stop)
    ran = here("own", "forget", "--account", "linkedin", "--yes")
    assert ran.code == 1
    assert "stopped; what was done until then stays" in ran.err
    assert "nothing was changed" not in ran.err
    assert "linkedin" not in here("own", "list").ok().out
