"""The wheel and the sdist, built once, and a fresh virtual environment with the wheel alone."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

REPO = Path(__file__).resolve().parents[2]
QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def ran(*words: str | Path, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A command outside the tree, which finds nothing of the tree."""
    found = {name: said for name, said in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(one) for one in words],
        cwd=cwd,
        env={**found, **QUIET, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def needs_the_index(done: subprocess.CompletedProcess[str], what: str) -> None:
    """Skips where no package index answers; whatever else went wrong is a failure."""
    said = done.stdout + done.stderr
    away = ("No matching distribution", "NewConnectionError", "Could not find a version")
    if done.returncode and any(one in said for one in away):
        pytest.skip(f"no package index answers: {what}")
    assert done.returncode == 0, said


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what git knows of the tree, as it lies there: caches and builds are not in it.

    In a tree that is no checkout (an unpacked sdist) it is all but what git would ignore.
    """
    copy = tmp_path_factory.mktemp("copy") / "withhold"
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPO, capture_output=True, text=True, check=False
    )
    if listed.returncode or not listed.stdout:
        said = (REPO / ".gitignore").read_text(encoding="utf-8").split()
        ignored = shutil.ignore_patterns(".git", *(one.rstrip("/") for one in said))
        shutil.copytree(REPO, copy, ignore=ignored)
        return copy
    for name in listed.stdout.split("\0"):
        if name and (REPO / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPO / name, copy / name)
    return copy


def build(source: Path, into: Path, *kinds: str) -> list[Path]:
    """``python -m build`` of a copy: the sdist, and the wheel from that sdist; or one ``kind``."""
    done = ran(sys.executable, "-m", "build", *kinds, "--outdir", into, source, cwd=into)
    needs_the_index(done, "hatchling, which builds, is fetched from there")
    return sorted(into.iterdir())


@pytest.fixture(scope="session")
def built(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the sdist."""
    into = tmp_path_factory.mktemp("dist")
    (wheel,), (sdist,) = (
        [one for one in build(source, into) if one.name.endswith(end)]
        for end in (".whl", ".tar.gz")
    )
    return wheel, sdist


@pytest.fixture(scope="session")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh virtual environment with the wheel, and what its base requires."""
    folder = tmp_path_factory.mktemp("fresh")
    done = ran(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    assert done.returncode == 0, done.stderr
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    done = ran(programs / "python", "-m", "pip", "install", "--quiet", built[0], cwd=folder)
    needs_the_index(done, "what withhold requires is fetched from there")
    return programs


@pytest.fixture(scope="session")
def script() -> Callable[[str], ModuleType]:
    """A script of packaging/ as a module. The folder is no package: PyPI has one of that name."""

    def loaded(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, REPO / "packaging" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # dataclasses and structs look themselves up
        spec.loader.exec_module(module)
        return module

    return loaded
