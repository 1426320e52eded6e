"""What came of a run, for people: a line each, a table, and what to do with a crash."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.fuzz.running import Outcome

HEAD = f"{'target':20} {'seconds':>7} {'executions':>11} {'per s':>7} {'edges':>6} {'features':>8} {'corpus':>6} crashes"  # noqa: E501


def line(one: Outcome) -> str:
    """One target in one line."""
    return (
        f"{one.name:20} {one.seconds:7.0f} {one.executions:11,} {one.per_second:7,} "
        f"{one.edges:6,} {one.features:8,} {one.corpus:6,} {len(one.crashes) or ''}"
        f"{'did not run' if one.trouble else ''}"
    ).rstrip()


def markdown(ended: Iterable[Outcome]) -> str:
    """All as a table in Markdown."""
    rows = [
        f"| {one.name} | {one.seconds:.0f} | {one.executions:,} | {one.per_second:,} | "
        f"{one.edges:,} | {one.features:,} | {one.corpus:,} | {len(one.crashes)} |"
        for one in ended
    ]
    head = "| target | seconds | executions | per second | edges | features | corpus | crashes |"
    return "\n".join((head, "| --- |" + " ---: |" * 7, *rows, ""))


def told(one: Outcome) -> str:
    """What is wrong with a target, and how to look at it."""
    said = [f"{one.name}:"]
    for crash in one.crashes:
        said.append(f"  {crash.what}")
        said.append(f"    python -m tests.fuzz --only {one.name} --repeat {crash.file}")
    if one.trouble:
        said.append(re.sub(r"^", "  ", one.trouble.strip(), flags=re.MULTILINE))
    return "\n".join(said)
