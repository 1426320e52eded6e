"""The documentation is complete and its commands run; whoever adds a command adds its page."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest

import withhold
from withhold import errors
from withhold.catalog.load import default_root
from withhold.faces.cli import group
from withhold.faces.cli.check import FAIL_CODES
from withhold.faces.cli.show_result import words_of
from withhold.recipes.result import Reason as RunReason
from withhold.steps import Outcome
from withhold.words import LANGS

REPO = Path(__file__).resolve().parents[2]
REFERENCE = REPO / "docs" / "reference"
DESIGNED = {0, 1, 2, 3, 10, 11, 12, 13, 14}


def page(name: str) -> str:
    """A page of the reference."""
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def headings(text: str) -> list[str]:
    """The headings of a page."""
    return re.findall(r"^#+ (.+?)\s*$", text, re.MULTILINE)


def sections(text: str) -> dict[str, str]:
    """Heading -> what stands below it, up to the next heading."""
    parts = re.split(r"^#+ (.+?)\s*$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands(command: click.Command, name: str = "withhold") -> Iterator[tuple[str, click.Command]]:
    """Every command by its full name."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for one in command.list_commands(context):
            below = command.get_command(context, one)
            assert below is not None
            yield from commands(below, f"{name} {one}")


ALL = dict(commands(group))


def test_all_commands_were_found() -> None:
    assert {"withhold check", "withhold own add account", "withhold knowledge confirm"} <= set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_every_command_and_option_has_its_place(name: str) -> None:
    below = sections(page("cli"))
    assert name in below, f"docs/reference/cli.md has no heading {name}"
    for parameter in ALL[name].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            for flag in parameter.opts:
                assert f"`{flag}`" in below[name], f"{flag} is not in the section {name}"
        elif isinstance(parameter, click.Argument):
            metavar = parameter.make_metavar(click.Context(ALL[name])).strip("[].{}")
            shown = parameter.name or ""
            assert metavar in below[name] or shown.upper() in below[name]


def test_no_page_tells_of_a_command_that_is_not_there() -> None:
    named = {one for one in headings(page("cli")) if one.startswith("withhold")}
    assert named - set(ALL) == set()


def _codes(lang: str) -> set[str]:
    text = (default_root() / "reasons" / f"{lang}.toml").read_text(encoding="utf-8")
    return set(tomllib.loads(text)["reason"])


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_reason_code_has_its_place(lang: str) -> None:
    assert sorted(_codes(lang) - set(headings(page("reasons")))) == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_outcome_and_reason_of_a_run_has_its_place_and_its_sentence(lang: str) -> None:
    below, phrases = sections(page("settings")), words_of(lang)
    for kind, codes in (("outcome", get_args(Outcome)), ("reason", get_args(RunReason))):
        for code in codes:
            assert len(below[code].split()) > 2, code
            assert phrases[f"{kind}_{code}"].replace("|", "\\|") in below[code], code


@pytest.mark.parametrize("format_", ["withhold/settings/1", "withhold/setting-run/1"])
def test_every_format_of_settings_has_its_section(format_: str) -> None:
    assert "| `" in page("formats").partition(f"## {format_}\n")[2][:900]


def test_every_reason_that_the_code_gives_has_a_sentence() -> None:
    """Codes written in the source, so that no answer ends in a KeyError."""
    given: set[str] = set()
    for path in Path(withhold.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason":
                given |= {
                    part.value
                    for one in node.keywords
                    if one.arg == "code"
                    for part in ast.walk(one.value)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    codes = {one for one in given if re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", one)}
    assert "past-stays-open" in codes
    assert sorted(codes - _codes("en")) == []


def _kinds(kind: type[errors.WithholdError]) -> Iterator[type[errors.WithholdError]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _kinds(one)


KINDS = [one for one in _kinds(errors.WithholdError) if one.__module__.startswith("withhold")]


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.__name__)
def test_every_error_has_its_page(kind: type[errors.WithholdError]) -> None:
    assert kind.page in headings(page("errors"))
    assert f"`{kind.__name__}`" in sections(page("errors"))[kind.page]
    assert f"exit code {kind.exit_code}." in sections(page("errors"))[kind.page]


def _ends_with() -> set[int]:
    """Every exit code that the source can end with."""
    codes = {one.exit_code for one in KINDS} | {code for _, code in FAIL_CODES} | {0}
    for path in (Path(withhold.__file__).parent / "faces" / "cli").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called == "sys.exit" and isinstance(node, ast.Call):
                codes |= {
                    one.value
                    for one in ast.walk(node)
                    if isinstance(one, ast.Constant) and type(one.value) is int
                }
    return codes


def test_every_exit_code_has_its_line() -> None:
    rows = set(map(int, re.findall(r"^\| (\d+) \|", page("exit-codes"), re.MULTILINE)))
    assert _ends_with() <= rows
    assert rows == DESIGNED


def test_nothing_ends_with_a_code_of_no_design() -> None:
    assert _ends_with() - DESIGNED == set()


# The commands on the pages -----------------------------------------------------------------------


WRITTEN = "WH-7K3Q9D"
"""The reference of a case as pages write it."""


def shell(text: str) -> list[str]:
    """The commands of withhold in the fenced ``sh`` blocks of a page, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [line for line in lines if line.startswith("withhold")]


@pytest.mark.parametrize(
    ("page_", "least"),
    [
        ("README.md", 5),
        ("docs/how-to/switch-a-setting-off.md", 5),
        ("docs/how-to/add-a-recipe.md", 4),
        ("docs/how-to/add-a-policy.md", 2),
        ("docs/how-to/object-by-letter.md", 10),
        ("docs/how-to/import-archives.md", 9),
        ("docs/how-to/which-posts-are-open.md", 8),
        ("docs/how-to/read-a-policy.md", 5),
        ("docs/how-to/watch-for-changes.md", 8),
        ("docs/how-to/read-your-access-log.md", 6),
        ("docs/tutorial/first-plan.md", 5),
    ],
)
def test_the_commands_of_a_page_run(page_: str, least: int, tmp_path: Path) -> None:
    said = shell((REPO / page_).read_text(encoding="utf-8"))
    assert len(said) >= least
    env = {
        **os.environ,
        "WITHHOLD_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(Path(withhold.__file__).parents[1]),
    }
    case = WRITTEN
    for line in said:
        words = shlex.split(line.replace(WRITTEN, case), comments=True)
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=REPO,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr.decode()}"
        named = re.search(r"WH-\w{6}", done.stderr.decode())  # a reference is new in each home
        case = named[0] if named else case
        assert done.stdout or "knowledge lint" in line, line  # which has no findings to print
