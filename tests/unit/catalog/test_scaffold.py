"""A new file to fill in: as it stands it says what is missing, filled in it is clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.catalog.lint.found import found
from withhold.catalog.load import load
from withhold.catalog.scaffold import scaffold
from withhold.errors import BadInput, BadKnowledge

FOLDERS = {"platform": "platforms", "actor": "actors", "crawler": "crawlers"}


def _new(root: Path, kind: str) -> Path:
    path = root / FOLDERS[kind] / "new-thing.toml"
    path.write_text(scaffold(kind, "new-thing", folder.TODAY), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["platform", "crawler"])
def test_a_new_file_says_which_line_is_to_be_filled_in(made_root: Path, kind: str) -> None:
    path = _new(made_root, kind)
    name = f"{FOLDERS[kind]}/{path.name}"
    at = folder.line(made_root, name, "operator")
    with pytest.raises(BadKnowledge, match=f"^{name}:{at}: operator: "):
        load(made_root)


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_new_file_that_is_filled_in_is_clean(made_root: Path, kind: str) -> None:
    path = _new(made_root, kind)
    text = path.read_text(encoding="utf-8")
    assert "FILL-IN" in text
    filled = text.replace('"FILL-IN"', '"acme"').replace("FILL-IN", "acme.example")
    path.write_text(filled, encoding="utf-8")
    assert found(made_root) == []
    known = load(made_root)
    things = {"platform": known.platforms, "actor": known.actors, "crawler": known.crawlers}
    made = next(one for one in things[kind].values() if one.id == "new-thing")
    assert all(source.seen == folder.TODAY for source in made.source.values())


def test_silence_is_what_a_new_platform_begins_with(made_root: Path) -> None:
    text = _new(made_root, "platform").read_text(encoding="utf-8")
    assert 'says = "silent"' in text
    assert 'kind = "none"' in text


@pytest.mark.parametrize(
    "slug", ["New", "new thing", "-new", "new-", "new--thing", "", "../x", "ä"]
)
def test_what_cannot_be_a_slug_is_refused(slug: str) -> None:
    with pytest.raises(BadInput, match="is not a slug"):
        scaffold("platform", slug, folder.TODAY)
