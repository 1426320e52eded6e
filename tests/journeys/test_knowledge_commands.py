"""The commands for those who keep the knowledge."""

from __future__ import annotations

import json
import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from tests.journeys.run import complains, files, here
from withhold.catalog.load import default_root


def test_all_knowledge_passes_lint() -> None:
    ran = here("knowledge", "lint").ok()
    assert ran.out == ""
    assert "0 findings" in ran.err


def test_list_names_every_platform() -> None:
    shown = here("knowledge", "list").ok().out.split()
    assert shown == sorted(one.stem for one in (default_root() / "platforms").glob("*.toml"))
    assert len(shown) >= 54
    assert json.loads(here("knowledge", "list", "--format", "json").ok().out) == shown


@pytest.mark.parametrize(
    "name", ["linkedin", "twitter", "GPTBot", "gdpr-art-21", "openai", "ranges/gptbot"]
)
def test_show_as_text_and_as_json(name: str) -> None:
    text = here("knowledge", "show", name).ok().out
    thing = json.loads(here("knowledge", "show", name, "--format", "json").ok().out)
    assert f'id = "{thing["id"]}"' in text


def test_of_two_things_of_one_name_the_folder_says_which() -> None:
    assert 'token = "GPTBot"' in here("knowledge", "show", "gptbot").ok().out
    assert 'token = "GPTBot"' in here("knowledge", "show", "crawlers/gptbot").ok().out
    assert '"20.171.206.0/23"' in here("knowledge", "show", "ranges/gptbot").ok().out
    assert "gptbot" in here("knowledge", "list", "ranges").ok().out.split()
    complains(here("knowledge", "show", "ranges/gptbo"), 2, "did you mean gptbot")
    complains(here("knowledge", "show", "nowhere/x"), 2, "unknown name: nowhere/x")


def test_show_tells_what_is_superseded() -> None:
    shown = here("knowledge", "show", "tumblr").ok().out
    now, _, before = shown.partition("# superseded")
    assert "third-party-sharing" in now
    assert "firehose" in before
    tomllib.loads(now)


