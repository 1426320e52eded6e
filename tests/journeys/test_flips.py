"""``knowledge flips`` over two folders as a reviewer has them: before and after a change."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.run import Ran, complains, files, flat, here
from withhold.catalog.load import default_root

DAY = "2026-11-26"
BEGUN = 'says = "yes"\nuse = "train-ai"\nactor = "microsoft"'
"""How the practice of linkedin.toml begins that is changed here: what Microsoft does in GB."""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is known of LinkedIn, as it is; of the rest only what is needed to load it."""
    made = tmp_path_factory.mktemp("before") / "knowledge"
    kept = ["places.toml"]
    kept += [f"{folder}/linkedin.toml" for folder in ("platforms", "history", "actors")]
    kept += [f"actors/{name}.toml" for name in ("microsoft", "anyone")]
    for name in kept:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(default_root() / name, made / name)
    return made


@pytest.fixture
def after(tmp_path: Path, before: Path) -> Path:
    """The same, to be changed by a test."""
    return shutil.copytree(before, tmp_path / "after")


def change(root: Path, old: str, new: str) -> None:
    file = root / "platforms" / "linkedin.toml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def flips(before: Path, after: Path, *args: str) -> Ran:
    return here("knowledge", "flips", before, after, "--today", DAY, *args)


def document(before: Path, after: Path) -> Any:
    return json.loads(flips(before, after, "--format", "json").ok().out)


def test_the_same_knowledge_flips_nothing(before: Path) -> None:
    found = document(before, before)
    assert (found["schema"], found["flips"], found["changed"]) == ("withhold/flips/1", [], [])
    assert flips(before, before, "--fail-on", "unmet").code == 0
    assert "No answer flips" in flips(before, before).out


def test_a_label_that_reads_differently_flips_nothing(before: Path, after: Path) -> None:
    change(after, "Use my data for training content creation AI models", "Help to improve AI")
    found = document(before, after)
    assert (found["flips"], found["changed"], found["asked"]) == ([], [], 0)


def test_a_no_that_writes_over_a_yes_is_named_with_every_rule_it_breaks(
    before: Path, after: Path
) -> None:
    change(after, BEGUN, BEGUN.replace("yes", "no"))
    kept = files(after)
    (one,) = document(before, after)["flips"]
    assert (one["what"], one["platform"], one["actor"]) == ("answer", "linkedin", "microsoft")
    assert (one["before"]["answer"], one["after"]["answer"]) == ("allowed", "disallowed")
    assert one["before"]["open"] == [{"since": "2025-11-03", "until": None}]
    assert one["after"]["open"] == []
    assert one["places"] == ["GB"]
    assert sorted(one["kinds"]) == ["article", "comment", "post", "video"]
    (fact,) = one["facts"]
    assert fact["id"] == "linkedin/microsoft-models-gb"
    assert fact["file_after"] == "platforms/linkedin.toml#microsoft-models-gb"
    assert (fact["fields"], fact["kept"]) == (["says"], "overwritten")
    assert [rule["rule"] for rule in one["unmet"]] == ["kept", "new-source", "quote"]
    assert flips(before, after, "--fail-on", "unmet").code == 2
    assert flips(before, after).code == 0
    assert files(after) == kept  # it only reads


def test_the_same_flip_as_the_rule_wants_it(before: Path, after: Path) -> None:
    text = (after / "platforms" / "linkedin.toml").read_text(encoding="utf-8")
    start = text.index('[[practice]]\nid = "microsoft-models-gb"')
    block = text[start : text.index("[[practice]]", start + 5)]
    new = block.replace('says = "yes"', 'says = "no"').replace("2025-11-03", "2026-11-20")
    new = new.replace('default = "on"', 'default = "none"').replace("announced = 2025-09-18\n", "")
    new = new.replace('"microsoft-models-gb"', '"microsoft-no-more-gb"').replace(
        '["eu-notice"]', '["gb-notice"]'
    )
    source = (
        '[source.gb-notice]\nurl = "https://www.linkedin.com/legal/gb"\nkind = "official"\n'
        'seen = 2026-11-20\nquote = "We no longer share content of members with Microsoft."\n\n'
    )
    change(after, block, source + new)
    # what the switch covered is now said of a practice of before, which stands in history
    history = after / "history" / "linkedin.toml"
    ended = block.replace("since = 2025-11-03", "since = 2025-11-03\nuntil = 2026-11-20")
    eu = text[text.index("[source.eu-notice]") : text.index("[source.eu-notice-announced]")]
    history.write_text(f"{history.read_text(encoding='utf-8')}\n{eu}{ended}", encoding="utf-8")
    found = document(before, after)["flips"]
    assert found
    assert all(one["met"] for one in found), found
    assert {one["actor"] for one in found} == {"microsoft"}
    assert flips(before, after, "--fail-on", "unmet").code == 0
    shown = flips(before, after).out
    assert "The rule is met, as far as files show it." in shown
    assert "https://www.linkedin.com/legal/gb (official, seen 2026-11-20)" in shown
    assert "a second person" in flat(shown)


def test_it_is_told_for_a_person_and_for_a_pull_request(before: Path, after: Path) -> None:
    change(after, BEGUN, BEGUN.replace("yes", "no"))
    change(
        after,
        'microsoft-models-gb = "full", other-models',
        'microsoft-models-gb = "part", other-models',
    )
    shown = flips(before, after).ok().out
    assert "allowed becomes disallowed (promised)" in shown
    assert "NOT MET: no new source says so." in shown
    assert all(len(line) <= 100 for line in shown.splitlines())
    comment = flips(before, after, "--format", "md").ok().out
    assert "### linkedin: microsoft, train-ai" in comment
    assert "\n- places: GB\n" in comment


def test_a_folder_that_is_no_knowledge_is_one_line(before: Path, tmp_path: Path) -> None:
    complains(here("knowledge", "flips", tmp_path / "nowhere"), 2)
    complains(here("knowledge", "flips", tmp_path, before), 2, "no knowledge there")
