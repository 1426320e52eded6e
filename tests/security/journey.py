"""One walk through all verbs that write, by somebody whose umask keeps nothing from anybody."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.archives.made import reddit
from tests.journeys.archives_made import zipped
from tests.journeys.run import here
from tests.journeys.served import Answer, site


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """Of this process, and of those that it starts."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def walk(beside: Path) -> list[str]:
    """Does it, and answers what was done. Files of the owner's lie in ``beside``."""
    done: list[str] = []

    def do(*args: str | Path) -> str:
        done.append(str(args[0]))
        return here(*args).ok().out

    (beside / "site").mkdir()
    (beside / "note.txt").write_text("what the page said")
    do("start", "--in", "DE-BY", "--platforms", "facebook reddit linkedin", "--audience", "public")
    do("own", "set", "name", "Ada Example")
    do("own", "set", "email", "ada@example.org")
    do("own", "add", "site", "https://ada.example", "--folder", beside / "site")
    do("done", "linkedin/ai-training-toggle", "--evidence", beside / "note.txt")
    files, _ = reddit.made(1, 20, full=True)
    do("import", zipped(beside / "reddit.zip", files), "--account", "reddit")
    do("apply", "https://ada.example", "--write", beside / "site", "--wish", "no-training",
       "--offline", "--yes")  # fmt: skip
    with site(robots=Answer(b"User-agent: *\nDisallow: /\n"), page=Answer(b"<p>hello")) as served:
        do("check", served.url, "--in", "DE", "--allow-private")
    do("apply", "facebook", "--letter", "--act", "access", "--out", beside / "letter.txt", "--yes")
    do("watch")
    do("prove", "bundle", beside / "bundle.zip", "--yes")
    do("doctor")
    do("status")
    return done


def reference(text: str) -> str:
    """The first case that a text names."""
    found = re.search(r"WH-[0-9A-Z]{6}", text)
    assert found
    return found[0]
