"""What docs/how-to/correct-a-fact.md tells a newcomer is done word for word, in a copy."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.journeys.run import REPO, flat, here
from tests.maintainers.test_workflows import commands, is_there
from withhold.catalog.load import default_root

PAGE = REPO / "docs" / "how-to" / "correct-a-fact.md"
NEW = "Let AI learn from my posts"


def blocks() -> list[str]:
    """The TOML blocks of the part on labels, in order: before, after, source, recipe."""
    text = PAGE.read_text(encoding="utf-8")
    part = text[text.index("## A label reads differently") : text.index("## It has changed")]
    return re.findall(r"^```toml\n(.*?)^```", part, re.MULTILINE | re.DOTALL)


def test_a_label_is_changed_as_the_page_says(tmp_path: Path) -> None:
    knowledge = shutil.copytree(default_root(), tmp_path / "knowledge")
    before, after, source, names = blocks()
    file = knowledge / "platforms" / "linkedin.toml"
    text = file.read_text(encoding="utf-8")
    start = text.index(before.splitlines()[0])
    end = text.index("[[control]]", start)
    control = text[start:end]
    old, new = before.splitlines(), after.splitlines()
    assert len(new) == len(old) + 1  # the old words go to a line of their own
    assert all(control.count(line) == 1 for line in old)
    control = control.replace(old[0], "\n".join(new[:2]))
    for was, now in zip(old[1:], new[2:], strict=True):
        control = control.replace(was, now)
    text = text[:start] + control + text[end:]
    file.write_text(text.replace("[[practice]]", f"{source}\n[[practice]]", 1), encoding="utf-8")

    recipe = knowledge / "recipes" / "linkedin-ai-training-toggle.toml"
    text = recipe.read_text(encoding="utf-8")
    began = 'names = { en = ["Use my data for training content creation AI models"],'
    assert text.count(began) == 1
    recipe.write_text(text.replace(began, names.strip()), encoding="utf-8")

    assert "0 findings" in here("knowledge", "lint", "--root", knowledge).ok().err
    assert "No answer flips" in here("knowledge", "flips", default_root(), knowledge).ok().out
    shown = here("apply", "linkedin/ai-training-toggle", "--show", "--recipe", recipe).ok().out
    assert f"“{NEW}”" in flat(shown)


@pytest.mark.parametrize(
    "page", ["CONTRIBUTING.md", "docs/how-to/correct-a-fact.md", "docs/how-to/review-a-fact.md"]
)
def test_every_command_and_link_of_a_page_is_there(page: str) -> None:
    path = REPO / page
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|text)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    calls = [args for block in blocks for args in commands(block)]
    assert len(calls) >= 3
    for args in calls:
        is_there(page, args)
    for target in re.findall(r"\]\(([^)#:]+\.md)", text):
        assert (path.parent / target).is_file(), target
