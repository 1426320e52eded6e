"""Knowledge as one value: what stands where, what was superseded, what does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import folder
from withhold.catalog.load import default_root, ids_in, load
from withhold.errors import BadKnowledge


def test_everything_is_loaded_under_its_id(made_root: Path) -> None:
    known = load(made_root)
    assert set(known.platforms) == {"acme"}
    assert set(known.actors) == {"acme", "anyone", "partner", "scrapeco"}
    assert set(known.crawlers) == {"ScrapeBot", "OtherBot", "Scrape-Extended"}
    assert set(known.laws) == {"act"}
    assert set(known.signals) == {"robots-txt"}
    assert set(known.claims) == {"it-is-said"}
    assert known.retired == {"acme-plus": "acme"}
    assert known.places.groups == {"EU": frozenset({"DE", "FR"})}


def test_history_is_merged_and_marked(made_root: Path) -> None:
    known = load(made_root)
    acme = known.platforms["acme"]
    assert [one.id for one in acme.practice] == ["train", "partner-trains", "train-2023"]
    assert acme.control[-1].id == "switch-2023"
    assert "older" in acme.source
    assert known.superseded == {("acme", "train-2023"), ("acme", "switch-2023")}
    assert known.file_of(acme, "train") == "platforms/acme.toml#train"
    assert known.file_of(acme, "train-2023") == "history/acme.toml#train-2023"
    assert known.file_of(acme) == "platforms/acme.toml"
    assert known.file_of(known.actors["scrapeco"], "scrape") == "actors/scrapeco.toml#scrape"


def test_a_source_of_one_name_says_one_thing(made_root: Path) -> None:
    """Otherwise a superseded fact would show the quote of the one that followed it."""
    folder.change(made_root, "history/acme.toml", "[source.older]", "[source.policy]")
    folder.change(made_root, "history/acme.toml", 'sources = ["older"]\nwhat', "sources = []\nwhat")
    with pytest.raises(BadKnowledge, match=r"^history/acme.toml: source.policy: says something"):
        load(made_root)


def test_history_of_another_platform_is_refused(made_root: Path) -> None:
    folder.change(made_root, "history/acme.toml", 'of = "acme"', 'of = "beta"')
    with pytest.raises(BadKnowledge, match=r"^history/acme.toml:1: of: expected `acme`$"):
        load(made_root)


def test_only_what_is_wanted_is_read(made_root: Path) -> None:
    text = folder.ACME.replace('id = "acme"', 'id = "beta"')
    (made_root / "platforms/beta.toml").write_text(text, encoding="utf-8")
    assert set(load(made_root).platforms) == {"acme", "beta"}
    assert set(load(made_root, ["beta"]).platforms) == {"beta"}
    assert load(made_root, []).platforms == {}
    assert load(made_root, crawlers=False).crawlers == {}
    (made_root / "platforms/beta.toml").write_text("broken", encoding="utf-8")
    assert set(load(made_root, ["acme"]).platforms) == {"acme"}


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("platforms/acme.toml", 'id = "acme"'),
        ("actors/partner.toml", 'id = "partner"'),
        ("crawlers/otherbot.toml", 'id = "otherbot"'),
        ("laws/act.toml", 'id = "act"'),
        ("claims/it-is-said.toml", 'id = "it-is-said"'),
    ],
)
def test_slug_file_name_and_id_are_one(made_root: Path, file: str, old: str) -> None:
    folder.change(made_root, file, old, 'id = "another"')
    with pytest.raises(BadKnowledge) as found:
        load(made_root)
    assert found.value.message == f"{file}: id: expected `{Path(file).stem}`, the name of the file"
    assert found.value.tip == "slug = file name = id"


def test_a_fault_is_shown_with_its_folder(made_root: Path) -> None:
    folder.change(made_root, "history/acme.toml", 'says = "silent"', 'says = "slient"')
    at = folder.line(made_root, "history/acme.toml", "says")
    with pytest.raises(BadKnowledge, match=rf"^history/acme.toml:{at}: practice\[0\].says: "):
        load(made_root)


def test_a_folder_without_platforms_is_no_knowledge(tmp_path: Path) -> None:
    with pytest.raises(BadKnowledge, match="no knowledge there"):
        load(tmp_path)


def test_a_platform_that_is_not_there_is_said(made_root: Path) -> None:
    with pytest.raises(BadKnowledge, match=r"^platforms/gone.toml: cannot be read"):
        load(made_root, ["gone"])


def test_without_retired_slugs_there_are_none(made_root: Path) -> None:
    (made_root / "history/retired.toml").unlink()
    assert load(made_root).retired == {}


def test_ids_are_sorted_and_the_default_root_holds_platforms(made_root: Path) -> None:
    assert ids_in(made_root, "actors") == ["acme", "anyone", "partner", "scrapeco"]
    assert (default_root() / "platforms").is_dir()
