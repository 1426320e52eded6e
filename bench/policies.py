"""Policies: how well and how fast sentences on training are found, and in how much memory.

Quality: ``policies_labels.py``. Speed: all Markdown versions of the data folder into clauses,
against trafilatura over the same texts as HTML (made beforehand by markdown-it-py), turn by turn in
one run; the better turn of each side counts. Memory: the peak of a process of its own that reads
them all and keeps every clause.

    python bench/policies.py [--turns 2] [--every 1] [--speed-only] [--no-misses]
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import measured
from policies_labels import (
    LABELS,
    Judged,
    alone,
    corpus,
    figures,
    in_documents,
    labelled,
    told,
)

RATIO, MEMORY = 1.0, 300


def files(root: Path, every: int) -> list[Path]:
    """Every so-manieth version, in order of name."""
    return sorted(root.rglob("????-??-??.md"))[::every]


def clauses(paths: list[Path]) -> int:
    """All of them into clauses; how many there are."""
    from withhold.policies import read_document

    return sum(len(read_document(path.read_bytes(), "markdown").clauses) for path in paths)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def speed(paths: list[Path], turns: int) -> None:
    """Both sides, turn by turn."""
    import trafilatura
    from markdown_it import MarkdownIt

    make = MarkdownIt("commonmark").enable("table")
    pages = []
    for path in paths:
        body = make.render(path.read_text(encoding="utf-8"))
        pages.append(f"<html><head><title>x</title></head><body><main>{body}</main></body></html>")
    size = sum(path.stat().st_size for path in paths)
    clauses(paths[:1])
    trafilatura.extract(pages[0])
    ours, theirs = [], []
    for _ in range(turns):
        ours.append(seconds(lambda: clauses(paths)))
        theirs.append(seconds(lambda: [trafilatura.extract(one) for one in pages]))
    ratio = min(ours) / min(theirs)
    print(
        f"{len(paths)} versions, {size / 2**20:.1f} MiB: into clauses {min(ours):.1f} s, "
        f"trafilatura {min(theirs):.1f} s: {ratio:.2f} times (aim at most {RATIO})"
    )
    measured.told(
        "policies/speed",
        "Markdown versions of policies into clauses",
        min(ours),
        "s",
        theirs=min(theirs),
        yardstick="trafilatura over the same texts as HTML",
        most=RATIO,
        size=f"{len(paths)} versions, {size / 2**20:.1f} MiB",
    )


def _quality(half: str, judged: Sequence[Judged]) -> None:
    for name, value in figures(judged).items():
        key = f"policies/{half}-{re.sub('[^a-z]+', '-', name.lower()).strip('-')}"
        size = f"{len(judged)} labelled sentences"
        measured.told(key, f"policies, {half} half, in documents: {name}", value, "", size=size)


def memory(every: int) -> None:
    """The peak of a process that does nothing else."""
    done = subprocess.run(
        [sys.executable, __file__, "--peak", "--every", str(every)],
        check=True,
        capture_output=True,
        text=True,
    )
    print(f"{done.stdout.strip()} (aim under {MEMORY} MiB)")
    most = float(done.stdout.split()[-2])
    size = done.stdout.partition(" ")[0] + " versions"
    what = "a process that reads them all and keeps every clause: memory"
    measured.told("policies/memory", what, most, "MiB", most=MEMORY, size=size)


def peak(every: int) -> None:
    """Run in a process of its own: reads all, keeps all clauses, tells the peak."""
    from withhold.policies import read_document

    kept = [read_document(path.read_bytes(), "markdown").clauses for path in files(corpus(), every)]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(kept)} versions, {sum(map(len, kept))} clauses kept, peak {most:.0f} MiB")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--turns", type=int, default=2)
    arguments.add_argument("--every", type=int, default=1, help="only every so-manieth version")
    arguments.add_argument("--speed-only", action="store_true")
    arguments.add_argument("--no-misses", action="store_true")
    arguments.add_argument("--peak", action="store_true", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.peak:
        peak(given.every)
        return
    if "WITHHOLD_CORPUS" not in os.environ:
        print("policies: skipped, WITHHOLD_CORPUS names no data folder")
        return
    if not given.speed_only:
        for half in ("dev", "test"):
            if (LABELS / f"{half}.jsonl").is_file():
                sentences = labelled(half, corpus())
                judged = in_documents(sentences, corpus())
                _quality(half, judged)
                shown = half == "test" and not given.no_misses
                print(told(f"{half}, in documents", judged, misses=shown))
                print(told(f"{half}, alone", alone(sentences), misses=False))
    speed(files(corpus(), given.every), given.turns)
    memory(given.every)


if __name__ == "__main__":
    main()
