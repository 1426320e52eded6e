"""docs/reference/performance.md is what was measured; no other page states figures of speed."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import kept as kept_figures
from bench.causes import Causes, causes, designed
from bench.kept import Kept, Result
from bench.machine import Machine
from bench.measured import Growth, Row
from bench.page import NO_CAUSE, misses, page
from bench.scripts import NOT_RUN, SCRIPTS

REPO = Path(__file__).resolve().parents[2]
BENCH = REPO / "bench"
FIGURES = Path(__file__).with_name("figures.toml")
MACHINE = Machine(
    processor="one", cores=2, memory=8.0, system="a system", python="CPython 3.11", versions={}
)


def row(key: str, value: float = 3.0, **more: object) -> Row:
    """A row that took so many times as long, where at most twice is the aim."""
    return Row(
        key=key, what=f"what of {key}", unit="s", ours=value, theirs=1.0, by="ratio", value=value,
        yardstick="a bare loop", **({"most": 2.0} | more),
    )  # fmt: skip


def result(*rows: Row | Growth, others: float = 0.0, seconds: float = 1.0) -> Result:
    """Of a script that ran to its end."""
    return Result(
        ended="done", date="2026-11-26", commit="0" * 12, machine=0, options="", seconds=seconds,
        others=others, rows=list(rows),
    )  # fmt: skip


# --- the page that is kept


def test_the_page_is_what_the_kept_figures_give() -> None:
    assert kept_figures.PAGE.read_text(encoding="utf-8") == page(kept_figures.read())


def test_every_row_of_the_design_is_on_the_page() -> None:
    """The rows of the design's table, counted by hand; each was measured at one size at least."""
    text = kept_figures.PAGE.read_text(encoding="utf-8")
    table = designed()
    assert len(table) == 10
    known = kept_figures.read().rows()
    for target in table:
        assert f"| {target.what} | {target.against} | {target.reach} |" in text
        for key in target.keys:
            assert f"`{key}`" in text
            assert key in known, f"{key} was never measured: python -m bench"


def test_every_miss_has_a_cause() -> None:
    missed = list(misses(kept_figures.read(), causes()))
    assert [key for key, _, cause in missed if not cause] == []
    assert NO_CAUSE not in kept_figures.PAGE.read_text(encoding="utf-8")


def test_every_row_that_is_judged_is_judged_by_its_own_figures() -> None:
    """The value that is held against an aim, reckoned here once more."""
    for one in kept_figures.read().rows().values():
        theirs = one.theirs or 0.0
        value = {
            "ours": lambda one=one: one.ours,
            "more": lambda one=one, theirs=theirs: one.ours - theirs,
            "ratio": lambda one=one, theirs=theirs: one.ours / theirs,
            "speed": lambda one=one, theirs=theirs: theirs / one.ours,
        }[one.by]()
        assert one.value == pytest.approx(value, rel=0.005), one.key


def test_no_path_of_the_machine_is_told() -> None:
    for file in (kept_figures.PAGE, kept_figures.KEPT):
        assert not re.search(r"(?<![\w.`])/\w+/\w", file.read_text(encoding="utf-8")), file


# --- what is run


def test_every_bench_is_run_or_named_with_the_reason() -> None:
    there = {one.stem for one in BENCH.glob("*.py")}
    run = {one.name for one in SCRIPTS}
    assert there - run == set(NOT_RUN), "bench/scripts.py"
    assert not run & set(NOT_RUN)
    assert all(NOT_RUN.values())
    assert run <= there
    for name in NOT_RUN:
        assert f"`{name}.py`" in kept_figures.PAGE.read_text(encoding="utf-8")


def test_every_bench_that_is_run_tells_rows() -> None:
    """``exports`` runs others, which do; what tells none would be missing from the page unseen."""
    for one in SCRIPTS:
        text = (BENCH / f"{one.name}.py").read_text(encoding="utf-8")
        assert "measured" in text, one.name


def test_all_small_budgets_together_are_bounded() -> None:
    assert all(0 < one.budget(False) <= one.budget(True) for one in SCRIPTS)
    assert sum(one.budget(False) for one in SCRIPTS) <= 4 * 15 * 60


def test_an_unknown_name_ends_the_run_before_anything_is_measured() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--only", "none-such"],
        cwd=REPO, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == ""
    assert "none-such" in done.stderr


# --- how figures are kept and shown


def test_a_small_run_leaves_a_full_one_alone() -> None:
    kept, place = Kept().place(MACHINE)
    assert place == 0
    kept = kept.with_result("logs", result(row("logs/a", 1.5)), full=True)
    kept = kept.with_result("logs", result(row("logs/a", 1.9)), full=False)
    assert kept.full.scripts["logs"].figures[0].value == 1.5
    assert kept.small.scripts["logs"].figures[0].value == 1.9
    assert kept.rows()["logs/a"].value == 1.5
    text = page(kept, Causes(), [])
    assert text.index("## Full size") < text.index("### logs, full size")
    assert text.index("## Small size") < text.index("### logs, small size")


def test_a_script_that_was_not_run_keeps_what_was_measured_before() -> None:
    kept = Kept(machines=[MACHINE]).with_result("logs", result(row("a")), full=False)
    assert kept.without("logs", "goaccess is not installed", full=False) == kept
    other = kept.without("policies", "no data folder", full=False)
    assert "`policies` was not run: no data folder." in page(other, Causes(), [])


def test_a_miss_without_a_cause_is_an_error_on_the_page() -> None:
    kept = Kept(machines=[MACHINE]).with_result("logs", result(row("logs/a")), full=False)
    assert NO_CAUSE in page(kept, Causes(), [])
    said = page(kept, Causes(both={"logs/a": "the loop does nothing"}), [])
    assert NO_CAUSE not in said
    assert "- `logs/a`, small size: the loop does nothing" in said
    assert "**missed**: the loop does nothing" in said


