"""What is looked for: the owner's own words from the store, and what was written down."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from withhold.errors import BadInput, NotFound, NothingToCheck
from withhold.exports.post import Post
from withhold.keep import Store
from withhold.keep.post_taking import NewArchive
from withhold.traces.corpus.found import Refused
from withhold.verbs.corpus_needles import excerpt, sought, without_title
from withhold.words import Account

NOW = datetime(2026, 7, 1, tzinfo=UTC)
TEXT = "Coffee grounds did nothing for me, and neither did the copper tape that all of you praise."


@pytest.fixture
def owner(tmp_path: Path) -> Path:
    """Two accounts and a site; one post was written by somebody else."""
    home = tmp_path / "home"
    with Store.open(home) as store:
        for platform in ("reddit", "x"):
            store.own.add_account(Account(platform=platform, name="ada"), NOW)
        store.own.add_site("https://www.ada.example/blog/")
        posts = [
            ("reddit:ada", Post(platform="reddit", id="t1_k1k1k1", kind="comment", text=TEXT)),
            ("x:ada", Post(platform="x", id="1234567890123", text=f"X: {TEXT[::-1]}")),
            ("x:ada", Post(platform="x", id="9876543210123", text=TEXT, authored="others")),
        ]
        store.posts.take(
            NewArchive(platform="reddit", layout="a", digest="d" * 64),
            posts,
            NOW,
        )
    return home


def test_posts_that_the_owner_wrote_and_the_hosts_of_sites(owner: Path) -> None:
    found = sought(owner)
    assert [one.id for one in found.needles] == [
        "reddit:t1_k1k1k1",
        "x:1234567890123",
        "ada.example",
    ]
    assert found.excerpts["reddit:t1_k1k1k1"] == excerpt(TEXT)
    assert len(found.excerpts["reddit:t1_k1k1k1"]) <= 60
    assert (found.texts, found.images) == (True, False)


def test_one_account_or_no_posts(owner: Path) -> None:
    assert [one.id for one in sought(owner, account="x:ada").needles] == ["x:1234567890123"]
    only = sought(owner, posts=False)
    assert [one.id for one in only.needles] == ["ada.example"]
    assert (only.texts, only.images) == (False, False)
    with pytest.raises(NotFound, match="bob") as why:
        sought(owner, account="x:bob")
    assert "reddit:ada, x:ada" in why.value.tip


def test_lists_are_told_apart_where_there_are_several(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"\ufeff{TEXT}\nx\n", "utf-8")
    one = sought(tmp_path, files=[tmp_path / "a.txt"])
    assert [it.id for it in one.needles] == ["line 1"]
    two = sought(tmp_path, files=[tmp_path / "a.txt", tmp_path / "b.txt"])
    assert [it.id for it in two.needles] == ["a.txt line 1", "b.txt line 1"]
    assert [it.needle for it in two.refused] == ["a.txt line 2", "b.txt line 2"]
    assert two.excerpts["b.txt line 2"] == "x"


def test_lists_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    files = [tmp_path / folder / "a.txt" for folder in ("one", "two")]
    for file in files:
        file.parent.mkdir()
        file.write_text(f"{file.parent.name} {TEXT}", "utf-8")
    found = sought(tmp_path, files=files)
    ids = [f"{file} line 1" for file in files]
    assert [it.id for it in found.needles] == ids
    assert [found.excerpts[one][:3] for one in ids] == ["one", "two"]


def test_sites_are_given_by_address_or_host(tmp_path: Path) -> None:
    found = sought(tmp_path, sites=["https://www.ada.example:443/blog/", "second.example"])
    assert [one.host for one in found.needles] == ["ada.example", "second.example"]


def test_nothing_to_look_for_or_to_read(tmp_path: Path) -> None:
    with pytest.raises(NothingToCheck):
        sought(tmp_path)
    with pytest.raises(NotFound):
        sought(tmp_path, account="x:ada")
    with pytest.raises(BadInput, match="cannot be read"):
        sought(tmp_path, files=[tmp_path / "none"])
    with pytest.raises(BadInput, match="cannot be read"):
        sought(tmp_path, images=[tmp_path / "none.png"])
    nothing = sought(tmp_path, sites=["no host"])
    assert (nothing.needles, nothing.refused) == ((), (Refused(needle="no host", why="host"),))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Slugs\n{TEXT}", TEXT),
        (f"{TEXT}\n{TEXT}", f"{TEXT}\n{TEXT}"),
        ("Slugs\nare small", "Slugs\nare small"),
        (TEXT, TEXT),
        ("", ""),
    ],
)
def test_a_title_is_no_part_of_the_words_that_are_looked_for(text: str, left: str) -> None:
    assert without_title(text) == left


def test_an_excerpt_is_one_line_of_sixty_characters() -> None:
    assert excerpt("a\n b\t c ") == "a b c"
    assert len(excerpt("word " * 100)) <= 60
    assert excerpt("word " * 100).endswith("\u2026")
