"""The table of exit codes, each code by a command that ends with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.run import command, here

DAY = ("--when", "2025-12-01")


def test_0_whatever_the_answers() -> None:
    assert command("check", "linkedin", "--in", "US-PA").code == 0
    assert command("check", "linkedin", "--in", "US-PA", "--fail-on", "never").code == 0


def test_1_when_the_world_is_in_the_way(begun: Path) -> None:
    (begun / "withhold.db").write_bytes(b"no database" * 100)
    assert command("status").code == 1


def test_2_bad_input() -> None:
    assert command("check", "linkdin", "--in", "DE").code == 2
    assert command("check", "--nothing-of-this-name").code == 2
    assert command("chekc").code == 2


def test_3_nothing_to_check(home: Path) -> None:
    for what in ("check", "plan", "status"):
        assert here(what).code == 3


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        ((), 0),
        (("never",), 0),
        (("allowed",), 11),
        (("unknown",), 10),
        (("weak",), 14),
        (("weak", "unknown"), 10),
        (("unknown", "allowed"), 11),
        (("weak", "allowed"), 11),
        (("weak", "unknown", "allowed"), 11),
        (("never", "weak"), 14),
    ],
)
def test_fail_on_allowed_before_unknown_before_weak(fail_on: tuple[str, ...], code: int) -> None:
    # Reddit in the US has all of them: sold posts, unclear private communities, its own robots.txt
    flags = [word for name in fail_on for word in ("--fail-on", name)]
    assert here("check", "reddit", "--in", "US-PA", *DAY, *flags).code == code


def test_what_did_not_happen_does_not_fail() -> None:
    assert here("check", "tiktok", "--in", "US-PA", *DAY, "--fail-on", "weak").code == 0


def test_told_is_weak_and_promised_is_not(home: Path, robots: Path) -> None:
    asked = ("--actor", "openai", "--in", "US-PA", "--fail-on", "weak")
    assert here("check", robots, *asked).code == 0
    here("own", "set", "place", "US-PA").ok()
    here("own", "add", "account", "linkedin").ok()
    mine = ("check", "linkedin", "--actor", "linkedin", "--fail-on", "weak")
    assert here(*mine).code == 0
    here("done", "linkedin/ai-training-toggle").ok()
    assert here(*mine).code == 14


def test_formats_end_alike() -> None:
    for form in ("json", "csv", "md", "html", "sarif", "parquet"):
        ran = here("check", "reddit", "--in", "US-PA", "--format", form, "--fail-on", "allowed")
        assert ran.code == 11
        assert ran.raw
