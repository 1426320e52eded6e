"""Installed without extras: what needs none answers, what needs one names it, nothing crashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BEYOND = (
    *("PIL", "ahocorasick", "altair", "c2pa", "duckdb", "exifread", "exiv2", "fastwarc", "fsspec"),
    *("hyperscan", "ijson", "libipld", "lxml", "numpy", "nupunkt", "pandas", "pdqhash"),
    *("phonenumbers", "playwright", "py3langid", "pyarrow", "pypdf", "pyspark", "rapidfuzz"),
    *("rensa", "selectolax", "starlette", "trafilatura", "vl_convert", "weasyprint", "xxhash"),
    *("cryptography", "keyring", "sqlcipher3", "zstandard"),
)
"""What the extras bring, by the names under which it is imported."""
START = f"""
import importlib.abc, sys
class Gone(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {BEYOND!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
import importlib.util
sys.meta_path.insert(0, Gone())
found = importlib.util.find_spec
def looked(name, package=None):
    return None if name.split(".")[0] in {BEYOND!r} else found(name, package)
importlib.util.find_spec = looked
from withhold.faces.cli import main
main(sys.argv[1:])
"""
LOG = ("examples/access.log", "--robots", "examples/robots", "--site", "daily-example.org")


def bare(home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The command in a process that finds none of them."""
    env = {**os.environ, "WITHHOLD_HOME": str(home), "NO_COLOR": "1", "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-c", START, *args],
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.parametrize(
    "form", [(), ("--format", "json"), ("--format", "csv"), ("--rules", "nginx")]
)
def test_a_log_is_read(form: tuple[str, ...], tmp_path: Path) -> None:
    ran = bare(tmp_path, "prove", "logs", *LOG, *form)
    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False), ran.stderr
    assert "GPTBot" in ran.stdout


@pytest.mark.parametrize(
    ("args", "extra"),
    [
        (("prove", "logs", *LOG, "--format", "html"), "guide"),
        (("prove", "corpus", "README.md", "--site", "https://example.org"), "scale"),
        (("filter", "examples/pages.csv", "OUT", "--unknown", "drop"), "arrow"),
        (("survey", "examples/pages.csv", "OUT"), "scale"),
        (("prove", "bundle", "OUT.zip", "--yes"), "archives"),
        (("report", "OUT.html"), "guide"),
    ],
)
def test_what_needs_an_extra_names_it(args: tuple[str, ...], extra: str, tmp_path: Path) -> None:
    home, out = tmp_path / "home", str(tmp_path / "out")
    bare(home, "start", "--in", "DE", "--platforms", "linkedin", "--audience", "public")
    ran = bare(home, *(one.replace("OUT", out) for one in args))
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert f'TIP: pip install "withhold[{extra}]"' in ran.stderr
