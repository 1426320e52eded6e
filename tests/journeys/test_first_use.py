"""From nothing to the first plan, and what the next call says."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import stat
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.journeys.run import PACKAGE, command, environment, here
from tests.journeys.terminal import heard

START = ("start", "--in", "US-PA", "--platforms", "linkedin tumblr", "--blogs", "paintings")


STOP = "Ctrl-C"


def typed(*args: str, answers: tuple[str, ...], columns: int = 80) -> tuple[int, str]:
    """The command on a terminal, each answer typed once the screen is quiet."""
    ours, theirs = pty.openpty()
    env = environment(PACKAGE.parent) | {"COLUMNS": str(columns), "TERM": "xterm"}
    process = subprocess.Popen(
        [sys.executable, "-m", "withhold", *args],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
        preexec_fn=heard,
    )
    os.close(theirs)
    seen, left, quiet = b"", list(answers), 0.0
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                got = os.read(ours, 65536)
            except OSError:  # how Linux says that the other end was closed
                break
            if not got:
                break
            seen, quiet = seen + got, 0.0
        else:
            quiet += 0.1
            if left and seen and quiet >= 0.3:
                answer, quiet = left.pop(0), 0.0
                if answer is STOP:
                    process.send_signal(signal.SIGINT)
                else:
                    os.write(ours, f"{answer}\n".encode())
    else:
        process.kill()
    os.close(ours)
    return process.wait(timeout=30), seen.decode("utf-8")


def test_flags_alone_lead_to_the_plan(home: Path) -> None:
    ran = command(*START, "--audience", "public").ok()
    assert ran.out.splitlines()[0] == "2 minutes: 2 switches"
    assert "1. LinkedIn: switch off, 1 min" in ran.out
    assert "2. Tumblr (paintings): switch on, 1 min" in ran.out
    assert ran.out.rstrip().endswith("Information, not legal advice.")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "withhold.db").stat().st_mode) == 0o600


def test_what_was_said_is_kept(begun: Path) -> None:
    owner = json.loads(here("own", "list", "--format", "json").ok().out)
    assert owner["place"] == "US-PA"
    kept = [(one["platform"], one["name"], one["audience"]) for one in owner["accounts"]]
    assert sorted(kept) == [
        ("linkedin", "", "public"),
        ("reddit", "", "public"),
        ("tumblr", "kitchen", "public"),
        ("tumblr", "paintings", "public"),
    ]


def test_a_terminal_is_asked(home: Path) -> None:
    code, seen = typed(
        answers=("DE", "linkedin, tumblr", "kitchen, den", "pubic", "public", "personal", "y")
    )
    assert code == 0, seen
    assert "Where do you live?" in seen
    assert seen.count("?") >= 4
    assert "LinkedIn" in seen.split("minutes:")[1]
    owner = json.loads(here("own", "list", "--format", "json").out)
    assert owner["place"] == "DE"
    assert [one["name"] for one in owner["accounts"]] == ["", "den", "kitchen"]


def test_a_terminal_is_asked_in_german(home: Path) -> None:
    code, seen = typed("start", "--lang", "de", answers=("AT", "linkedin", "public", "", ""))
    assert code == 0, seen
    assert "Wo leben Sie?" in seen
    assert "Where do you live" not in seen
    assert "Österreich" in seen


def test_stopping_at_a_question_writes_nothing(home: Path) -> None:
    code, seen = typed("start", answers=("DE", STOP))
    assert code == 1
    assert "Traceback" not in seen
    assert "nothing was changed" in seen
    assert not home.exists()


def test_without_a_command_it_is_start_and_then_status(home: Path) -> None:
    assert "--in US-PA" in here().err
    here(*START, "--audience", "public").ok()
    status = here().ok()
    assert "LinkedIn: " in status.out
    assert "2 minutes: 2 switches" in status.out


def test_a_second_start_keeps_what_was_there(begun: Path) -> None:
    here("done", "linkedin/ai-training-toggle").ok()
    here("start", "--in", "DE", "--platforms", "x", "--audience", "public").ok()
    owner = json.loads(here("own", "list", "--format", "json").out)
    assert owner["place"] == "DE"
    assert {one["platform"] for one in owner["accounts"]} == {"linkedin", "reddit", "tumblr", "x"}
    assert len(owner["seen"]) == 1


def test_a_checklist_says_of_which_account_nothing_closes_something(begun: Path) -> None:
    here("own", "add", "account", "reddit", "ada").ok()
    lines = here("plan", "--format", "md").ok().out.splitlines()
    assert "- Reddit: no control closes this" in lines
    assert "- Reddit (reddit:ada): no control closes this" in lines


def test_the_plan_in_german(home: Path) -> None:
    ran = here(*START, "--audience", "public", "--lang", "de").ok()
    assert ran.out.splitlines()[0] == "2 Minuten: 2 Schalter"
    assert "LinkedIn: abschalten, 1 Min." in ran.out
    assert "Information, keine Rechtsberatung." in ran.out
    assert "1. LinkedIn: abschalten" in here("plan").ok().out  # the language is remembered


def test_the_language_of_the_system_is_spoken(home: Path) -> None:
    ran = command("check", "linkedin", "--in", "DE", env={"LANG": "de_AT.UTF-8"}).ok()
    assert "Information, keine Rechtsberatung." in ran.out


def test_a_business_account_is_not_offered_what_it_lacks(home: Path) -> None:
    flags = ("--in", "US-PA", "--platforms", "instagram", "--audience", "public")
    personal = here("start", *flags).ok().out
    business = here("start", *flags, "--kind", "business").ok().out
    assert "withhold done instagram/private-account" in " ".join(personal.split())
    assert "instagram/private-account" not in business


def test_help_names_every_command(home: Path) -> None:
    ran = here("--help").ok()
    for name in ("start", "check", "plan", "done", "own", "status", "knowledge", "doctor"):
        assert f"\n  {name} " in ran.out


def test_the_version_is_told(home: Path) -> None:
    ran = command("--version").ok()
    try:
        known = version("withhold")
    except PackageNotFoundError:  # run from its source
        known = "unknown"
    assert ran.out == f"withhold {known}\n"


def test_groups_without_a_command_show_their_help(home: Path) -> None:
    for group in (("own",), ("own", "add"), ("knowledge",)):
        ran = here(*group)
        shown = ran.out + ran.err
        assert "Usage: withhold " + " ".join(group) in shown
        assert "\nCommands:\n" in shown, shown


def test_doctor_says_what_is_there(home: Path) -> None:
    before = here("doctor").ok().out
    assert "SKIP store: nothing written down yet" in before
    assert not home.exists()
    here(*START, "--audience", "public").ok()
    after = here("doctor").ok().out
    assert "OK   store: " in after
    assert "0 observations, the chain verifies" in after
    assert "FAIL" not in after


def test_a_command_to_copy_names_an_account_with_spaces_as_a_shell_takes_it(begun: Path) -> None:
    step = "linkedin/ai-training-toggle@Mara Kowalski"
    here("own", "add", "account", "linkedin", "Mara Kowalski", "--audience", "public").ok()
    assert f"withhold done '{step}'\n" in here("plan").ok().out
    for form in ("text", "md", "html"):
        shown = here("apply", step, "--format", form).ok().out.replace("&#39;", "'")
        assert f"withhold done '{step}'" in shown
    assert here("done", step).ok().out.startswith("Recorded: ")


def test_a_site_of_ones_own_that_cannot_be_read_hides_nothing_else(
    begun: Path, tmp_path: Path
) -> None:
    bare, whole = tmp_path / "bare", tmp_path / "whole"
    for folder in (bare, whole):
        folder.mkdir()
        here("own", "add", "site", f"https://{folder.name}.example", "--folder", folder).ok()
    (whole / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    ran = here("check").ok()
    assert "LinkedIn · Pennsylvania" in ran.out
    assert "https://whole.example" in ran.out
    assert "https://bare.example: " in ran.err
    assert "there is no such file; passed over" in ran.err
    assert here("check", bare).code == 2  # named, it is what was asked for


def test_where_no_site_of_ones_own_can_be_read_nothing_is_answered(
    home: Path, tmp_path: Path
) -> None:
    here("own", "set", "place", "DE").ok()
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        here("own", "add", "site", f"https://{name}.example", "--folder", folder).ok()
    ran = here("check")
    assert (ran.code, ran.raw) == (3, b"")
    assert ran.err.count("passed over") == 2
    assert "none of your sites could be read" in ran.err
