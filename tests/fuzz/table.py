"""What came of a run, for people: a line each, a table, and what to do with a crash."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.fuzz.kept import Kept
from tests.fuzz.running import Outcome

HEAD = f"{'target':20} {'seconds':>7} {'executions':>11} {'per s':>7} {'edges':>6} {'features':>8} {'corpus':>6} crashes"  # noqa: E501


def line(one: Outcome) -> str:
    """One target in one line."""
    return (
        f"{one.name:20} {one.seconds:7.0f} {one.executions:11,} {one.per_second:7,} "
        f"{one.edges:6,} {one.features:8,} {one.corpus:6,} {len(one.crashes) or ''}"
        f"{'did not run' if one.trouble else ''}"
    ).rstrip()


ABOUT = """# Fuzzing: how long, how often

Written by `python -m tests.fuzz --json FILE --markdown FILE` from what was run; not by hand. Two
or three targets ran at a time, also beside other work, so that executions per second are no
measure of the readers. *Seconds since* are those without a crash since the last one, also where the
reader was changed meanwhile. A target that is not here was not run for long.
[What a target is, and what this does not show](../explanation/fuzzing.md).
"""


def markdown(every: Iterable[Kept]) -> str:
    """All as a page with a table in Markdown, and on which commits they ran."""
    every = list(every)
    rows = [
        f"| {one.name} | {one.seconds:.0f} | {one.executions:,} | "
        f"{one.executions / one.seconds if one.seconds else 0:,.0f} | "
        f"{one.edges:,} | {one.features:,} | {one.corpus:,} | {one.crashes} | {one.quiet:.0f} |"
        for one in every
    ]
    head = (
        "| target | seconds | executions | per second | edges | features | corpus | crashes "
        "| seconds since |"
    )
    commits = dict.fromkeys(run.commit for one in every for run in one.sessions)
    return "\n".join(
        (ABOUT, head, "| --- |" + " ---: |" * 8, *rows, "", f"Commits: {', '.join(commits)}.", "")
    )


def told(one: Outcome) -> str:
    """What is wrong with a target, and how to look at it."""
    said = [f"{one.name}:"]
    for crash in one.crashes:
        said.append(f"  {crash.what}")
        said.append(f"    python -m tests.fuzz --only {one.name} --repeat {crash.file}")
    if one.trouble:
        said.append(re.sub(r"^", "  ", one.trouble.strip(), flags=re.MULTILINE))
    return "\n".join(said)
