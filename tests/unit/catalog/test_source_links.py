"""Which addresses knowledge rests on, and which files name them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from withhold.catalog.load import default_root
from withhold.catalog.source_links import links
from withhold.errors import BadKnowledge

ONE = """
[source.notice]
url = "https://a.example/notice#part-2"
kind = "official"
seen = 2026-03-01

[source.press]
url = "https://b.example/story"
kind = "press"
seen = 2026-02-01

[[practice]]
id = "own-models"
sources = ["notice"]

[[practice]]
id = "ads"
sources = ["notice", "press"]

[[control]]
id = "toggle"
url = "https://a.example/settings"
sources = ["press"]
"""
TWO = """
[source.again]
url = "https://a.example/notice"
kind = "archived"
seen = 2026-05-01
"""


def test_each_address_once_with_every_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "platforms").mkdir()
    (tmp_path / "schema").mkdir()
    (tmp_path / "platforms" / "one.toml").write_text(ONE)
    (tmp_path / "laws.toml").write_text(TWO)
    notice, press = links(tmp_path)
    assert (notice.url, press.url) == ("https://a.example/notice", "https://b.example/story")
    assert [(one.file, one.source, one.kind) for one in notice.named] == [
        ("laws.toml", "again", "archived"),
        ("platforms/one.toml", "notice", "official"),
    ]
    assert notice.kinds == ("archived", "official")
    assert notice.seen == date(2026, 5, 1)
    # of two facts that name it one rests on nothing else; a control's own address is no source
    assert notice.named[1].alone == ("own-models",)
    assert press.named[0].alone == ("toggle",)


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("= nothing")
    with pytest.raises(BadKnowledge, match=r"bad\.toml"):
        links(tmp_path)


def test_all_sources_of_this_knowledge_are_found() -> None:
    """Counted otherwise: by the lines that begin a source, in the folders that have such lines."""
    found = links(default_root())
    for folder in ("platforms", "actors", "crawlers", "controllers", "history"):
        texts = [
            one.read_text(encoding="utf-8") for one in (default_root() / folder).glob("*.toml")
        ]
        lines = [line for text in texts for line in text.splitlines()]
        begun = sum(line.startswith("[source.") for line in lines)
        named = [one for link in found for one in link.named if one.file.startswith(f"{folder}/")]
        assert len(named) == begun > 80, folder
    assert all(link.url.startswith(("https://", "http://")) for link in found)
