"""Facebook's archives of every layout: what comes out, of what nobody knows nothing is claimed."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made import facebook as made_by
from tests.archives.made.truth import hits, reading, told, unpacked
from withhold.exports.facebook import READER
from withhold.exports.facebook_files import place_of
from withhold.exports.notes import Notes
from withhold.exports.opened import recognise
from withhold.exports.parts import Files
from withhold.exports.post import Post

LAYOUTS = tuple(made_by.TREES)


def without_own_ids(posts: list[Post]) -> Counter[Any]:
    """Ids that are made of the content are compared elsewhere."""
    return Counter(
        one._replace(id="") if one.id.startswith("~") else one for one in map(told, posts)
    )


def one_file(folder: Path, path: str, found: Any) -> tuple[list[Post], Notes]:
    body = found if isinstance(found, bytes) else json.dumps(found).encode()
    return reading(READER, {path: body}, folder)


POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_post_of_a_layout_comes_out(layout: str, tmp_path: Path) -> None:
    files, own, _ = made_by.made(layout, 1, 13)
    posts, notes = reading(READER, files, tmp_path)
    assert without_own_ids(posts) == Counter(own)
    assert {one.path: one.why for one in notes.not_understood} == (
        {}
        if layout == "2018"
        else {
            "new_in_2031/things.json": "no-reader",
            "your_instagram_activity/content/posts_1.json": "no-reader",
        }
    )


@pytest.mark.parametrize("layout", ["2018", "2024"])
def test_others_words_are_counted_and_kept_when_asked_for(layout: str, tmp_path: Path) -> None:
    files, own, others = made_by.made(layout, 2, 7)
    _, notes = reading(READER, files, tmp_path)
    chats = 0 if layout == "2018" else 1
    assert sum(one.others for one in notes.understood.values()) == len(others) + chats
    posts, _ = reading(READER, files, tmp_path, others=True)
    assert len(posts) == len(own) + len(others) + chats
    found = without_own_ids([one for one in posts if one.authored == "others"])
    assert not Counter(others) - found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_recognised_by_its_names_and_by_its_keys(layout: str, tmp_path: Path) -> None:
    files, _, _ = made_by.made(layout, 1, 3)
    by_names, by_keys = hits(READER, files, tmp_path)
    assert by_names >= 2
    assert by_keys >= 3
    assert READER.names(tuple(files)).layout == f"{'2024' if layout == 'nested' else layout} json"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("path", "layout"),
    [
        ("a/your_facebook_activity/posts/your_posts_1.html", "2024 html"),
        ("posts/your_posts_1.html", "2018 html"),
        ("this_profile's_activity_across_facebook/posts/profile_posts_1.json", "profile json"),
        ("messages/inbox/a_1/message_1.json", ""),  # Instagram's look the same
        ("your_instagram_activity/content/posts_1.json", ""),
        ("comments/comments.json", ""),
    ],
)
def test_the_layout_by_a_single_name(path: str, layout: str) -> None:
    found = READER.names([path, "start_here.html"])
    assert (found.layout if found else "") == layout


@pytest.mark.parametrize("layout", LAYOUTS)
def test_among_all_readers_it_is_the_first(layout: str, tmp_path: Path) -> None:
    files, _, _ = made_by.made(layout, 1, 3)
    with Files([unpacked(files, tmp_path)], Notes()) as archive:
        assert recognise(archive)[0][0].platform == "facebook"


def test_it_is_recognised_under_other_names_and_another_archive_is_not(tmp_path: Path) -> None:
    files, _, _ = made_by.made("2024", 1, 3)
    renamed = {f"d/{n}.json": b for n, b in enumerate(files.values()) if b[:1] in b"[{"}
    assert hits(READER, renamed, tmp_path)[0] == 0
    assert hits(READER, renamed, tmp_path)[1] >= 3
    other = {"comments/comments.json": b'[{"text": "a"}]', "posts/posts_1.json": b'[{"a": 1}]'}
    assert hits(READER, other, tmp_path / "other") == (0, 0)


def test_the_same_post_has_one_id_in_every_layout(tmp_path: Path) -> None:
    found = [{"timestamp": 1_600_000_000, "data": [{"post": "Grüße"}]}]
    ids = {
        one_file(tmp_path, path, made_by.garbled(found))[0][0].id
        for path in (POSTS, "posts/your_posts_1.json", "a/b/posts/your_posts_12.json")
    }
    assert len(ids) == 1


def test_ids_are_distinct_and_no_audience_is_guessed(tmp_path: Path) -> None:
    files, own, _ = made_by.made("2024", 3, 20)
    posts, _ = reading(READER, files, tmp_path)
    assert len({one.id for one in posts}) == len(own)
    assert not [one for one in posts if one.audience == "public" or one.url]
    assert {one.audience_by for one in posts if one.kind in ("post", "comment", "photo")} == {
        "none",
        "item-field",  # waiting for a group's approval
    }


def test_what_stood_there_is_kept_where_it_reads_otherwise(tmp_path: Path) -> None:
    found = made_by.garbled(
        [{"timestamp": 1, "data": [{"post": "Grüße"}]}, {"data": [{"post": "ok"}]}]
    )
    first, second = one_file(tmp_path, POSTS, found)[0]
    assert (first.text, first.raw) == ("Grüße", "Gr\u00c3\u00bc\u00c3\u009fe")
    assert (second.text, second.raw, second.created) == ("ok", "", None)
    assert (second.precision, second.zone) == ("none", "none")


def test_a_sound_file_is_not_mended(tmp_path: Path) -> None:
    body = '[{"timestamp": 1, "data": [{"post": "NESTLÉ® Ж"}]}, {"data": [{"post": "É®"}]}]'
    posts, _ = one_file(tmp_path, POSTS, body.encode())
    assert [one.text for one in posts] == ["NESTLÉ® Ж", "É®"]


def test_places_and_exif_of_pictures(tmp_path: Path) -> None:
    def picture(name: str, **exif: Any) -> dict[str, Any]:
        metadata = {"photo_metadata": {"exif_data": [exif]}}
        return {"uri": name, "creation_timestamp": 5, "media_metadata": metadata}

    posts, _ = one_file(tmp_path, "a/posts/your_uncategorized_photos.json", {"other_photos_v2": [
        picture("1.jpg", latitude=52.5, longitude=13.4, taken_timestamp=1_500_000_000),
        picture("2.jpg", latitude=0, longitude=0),
        picture("3.jpg", latitude=91, longitude=2),
        picture("4.jpg", latitude="52", longitude=None, taken_timestamp="x"),
        picture("5.mp4", latitude=True, longitude=True),
    ]})  # fmt: skip
    media = [one.media[0] for one in posts]
    assert [one.place for one in media] == [(52.5, 13.4), None, None, None, None]
    assert [one.place_by for one in media] == ["record", *["none"] * 4]
    assert media[0].taken == "2017-07-14T02:40:00+00:00"
    assert [one.kind for one in posts] == ["photo"] * 4 + ["video"]


def test_a_post_with_a_place_gives_it_to_its_pictures(tmp_path: Path) -> None:
    place = {"name": "Hafen", "coordinate": {"latitude": 1.0, "longitude": 2.0}}
    found = [{"data": [{"post": "a"}], "attachments": [
        {"data": [{"place": place},
                  {"media": {"uri": "x/1.jpg", "description": "b"}}]}]}]  # fmt: skip
    post = one_file(tmp_path, POSTS, found)[0][0]
    assert (post.text, post.media[0].place, post.media[0].text) == ("a\nHafen", (1.0, 2.0), "b")


def test_a_picture_is_told_once_unless_the_album_says_more(tmp_path: Path) -> None:
    def picture(caption: str) -> dict[str, Any]:
        return {"uri": "m/1.jpg", "creation_timestamp": 1, "description": caption}

    made = {
        POSTS: [{"data": [{"post": "a"}], "attachments": [{"data": [{"media": picture("b")}]}]}],
        "your_facebook_activity/posts/album/0.json": {"photos": [picture("b")]},
        "your_facebook_activity/posts/album/1.json": {"photos": [picture("")]},
        "your_facebook_activity/posts/album/2.json": {"photos": [picture("c")]},
    }
    posts, _ = reading(READER, {k: json.dumps(v).encode() for k, v in made.items()}, tmp_path)
    assert [one.text for one in posts] == ["a", "c"]


def test_settings_and_the_account(tmp_path: Path) -> None:
    files, _, _ = made_by.made("2024", 1, 2)
    _, notes = reading(READER, files, tmp_path)
    assert notes.account == "zoe.example"
    assert {(one.name, one.value, one.on) for one in notes.settings} == {
        ("policy-notice", "2", date(2017, 7, 14)),
        ("privacy-jurisdiction", "Gerichtsstand: EU", None),
        ("ads-consent", "Zugestimmt", date(2017, 7, 15)),
    }
    assert not any(one.control for one in notes.settings)


@pytest.mark.parametrize("names", [["Kim", "Me"], ["Kim", "Lou", "Me"]])
def test_of_one_thread_nobody_is_taken_for_the_member(names: list[str], tmp_path: Path) -> None:
    found = {
        "participants": [{"name": one} for one in names],
        "messages": [{"sender_name": one, "content": f"by {one}", "timestamp_ms": 1_600_000_000_000}
                     for one in names],
    }  # fmt: skip
    posts, notes = one_file(tmp_path, "messages/inbox/x_1/message_1.json", found)
    assert posts == []
    assert [one.facts for one in notes.not_understood] == [{"field": "whose archive this is"}]


def test_the_one_who_is_in_every_thread(tmp_path: Path) -> None:
    def thread(*names: str) -> bytes:
        return json.dumps({"participants": [{"name": one} for one in names], "messages": [
            {"sender_name": one, "content": one} for one in names]}).encode()  # fmt: skip

    posts, _ = reading(READER, {
        "messages/inbox/a/message_1.json": thread("Me", "Kim"),
        "messages/inbox/b/message_1.json": thread("Me", "Lou"),
    }, tmp_path)  # fmt: skip
    assert [one.text for one in posts] == ["Me", "Me"]


def test_messages_of_an_archive_of_nobody_known_are_only_counted(tmp_path: Path) -> None:
    posts, notes = one_file(
        tmp_path, "messages/inbox/a/message_1.json", {"messages": [{"content": "a"}]}
    )
    assert posts == []
    assert [one.why for one in notes.not_understood] == ["missing-field"]
    assert notes.understood["messages/inbox/a/message_1.json"].others == 1


@pytest.mark.parametrize(
    ("path", "how", "kind", "state"),
    [
        ("posts/your_posts_1.json", "records", "post", "live"),
        ("x/y/posts/album/12.json", "album", "photo", "live"),
        ("posts/edits_you_made_to_posts.json", "records", "post", "archived"),
        ("your_facebook_activity/posts/trash.json", "records", "post", "deleted"),
        ("posts/other_people's_posts_to_your_timeline.json", "records", "post", "live"),
        ("comments_and_reactions/likes_and_reactions_3.json", "ignored", "post", "live"),
        ("messages/inbox/a_1/photos/1.jpg", "ignored", "post", "live"),
        ("messages/inbox/a_1/message_12.json", "messages", "message", "live"),
        ("preferences/preferences/privacy_settings.json", "settings", "post", "live"),
        ("a/strange.bin", "none", "post", "live"),
        ("unknown/file.json", "guess", "post", "live"),
    ],
)  # fmt: skip
def test_which_file_holds_what(path: str, how: str, kind: str, state: str) -> None:
    found = place_of(path)
    assert (found.how, found.kind, found.state) == (how, kind, state)


def test_posts_in_a_folder_nobody_knows_are_still_posts(tmp_path: Path) -> None:
    found = [{"timestamp": 5, "data": [{"post": "hello"}]}]
    posts, notes = one_file(tmp_path, "zeitleiste/beitraege.json", found)
    assert [one.text for one in posts] == ["hello"]
    assert notes.not_understood == []
    posts, notes = one_file(
        tmp_path, "zeitleiste/dinge.json", [{"label_values": [{"value": "a b"}]}]
    )
    assert (posts, [one.why for one in notes.not_understood]) == ([], ["no-reader"])


def test_posts_by_others_to_the_timeline_are_others(tmp_path: Path) -> None:
    found = {"wall_posts_sent_to_you_v2": [{"timestamp": 5, "data": [{"post": "Happy birthday"}]}]}
    posts, _ = one_file(tmp_path, "posts/other_people's_posts_to_your_timeline.json", found)
    assert [(one.text, one.authored) for one in posts] == [("Happy birthday", "others")]


def test_times(tmp_path: Path) -> None:
    values = [1_600_000_000, 1_600_000_000_500, 0, -5, 1e300, "2020", None, True, [], 10**40]
    found = [{"timestamp": one, "data": [{"post": str(n)}]} for n, one in enumerate(values)]
    posts, notes = one_file(tmp_path, POSTS, found)
    moment = datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
    assert [one.created for one in posts[:2]] == [moment, moment.replace(microsecond=500_000)]
    assert posts[3].created == datetime(1969, 12, 31, 23, 59, 55, tzinfo=UTC)
    assert [one.created for one in posts[4:]] == [None] * 6
    dates = [one.at for one in notes.not_understood if one.why == "bad-date"]
    assert dates == ["/4", "/5", "/7", "/8", "/9"]
