"""``check -f`` of 1,000 sites from loopback, against a bare urllib3 fetch of the same files.

The same server, files and threads as in ``bench/fetch.py``. Ours answers besides, for every
company, and writes the rows as CSV with a resume file. Memory is this process's peak.

    python bench/hosts.py [--sites 1000] [--threads 16] [--turns 3]
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import fetch
from fetch import FILES, bare, serve
from withhold.catalog.load import complete, default_root, load
from withhold.faces.cli.check_many import many
from withhold.faces.cli.setting import Setting
from withhold.verbs.check import Asking

AT_MOST = 2.0


class Distinct(dict[bytes, bytes]):
    """The files of ``bench/fetch.py``, the page as HTML, and no page or robots.txt served twice.

    Fetching does not care, but what answers would know a body that it has read already.
    """

    def __init__(self) -> None:
        super().__init__(fetch.RESPONSES)
        self._served = 0

    def __getitem__(self, path: bytes) -> bytes:
        """With a number in place of some letters of the body."""
        self._served += 1
        said = super().__getitem__(path)
        if path == b"/":
            said = said.replace(b"text/plain", b"text/html", 1)
            return said.replace(b"words</p>", b"%05d</p>" % (self._served % 100_000), 1)
        if path == b"/robots.txt":
            return said.replace(b"/private/0", b"/%09d" % self._served, 1)
        return said


def peak() -> float:
    """MiB that this process took at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(sites: list[str], threads: int, asking: Asking) -> float:
    """Seconds; every site has a row for every company."""
    out, began = io.BytesIO(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        resume = str(Path(folder) / "done.jsonl")
        summary = many(
            sites,
            "csv",
            asking,
            Setting(),
            allow_private=True,
            resume=resume,
            out=out,
            in_all=threads,
        )
    took = time.perf_counter() - began
    assert summary.sites == len(sites)
    assert not summary.troubles
    assert out.getvalue().count(b"\n") == 1 + len(sites) * len(summary.answers)
    return took


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--sites", type=int, default=1000)
    arguments.add_argument("--threads", type=int, default=16)
    arguments.add_argument("--turns", type=int, default=3)
    given = arguments.parse_args()
    os.environ.setdefault("WITHHOLD_CONTACT", "bench@withhold.example")
    fetch.RESPONSES = Distinct()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("fork").Process(target=serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    sites = [f"http://127.0.{1 + n // 250}.{1 + n % 250}:{port}" for n in range(given.sites)]
    octets = given.sites * sum(len(body) for _, body in FILES.values())
    knowledge = complete(load(default_root(), [], True))
    asking = Asking(place="DE", when=date(2026, 11, 1), knowledge=knowledge)
    best = {"withhold": float("inf"), "bare urllib3": float("inf")}
    peaks = []
    for _ in range(given.turns):
        began = time.perf_counter()
        assert bare(sites, given.threads) == octets
        best["bare urllib3"] = min(best["bare urllib3"], time.perf_counter() - began)
        best["withhold"] = min(best["withhold"], ours(sites, given.threads, asking))
        peaks.append(peak())
    server.terminate()
    server.join()
    for name, took in best.items():
        print(f"{name:14}{took:7.2f} s   {given.sites / took:7.0f} sites a second")
    ratio = best["withhold"] / best["bare urllib3"]
    print(f"{ratio:.2f} times a bare fetch (to reach: at most {AT_MOST:.0f})")
    print(f"peak after each turn: {', '.join(f'{one:.0f}' for one in peaks)} MiB")


if __name__ == "__main__":
    main()
