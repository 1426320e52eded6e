"""A switch of an account, from the first check to the one that finds it flipped back.

The real command at a real terminal, Debian's Chromium, and a server of ours whose stored state is
the truth. The recipe and the knowledge are those that ship.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.run import PACKAGE, Ran, command, environment, here
from tests.journeys.terminal import Terminal
from tests.replicas import browsers, certificate, described
from tests.replicas.server import Served, serve
from tests.replicas.stored import Truth
from tests.replicas.variants import BY_ID

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(browsers.program() is None, reason="needs Chromium"),
]

CONTROL = "linkedin/ai-training-toggle"
STEP = f"{CONTROL}@Mara Kowalski"

# The owner logs in in a plain window and closes it: here it is closed at once. There is no screen.
_OWNERS = """#!/bin/sh
case "$*" in
  *--remote-debugging*) exec {program} --headless=new "$@" ;;
  *--version*) exec {program} "$@" ;;
esac
echo "$*" >> {seen}
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    folder = tmp_path_factory.mktemp("replicas")
    made = certificate.made(folder)
    with serve(made) as server:
        program = browsers.wrapped(folder, server.port, made)
        script = folder / "the owner's browser"
        script.write_text(_OWNERS.format(program=program, seen=folder / "plain.txt"))
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        yield server, script


@pytest.fixture
def owner(home: Path) -> Path:
    """Somebody in Germany with one named LinkedIn account."""
    here("own", "set", "place", "DE").ok()
    added = ("own", "add", "account", "linkedin", "Mara Kowalski", "--audience", "public")
    here(*added).ok()
    return home


