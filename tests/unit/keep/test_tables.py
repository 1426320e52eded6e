"""The store's own sqlite_utils: what it would bring along is left where it is."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path

import pytest

from withhold.not_needed import without

SRC = Path(__file__).parents[3] / "src"
WRITES = """
import sys
from pathlib import Path
from withhold.keep import Store
with Store.open(Path(sys.argv[1])) as store:
    store.own.set("place", "DE")
"""


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A folder with a pandas and a numpy that say so when somebody imports them."""
    folder = tmp_path / "modules"
    folder.mkdir()
    for name in ("numpy", "pandas"):
        (folder / f"{name}.py").write_text(f"print({name!r})\nraise ImportError({name!r})\n")
    return folder


def said_by(code: str, modules: Path, home: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)],
        capture_output=True,
        text=True,
        check=True,
        env={
            "PYTHONPATH": os.pathsep.join((str(modules), str(SRC))),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    return done.stdout.split()


def test_writing_loads_neither_pandas_nor_numpy(modules: Path, tmp_path: Path) -> None:
    assert said_by("import sqlite_utils", modules, tmp_path) == ["pandas", "numpy"]
    assert said_by(WRITES, modules, tmp_path / "home") == []


def test_they_are_found_again_after_it(modules: Path, tmp_path: Path) -> None:
    later = (
        "for one in ('pandas', 'numpy'):\n    try: __import__(one)\n    except ImportError: pass\n"
    )
    assert said_by(WRITES + later, modules, tmp_path / "home") == ["pandas", "numpy"]


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module that nobody has imported."""
    (tmp_path / "mine_alone.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "mine_alone", raising=False)
    return "mine_alone"


def test_other_threads_find_it_meanwhile(mine: str) -> None:
    found: list[str] = []
    with without(mine):
        with pytest.raises(ModuleNotFoundError, match=mine):
            import_module(mine)
        other = threading.Thread(target=lambda: found.append(import_module(mine).__name__))
        other.start()
        other.join()
    assert found == [mine]


def test_what_is_there_already_stays(mine: str) -> None:
    there = import_module(mine)
    with without(mine):
        assert import_module(mine) is there


def test_also_after_an_error_nothing_is_left(mine: str) -> None:
    before = list(sys.meta_path)
    with pytest.raises(RuntimeError, match="of mine"), without(mine):
        raise RuntimeError("of mine")
    assert sys.meta_path == before
    assert import_module(mine).__name__ == mine
