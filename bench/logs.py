"""Access logs, 20 % of the lines from crawlers: against goaccess and a bare loop of one regex.

All sides read the same made log in combined format, turn by turn in one run; the best turn counts.
goaccess is one process, so ours is measured with one, and with two against a bare loop with two.
Times are those of the clock; the processor's stand beside them, for a machine that is shared.
Memory is the peak of the sum of all processes' proportional shares (PSS). ai-crawler-logs reads the
first 300,000 lines: it stops at 200,000 and does not say so.

To reach (design, section 6): at most twice the bare loop's time with the same number of processes,
8 times goaccess, under 200 MiB, every line counted. What is printed is what was measured. What is
asked for the first time (a path by the rules of a group, a user agent, an address) costs some
microseconds, in each process anew, so that a short log looks dearer than a long one: of the made
log's requests of crawlers one in five is new at 300,000 lines, one in six at 5,000,000.

    python bench/logs.py [--lines 300000] [--turns 3] [--full]

``--full`` is the size of the design: 5,000,000 lines.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import resource
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import ai_crawler_logs

import logs_made
import measured
from withhold.catalog.load import load
from withhold.catalog.ranges import load_ranges
from withhold.reach.side_by_side import side_by_side
from withhold.traces.logs.in_blocks import pieces
from withhold.traces.logs.whose import Whose
from withhold.verbs.prove_logs import look

GOACCESS, BARE, MEMORY = 8, 2, 200
LOOP = "loop by user agent"
REGEX = re.compile(rb'(\S+) (\S+) (\S+) \[([^\]]+)\] "([^"]*)" (\d{3}) (\d+|-) "([^"]*)" "([^"]*)"')
KNOWN = load(platforms=[])


def ours(log: Path, workers: int) -> dict[str, int]:
    """Lines, unreadable ones, and the requests of each crawler."""
    seen = look(
        [str(log)], KNOWN.crawlers, logs_made.robots(), Whose(load_ranges()), workers=workers
    )
    refused = sum(one.in_spite for one in seen.crawlers)
    crawlers = {one.token: one.requests for one in seen.crawlers}
    return {"lines": seen.lines, "unreadable": seen.unreadable, "in spite": refused, **crawlers}


def bare(log: Path, workers: int) -> dict[str, int]:
    """Lines that the regex matches."""
    cuts = pieces(log.stat().st_size, log.stat().st_size // workers + 1)
    makers = [partial(_matched, log, start, end) for start, end in cuts]
    return {"lines": sum(side_by_side(makers) if workers > 1 else makers[0]())}


def by_agent(log: Path) -> dict[str, int]:
    """The same loop where it does something: it counts the lines of each user agent."""
    counts: dict[bytes, int] = {}
    with log.open("rb") as stream:
        for line in stream:
            found = REGEX.match(line)
            if found:
                agent = found[9]
                counts[agent] = counts.get(agent, 0) + 1
    return {"lines": sum(counts.values()), "user agents": len(counts)}


def _matched(log: Path, start: int, end: int) -> Iterator[int]:
    matched, match = 0, REGEX.match
    with log.open("rb") as stream:
        if start:
            stream.seek(start - 1)
            stream.readline()
        left = end - stream.tell()
        for line in stream:
            if match(line):
                matched += 1
            left -= len(line)
            if left <= 0:
                break
    yield matched


def goaccess(log: Path) -> dict[str, int]:
    """What goaccess counts."""
    out = log.with_suffix(".json")
    command = ["goaccess", str(log), "--log-format=COMBINED", "-o", str(out), "--no-global-config"]
    subprocess.run(command, check=True, capture_output=True)
    general = json.loads(out.read_text())["general"]
    return {"lines": general["total_requests"], "unreadable": general["failed_requests"]}


def rival(log: Path) -> dict[str, int]:
    """What ai-crawler-logs reports of the first 300,000 lines."""
    with log.open() as lines:
        text = "".join(line for line, _ in zip(lines, range(300_000), strict=False))
    found = ai_crawler_logs.triage(text)
    rows = found["rows"] if isinstance(found, dict) else found
    return {"lines": text.count("\n"), "reported": sum(row.get("count", 1) for row in rows)}


class Run:
    """One side, run in a process of its own."""

    def __init__(self, side: Callable[[], dict[str, int]]) -> None:
        self.counts: dict[str, int] = {}
        context = get_context("fork")
        ours_, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_run, args=(side, theirs))
        process.start()
        theirs.close()
        self.peak, done = 0, threading.Event()
        watch = threading.Thread(target=self._watch, args=(process.pid, done), daemon=True)
        watch.start()
        self.wall, self.processor, self.counts = ours_.recv()
        process.join()
        done.set()
        watch.join()

    def _watch(self, root: int, done: threading.Event) -> None:
        while not done.wait(0.05):
            self.peak = max(self.peak, sum(map(_share, _family(root))))


def _run(side: Callable[[], dict[str, int]], to: object) -> None:
    start = time.perf_counter()
    counts = side()
    wall = time.perf_counter() - start
    used = [resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    to.send((wall, processor, counts))  # type: ignore[attr-defined]


def _family(root: int) -> list[int]:
    """A process and those below it."""
    found = [root]
    for one in found:
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{one}/task").iterdir():
                children = (thread / "children").read_text()
                found += map(int, children.split())
    return found


def _share(process: int) -> int:
    """Its proportional share of the memory, in octets."""
    with contextlib.suppress(OSError):
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        return int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) * 1024  # type: ignore[index]
    return 0


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--lines", type=int, default=300_000)
    arguments.add_argument("--turns", type=int, default=3)
    arguments.add_argument("--full", action="store_true")
    given = arguments.parse_args()
    lines = 5_000_000 if given.full else given.lines
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "access.log"
        made = logs_made.write(log, lines)
        size = log.stat().st_size / 1024**2
        print(f"{lines:,} lines, {size:,.0f} MiB, {sum(made.values()) / lines:.1%} from crawlers")
        sides: dict[str, Callable[[], dict[str, int]]] = {
            "withhold, 1 process": partial(ours, log, 1),
            "bare loop, 1 process": partial(bare, log, 1),
            LOOP: partial(by_agent, log),
            "withhold, 2 processes": partial(ours, log, 2),
            "bare loop, 2 processes": partial(bare, log, 2),
        }
        if shutil.which("goaccess"):
            sides["goaccess"] = partial(goaccess, log)
        best: dict[str, Run] = {}
        for _ in range(given.turns):
            for name, side in sides.items():
                run = Run(side)
                before = best.get(name)
                best[name] = run if before is None or run.wall < before.wall else before
        for name, run in best.items():
            counts = ", ".join(f"{key} {n:,}" for key, n in list(run.counts.items())[:3])
            print(
                f"{name:24}{run.wall:8.2f} s ({run.processor:.2f} s of processor)"
                f"{lines / run.wall:12,.0f} lines/s{run.peak / 1024**2:8.0f} MiB   {counts}"
            )
        _ratios(best, made, lines)
        peer = Run(partial(rival, log))
        print(f"ai-crawler-logs {peer.wall:.2f} s: {peer.counts}")


def _ratios(best: dict[str, Run], made: dict[str, int], lines: int) -> None:
    one, two = best["withhold, 1 process"], best["withhold, 2 processes"]
    pairs = [
        ("bare-1", "the bare loop's time, 1 process", one, best["bare loop, 1 process"]),
        ("bare-2", "the bare loop's time, 2 processes", two, best["bare loop, 2 processes"]),
        ("agents-1", "a loop that counts user agents, 1", one, best[LOOP]),
    ]
    size = f"{lines:,} lines"
    for key, name, mine, theirs in pairs:
        wall, processor = mine.wall / theirs.wall, mine.processor / theirs.processor
        measured.told(
            f"logs/{key}",
            f"access log, processes: {key[-1]}",
            mine.wall,
            "s",
            theirs=theirs.wall,
            yardstick="a bare loop of one regex" + " that counts user agents" * (key == "agents-1"),
            work=processor,
            most=BARE if key != "agents-1" else None,
            size=size,
            memory=mine.peak / 1024**2,
        )
        print(f"{wall:.2f} times {name} (processor {processor:.2f}); at most {BARE}")
    if "goaccess" in best:
        peer = best["goaccess"]
        wall, processor = peer.wall / one.wall, peer.processor / one.processor
        print(f"{wall:.1f} times goaccess's speed (processor {processor:.1f}); at least {GOACCESS}")
        measured.told(
            "logs/goaccess",
            "access log, processes: 1",
            one.wall,
            "s",
            theirs=peer.wall,
            yardstick="goaccess",
            by="speed",
            work=processor,
            least=GOACCESS,
            size=size,
        )
    print(f"{two.peak / 1024**2:.0f} MiB over all processes; at most {MEMORY}")
    what = "access log: memory over all of 2 processes"
    measured.told("logs/memory", what, two.peak / 1024**2, "MiB", most=MEMORY, size=size)
    wrong = 0
    for run in (one, two):
        right = run.counts["lines"] == lines and all(run.counts[key] == made[key] for key in made)
        print("every line counted, each crawler's right" if right else f"WRONG: {run.counts}")
        wrong += not right
    what = "access log: runs in which a line or a crawler's requests are miscounted"
    measured.told("logs/miscounted", what, wrong, "", most=0, size=size)


if __name__ == "__main__":
    main()
