"""How long `withhold --help` and `withhold check linkedin` take over a bare `python -c pass`.

Both sides are measured in one run, in turns; the median of many runs is printed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

import measured

GOALS = {"--help": 120, "check linkedin --in US-PA": 400}


def once(command: list[str], env: dict[str, str]) -> float:
    """Milliseconds of one run."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Prints one row per command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "WITHHOLD_HOME": f"{home}/withhold"}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        for said, goal in GOALS.items():
            bare, ours = [], []
            command = [sys.executable, "-m", "withhold", *said.split()]
            once(command, env)  # compiles what is not compiled yet
            for _ in range(runs):
                bare.append(once([sys.executable, "-c", "pass"], env))
                ours.append(once(command, env))
            more = statistics.median(ours) - statistics.median(bare)
            print(
                f"withhold {said}: {statistics.median(ours):.0f} ms, bare Python "
                f"{statistics.median(bare):.0f} ms: +{more:.0f} ms (to reach: +{goal} ms)"
            )
            measured.told(
                f"start/{said.split()[0].strip('-')}",
                f"withhold {said}",
                statistics.median(ours),
                "ms",
                theirs=statistics.median(bare),
                yardstick="bare `python -c pass`",
                by="more",
                most=goal,
                size=f"median of {runs} runs",
            )


main()
