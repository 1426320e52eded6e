"""The public surface: what ``__all__`` names, how a name is found, and that README's example runs.

Each import order is tried in a process of its own, since a module is imported only once.
"""

from __future__ import annotations

import re
import subprocess
import sys
import types
from pathlib import Path

import pytest

import withhold

README = Path(__file__).parents[2] / "README.md"


def test_all_is_what_is_exported() -> None:
    public = {
        name
        for name in dir(withhold)
        if not name.startswith("_") and not isinstance(getattr(withhold, name), types.ModuleType)
    }
    imported_for_the_module_itself = {"annotations", "ModuleType", "import_module"}
    public -= imported_for_the_module_itself | {"TYPE_CHECKING"}
    assert public | {"__version__"} == set(withhold.__all__)


@pytest.mark.parametrize("name", withhold.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(withhold, name) is not None


def test_all_is_sorted_and_names_each_once() -> None:
    assert list(withhold.__all__) == sorted(set(withhold.__all__))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'may_not_train'"):
        _ = withhold.may_not_train  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "import withhold.may_train",
        "from withhold.may_train import may_train",
        "import withhold.verbs.check",
        "from withhold import may_train",
        "import withhold; withhold.may_train",
        "import importlib; importlib.import_module('withhold.may_train')",
    ],
)
def test_may_train_is_the_question_whoever_imported_the_module_first(before: str) -> None:
    said = _run(
        f"{before}\n"
        "import withhold\n"
        "from withhold import may_train\n"
        "import withhold.may_train as again\n"
        "from withhold.may_train import may_train as inner\n"
        "print(withhold.may_train is may_train is again is inner, may_train.__name__)"
    )
    assert said == "True may_train"


def test_the_module_of_the_question_stays_where_it_is_looked_up() -> None:
    said = _run(
        "import sys, withhold; withhold.may_train\n"
        "print(type(sys.modules['withhold.may_train']).__name__)"
    )
    assert said == "module"


def test_importing_the_package_or_the_command_line_loads_no_knowledge() -> None:
    heavy = ("msgspec", "tomllib", "withhold.words", "withhold.may_train", "rich", "sqlite3")
    said = _run(f"import sys, withhold.faces.cli; print([m for m in {heavy} if m in sys.modules])")
    assert said == "[]"


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    found = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert found, "README shows no Python"
    for text in found:
        exec(compile(text, str(README), "exec"), {"__name__": "readme"})  # noqa: S102
    shown = re.findall(r"^print\(.*\)  # (.*)$", "\n".join(found), re.MULTILINE)
    assert capsys.readouterr().out.splitlines() == shown


def _run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
