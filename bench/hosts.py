"""``check -f`` of 1,000 sites from loopback, against a bare urllib3 fetch of the same files.

The same server, files and threads as in ``bench/fetch.py``. Ours answers besides, for every
company, writes the rows as CSV with a resume file, and keeps every response as evidence: WARC
files, and the marks of the servers in a store that each turn makes anew. ``--no-evidence`` leaves
that away. ``--again`` asks the same list once more; the server answers 304 to what is conditional.
Memory is this process's peak.

    python bench/hosts.py [--sites 1000] [--threads 16] [--turns 3] [--no-evidence] [--again]
"""

from __future__ import annotations

import argparse
import asyncio
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
import measured
from fetch import FILES, bare, serve
from withhold.catalog.load import complete, default_root, load
from withhold.faces.cli.check_many import many
from withhold.faces.cli.setting import Setting
from withhold.verbs.check import Asking

AT_MOST = 2.0


class Distinct(dict[bytes, bytes]):
    """The files of ``bench/fetch.py``, the page as HTML, and no page or robots.txt served twice.

    Fetching does not care, but what answers would know a body that it has read already. What is
    there has an ETag and a date of its last change, as a usual server gives them.
    """

    def __init__(self) -> None:
        super().__init__(fetch.RESPONSES)
        self._served = 0

    def __getitem__(self, path: bytes) -> bytes:
        """With a number in place of some letters of the body."""
        self._served += 1
        said = super().__getitem__(path)
        marks = b'ETag: "%x"\r\nLast-Modified: Sun, 01 Nov 2026 00:00:00 GMT\r\n' % self._served
        said = said.replace(b" 200 OK\r\n", b" 200 OK\r\n" + marks, 1)
        if path == b"/":
            said = said.replace(b"text/plain", b"text/html", 1)
            return said.replace(b"words</p>", b"%05d</p>" % (self._served % 100_000), 1)
        if path == b"/robots.txt":
            return said.replace(b"/private/0", b"/%09d" % self._served, 1)
        return said


class Confirming(fetch.Talk):
    """Answers as any other, and 304 to whatever is conditional."""

    def data_received(self, data: bytes) -> None:
        if b"If-None-Match: " in data:
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.write(b"HTTP/1.1 304 Not Modified\r\nServer: bench\r\n\r\n")
        else:
            super().data_received(data)


def peak() -> float:
    """MiB that this process took at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(sites: list[str], threads: int, asking: Asking, evidence: bool, resume: Path) -> float:
    """Seconds; every site has a row for every company, and every response is kept."""
    out, began = io.BytesIO(), time.perf_counter()
    summary = many(
        sites,
        "csv",
        asking,
        Setting(),
        allow_private=True,
        resume=str(resume),
        out=out,
        in_all=threads,
        evidence=evidence,
    )
    took = time.perf_counter() - began
    assert summary.sites == len(sites)
    assert not summary.troubles
    assert out.getvalue().count(b"\n") == 1 + len(sites) * len(summary.answers)
    if evidence:
        assert summary.evidence is not None
        assert summary.evidence.responses == len(sites) * len(FILES)
        assert not summary.evidence.trouble
    return took


def turn(
    sites: list[str], threads: int, asking: Asking, *, evidence: bool, again: bool
) -> list[float]:
    """Seconds of the first time and, where it is wanted, of the second, in a home of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WITHHOLD_HOME"] = str(Path(folder) / "home")
        times = ("first", "second") if again else ("first",)
        return [
            ours(sites, threads, asking, evidence, Path(folder) / f"{name}.jsonl") for name in times
        ]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--sites", type=int, default=1000)
    arguments.add_argument("--threads", type=int, default=16)
    arguments.add_argument("--turns", type=int, default=3)
    arguments.add_argument("--no-evidence", action="store_true")
    arguments.add_argument("--again", action="store_true")
    given = arguments.parse_args()
    os.environ.setdefault("WITHHOLD_CONTACT", "bench@withhold.example")
    fetch.RESPONSES, fetch.Talk = Distinct(), Confirming
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("fork").Process(target=serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    sites = [f"http://127.0.{1 + n // 250}.{1 + n % 250}:{port}" for n in range(given.sites)]
    octets = given.sites * sum(len(body) for _, body in FILES.values())
    knowledge = complete(load(default_root(), [], True))
    asking = Asking(place="DE", when=date(2026, 11, 1), knowledge=knowledge)
    best: dict[str, float] = {}
    peaks = []
    evidence = not given.no_evidence
    for _ in range(given.turns):
        began = time.perf_counter()
        assert bare(sites, given.threads) == octets
        took = [time.perf_counter() - began]
        took += turn(sites, given.threads, asking, evidence=evidence, again=given.again)
        for name, seconds in zip(("bare urllib3", "withhold", "once more"), took, strict=False):
            best[name] = min(best.get(name, seconds), seconds)
        peaks.append(peak())
    server.terminate()
    server.join()
    print("every response kept as evidence" if evidence else "without evidence")
    for name, seconds in best.items():
        print(f"{name:14}{seconds:7.2f} s   {given.sites / seconds:7.0f} sites a second")
    ratio = best["withhold"] / best["bare urllib3"]
    print(f"{ratio:.2f} times a bare fetch (to reach: at most {AT_MOST:.0f})")
    print(f"peak after each turn: {', '.join(f'{one:.0f}' for one in peaks)} MiB")
    measured.told(
        "hosts/first",
        "check -f: four files of each site, all companies, " + ("kept" if evidence else "not kept"),
        best["withhold"],
        "s",
        theirs=best["bare urllib3"],
        yardstick="bare urllib3 for the same files",
        most=AT_MOST,
        size=f"{given.sites:,} sites, {given.threads} threads",
        memory=max(peaks),
    )


if __name__ == "__main__":
    main()
