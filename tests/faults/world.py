"""The home and the files that every run begins with: one owner who has a little of everything."""

from __future__ import annotations

import json
import shutil
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.archives.made import mastodon, reddit
from tests.faults.children import Ran, begin, command_line
from tests.unit.verbs.policies_made import DENIES, TRAINS, page

SITE = "https://daily-example.org"
WRITTEN = "example.org"
NEEDLE = (
    "a sentence of nineteen words that nobody else has ever put on paper, "
    "of blue herons and late trains"
)
POLICIES = 8
"""Documents that a round of policies looks at."""
_REDDIT_POSTS, _PARTS, _ROWS, _LINES = 120, 3, 200, 3_000


@dataclass(frozen=True)
class World:
    """A folder with ``home`` (the store) and ``work`` (the owner's own files)."""

    folder: Path

    @property
    def home(self) -> Path:
        """What ``WITHHOLD_HOME`` names."""
        return self.folder / "home"

    @property
    def work(self) -> Path:
        """Where commands are called."""
        return self.folder / "work"

    @property
    def streams(self) -> Path:
        """What the runs said."""
        return self.folder.parent / f"{self.folder.name}.said"

    def ran(self, *argv: str) -> Ran:
        """A command run to its end."""
        return begin(command_line(argv), self.home, self.work, self.streams / argv[0]).wait()

    def copied(self, folder: Path) -> World:
        """The same somewhere else."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return World(folder)

    def gone(self) -> None:
        """Nothing of it stays."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.streams, ignore_errors=True)


def made(folder: Path, repo: Path, port: int, *, small: bool = False) -> World:
    """The beginning of every run; ``port`` is where the owner's second site and policies are.

    ``small``: a home with little in it, for what is to be quick.
    """
    world = World(folder)
    world.work.mkdir(parents=True)
    (world.work / "seen.html").write_text("<p>the switch is off</p>" * 40, encoding="utf-8")
    (world.work / "letter.txt").write_text("we confirm\n" * 2_000, encoding="utf-8")
    if not small:
        _inputs(world.work, repo)
    for argv in _SMALL if small else (*_COMMANDS, *_of_site(port)):
        ran = world.ran(*argv)
        if ran.code not in (0, 10, 11, 12):
            raise RuntimeError(f"{' '.join(argv)} ended with {ran.code}: {ran.err}{ran.out}")
    return world


_SMALL = (
    ("own", "set", "place", "DE-BY"),
    ("own", "add", "account", "facebook"),
    ("done", "facebook/objection-form", "--evidence", "seen.html"),
)
_COMMANDS = (
    ("start", "--in", "DE-BY", "--platforms", "facebook", "--audience", "public"),
    ("own", "set", "name", "Ada Example"),
    ("own", "set", "email", "ada@example.org"),
    *(("own", "add", "account", one, "ada") for one in ("linkedin", "mastodon", "reddit")),
    ("own", "add", "site", SITE),
    ("done", "linkedin/ai-training-toggle", "--evidence", "seen.html"),
    ("import", "mastodon.zip", "--account", "mastodon:ada"),
    ("done", "linkedin/ai-training-toggle", "--state", "on", "--on", "2026-01-02"),
)


def _of_site(port: int) -> tuple[tuple[str, ...], ...]:
    url = f"http://127.0.0.1:{port}"
    return ("own", "add", "site", url), ("check", url, "--allow-private")


def _inputs(work: Path, repo: Path) -> None:
    """The owner's files."""
    for name, files in (
        ("reddit.zip", reddit.made(1, _REDDIT_POSTS, full=True)[0]),
        ("mastodon.zip", mastodon_files()),
    ):
        with zipfile.ZipFile(work / name, "w", zipfile.ZIP_DEFLATED) as out:
            for path, body in files.items():
                out.writestr(zipfile.ZipInfo(path, (2026, 1, 2, 3, 4, 6)), body)
    (work / "needles.txt").write_text(f"{NEEDLE}\n", encoding="utf-8")
    site = work / "site"
    for number in range(12):
        (site / f"p{number}").mkdir(parents=True)
        (site / f"p{number}" / "index.html").write_text(
            "<html><head><title>x</title></head><body><p>x</body></html>", encoding="utf-8"
        )
    (site / "robots.txt").write_text("User-agent: *\nDisallow: /drafts/\n", encoding="utf-8")
    log = (repo / "examples" / "access.log").read_text(encoding="utf-8")
    (work / "access.log").write_text(log * (_LINES // 20), encoding="utf-8")
    shutil.copytree(repo / "examples" / "robots" / "daily-example.org", work / "robots")
    for folder in ("corpus", "records"):
        (work / folder).mkdir()
    for part in range(_PARTS):
        with (work / "corpus" / f"{part}.jsonl").open("w", encoding="utf-8") as out:
            for row in range(_ROWS):
                said = NEEDLE if row == 7 else f"{part} {row} some words " * 20
                out.write(json.dumps({"text": said, "url": f"https://h{row}.example/"}) + "\n")
        with (work / "records" / f"{part}.jsonl").open("w", encoding="utf-8") as out:
            for row in range(_ROWS):
                rule = "Disallow" if row % 2 else "Allow"
                robots = f"User-agent: *\n{rule}: /page/{row}$\n"
                url = f"https://h{part}-{row}.example/page/{row}"
                out.write(json.dumps({"url": url, "robots": robots, "n": row}) + "\n")


def mastodon_files() -> dict[str, bytes]:
    """An archive of Mastodon's, small."""
    files: dict[str, bytes] = mastodon.made(3, 60)[0]
    return files


class Served(ThreadingHTTPServer):
    """A site and ``POLICIES`` policies on loopback; ``drag``: seconds before each answer."""

    request_queue_size = 128
    daemon_threads = True
    drag = 0.0


@contextmanager
def served() -> Iterator[Served]:
    """Serves until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body, kind = 404, b"not here", "text/plain"
            host = self.headers.get("Host", "").partition(".")[0].removeprefix("d")
            if self.path == "/robots.txt" and not host.isdigit():
                status, body = 200, b"User-agent: GPTBot\nDisallow: /\n"
            elif self.path == "/" or self.path == "/privacy":
                even = host.isdigit() and int(host) % 2
                status, body, kind = 200, page(TRAINS if even else DENIES), "text/html"
            time.sleep(server.drag)
            try:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # who asked was killed

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = Served(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
