"""A command loads what it needs and nothing of the dashboard; each runs in its own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SERVES = ("starlette", "uvicorn", "anyio", "multipart", "argon2", "withhold.faces.web")
DRAWS = ("jinja2", "altair", "vl_convert", "weasyprint", "PIL", "playwright", "pyarrow")
RUN = """
import json, sys
from withhold.faces.cli import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    assert not ended.code, ended.code
print()
print(json.dumps(sorted(sys.modules)))
"""


def loaded(home: Path, *args: str) -> set[str]:
    """The modules that a command has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *args],
        env={**os.environ, "WITHHOLD_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "args",
    [
        ("--help",),
        ("check", "linkedin", "--in", "US-PA"),
        ("plan", "--help"),
        ("serve", "--help"),
        ("report", "--help"),
    ],
    ids=" ".join,
)
def test_nothing_of_the_dashboard_and_of_pictures_is_loaded(
    tmp_path: Path, args: tuple[str, ...]
) -> None:
    modules = loaded(tmp_path / "home", *args)
    assert modules.isdisjoint({*SERVES, *DRAWS})
    assert "withhold.faces.cli" in modules


def test_help_reads_no_knowledge_and_opens_no_store(tmp_path: Path) -> None:
    modules = loaded(tmp_path / "home", "--help")
    assert modules.isdisjoint({"sqlite3", "withhold.keep", "withhold.catalog.load", "urllib3"})


def test_the_answer_to_one_platform_needs_no_network_and_no_report(tmp_path: Path) -> None:
    modules = loaded(tmp_path / "home", "check", "linkedin", "--in", "US-PA")
    assert "withhold.may_train" in modules
    assert modules.isdisjoint({"urllib3", "withhold.reach.http", "withhold.faces.report.whole"})
