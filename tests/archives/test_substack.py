"""Substack: who a post was for, and rows and pages that do not fit each other."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import pytest

from tests.archives.made import medium
from tests.archives.made.substack import COLUMNS, made, table
from tests.archives.made.truth import hits, packed, reading, told
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.reader import Options
from withhold.exports.substack import READER


def row(**more: str) -> dict[str, str]:
    return {"post_id": "1.a", "post_date": "2021-01-01T00:00:00.000Z", "is_published": "true",
            "type": "newsletter", "audience": "everyone", "title": "T", **more}  # fmt: skip


def test_every_post_comes_out_as_it_was_meant(tmp_path: Path) -> None:
    files, truth = made(1, 70)
    posts, notes = reading(READER, files, tmp_path)
    assert [told(post) for post in posts] == truth
    assert notes.not_understood == []
    assert notes.ignored == {"email_list.example.csv": "others",
                             "posts/1000.opens.csv": "not-published"}  # fmt: skip


def test_lists_of_subscribers_are_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    class Watched(Files):
        def open(self, path: str) -> IO[bytes]:
            opened.append(path)
            return super().open(path)

    notes = Notes()
    with Watched([packed(made(1, 3)[0], tmp_path)], notes) as files:
        READER.names(files.paths)
        READER.structure(files)
        list(READER.read(files, notes, Options(others=True)))
    assert "posts.csv" in opened
    assert [path for path in opened if "email" in path or "opens" in path] == []


def test_it_is_recognised_and_medium_is_not(tmp_path: Path) -> None:
    files = made(1, 4)[0]
    assert hits(READER, files, tmp_path) == (2, 2)
    assert hits(READER, {"x/other.csv": files["posts.csv"]}, tmp_path / "b") == (0, 2)
    assert hits(READER, medium.made(1, 4)[0], tmp_path / "c") == (0, 0)
    assert hits(READER, {"posts.csv": b"id,permalink,date\n"}, tmp_path / "d") == (0, 0)


@pytest.mark.parametrize(
    ("published", "audience", "expected"),
    [
        ("true", "everyone", ("public", "item-field", "live")),
        ("TRUE", "Everyone", ("public", "item-field", "live")),
        ("false", "everyone", ("private", "item-field", "draft")),
        ("", "everyone", ("unknown", "none", "live")),
        ("maybe", "only_paid", ("unknown", "none", "live")),
        ("true", "", ("unknown", "none", "live")),
        ("true", "only_paid", ("group", "item-field", "live")),
    ],
)
def test_audience(
    tmp_path: Path, published: str, audience: str, expected: tuple[str, str, str]
) -> None:
    files = {
        "posts.csv": table(row(is_published=published, audience=audience)),
        "posts/1.a.html": b"x",
    }
    (post,), _ = reading(READER, files, tmp_path)
    assert (post.audience, post.audience_by, post.state) == expected


def test_a_row_without_its_page_is_read_and_noted(tmp_path: Path) -> None:
    (post,), notes = reading(READER, {"posts.csv": table(row())}, tmp_path)
    assert (post.text, post.id) == ("T", "1")
    assert [(one.why, one.at) for one in notes.not_understood] == [("part-missing", "row 1")]


def test_a_page_without_its_row_is_read_and_nobody_knows_for_whom(tmp_path: Path) -> None:
    files = {"posts.csv": table(), "posts/7.b.html": b"<p>b</p>"}
    (post,), notes = reading(READER, files, tmp_path)
    assert (post.id, post.text, post.audience, post.audience_by) == ("7", "b", "unknown", "none")
    assert notes.understood["posts/7.b.html"].posts == 1


def test_broken_rows_are_listed_and_hide_nothing(tmp_path: Path) -> None:
    body = table(row()) + b"2.b\r\n\r\n3.c,never,true,,newsletter,everyone,Last,,,,,\r\n"
    pages = {f"posts/{name}.html": b"<p>x</p>" for name in ("1.a", "2.b", "3.c")}
    posts, notes = reading(READER, {"posts.csv": body, **pages}, tmp_path)
    assert [(post.id, post.audience) for post in posts] == [
        ("1", "public"), ("2", "unknown"), ("3", "public"),
    ]  # fmt: skip
    assert [one.why for one in notes.not_understood if one.path == "posts.csv"] == [
        "row-length", "row-length", "bad-date",
    ]  # fmt: skip


def test_a_row_without_an_id_has_one_of_what_it_says(tmp_path: Path) -> None:
    files = {"posts.csv": table(row(post_id="", title="A"), row(post_id="", title="B"))}
    posts, _ = reading(READER, files | {"posts/.html": b"<p>C</p>"}, tmp_path)
    assert [post.text for post in posts] == ["A\nC", "B"]
    assert len({post.id for post in posts}) == 2
    assert all(post.id.startswith("~") for post in posts)


def test_a_podcast_keeps_its_sound(tmp_path: Path) -> None:
    files = {"posts.csv": table(row(type="podcast", podcast_url="https://x.example/a.mp3"))}
    (post,), _ = reading(READER, files, tmp_path)
    assert [one.path for one in post.media] == ["https://x.example/a.mp3"]


def test_bytes_that_are_no_text_and_unknown_files_are_listed(tmp_path: Path) -> None:
    files = {
        "posts.csv": table(row()),
        "posts/1.a.html": b"<p>\xff</p>",
        "other.csv": b"a,b\n1,2\n",
    }
    posts, notes = reading(READER, files, tmp_path)
    assert len(posts) == 1
    assert sorted((one.path, one.why) for one in notes.not_understood) == [
        ("other.csv", "no-reader"), ("posts/1.a.html", "not-utf-8"),
    ]  # fmt: skip
    assert len(COLUMNS) == 9


def test_pictures_are_media_and_other_files_are_listed(tmp_path: Path) -> None:
    files = {"posts.csv": table(), "a.jpeg": b"x", "b.mp3": b"x", "c.bin": b"x"}
    _, notes = reading(READER, files, tmp_path)
    assert notes.ignored == {"a.jpeg": "media", "b.mp3": "media"}
    assert [(one.path, one.why) for one in notes.not_understood] == [("c.bin", "no-reader")]
