"""The page docs/reference/performance.md, from the figures that are kept and the causes of misses.

The same figures give the same page: no clock and no machine is asked here.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.causes import Causes, Designed, causes, designed
from bench.kept import Kept, Result, Size
from bench.machine import Machine
from bench.measured import Row
from bench.scripts import NOT_RUN, SCRIPTS

NO_CAUSE = "**ERROR: missed, and bench/causes.toml gives no cause**"
STILL = ("MiB", "%", "")
"""Units of what other work does not change."""
HEAD = """# Performance

Written by `python -m bench` (`make bench`; with `--full` or `make bench FULL=1` at the design's
sizes) from what was measured; not by hand. Both sides of a row were measured in one run, in turns.
A small run does not touch the figures of a full one. Figures are of the machine that is named.
*Others* are the cores that other work took meanwhile, on average: over 0.2 it disturbed what was
measured, and ratios, above all those by the clock with two processes, say little. Ratios by the
processors' time, where they were taken, change less.
"""
ENDED = {
    "done": "done",
    "missed": "done, an aim was missed",
    "failed": "**broke off**",
    "budget": "**ended by its budget**",
}


def page(kept: Kept, why: Causes | None = None, table: list[Designed] | None = None) -> str:
    """The whole page, in Markdown."""
    why, table = why or causes(), table or designed()
    lines = [HEAD, *_targets(kept, table, why)]
    for title, size, full in (("Full size", kept.full, True), ("Small size", kept.small, False)):
        lines += [f"\n## {title}\n", *_size(size, why, full=full)]
    lines += ["\n## Machines and versions\n", *_machines(kept.machines), "\n## Not run\n"]
    lines += ["Files under `bench/` that `python -m bench` does not run by themselves:\n"]
    lines += [f"- `{name}.py`: {reason}" for name, reason in sorted(NOT_RUN.items())]
    return "\n".join(lines) + "\n"


def misses(kept: Kept, why: Causes) -> Iterator[tuple[str, bool, str]]:
    """Key, whether at full size, and the cause of every miss."""
    for full, size in ((True, kept.full), (False, kept.small)):
        for result in size.scripts.values():
            for row in result.figures:
                if row.met is False:
                    yield row.key, full, cause(row, result, why, full=full)


def cause(row: Row, result: Result, why: Causes, *, full: bool) -> str:
    """Why a row was missed; "" where nobody knows, on an idle machine."""
    known = why.of(row.key, full=full)
    if known or not result.disturbed or row.unit in STILL:
        return known
    return f"not known: other work took {result.others:.1f} cores; to be measured anew without it"


def _targets(kept: Kept, table: list[Designed], why: Causes) -> Iterator[str]:
    yield "## Targets\n"
    yield "| what | against | to reach | row | full size | small size |"
    yield "|---|---|---|---|---|---|"
    sides = [
        {row.key: row for one in size.scripts.values() for row in one.figures}
        for size in (kept.full, kept.small)
    ]
    for target in table:
        head = f"{target.what} | {target.against} | {target.reach}"
        for key in target.keys:
            said = " | ".join(_short(side.get(key)) for side in sides)
            yield f"| {head} | `{key}` | {said} |"
            head = " | | "
    missed = list(misses(kept, why))
    yield "\n### Misses and their causes\n"
    if not missed:
        yield "None."
    for key, full, said in missed:
        yield f"- `{key}`, {'full' if full else 'small'} size: {said or NO_CAUSE}"


def _short(row: Row | None) -> str:
    if row is None:
        return "not measured"
    verdict = {True: "met", False: "**missed**", None: ""}[row.met]
    return f"{_value(row)}, {verdict}".rstrip(", ")


def _size(size: Size, why: Causes, *, full: bool) -> Iterator[str]:
    if not size.scripts:
        yield "Not measured yet."
    else:
        yield "| script | options | date | commit | machine | others | took | |"
        yield "|---|---|---|---|---|---|---|---|"
    ran = [(one.name, size.scripts[one.name]) for one in SCRIPTS if one.name in size.scripts]
    for name, one in ran:
        yield (
            f"| {name} | `{one.options or '-'}` | {one.date} | {one.commit} | {one.machine + 1} "
            f"| {one.others:.1f} | {one.seconds:.0f} s | {ENDED[one.ended]} |"
        )
    for name, left in sorted(size.left_out.items()):
        yield f"\n`{name}` was not run: {left}."
    for name, one in ran:
        if one.figures:
            yield f"\n### {name}, {'full' if full else 'small'} size\n"
            yield from _figures(one, why, full=full)
    yield from _growth([one for _, one in ran])
    yield from _projections([one for _, one in ran])


def _figures(result: Result, why: Causes, *, full: bool) -> Iterator[str]:
    yield "| row | what | size | ours | the other side | | to reach | |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in result.figures:
        other = "" if row.theirs is None else f"{_said(row.theirs, row.unit)} ({row.yardstick})"
        verdict = {True: "met", False: "**missed**", None: ""}[row.met]
        if row.met is False:
            verdict += f": {cause(row, result, why, full=full) or NO_CAUSE}"
        value = "" if row.by == "ours" else _value(row)
        if row.work is not None:
            value += f", {_number(row.work)} by the processors' time"
        ours = _said(row.ours, row.unit)
        if row.memory is not None:
            ours += f", {row.memory:.0f} MiB"
        yield (
            f"| `{row.key}` | {row.what} | {row.size} | {ours} | {other} | {value} | {_aim(row)} "
            f"| {verdict} |"
        )


def _growth(results: list[Result]) -> Iterator[str]:
    rows = [row for one in results for row in one.growths]
    if rows:
        yield "\n### How cost grows\n"
        yield "| what | of | seconds | µs each | memory |"
        yield "|---|---|---|---|---|"
    for row in rows:
        memory = "" if row.memory is None else f"{row.memory:.0f} MiB"
        each = _number(row.seconds / row.number * 1e6)
        yield (
            f"| {row.what} | {row.number:,} {row.of} | {_number(row.seconds)} | {each} | {memory} |"
        )


def _projections(results: list[Result]) -> Iterator[str]:
    rows = [row for one in results for row in one.projections]
    if rows:
        yield "\n### Projections\n"
        yield "Reckoned from the figures above, not measured:\n"
    for row in rows:
        yield f"- {row.what}: {_said(row.value, row.unit)}. Supposed: {row.supposed}."


def _machines(machines: list[Machine]) -> Iterator[str]:
    for number, one in enumerate(machines, 1):
        versions = ", ".join(f"{name} {said}" for name, said in one.versions.items())
        yield (
            f"{number}. {one.processor}, {one.cores} cores, {one.memory:g} GiB of memory, "
            f"{one.system}, {one.python}; {versions}."
        )


def _value(row: Row) -> str:
    number = _number(row.value)
    return {
        "ratio": f"{number} times as long",
        "speed": f"{number} times as fast",
        "more": f"+{_said(row.value, row.unit)}",
        "ours": _said(row.value, row.unit),
    }[row.by]


def _aim(row: Row) -> str:
    aim, word = (row.least, "at least") if row.most is None else (row.most, "at most")
    if aim is None:
        return ""
    unit = row.unit if row.by in ("ours", "more") else "times"
    return f"{word} {'+' * (row.by == 'more')}{_said(aim, unit)}"


def _said(value: float, unit: str) -> str:
    return f"{_number(value)} {unit}".rstrip()


def _number(value: float) -> str:
    """Three digits that count; whole ones from 100 on."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
