"""The commands that faults meet: how each is called, and what it says when it has done its work."""

from __future__ import annotations

import re
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.children import Body, command_line
from tests.faults.world import POLICIES, SITE, WRITTEN, World

NOTHING = r"(?!)"
"""Of a look: who is stopped before its end is told again, so only the end acknowledges."""
GROUNDS = "1=I paint for a living."


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A command. ``says``: what stands in its answer (or messages) once its work is acknowledged.

    ``repeats``: called again it looks again, and notes that as a second look. ``codes``: how a
    good run ends. ``again``: what it may say instead when its work is done
    already; ``then``: the command that it names in such a case. ``outs``: folders of the owner's
    that it writes in.
    """

    name: str
    argv: tuple[str, ...]
    says: str
    codes: tuple[int, ...] = (0,)
    again: str = ""
    outs: tuple[str, ...] = ()
    takes_away: bool = False
    repeats: bool = False
    body: Callable[[World, int], Body] | None = None
    then: Callable[[str], tuple[str, ...]] | None = None

    def run(self, world: World, port: int) -> Body:
        """What a process of it does."""
        if self.body:
            return self.body(world, port)
        return command_line(self.argv)

    def acknowledged(self, out: str, err: str) -> bool:
        """Whether it said that it is done, before it died or at its end."""
        return bool(re.search(self.says, out)) or bool(re.search(self.says, err))

    def ended_well(self, code: int, err: str) -> bool:
        """Whether it did its work, or found that it was done."""
        return code in self.codes or bool(self.again and re.search(self.again, err))

    def written(self, world: World) -> list[Path]:
        """The owner's folders that it writes in."""
        return [world.work / name for name in self.outs]


def _policies(world: World, port: int) -> Body:
    """One round over policies of loopback: ``watch --policies`` without the names of the web."""

    def body() -> None:
        from withhold.errors import WithholdError

        try:
            look()
        except WithholdError as why:  # as the command line tells it
            print(f"withhold: {why.message}", file=sys.stderr)
            sys.exit(why.exit_code)

    def look() -> None:
        from withhold.keep import Store
        from withhold.policy_facts import PolicyDocument
        from withhold.reach.http import Fetcher
        from withhold.reach.names import Names
        from withhold.verbs.kept import Keeping
        from withhold.verbs.watch_policies import run

        def here(host: str) -> tuple[str, ...]:
            if not host.endswith(".test"):
                raise socket.gaierror(socket.EAI_NONAME, "not known")
            return ("127.0.0.1",)

        def now() -> datetime:
            return datetime.now(UTC)

        documents = [
            ("acme", PolicyDocument(id=f"d{number}", kind="privacy", title=f"Policy {number}",
                                    url=f"http://d{number}.test:{port}/privacy"))
            for number in range(POLICIES)
        ]  # fmt: skip
        keeping = Keeping(world.home, now, "withhold/test")
        with (
            Store.open(world.home) as store,
            Fetcher("tests@withhold.example", now, allow_private=True, names=Names(here),
                    keep=keeping.add) as fetcher,
        ):  # fmt: skip
            done = run(documents, fetcher, store, now, sleep=lambda s: time.sleep(s / 100),
                       in_all=4, flush=keeping.flush)  # fmt: skip
        keeping.close()
        for one in done.failures:  # as ``watch`` tells them
            print(f"not seen: {one.document}: {one.seen.reason} {one.seen.detail}")
        print(f"looked at {len(done.looked)}")

    return body


def _the_letter_of_the_case(err: str) -> tuple[str, ...]:
    """Killed between the case and its file: the tip says how the letter is had again."""
    found = re.search(r"TIP: withhold apply (WH-\w{6}) --letter shows it again", err)
    return ("apply", found[1], "--letter", "--out", "out/letter.txt") if found else ()


VERBS = (
    Verb(
        name="import",
        argv=("import", "reddit.zip", "--account", "reddit:ada"),
        says=r"reddit:ada",
    ),
    Verb(
        name="watch (sites)",
        argv=("watch", "--sites", "--allow-private", "--format", "json"),
        says=NOTHING,
        codes=(0, 12),
        repeats=True,
    ),
    Verb(name="watch (policies)", argv=(), says=r"looked at", body=_policies, repeats=True),
    Verb(
        name="apply (site)",
        argv=("apply", WRITTEN, "--write", "site", "--wish", "no-training", "--offline", "--yes"),
        says=r"rollback",
        outs=("site",),
    ),
    Verb(
        name="apply (letter)",
        argv=(
            *("apply", "facebook", "--letter", "--act", "object-training", "--account", "ada"),
            *("--ground", GROUNDS, "--yes", "--out", "out/letter.txt"),
        ),
        says=r"WH-\w{6} is noted as drafted",
        again=r"WH-\w{6} is drafted already|is there already",
        then=_the_letter_of_the_case,
        outs=("out",),
    ),
    Verb(
        name="prove bundle",
        argv=("prove", "bundle", "out/bundle.zip", "--account", "linkedin:ada", "--yes", "--force"),
        says=r"bundle\.zip",
        outs=("out",),
    ),
    Verb(
        name="prove corpus",
        argv=(
            *("prove", "corpus", "corpus", "--needles", "needles.txt", "--no-posts", "--jobs", "1"),
            *("--keep", "out/kept", "--format", "json", "-o", "out/hits.json", "--force"),
        ),
        says=r"hits\.json",
        outs=("out",),
    ),
    Verb(
        name="prove logs",
        argv=(
            *("prove", "logs", "access.log", "--robots", "robots", "--site", SITE.split("//")[1]),
            *("--jobs", "1", "--format", "json", "-o", "out/logs.json", "--force"),
        ),
        says=r"logs\.json",
        outs=("out",),
    ),
    Verb(
        name="filter",
        argv=("filter", "records", "out/kept", "--unknown", "drop", "--jobs", "1"),
        says=r"kept",
        outs=("out",),
    ),
    Verb(
        name="own forget",
        argv=("own", "forget", "--account", "mastodon:ada", "--yes"),
        says=r"forgotten: ",
        again=r"no account mastodon:ada",
        takes_away=True,
    ),
    Verb(
        name="done",
        argv=(
            *("done", "facebook/objection-form", "--state", "confirmed"),
            *("--evidence", "letter.txt"),
        ),
        says=r"Recorded: ",
    ),
)  # fmt: skip
