"""What every test may use. Unit tests open no sockets; a skip is a failure in CI."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from withhold.catalog.load import Knowledge, default_root, load

REAL = os.environ.get("WITHHOLD_REAL") == "1"


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of knowledge."""
    return default_root()


@pytest.fixture(scope="session")
def knowledge(root: Path) -> Knowledge:
    """All that is known."""
    return load(root)


@pytest.fixture(scope="session", autouse=True)
def nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is made once for many tests is made before ``own_home``, and in no real home either."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WITHHOLD_HOME", str(tmp_path_factory.mktemp("nobody") / "home"))
        yield


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test writes into the home of the person who runs it, or speaks their language."""
    monkeypatch.setenv("WITHHOLD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real data; skipped with a plain reason where there is none."""
    said = os.environ.get("WITHHOLD_CORPUS")
    if not said or not Path(said).is_dir():
        pytest.skip("WITHHOLD_CORPUS names no folder of real data")
    return Path(said)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Octets are not part of a test's name: packed ones hold the clock, and workers must agree."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_finish() -> None:
    """24,000 tests stay to the end: the collector need not look at them again and again."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where CI promises real parts (WITHHOLD_REAL=1) a skipped test is a failed one."""
    report = yield
    if REAL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
