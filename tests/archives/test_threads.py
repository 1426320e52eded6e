"""Threads: its posts in Instagram's archive and alone; its profile is private by its own word."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.archives.made.instagram import (
    START,
    Drawn,
    Meant,
    account,
    bio,
    drawn,
    file,
    meta,
    read_both,
    since_2024,
    threads,
    told,
)  # fmt: skip
from tests.archives.made.instagram_html import block, page
from tests.archives.made.truth import hits, reading
from withhold.exports import instagram, threads_in_instagram

FOUND = [Drawn("thread", START, "no picture 🧵", ()), *drawn(5, 3)]
HOW = {True: ("followers", "account-setting"), False: ("public", "account-setting")}


def truth(private: bool | None) -> list[Meant]:
    audience, by = HOW[private] if private is not None else ("unknown", "none")
    wanted = []
    for number, one in enumerate(FOUND):
        kind = "video" if one.what == "reel" else "photo" if one.files else "post"
        said = Meant("threads", kind, "own", audience, by, "live", one.when.isoformat(), one.text,
                     one.files[:1])  # fmt: skip
        if number % 2:
            said = said._replace(kind="comment", audience="unknown", by="none")
        wanted.append(said)
    return [*wanted, bio("threads")]


@pytest.mark.parametrize("private", [True, False, None])
def test_threads_alone(tmp_path: Path, private: bool | None) -> None:
    files = threads(FOUND, private)
    posts, notes = reading(threads_in_instagram.READER, files, tmp_path)
    assert Counter(told(post) for post in posts) == Counter(truth(private))
    assert notes.not_understood == []
    assert min(hits(threads_in_instagram.READER, files, tmp_path)) >= 1
    assert hits(instagram.READER, files, tmp_path) == (0, 0)


@pytest.mark.parametrize("private", [True, False])
def test_threads_and_instagram_do_not_speak_for_each_other(tmp_path: Path, private: bool) -> None:
    mine = drawn(5, 2)
    files = {**since_2024(mine, not private), **threads(FOUND, private)}
    posts, notes = read_both(files, tmp_path)
    of_threads = [told(post) for post in posts if post.platform == "threads"]
    assert Counter(of_threads) == Counter(truth(private))
    videos = [post for post in posts if post.platform == "instagram" and post.kind == "video"]
    assert {post.audience for post in videos} == {HOW[not private][0]}
    assert {(one.name, one.platform, one.value, one.control) for one in notes.settings} == {
        ("private-account", "", HOW[not private][0], True),
        ("private-profile", "threads", HOW[private][0], True),
    }
    assert hits(threads_in_instagram.READER, files, tmp_path) == (0, 0)


def test_instagrams_account_says_nothing_of_threads(tmp_path: Path) -> None:
    posts_only = {p: b for p, b in threads(FOUND).items() if "threads_and_replies" in p}
    about = "personal_information/personal_information/personal_information.json"
    files = {**posts_only, about: meta(account(True))}
    posts, _ = read_both(files, tmp_path)
    assert {post.audience for post in posts if post.platform == "threads"} == {"unknown"}


def test_an_unknown_file_of_threads_is_neither_passed_over_nor_taken_for_instagrams(
    tmp_path: Path,
) -> None:
    path = "your_instagram_activity/threads/reposts.json"
    body = meta([{"media": [file("a.jpg", START, "whose?")]}])
    posts, notes = reading(threads_in_instagram.READER, {**threads([]), path: body}, tmp_path)
    assert [post.text for post in posts if post.kind != "profile"] == []
    assert [(one.path, one.why) for one in notes.not_understood] == [(path, "no-reader")]


def test_threads_in_html(tmp_path: Path) -> None:
    path = "your_instagram_activity/threads/threads_and_replies.html"
    body = page(block("a thread", "<a href='media/posts/a.jpg'>x</a>", START))
    posts, _ = reading(threads_in_instagram.READER, {path: body}, tmp_path)
    assert [(post.platform, post.kind, post.text) for post in posts] == [
        ("threads", "photo", "a thread")
    ]


def test_with_anything_of_instagrams_it_is_an_archive_of_instagrams(tmp_path: Path) -> None:
    posts = {p: b for p, b in threads(FOUND).items() if "threads_and_replies" in p}
    files = {**posts, "elsewhere/file.json": meta({"ig_stories": [file("a.jpg", START)]})}
    assert hits(threads_in_instagram.READER, files, tmp_path)[1] == 0
    assert hits(instagram.READER, files, tmp_path)[1] == 1


def test_hostile_threads(tmp_path: Path) -> None:
    entry = {"media": [file("", START, "kept")]}
    strange = [None, 7, "x", {}, {"media": 3}, {"media": [None, {"text_app_post": 1}]}, entry]
    files = {"threads/threads_and_replies.json": meta({"text_post_app_text_posts": strange})}
    posts, notes = reading(threads_in_instagram.READER, files, tmp_path)
    assert [post.text for post in posts] == ["kept"]
    assert len(notes.not_understood) == len(strange) - 1