def test_due_lists_by_tier_and_by_day() -> None:
    def due(*args: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(
            here("knowledge", "due", "--format", "json", *args).ok().out
        )
        return found

    everything = due("--when", "2026-11-01")
    assert everything
    for one in everything:
        assert date.fromisoformat(str(one["due"])) < date(2026, 11, 2)
    tiers = [one["tier"] for one in everything]
    assert tiers == sorted(tiers)  # type: ignore[type-var]
    first = due("--when", "2026-11-01", "--tier", "1")
    assert first == [one for one in everything if one["tier"] == 1]
    assert 0 < len(first) < len(everything)
    lists = {one["what"]: one["due"] for one in everything if one["kind"] == "ranges"}
    assert lists["ranges/gptbot"] == "2026-08-03"  # of May 5th, after 90 days
    assert "ranges/ccbot" not in lists  # of August 22nd
    assert len(due("--when", "2024-01-01")) < len(everything)


def test_a_new_file_is_a_form_and_is_never_overwritten(tmp_path: Path) -> None:
    root = tmp_path / "knowledge"
    shutil.copytree(default_root(), root)
    ran = here("knowledge", "new", "platform", "example-net", "--root", root).ok()
    file = Path(ran.out.strip())
    assert file == root / "platforms" / "example-net.toml"
    assert tomllib.loads(file.read_text())["id"] == "example-net"
    assert f"withhold knowledge lint --root {root}" in ran.err
    lint = here("knowledge", "lint", "--root", root)
    assert lint.code == 2  # it has to be filled in first
    file.write_text("# mine now\n")
    before = files(root)
    complains(here("knowledge", "new", "platform", "example-net", "--root", root), 2, "example-net")
    assert files(root) == before


SWITCH = "deepseek/improve-model-toggle"
"""A control that no recipe is known of."""


def _tree(tmp_path: Path) -> Path:
    """Knowledge as it lies in a source tree: beside the pages of the tests."""
    root = tmp_path / "knowledge"
    shutil.copytree(default_root(), root)
    replicas = tmp_path / "tests" / "replicas"
    replicas.mkdir(parents=True)
    (replicas / "described.py").touch()
    return root


def test_a_new_recipe_comes_with_its_page_in_a_source_tree(tmp_path: Path) -> None:
    root = _tree(tmp_path)
    before = files(tmp_path).keys()
    ran = here("knowledge", "new", "recipe", SWITCH, "--root", root).ok()
    made = [Path(one) for one in ran.out.split()]
    name = "deepseek-improve-model-toggle.toml"
    assert made == [root / "recipes" / name, tmp_path / "tests" / "replicas" / name]
    assert files(tmp_path).keys() - before == {str(one.relative_to(tmp_path)) for one in made}
    assert f"withhold knowledge lint --root {root}" in ran.err
    assert 'make recipes ARGS="-k deepseek-improve-model-toggle"' in ran.err
    lint = here("knowledge", "lint", "--root", root)
    assert lint.code == 2
    assert "is to be filled in" in lint.out
    assert {one.partition(":")[0] for one in lint.out.splitlines()} == {f"recipes/{name}"}


@pytest.mark.parametrize("there", ["knowledge/recipes", "tests/replicas"])
def test_neither_file_is_written_where_one_is_there(tmp_path: Path, there: str) -> None:
    root = _tree(tmp_path)
    (tmp_path / there / "deepseek-improve-model-toggle.toml").write_text("# mine\n")
    before = files(tmp_path)
    complains(here("knowledge", "new", "recipe", SWITCH, "--root", root), 2, "is there already")
    assert files(tmp_path) == before


def test_a_form_is_only_shown_so_it_has_no_page(tmp_path: Path) -> None:
    root = _tree(tmp_path)
    ran = here("knowledge", "new", "recipe", "chatgpt/privacy-portal", "--root", root).ok()
    assert ran.out.split() == [str(root / "recipes" / "chatgpt-privacy-portal.toml")]
    assert "make recipes" not in ran.err


def test_a_recipe_into_a_folder_of_ones_own_is_one_file_that_can_be_shown(tmp_path: Path) -> None:
    ran = here("knowledge", "new", "recipe", SWITCH, "--root", tmp_path / "mine").ok()
    (file,) = (Path(one) for one in ran.out.split())
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [file]
    tip = f"withhold apply {SWITCH} --show --recipe {file}"
    assert tip in ran.err
    assert "Improve the model for everyone" in here(*tip.split()[1:]).ok().out


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("deepseek", "deepseek is not a control"),
        ("deepseek/improve-model-togle", "did you mean deepseek/improve-model-toggle"),
        ("deepsek/improve-model-toggle", "did you mean deepseek"),
        ("reddit/no-switch", "unknown control"),
        ("../x/y", "unknown platform"),
        ("deepseek/../../x", "unknown control"),
    ],
)
def test_a_recipe_is_for_a_control_that_there_is(tmp_path: Path, step: str, said: str) -> None:
    ran = here("knowledge", "new", "recipe", step, "--root", tmp_path / "mine")
    complains(ran, 2, said)
    assert files(tmp_path) == {}


def test_lint_names_file_line_and_check(tmp_path: Path) -> None:
    root = tmp_path / "knowledge"
    shutil.copytree(default_root(), root)
    file = root / "platforms" / "reddit.toml"
    text = file.read_text(encoding="utf-8")
    before = 'sources = ["google-deal", "google-deal-press"]'
    assert before in text
    file.write_text(text.replace(before, 'sources = ["nobody"]'), encoding="utf-8")
    ran = here("knowledge", "lint", "--root", root)
    assert ran.code == 2
    (line,) = [one for one in ran.out.splitlines() if "nobody" in one]
    assert line.startswith("platforms/reddit.toml:")
    assert line.endswith("[sources]")
