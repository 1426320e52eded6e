"""Instagram: every layout says the same, and what it does not say is not guessed."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made.instagram import (
    HANDLE,
    START,
    Drawn,
    Meant,
    account,
    bio,
    drawn,
    file,
    garbled,
    meant,
    meta,
    newest,
    of_2020,
    since_2021,
    since_2024,
    told,
)  # fmt: skip
from tests.archives.made.truth import hits, reading
from withhold.exports.instagram import READER, names

FOUND = drawn(7, 12)
ACTIVITY = "your_instagram_activity/"


def same(posts: Any, truth: list[Meant]) -> None:
    """Compares without order: a layout has an order of its own."""
    assert Counter(told(post) for post in posts) == Counter(truth)


@pytest.mark.parametrize("private", [True, False, None])
@pytest.mark.parametrize(
    ("made", "layout"),
    [
        (since_2021, "2021 json"),
        (lambda found, private: since_2021(found, private, ACTIVITY), "2023 json"),
        (since_2024, "2024 json"),
    ],
)
def test_every_layout_since_2021(
    tmp_path: Path, made: Any, layout: str, private: bool | None
) -> None:
    files = made(FOUND, private)
    posts, notes = reading(READER, files, tmp_path)
    same(posts, [*(meant(one, private) for one in FOUND), bio()])
    assert notes.not_understood == []
    assert notes.account == HANDLE
    said = [(one.name, one.value, one.control) for one in notes.settings]
    value = "followers" if private else "public"
    assert said == ([] if private is None else [("private-account", value, True)])
    hit = names(sorted(files))
    assert hit is not None
    assert hit.layout == layout
    assert min(hits(READER, files, tmp_path)) >= 2


def test_the_flat_files_of_2020(tmp_path: Path) -> None:
    files, truth = of_2020(FOUND)
    posts, notes = reading(READER, files, tmp_path)
    same(posts, truth)
    assert {post.zone for post in posts if post.created} == {"offset"}
    assert notes.ignored == {
        "saved.json": "no-content", "events.json": "no-content", "likes.json": "not-published",
    }  # fmt: skip
    assert [(one.name, one.value) for one in notes.settings] == [
        ("private-account", "followers"), ("comments-allowed-from", "Everyone"),
        ("cross-app-messaging", "on"),
    ]  # fmt: skip
    assert min(hits(READER, files, tmp_path)) >= 2
    assert names(["media.json", "comments.json"]) is None  # anybody's


def test_a_folder_above_everything_changes_nothing(tmp_path: Path) -> None:
    for number, made in enumerate((since_2021(FOUND), since_2024(FOUND), of_2020(FOUND)[0])):
        folder = tmp_path / str(number)
        folder.mkdir()
        files = {f"instagram-zoe-2025/{path}": body for path, body in made.items()}
        posts, notes = reading(READER, files, folder)
        assert len(posts) > len(FOUND)
        assert notes.not_understood == []
        assert min(hits(READER, files, folder)) >= 2


@pytest.mark.parametrize(
    ("body", "known"),
    [
        ([{"media": [file("a.jpg", START)]}], True),
        ({"media": [file("a.jpg", START)], "title": "x"}, True),
        ({"ig_stories": []}, True),
        ({"profile_user": [{}]}, True),
        ([{"timestamp": 1, "data": [{"post": "of Facebook"}]}], False),
        ([{"media": [{"uri": "this_profile's_activity_across_facebook/a.jpg"}]}], False),
        ({"participants": [], "messages": []}, False),
        ([{"media": [], "label_values": []}], False),
        ([], False),
        ("media", False),
    ],
)
def test_a_single_file_is_told_by_its_keys(tmp_path: Path, body: Any, known: bool) -> None:
    by_listing, by_keys = hits(READER, {"elsewhere/file.json": meta(body)}, tmp_path)
    assert (by_listing, by_keys > 0) == (0, known)


def test_what_the_newest_archive_tells_twice_is_kept_once(tmp_path: Path) -> None:
    draft = Drawn("post", START, "not yet", ("draft.jpg",))
    posts, _ = reading(READER, newest(FOUND, draft), tmp_path)
    unfinished = meant(draft, True)._replace(audience="private", by="item-field", state="draft")
    same(posts, [*(meant(one, True) for one in FOUND), bio(), unfinished])


def test_the_newest_form_alone_gives_every_file_of_a_carousel(tmp_path: Path) -> None:
    wanted = [one for one in FOUND if one.what in ("post", "carousel")]
    draft = Drawn("post", START, "not yet", ("draft.jpg",))
    one = f"{ACTIVITY}media/posts.json"
    posts, _ = reading(READER, {one: newest(FOUND, draft)[one]}, tmp_path)
    read = {told(post) for post in posts}
    assert {meant(each, None) for each in wanted} <= read


@pytest.mark.parametrize("private", [True, False])
def test_where_a_draft_is_not_told_from_a_post_it_is_not_called_public(
    tmp_path: Path, private: bool
) -> None:
    draft = Drawn("post", START, "not yet", ("draft.jpg",))
    made = newest(FOUND, draft, private, ("Texti", "Miðill", "Drög"))
    posts, _ = reading(READER, made, tmp_path)
    last = meant(draft, True if private else None)  # unknown, or what a private account shows
    same(posts, [*(meant(one, private) for one in FOUND), bio(), last])


def test_ids_are_of_what_was_said_and_stay_from_layout_to_layout(tmp_path: Path) -> None:
    ids = []
    layouts: tuple[Any, ...] = (since_2021, since_2024)
    for number, made in enumerate(layouts):
        folder = tmp_path / str(number)
        folder.mkdir()
        posts, _ = reading(READER, made(FOUND, True), folder)
        ids.append({post.id for post in posts})
        assert len(ids[-1]) == len(posts)
    assert ids[0] == ids[1]


def test_garbled_text_is_repaired_and_what_stood_there_kept(tmp_path: Path) -> None:
    posts, _ = reading(READER, since_2024(FOUND), tmp_path)
    for post in posts:
        assert post.raw == ("" if post.text.isascii() else garbled(post.text))


@pytest.mark.parametrize(
    "labels",
    [
        ("Nome utente", "Nome", "Biografia", "Account privato"),
        ("USERNAME", "NAME", "BIO", "PRIVATE ACCOUNT"),
    ],
)
def test_the_account_in_other_words(tmp_path: Path, labels: tuple[str, ...]) -> None:
    posts, notes = reading(READER, since_2024(FOUND, True, labels=labels), tmp_path)
    assert notes.account == HANDLE
    assert bio() in [told(post) for post in posts]
    assert {post.audience for post in posts if post.kind == "video"} == {"followers"}


def test_a_language_that_nobody_listed_leaves_the_audience_unknown(tmp_path: Path) -> None:
    labels = ("Notandanafn", "Nafn", "Um", "Lokaður aðgangur")
    posts, notes = reading(READER, since_2024(FOUND, True, labels=labels), tmp_path)
    assert notes.settings == []
    assert {(post.audience, post.audience_by) for post in posts} == {("unknown", "none")}


def test_one_post_that_is_no_list_and_files_that_are_missing(tmp_path: Path) -> None:
    body = meta({"media": [file("a.jpg", START)], "title": "alone",
                 "creation_timestamp": int(START.timestamp()) + 2})  # fmt: skip
    posts, notes = reading(READER, {"content/posts_1.json": body}, tmp_path)
    later = (START + timedelta(seconds=2)).isoformat()
    want = Meant("instagram", "photo", "own", "unknown", "none", "live", later, "alone", ("a.jpg",))
    assert [told(post) for post in posts] == [want]
    assert notes.not_understood == []


def test_a_caption_repeated_on_every_picture_is_said_once(tmp_path: Path) -> None:
    media = [file(f"{n}.jpg", START, text) for n, text in enumerate(("same", "same", "other"))]
    posts, _ = reading(READER, {"content/posts_1.json": meta([{"media": media}])}, tmp_path)
    assert [(post.text, len(post.media)) for post in posts] == [("same\nother", 3)]


def test_the_longest_carousel_of_the_newest_form(tmp_path: Path) -> None:
    long = Drawn("carousel", START, "twenty", tuple(f"{n}.jpg" for n in range(20)))
    one = f"{ACTIVITY}media/posts.json"
    files = {one: newest([long, *FOUND], Drawn("post", START, "draft", ("d.jpg",)))[one]}
    posts, _ = reading(READER, files, tmp_path)
    assert meant(long, None) in [told(post) for post in posts]


def test_places_times_and_the_words_on_single_pictures(tmp_path: Path) -> None:
    def seen(**exif: Any) -> dict[str, Any]:
        return {"photo_metadata": {"exif_data": [{"iso": 100}, exif]}}

    one, two, three = (file(name, START, name) for name in ("a.jpg", "b.jpg", "c.mp4"))
    one["media_metadata"] = seen(latitude=52.52, longitude="13.405",
                                 date_time_original="2019:05:01 12:00:00")  # fmt: skip
    two["media_metadata"] = seen(latitude=0, longitude=0, date_time_original="000")
    three["media_metadata"] = seen(latitude=91, longitude=13)
    three["media_metadata"]["video_metadata"] = {"subtitles": {"uri": "x.srt"}}
    four = file("d.mp4", START)
    four["media_metadata"] = {"video_metadata": {"exif_data": [
        {"latitude": "-33.9", "longitude": 18.4}]}}  # fmt: skip
    body = meta(
        [{"media": [one, two, three, four], "title": "four", "creation_timestamp": 1_600_000_000}]
    )
    posts, _ = reading(READER, {"content/posts_1.json": body}, tmp_path)
    assert [(m.place, m.place_by, m.taken, m.text) for m in posts[0].media] == [
        ((52.52, 13.405), "record", "2019-05-01T12:00:00", "a.jpg"),
        (None, "none", "", "b.jpg"), (None, "none", "", "c.mp4"),
        ((-33.9, 18.4), "record", "", ""),
    ]  # fmt: skip
    assert posts[0].kind == "post"  # pictures and a video


def test_pictures_of_the_profile_deleted_and_other_content(tmp_path: Path) -> None:
    shown, old = file("new.jpg", START), file("old.jpg", START)
    shown["is_profile_picture"], old["is_profile_picture"] = True, False
    deleted = {"ig_recently_deleted_media": [{"media": [file("gone.jpg", START, "gone")]}]}
    files = {
        f"{ACTIVITY}media/profile_photos.json": meta({"ig_profile_picture": [shown, old]}),
        f"{ACTIVITY}media/recently_deleted_content.json": meta(deleted),
        f"{ACTIVITY}media/other_content.json": meta(
            {"ig_other_media": [{"media": [file("d.mp4", START, "maybe a draft")]}]}
        ),
        f"{ACTIVITY}media/igtv_videos.json": meta(
            {"ig_igtv_media": [{"media": [file("long.mp4", START, "long")]}]}
        ),
        "personal_information/personal_information/personal_information.json": meta(account(False)),
    }
    posts, _ = reading(READER, files, tmp_path)
    assert {post.media[0].path.rpartition("/")[2]: (post.kind, post.state, post.audience)
            for post in posts if post.media} == {
        "new.jpg": ("photo", "live", "public"), "old.jpg": ("photo", "live", "unknown"),
        "gone.jpg": ("photo", "deleted", "public"), "d.mp4": ("video", "live", "unknown"),
        "long.mp4": ("video", "live", "public"),
    }  # fmt: skip


def test_the_picture_of_the_profile_where_no_list_has_it(tmp_path: Path) -> None:
    about = account(None)
    picture = file("me.jpg", START, "it is me", "profile")
    about["profile_user"][0]["media_map_data"] = {"Profile Photo": picture, "x": None, "y": {}}
    files = {"account_information/personal_information.json": meta(about)}
    want = Meant("instagram", "photo", "own", "public", "platform-default", "live",
                 START.isoformat(), "it is me", ("me.jpg",))  # fmt: skip
    posts, _ = reading(READER, files, tmp_path)
    assert [told(post) for post in posts] == [bio(), want]
    files["content/profile_photos.json"] = meta({"ig_profile_picture": [picture]})
    posts, _ = reading(READER, files, tmp_path)
    assert [told(post) for post in posts] == [bio(), want._replace(audience="unknown", by="none")]


def test_the_same_picture_posted_twice_is_two_posts(tmp_path: Path) -> None:
    again = [{"media": [file("a.jpg", START + timedelta(days=n), f"time {n}")]} for n in (1, 2)]
    files = {
        f"{ACTIVITY}media/posts_1.json": meta(again),
        f"{ACTIVITY}media/posts.json": meta([{"timestamp": 1, **again[0]}]),
    }
    posts, _ = reading(READER, files, tmp_path)
    assert sorted(post.text for post in posts) == ["time 1", "time 2"]


def test_a_file_named_twice_in_one_post_is_one(tmp_path: Path) -> None:
    one, srt = file("a.jpg", START), file("a.srt", START)
    body = meta([{"media": [one, one, srt], "title": "t", "creation_timestamp": 1_600_000_000}])
    posts, _ = reading(READER, {"content/posts_1.json": body}, tmp_path)
    assert [len(post.media) for post in posts] == [1]