def test_a_cause_of_one_size_is_none_of_the_other() -> None:
    why = Causes(both={"a": "always"}, small={"a": "small", "b": "small too"})
    assert why.of("a", full=False) == "small"
    assert why.of("a", full=True) == "always"
    assert why.of("b", full=True) == ""


def test_what_was_missed_beside_other_work_is_said_to_be_not_known() -> None:
    kept = Kept(machines=[MACHINE])
    kept = kept.with_result("logs", result(row("logs/a"), others=1.4), full=False)
    ((key, full, cause),) = misses(kept, Causes())
    assert (key, full) == ("logs/a", False)
    assert cause.startswith("not known: other work took 1.4 cores")


def test_other_work_excuses_no_memory_and_no_count() -> None:
    more = Row(key="m", what="memory", unit="MiB", ours=3.0, by="ours", value=3.0, most=2.0)
    kept = Kept(machines=[MACHINE]).with_result("logs", result(more, others=1.4), full=False)
    assert list(misses(kept, Causes())) == [("m", False, "")]


@pytest.mark.parametrize(
    ("value", "more", "met"),
    [
        (2.0, {}, True),
        (2.001, {}, False),
        (0.8, {"most": None, "least": 0.8}, True),
        (0.79, {"most": None, "least": 0.8}, False),
        (9.0, {"most": None}, None),
    ],
)
def test_met_and_missed(value: float, more: dict[str, float | None], met: bool | None) -> None:
    assert row("a", value, **more).met is met


def test_figures_come_back_as_they_were_kept(tmp_path: Path) -> None:
    rows = (row("a", 1.25), Growth(key="g", what="reading", of="posts", number=10_000, seconds=0.5))
    kept = Kept(machines=[MACHINE]).with_result("logs", result(*rows), full=True)
    kept_figures.write(kept, tmp_path / "figures.json")
    assert kept_figures.read(tmp_path / "figures.json") == kept
    assert "| reading | 10,000 posts | 0.5 | 50 |  |" in page(kept, Causes(), [])


# --- no other page states a figure of speed or of memory

_FIGURE = re.compile(
    r"\b\d[\d.,]* ?(?:ms|µs|us)\b"
    r"|\b\d[\d.,]* ?(?:s|seconds?|minutes?|hours?)\b"
    r"|\b\d[\d.,]* (?:\w+ ){0,2}(?:a|per) (?:second|minute|hour)\b|\b\d[\d.,]* ?\w+/s\b"
    r"|\b[\w.]+ times (?:as )?(?:fast|slow|quick|long)\w*|\b\d[\d.,]* ?% (?:faster|slower)"
    r"|\b\d[\d.,]* ?[KMG]i?B of memory\b|memory[^.|]{0,40}\b\d[\d.,]* ?[KMG]i?B\b"
)


def _pages() -> Iterator[Path]:
    yield REPO / "README.md"
    for file in sorted((REPO / "docs").rglob("*.md")):
        if "decisions" not in file.parts and file != kept_figures.PAGE:
            yield file


_TOLD = re.compile(r"<!-- (\w+): begin -->.*?<!-- \1: end -->", re.DOTALL)
"""A table that a run writes into a page, with its day, commit and machine: how long it took is told
there anew by each."""


def _figures() -> set[tuple[str, str]]:
    return {
        (file.relative_to(REPO).as_posix(), found[0])
        for file in _pages()
        for found in _FIGURE.finditer(_TOLD.sub("", file.read_text(encoding="utf-8")))
    }


def test_only_what_a_run_wrote_is_passed_over() -> None:
    text = "in 5 s <!-- faults: begin --> 8 minutes <!-- faults: end --> and 7 s"
    assert _FIGURE.findall(_TOLD.sub("", text)) == ["5 s", "7 s"]
    assert _FIGURE.findall(_TOLD.sub("", "<!-- a: begin --> 8 minutes <!-- b: end -->")) == [
        "8 minutes"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("it takes 40 ms", "40 ms"),
        ("in 1.2 s of it", "1.2 s"),
        ("30,000 rows a second", "30,000 rows a second"),
        ("8 times as fast as that", "8 times as fast"),
        ("thirty times faster", "thirty times faster"),
        ("needs 200 MiB of memory", "200 MiB of memory"),
        ("at most 64 MiB are read", None),
        ("seen on 18 September 2025", None),
    ],
)
def test_a_figure_is_known_when_it_is_seen(text: str, found: str | None) -> None:
    match = _FIGURE.search(text)
    assert (match[0] if match else None) == found


def test_every_figure_of_speed_is_a_row_or_a_limit() -> None:
    """``figures.toml`` says of each what it is: a row of the benches, a limit, a person's time."""
    allowed = tomllib.loads(FIGURES.read_text(encoding="utf-8"))
    known = kept_figures.read().rows()
    listed: set[tuple[str, str]] = set()
    for file, said in allowed.items():
        for figure, what in said.items():
            listed.add((file, figure))
            kind, _, key = what.partition(": ")
            assert kind in ("row", "limit", "person"), f"{file}: {figure}: {what}"
            assert key, f"{file}: {figure}: {what}"
            if kind == "row":
                assert key in known, f"{file}: {figure}: no bench measures {key}"
                assert "performance.md" in (REPO / file).read_text(encoding="utf-8"), file
    found = _figures()
    assert sorted(found - listed) == [], "a figure that no bench measures: tests/docs/figures.toml"
    assert sorted(listed - found) == [], "no page states it any more"
