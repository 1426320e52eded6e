"""One server and one browser for the runs of a file; figures over all runs at the end.

They end with their file: no other test of the process may meet their threads, or a second
Playwright beside the one that is running.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import pytest

from tests.recipes import runs
from tests.recipes.field import Field, Played
from tests.recipes.field import field as opened
from tests.recipes.figures import figures, misses, parts, table
from tests.replicas import browsers

AT_LEAST = 70.0
"""Percent of the mutants that are to be handled."""
TROUBLED_AT_MOST = 0.01
"""Of all runs: those that the machine, not the page, kept from an outcome."""
_PLAYED: list[Played] = []
Keep = Callable[[Played], None]


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    """Server, browser and recipes."""
    if browsers.program() is None:
        pytest.skip("Chromium is not installed")
    with opened(tmp_path_factory.mktemp("replicas")) as one:
        yield one


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Keep:
    """Hands a run to the figures at the end."""

    def kept(played: Played) -> None:
        request.node.user_properties.append(("played", msgspec.json.encode(played).decode()))

    return kept


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collects the runs; of all workers where there are several."""
    if report.when != "call":
        return
    for name, value in report.user_properties:
        if name == "played":
            _PLAYED.append(msgspec.json.decode(value, type=Played))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the figures of each part that was run."""
    for title, part in parts(_PLAYED).items():
        if part:
            lines = table(title, {"withhold": figures(part)}) + misses(part)
            terminalreporter.write_line("\n".join(lines) + "\n")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The sets fail as sets: where too few mutants are handled, or the machine was in the way of
    too many runs."""
    mutants = parts(_PLAYED)["mutants"]
    few = len(mutants) == runs.MUTANTS and figures(mutants).rate < AT_LEAST
    if few or figures(_PLAYED).troubled > max(1, TROUBLED_AT_MOST * len(_PLAYED)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
