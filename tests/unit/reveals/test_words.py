"""Words of reveals are read from knowledge, made ready once, refused where they do not hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from withhold.catalog.load import default_root
from withhold.catalog.reveals import RevealWords, reveal_words
from withhold.errors import BadKnowledge
from withhold.reveals.ready import ready


def test_four_languages_are_there(words: RevealWords) -> None:
    assert set(words.langs) == {"en", "de", "fr", "es"}


def test_a_folder_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadKnowledge, match="no words there"):
        reveal_words(tmp_path)


def test_an_unknown_field_is_named_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(default_root() / "reveals", tmp_path / "reveals")
    path = tmp_path / "reveals" / "fr.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("age_ends", "ages_end"), "utf-8")
    with pytest.raises(BadKnowledge, match=r"reveals/fr\.toml:\d+: ages_end: unknown field"):
        reveal_words(tmp_path)


def test_words_are_made_ready_once(words: RevealWords) -> None:
    assert ready(words) is ready(words)


def test_every_phrase_has_words_by_which_it_is_looked_up(words: RevealWords) -> None:
    look = ready(words).look
    every = {id(one): one for many in look.exact.values() for one in many}
    every |= {id(one): one for many in look.begins.values() for _, one in many}
    assert all(one.anchors and one.pattern() for one in every.values())
    said = sum(
        len(getattr(getattr(here, kind), role))
        for here in words.langs.values()
        for kind in ("birth_date", "school", "employer", "health", "belief", "minor")
        for role in ("sure", "possible", "nothing")
    )
    assert len(every) == said
