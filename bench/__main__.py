"""Runs every bench, one after the other, and writes docs/reference/performance.md.

    python -m bench [--full] [--only NAME]... [--not-kept] [--patience N]
    python -m bench --page

Small by default: all of it within 15 minutes on two idle cores; ``--full`` at the design's sizes
takes hours. Each script prints what it always prints; it has a budget (``--patience 5``: five
times that, on a busy machine), after which it alone is ended, and room of its own for what it
makes, which is cleared whatever happens. Figures are kept after each script, so that Ctrl-C loses
the running one only. Ends with 1 where a script broke off or was ended, or where a miss has no
cause (``bench/causes.toml``); a miss with a cause is stated, and no error. ``--page`` measures
nothing: it writes the page anew from what is kept, for causes that were written meanwhile.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.causes import causes
from bench.kept import KEPT, PAGE, ROOT, Kept, Result, read, write
from bench.machine import busy, commit, machine, own
from bench.measured import FILE, MISSED, noted
from bench.page import misses, page
from bench.scripts import SCRIPTS, Script

GRACE = 15
"""Seconds for clearing away after the first signal."""


def ran(script: Script, full: bool, place: int, patience: float = 1) -> Result:
    """One script to its end, or to that of its budget times ``patience``."""
    options, began = script.options(full), datetime.now(UTC)
    before, start = busy() - own(), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="withhold-bench-", ignore_cleanup_errors=True) as room:
        rows = Path(room) / "rows.jsonl"
        env = {**os.environ, FILE: str(rows), "TMPDIR": room, "WITHHOLD_HOME": f"{room}/home"}
        command = [sys.executable, str(ROOT / "bench" / f"{script.name}.py"), *options]
        process = subprocess.Popen(command, env=env, cwd=ROOT, start_new_session=True)
        try:
            code = process.wait(script.budget(full) * patience)
            ended = {0: "done", MISSED: "missed"}.get(code, "failed")
        except subprocess.TimeoutExpired:
            ended = "budget"
        finally:
            _ended(process)
        found = noted(rows)
    took = time.perf_counter() - start
    return Result(
        ended=ended,
        date=began.date().isoformat(),
        commit=commit(ROOT),
        machine=place,
        options=" ".join(options),
        seconds=took,
        others=max(0.0, (busy() - own() - before) / took),
        rows=found,
    )


def _ended(process: subprocess.Popen[bytes]) -> None:
    """The script and all that it started: asked first, so that it clears away, then made to."""
    for sign in (signal.SIGINT, signal.SIGKILL):
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GRACE)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)  # what it left running


def chosen(only: list[str]) -> list[Script]:
    """Those that are wanted, in their order, without files that are not there (yet)."""
    there = [one for one in SCRIPTS if (ROOT / "bench" / f"{one.name}.py").is_file()]
    if unknown := set(only) - {one.name for one in there}:
        raise SystemExit(f"no bench of that name: {', '.join(sorted(unknown))}; "
                         f"there are {', '.join(one.name for one in there)}")  # fmt: skip
    return [one for one in there if not only or one.name in only]


def main() -> int:
    """Runs, keeps, writes."""
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    arguments.add_argument("--full", action="store_true", help="at the design's sizes")
    arguments.add_argument("--only", action="append", default=[], metavar="NAME")
    arguments.add_argument("--not-kept", action="store_true", help="shows and writes nothing")
    arguments.add_argument("--patience", type=float, default=1, help="times each budget")
    arguments.add_argument("--page", action="store_true", help="only writes the page anew")
    given = arguments.parse_args()
    if given.page:
        PAGE.write_text(page(read()), encoding="utf-8")
        return 0
    scripts, bad, start = chosen(given.only), list[str](), time.perf_counter()
    kept, place = read().place(machine())
    for number, one in enumerate(scripts, 1):
        if why := one.lacks():
            kept = kept.without(one.name, why, full=given.full)
            _tell(f"{number}/{len(scripts)} {one.name}: not run, {why}")
            continue
        budget = one.budget(given.full) * given.patience
        _tell(f"{number}/{len(scripts)} {one.name} {' '.join(one.options(given.full))} "
              f"(at most {budget:g} s; {time.perf_counter() - start:.0f} s so far)")  # fmt: skip
        result = ran(one, given.full, place, given.patience)
        _tell(f"{one.name}: {result.ended}, {len(result.rows)} rows in {result.seconds:.0f} s")
        if result.ended in ("failed", "budget"):
            bad.append(f"{one.name}: {result.ended}")
        kept = kept.with_result(one.name, result, full=given.full)
        if not given.not_kept:
            write(kept.tidied())
            kept, place = read().place(machine())
            PAGE.write_text(page(kept.tidied()), encoding="utf-8")
    names = {one.name for one in scripts}
    for key, full, cause in misses(kept, causes()):
        if full == given.full and not cause and _script(kept, key, full) in names:
            bad.append(f"{key}: missed, and bench/causes.toml gives no cause")
    for line in bad:
        _tell(line)
    if not given.not_kept:
        _tell(f"written: {PAGE.relative_to(ROOT)}, {KEPT.relative_to(ROOT)}")
    return int(bool(bad))


def _script(kept: Kept, key: str, full: bool) -> str:
    """Whose row it is."""
    scripts = (kept.full if full else kept.small).scripts.items()
    return next(name for name, one in scripts if key in {row.key for row in one.figures})


def _tell(line: str) -> None:
    print(f"bench: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        _tell("stopped; what was measured before is kept")
        sys.exit(130)
