"""The wheel in a fresh virtual environment: the first tutorial word for word, and doctor.

Nothing of the tree is found there: the reader sits in a folder elsewhere, without PYTHONPATH, and
has what a person has after ``pip install``: the wheel and what its base requires.
"""

from __future__ import annotations

import doctest
import os
import subprocess
from pathlib import Path

import pytest

from tests.docs.test_tutorials import LIKE, TUTORIALS, steps
from tests.release.conftest import REPO, ran

pytestmark = pytest.mark.long


@pytest.fixture
def shell(installed: Path, tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """Where a reader sits, and what their shell finds: the programs of the environment first."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    env = {
        "PATH": f"{installed}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "WITHHOLD_HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "COLUMNS": "100",  # as wide as the page's own blocks
    }
    return folder, env


def in_shell(line: str, shell: tuple[Path, dict[str, str]]) -> tuple[int, str]:
    """How a line ends, and what it prints, both streams together."""
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=shell[0],
        env=shell[1],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout.decode()


def test_it_is_the_wheel_that_runs(installed: Path, shell: tuple[Path, dict[str, str]]) -> None:
    _, where = in_shell("command -v withhold", shell)
    assert Path(where.strip()).parent == installed
    _, file = in_shell("python -I -c 'import withhold; print(withhold.__file__)'", shell)
    assert Path(file.strip()).is_relative_to(installed.parent)
    assert not Path(file.strip()).is_relative_to(REPO)


def test_the_first_tutorial_word_for_word(shell: tuple[Path, dict[str, str]]) -> None:
    (page,) = (one for one in TUTORIALS if one.stem == "first-plan")
    done = list(steps(page.read_text(encoding="utf-8")))
    assert sum(kind == "compare" for kind, _, _ in done) >= 5
    assert {line.split()[0] for _, line, _ in done} == {"withhold"}
    for kind, line, printed in done:
        code, said = in_shell(line, shell)
        assert (code, "Traceback" in said) == (0, False), f"{line}\n{said}"
        assert said.strip(), line
        if kind == "compare":
            assert doctest.OutputChecker().check_output(printed, said, LIKE), (
                f"{line}\n--- the page says\n{printed}\n--- printed\n{said}"
            )


def test_the_help_names_every_command(shell: tuple[Path, dict[str, str]]) -> None:
    code, said = in_shell("withhold --help", shell)
    assert code == 0
    for one in ("start", "check", "plan", "apply", "watch", "prove", "serve", "doctor"):
        assert f"\n  {one} " in said


def test_doctor_finds_the_knowledge_and_no_extra(shell: tuple[Path, dict[str, str]]) -> None:
    code, said = in_shell("withhold doctor", shell)
    assert (code, "FAIL" in said) == (0, False), said
    count = len(list((REPO / "knowledge" / "platforms").glob("*.toml")))
    assert f"OK   knowledge: {count} platforms" in said
    assert 'SKIP extra [web]: the dashboard: pip install "withhold[web]"' in said
    in_shell("withhold start --in DE --platforms linkedin --audience public", shell)
    code, said = in_shell("withhold doctor", shell)  # looks at what is stored, now that it is there
    assert (code, "FAIL" in said, "Traceback" in said) == (0, False, False), said
    assert "OK   store:" in said


def test_a_missing_extra_is_named(shell: tuple[Path, dict[str, str]]) -> None:
    code, said = in_shell("withhold serve", shell)
    assert (code, "Traceback" in said) == (1, False)
    assert 'TIP: pip install "withhold[web]"' in said


def test_python_finds_the_types_and_the_question(installed: Path, tmp_path: Path) -> None:
    asked = (
        "from datetime import date; from importlib.resources import files;"
        "from withhold import Account, Content, load_knowledge, may_train;"
        "post = Content(kind='post', audience='public', account=Account(platform='linkedin'));"
        "said = may_train('linkedin', post, 'DE', date(2025, 12, 1), load_knowledge());"
        "print(said.answer, files('withhold').joinpath('py.typed').is_file())"
    )
    done = ran(installed / "python", "-I", "-c", asked, cwd=tmp_path)
    assert done.stdout.split() == ["allowed", "True"], done.stderr
