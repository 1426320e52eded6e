"""The browser is killed after each step of a run: what the journal tells, and how it goes on.

The server's stored state is the truth. After the kill nothing may be claimed that was not seen;
a later run in the same window, which only reads, ends in what is stored.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.recipes.field import Hurried, Willing
from tests.replicas import browsers, certificate, described
from tests.replicas.server import Served, serve
from tests.replicas.stored import Truth
from tests.replicas.variants import BY_ID
from withhold.catalog.recipes import menu_words, recipe_of
from withhold.reach import journal
from withhold.reach.window import Window
from withhold.recipes.result import Result
from withhold.recipes.run import Run

pytestmark = pytest.mark.skipif(browsers.program() is None, reason="Chromium is not installed")

ID = "linkedin-ai-training-toggle"
CONTROL, ACCOUNT = "linkedin/ai-training-toggle", "linkedin"
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
SAMPLE = (7,)
"""The one whose kill `make test` tries; `make recipes` tries every one."""
STEPS = 17
"""Lines of the journal of a whole run of this recipe: four of reading, the question, the press,
two of the write, four of each of two fresh loads, and the end."""


class Place:
    """A server, a browser program, and a home for each test."""

    def __init__(self, served: Served, program: Path) -> None:
        self.served = served
        self.program = program

    def page(self) -> Truth:
        return self.served.begin(described.replica(ID), BY_ID["base"])

    def window(self, home: Path) -> Window:
        return Window(home, ACCOUNT, str(self.program))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("killed")
    made = certificate.made(folder)
    with serve(made) as served:
        yield Place(served, browsers.wrapped(folder, served.port, made))


class Killer:
    """A journal that kills the browser of a profile when so many lines are on the disk."""

    def __init__(self, notes: journal.RunJournal, after: int, profile: Path) -> None:
        self._notes = notes
        self._left = after
        self._profile = profile

    def note(self, at: str, said: str = "") -> None:
        self._notes.note(at, said)
        self._left -= 1
        if self._left == 0:
            assert kill(self._profile), "no browser to kill"


def kill(profile: Path) -> int:
    """SIGKILL to every process of the browser that has this profile; how many there were."""
    killed = 0
    for one in Path("/proc").iterdir():
        try:
            said = (one / "cmdline").read_bytes() if one.name.isdigit() else b""
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in said.split(b"\0"):
            os.kill(int(one.name), signal.SIGKILL)
            killed += 1
    return killed


def run(window: Window, home: Path, kill_after: int = 0, *, only_read: bool = False) -> Result:
    recipe = recipe_of(CONTROL)
    assert recipe is not None
    notes = journal.begin(home, NOW, CONTROL, ACCOUNT, "check" if only_read else "apply")
    try:
        with window.attach(headless=True) as driven:
            page = Hurried(driven.page(), 0.25)
            seen = Killer(notes, kill_after, window.profile)
            owner = Willing(lambda: False)
            one = Run(recipe, page, menu_words(), owner, seen, pace=0)
            return one.check() if only_read else one.apply()
    finally:
        notes.close()


def test_the_steps_are_as_many_as_are_killed(place: Place, tmp_path: Path) -> None:
    truth = place.page()
    assert run(place.window(tmp_path), tmp_path).outcome == "verified-no"
    assert truth.as_wanted()
    (told,) = journal.runs(tmp_path)
    assert len(told.lines) == STEPS


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(one, marks=[] if one in SAMPLE else pytest.mark.matrix)
        for one in range(1, STEPS - 1)  # after the last look nothing is left to lose
    ],
)
def test_killed_after(place: Place, tmp_path: Path, after: int) -> None:
    truth = place.page()
    window = place.window(tmp_path)
    result = run(window, tmp_path, after)
    assert result.outcome not in ("verified-no", "already-no", "on")
    assert result.reason == "browser-gone" or not truth.as_wanted()

    (told,) = journal.runs(tmp_path)
    pressed = "set.1.set" in [one.at for one in told.lines if one.said]
    assert told.pressed is pressed
    if not told.pressed:
        assert truth.written == []
    if told.write_seen:
        assert truth.as_wanted()
    assert len(truth.written) <= 1

    so = truth.as_wanted()
    later = run(window, tmp_path, only_read=True)
    assert later.outcome == ("already-no" if so else "on")
    assert truth.as_wanted() is so
    assert truth.outside() == []
    assert journal.unfinished(tmp_path, CONTROL, ACCOUNT) == []