@pytest.fixture
def at_terminal(
    served: tuple[Served, Path], owner: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    monkeypatch.setenv("WITHHOLD_BROWSER", str(served[1]))
    monkeypatch.setenv("DISPLAY", ":99")
    return Terminal(environment(PACKAGE.parent))


def page(served: Served, variant: str = "base") -> Truth:
    return served.begin(described.replica("linkedin-ai-training-toggle"), BY_ID[variant])


def practice(name: str) -> tuple[str, str | None]:
    """Answer and strength of one practice of LinkedIn's."""
    ran = here("check", "linkedin", "--format", "json", "--all").ok()
    found = {
        (each["answer"], each["strength"])
        for one in json.loads(ran.out)["verdicts"]
        for each in one["practices"]
        if each["id"].endswith(name)
    }
    assert len(found) == 1, found
    return found.pop()


@pytest.mark.long
def test_from_the_first_check_to_the_one_that_finds_it_flipped_back(
    served: tuple[Served, Path], at_terminal: Terminal
) -> None:
    assert practice("own-generative-models-eu") == ("allowed", None)
    plan = here("plan", "--format", "json").ok()
    assert CONTROL in plan.out

    truth = page(served[0])
    ran = at_terminal.run(
        ("apply", STEP, "--window"),
        ("Type LinkedIn", "LinkedIn"),
        ("Set it to OFF?", "y"),
    )
    assert ran.code == 0, ran.out
    assert truth.as_wanted()
    assert len(truth.written) == 1
    assert truth.outside() == []
    assert "verified" not in ran.out
    assert "no: “Use my data for training content creation AI models” reads OFF" in ran.flat
    assert "Mara Kowalski" in ran.out
    assert "withhold rollback" in ran.out

    assert practice("own-generative-models-eu") == ("disallowed", "observed")

    again = at_terminal.run(("apply", STEP, "--window"), ("Type LinkedIn", "LinkedIn"))
    assert again.code == 0
    assert "already no" in again.flat
    assert len(truth.written) == 1

    truth = page(served[0])  # the platform flips it back: the server's state is on again
    later = at_terminal.run(
        ("check", STEP, "--window", "--fail-on", "lost"), ("Type LinkedIn", "LinkedIn")
    )
    assert later.code == 12, later.out
    assert "flipped back" in later.flat
    assert truth.written == []
    assert practice("own-generative-models-eu") == ("allowed", None)


@pytest.mark.long
def test_it_can_be_put_back(served: tuple[Served, Path], at_terminal: Terminal) -> None:
    truth = page(served[0])
    typed = ("Type LinkedIn", "LinkedIn")
    at_terminal.run(("apply", STEP, "--window"), typed, ("Set it to OFF?", "y"))
    assert truth.as_wanted()
    listed = here("rollback").ok().out
    run = next(line.split()[0] for line in listed.splitlines() if "verified-no" in line)
    ran = at_terminal.run(("rollback", run), typed, ("Set it to ON?", "y"))
    assert ran.code == 0, ran.out
    assert not truth.as_wanted()
    assert practice("own-generative-models-eu") == ("allowed", None)


def test_without_the_typed_name_nothing_is_driven(
    served: tuple[Served, Path], at_terminal: Terminal
) -> None:
    truth = page(served[0])
    ran = at_terminal.run(("apply", STEP, "--window"), ("Type LinkedIn", "yes"))
    assert ran.code == 1
    assert "not done" in ran.flat
    assert truth.asked == []
    assert not (Path(os.environ["WITHHOLD_HOME"]) / "window").exists()


def test_yes_does_not_stand_for_the_terms(served: tuple[Served, Path], owner: Path) -> None:
    truth = page(served[0])
    ran = command("apply", STEP, "--window", "--yes", env={"WITHHOLD_BROWSER": str(served[1])})
    assert ran.code == 1
    assert "unattended" in ran.out
    assert truth.asked == []


def test_an_unattended_look_is_refused_where_the_terms_forbid_it(
    served: tuple[Served, Path], owner: Path
) -> None:
    truth = page(served[0])
    ran = command("check", "--window", env={"WITHHOLD_BROWSER": str(served[1])})
    assert "forbid automated access" in ran.out
    assert truth.asked == []


def test_yes_needs_the_account_on_the_line(owner: Path) -> None:
    ran: Ran = command("apply", CONTROL, "--window", "--yes")
    assert ran.code == 2
    assert "named account" in ran.err


@pytest.mark.long
@pytest.mark.parametrize(
    ("variant", "said"),
    [("stranger", "not the account you named"), ("lost", "did not save it")],
)
def test_what_was_not_done_is_not_written_down(
    served: tuple[Served, Path], at_terminal: Terminal, variant: str, said: str
) -> None:
    truth = page(served[0], variant)
    typed = ("Type LinkedIn", "LinkedIn")
    questions = [typed] if variant == "stranger" else [typed, ("Set it to OFF?", "y")]
    ran = at_terminal.run(("apply", STEP, "--window"), *questions)
    assert ran.code == 1
    assert said in ran.flat
    assert not truth.as_wanted()
    assert practice("own-generative-models-eu") == ("allowed", None)


def test_the_windows_profile_is_forgotten(
    served: tuple[Served, Path], at_terminal: Terminal
) -> None:
    page(served[0], "already")
    at_terminal.run(("apply", STEP, "--window"), ("Type LinkedIn", "LinkedIn"))
    folder = Path(os.environ["WITHHOLD_HOME"]) / "window"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir())
    here("own", "forget", "--window", "--yes").ok()
    assert not folder.exists() or not list(folder.iterdir())


def test_a_killed_run_is_told_and_looked_after(
    served: tuple[Served, Path], at_terminal: Terminal
) -> None:
    truth = page(served[0])
    typed = ("Type LinkedIn", "LinkedIn")
    killed = at_terminal.run(
        ("apply", STEP, "--window"), typed, ("Set it to OFF?", "y"), kill_after=1.0
    )
    assert killed.code != 0
    so = truth.as_wanted()
    ran = at_terminal.run(("apply", STEP, "--window"), typed)
    presses = len(truth.written)
    if "this run only reads" in ran.flat:
        assert ("already no" in ran.flat) is so
        assert ("still open" in ran.flat) is not so
    assert presses <= 1
