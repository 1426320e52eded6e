"""The dashboard over a home with everything and many posts: every page, as the browser asks for it.

    python bench/web.py [--posts N] [--full] [--rounds 5] [--home FOLDER]

``withhold serve`` runs as a process of its own. Asked are all its addresses (``web_home.py``), each
about something that is there, and the search with common and rare words and every filter; at first
while the posts are still counted in the background, then in turns. An address that did not answer
with 200 is NOT MEASURED, and misses the aim. To reach, with 1,000,000 posts (``--full``) on two
cores: each page and file within 300 ms at the median and 1 s at worst, the overview within 100 ms,
and never more than 300 MiB of memory (VmHWM of the server; said is what was asked when it rose).

Beside it, in the same run: a bare Starlette page of the same size under the same server, and a bare
SELECT of the rows of a page of posts.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))
from measured import MISSED, told
from web_asked import Browser, Server, running
from web_home import Subject, files, made, pages, routes

MEDIAN, WORST, OVERVIEW, MEMORY = 0.3, 1.0, 0.1, 300.0
"""Seconds, and MiB."""
BARE = """
import socket, sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
page = "<p>x</p>" * 2500
app = Starlette(routes=[Route("/", lambda request: HTMLResponse(page))])
config = uvicorn.Config(app, port=0, log_level="error", access_log=False)
server = uvicorn.Server(config)
sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
sock.bind(("127.0.0.1", 0))
sock.listen()
print(f"http://127.0.0.1:{sock.getsockname()[1]}/", flush=True)
server.run(sockets=[sock])
"""
Times = dict[str, list[float]]


@dataclass
class Round:
    """What some rounds over some addresses took: seconds of time and of work of each request."""

    times: Times = field(default_factory=dict)
    work: Times = field(default_factory=dict)

    def ask(
        self, browser: Browser, server: Server, addresses: list[str], bad: dict[str, int]
    ) -> bytes:
        """One more round; answers the body of the last one."""
        body = b""
        for one in addresses:
            before = server.at_work()
            took, status, body = browser.get(one)
            self.work.setdefault(one, []).append(server.at_work() - before)
            self.times.setdefault(one, []).append(took)
            server.look(one)
            if status != 200:
                bad[one] = status
        return body

    def show(self, title: str) -> None:
        """Each route by its slowest address, the worst first; then all together, in ms.

        Threads that ended meanwhile take their work with them: then none is said.
        """
        print(
            f"{title}: {len(self.times)} addresses, {sum(map(len, self.times.values()))} requests"
        )
        print("   median    worst  at work  of each route; its slowest address")
        of: dict[str, list[str]] = {}
        for one in self.times:
            of.setdefault(one.partition("?")[0], []).append(one)
        for path in sorted(of, key=lambda path: -max(max(self.times[one]) for one in of[path])):
            slow = max(of[path], key=lambda one: median(self.times[one]))
            worst = max(max(self.times[one]) for one in of[path])
            work = median(self.work[slow]) * 1e3
            said = f"{work:7.1f}" if work > 0 else f"{'':7}"
            mid = median(self.times[slow]) * 1e3
            print(f"  {mid:7.1f}  {worst * 1e3:7.1f}  {said}  {unquote(slow)[:90]}")
        middle = median(map(median, self.times.values()))
        print(
            f"  {middle * 1e3:.1f} ms is the median of the medians, {self.slowest * 1e3:.1f} the "
            f"slowest of them; the worst requests, and how long the server was at work in them, "
            f"with what it counts behind pages:"
        )
        every = [(took, one, n) for one in self.times for n, took in enumerate(self.times[one])]
        for took, one, n in sorted(every, reverse=True)[:5]:
            work = max(self.work[one][n], 0)
            print(f"  {took * 1e3:7.1f}  {work * 1e3:7.1f}  {unquote(one)[:90]}")

    @property
    def slowest(self) -> float:
        """The slowest median of an address."""
        return max(map(median, self.times.values()))

    @property
    def worst(self) -> float:
        """The slowest request."""
        return max(map(max, self.times.values()))


def bare(home: Path, runs: int = 20) -> tuple[float, float]:
    """Seconds of a bare page, and of a bare SELECT of thirty posts."""
    with running("-c", BARE) as (_, url):
        browser = Browser(url)
        page = median(browser.get("/")[0] for _ in range(runs))
    rows: list[float] = []
    for _ in range(runs):
        began = time.perf_counter()
        plain = sqlite3.connect(home / "withhold.db")
        plain.execute("SELECT * FROM post ORDER BY id DESC LIMIT 30").fetchall()
        plain.close()
        rows.append(time.perf_counter() - began)
    return page, median(rows)


def measured(subject: Subject, rounds: int, minute: bool) -> bool:
    """Measures, prints, and says whether all was reached; ``minute``: at first for that long."""
    cold, warm, saved = Round(), Round(), Round()
    asked, home = pages(subject), Path(subject.home)
    early: dict[str, int] = {}
    bad: dict[str, int] = {}
    serve = ("-m", "withhold", "serve", "--port", "0")
    with running(*serve, WITHHOLD_HOME=subject.home) as (pid, url):
        began, server = time.perf_counter(), Server(pid)
        server.look("the start")
        browser = Browser(url)
        counting = 0.0
        while not cold.times or (minute and time.perf_counter() - began < 60):
            cold.ask(browser, server, ["/", *asked], early)
            body = cold.ask(browser, server, ["/posts"], early)
            if not counting and b"<progress" not in body:
                counting = time.perf_counter() - began
        cold.show("from the first second on, while it is counted")
        print(f"  the posts were counted {counting:.1f} s after the first page at the latest")
        asked += [browser.job(), browser.checklist()]
        for _ in range(rounds):
            warm.ask(browser, server, asked, bad)
        warm.show("then, pages")
        for _ in range(rounds):
            saved.ask(browser, server, files(subject), bad)
        saved.show("then, files")
    for one, status in bad.items():
        print(f"NOT MEASURED: {unquote(one)} answered {status}")
    there = {one.partition("?")[0] for one in [*asked, *files(subject)]}
    for path in set(routes()) - there:
        print(f"NOT MEASURED: {path} is not asked for")
        bad[path] = 0
    page, rows_ = bare(home)
    ours = median(warm.times["/posts/find"])
    print(
        f"bare page {page * 1e3:.1f} ms, bare rows {rows_ * 1e3:.1f} ms; a page of posts "
        f"{ours * 1e3:.1f} ms: {ours / (page + rows_):.1f} times"
    )
    print(
        f"memory of the server at most: {server.most:.0f} MiB (aim {MEMORY:.0f}), now "
        f"{server.now:.0f}; it rose most after:"
    )
    for most, by, after in sorted(server.rose, key=lambda one: -one[1])[:12]:
        print(f"  to {most:5.0f} by {by:5.1f} MiB  {unquote(after)[:90]}")
    print(f"  the last time to {server.rose[-1][0]:.0f} after {unquote(server.rose[-1][2])[:90]}")
    every = (cold, warm, saved)
    size = f"{subject.posts:,} posts, {len(cold.times) + len(saved.times)} addresses"
    medians = max(one.slowest for one in every if one is not cold or minute)  # one is no median
    rows = (
        ("median", "the slowest median of an address", medians, MEDIAN),
        ("worst", "the slowest request", max(one.worst for one in every), WORST),
        ("overview", "the overview", median(warm.times["/"]), OVERVIEW),
    )
    reached = [
        told(f"web/{key}", f"dashboard: {what}", took, "s", most=most, size=size).met
        for key, what, took, most in rows
    ]
    told(
        "web/posts",
        "dashboard: a page of posts",
        ours,
        "s",
        theirs=page + rows_,
        yardstick="a bare page and a bare SELECT of its rows",
        size=size,
    )
    what = "dashboard: memory of the server"
    memory = told("web/memory", what, server.most, "MiB", most=MEMORY, size=size)
    what = "dashboard: addresses that did not answer with 200, or were not asked"
    told("web/bad", what, len(bad), "", most=0, size=size)
    return all(reached) and bool(memory.met) and not bad


def main() -> int:
    """Makes a home, measures; 3 where an aim is missed."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--posts", type=int, default=50_000)
    said.add_argument("--full", action="store_true")
    said.add_argument("--rounds", type=int, default=3)
    said.add_argument("--home", type=Path, help="Where it is made, and found again.")
    given = said.parse_args()
    number = 1_000_000 if given.full else given.posts
    rounds = max(given.rounds, 5) if given.full else given.rounds
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        subject = made(given.home or Path(folder), number)
        print(f"{subject.posts:,} posts, made or found in {time.perf_counter() - began:.0f} s")
        reached = measured(subject, rounds, given.full)
    print("reached" if reached else "an aim is missed")
    return 0 if reached else MISSED


if __name__ == "__main__":
    sys.exit(main())
