"""YouTube in a Takeout, in four languages; comments as segments; texts, places, settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made.truth import hits, packed, reading, told
from tests.archives.made.youtube import CHANNEL, TONGUES, made, sheet
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.reader import Options
from withhold.exports.takeout_labels import audience, columns, plain
from withhold.exports.youtube import READER
from withhold.exports.youtube_sheet import said

COMMENTS = TONGUES["en"].comments[1]
TOP = TONGUES["en"].top


def comment(text: str, created: str = "2020-01-02T03:04:05Z", ident: str = "") -> list[Any]:
    return [ident or "Ugx" + "a" * 23, CHANNEL, created, 0, "", "", "dQw4w9WgXcQ", text, ""]


@pytest.mark.parametrize("tongue", sorted(TONGUES))
def test_every_post_comes_out_as_it_was_meant(tongue: str, tmp_path: Path) -> None:
    files, truth = made(1, 60, tongue)
    posts, notes = reading(READER, files, tmp_path)
    assert sorted(told(post) for post in posts) == sorted(truth)
    assert notes.account == CHANNEL
    assert sorted(notes.ignored.values()) == ["media", "not-published"]
    odd = [one for one in truth if one.kind == "video" and one.audience == "unknown"]
    assert [one.why for one in notes.not_understood] == ["wrong-type"] * len(odd)
    assert len(odd) == 5


@pytest.mark.parametrize("tongue", sorted(TONGUES))
def test_it_is_recognised_by_listing_and_by_columns(tongue: str, tmp_path: Path) -> None:
    files = made(1, 3, tongue)[0]
    by_names, by_structure = hits(READER, files, tmp_path)
    assert by_names >= 3
    assert by_structure == 4
    renamed = {f"x/{n}.csv": body for n, body in enumerate(files.values())}
    assert hits(READER, renamed, tmp_path / "b") == (0, 4)


def test_a_listing_is_enough_without_a_word_of_youtube(tmp_path: Path) -> None:
    files = {f"{one}/{one}.csv": b"a,b" for one in ("ăă", "бб", "日本")}
    assert hits(READER, files, tmp_path) == (3, 0)
    del files["бб/бб.csv"]
    assert hits(READER, files, tmp_path / "b") == (0, 0)


def test_files_of_other_products_are_named_as_not_understood(tmp_path: Path) -> None:
    files = made(1, 3)[0] | {
        "Takeout/Google Photos/Photos from 2023/a.jpg.json": b'{"title": "a.jpg"}',
        "Takeout/Google Photos/b.jpg.supplemental-metada.json": b'{"title": "b.jpg"}',
        "Takeout/Blogger/feed.atom": b"<feed/>",
        "Takeout/Maps/reviews.json": b'{"type": "FeatureCollection"}',
        f"{TOP}/odd.csv": b"Spalte,Ding\n1,2\n",
    }
    _, notes = reading(READER, files, tmp_path)
    assert {one.path for one in notes.not_understood if one.why == "no-reader"} == set(files) - set(
        made(1, 3)[0]
    )


def test_bookkeeping_is_ignored_by_its_columns(tmp_path: Path) -> None:
    files = {
        f"{TOP}/subscriptions/subscriptions.csv": b"Channel Id,Channel Url,Channel Title\n1,2,3\n",
        f"{TOP}/playlists/x-videos.csv": b"Video ID,Playlist Video Creation Timestamp\n1,2\n",
        f"{TOP}/channels/settings.csv": b"Channel ID\n1\n",
        f"{TOP}/history/watch-history.json": b'[{"header": "YouTube", "products": ["YouTube"]}]',
        f"{TOP}/comments/comments.csv": sheet(COMMENTS, comment("hi")),
    }
    _, notes = reading(READER, files, tmp_path)
    assert sorted(notes.ignored.values()) == ["no-content"] + ["not-published"] * 3
    assert notes.not_understood == []


def test_a_file_in_a_language_not_known_still_gives_its_words(tmp_path: Path) -> None:
    body = sheet(
        ["Kommentti", "Kanava", "Aika", "Sana"],
        ["Ugx" + "b" * 23, CHANNEL, "2020-01-02T03:04:05Z", '{"text":"hei, \\"sinä\\""}'],
    )
    posts, notes = reading(READER, {f"{TOP}/kommentit/kommentit.csv": body}, tmp_path)
    assert [post.text for post in posts] == ['hei, "sinä"']
    assert posts[0].created is not None
    assert [one.why for one in notes.not_understood] == ["header"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('{"text":"a"}', "a"),
        ('{"takeoutSegments":[{"text":"a"},{"text":"b"}]}', "ab"),
        ('{"text":"a"},{"text":"\\n"},{"text":"b","mention":{"x":1}}', "a\nb"),
        ('[{"text":"a"},{"text":"b"}]', "ab"),
        ('{"text":"a\nb"}', "a\nb"),
        ("plain", "plain"), ("", ""), ("{}", "{}"), ("[]", "[]"), ("{odd", "{odd"),
        ('{"text":3}', '{"text":3}'), ("[1]", "[1]"), ('{"takeoutSegments":3}',) * 2,
        ("[" * 100_000,) * 2, ("{" + '"a":{' * 50_000,) * 2, ('{"text":"\ud800"}', "\ud800"),
        ('{"text":"half \\ud83d"}', "half \ufffd"), ('{"text":"\\ud83d\\ude00\n"}', "😀\n"),
    ],
)  # fmt: skip
def test_a_cell_is_segments_or_plain(cell: str, words: str) -> None:
    assert said(cell) == words


def test_texts_of_a_video_are_joined_and_those_of_no_video_kept(tmp_path: Path) -> None:
    files = {
        f"{TOP}/video metadata/videos.csv": sheet(
            ["Video ID", "Video Title (Original)", "Privacy"],
            ["abcdefghijk", "Old title", "Public"],
        ),
        f"{TOP}/video metadata/video texts.csv": sheet(
            ["Video ID", "Video Title Text Segments 1", "Video Description Text Segments 1",
             "Video Description Text Segments 2"],
            ["abcdefghijk", "Old title", "Call me ", "on Sunday"], ["lmnopqrstuv", "Alone", "", ""],
        ),
        f"{TOP}/video metadata/video recordings.csv": sheet(
            ["Video ID", "Video Recording Latitude", "Video Recording Longitude"],
            ["abcdefghijk", "50.94", "6.96"], ["lmnopqrstuv", "0", "0"], ["x", "north", "1"],
        ),
    }  # fmt: skip
    posts, notes = reading(READER, files, tmp_path)
    assert [(post.id, post.text, post.audience) for post in posts] == [
        ("abcdefghijk", "Old title\n\nCall me on Sunday", "public"),
        ("lmnopqrstuv", "Alone", "unknown"),
    ]
    assert [one.place for one in posts[0].media] == [(50.94, 6.96)]
    assert posts[0].url == "https://www.youtube.com/watch?v=abcdefghijk"
    assert [(one.why, one.at) for one in notes.not_understood] == [("wrong-type", "row 3")]


def test_whose_archive_it_is_stands_before_its_first_post(tmp_path: Path) -> None:
    files = {
        "a/comments.csv": sheet(COMMENTS, comment("hi")),
        "z/channel.csv": sheet(["Channel ID", "Channel Title (Original)"], [CHANNEL, "Ada"]),
    }
    notes = Notes()
    with Files([packed(files, tmp_path)], notes) as opened:
        next(READER.read(opened, notes, Options()))
        assert notes.account == CHANNEL


def test_a_video_names_its_file(tmp_path: Path) -> None:
    posts, _ = reading(READER, made(1, 1)[0], tmp_path)
    video = next(post for post in posts if post.kind == "video")
    assert [one.path for one in video.media] == [f"{TOP}/videos/Title 0.mp4"]


def test_community_posts_have_their_pictures(tmp_path: Path) -> None:
    files = {
        f"{TOP}/posts/posts.csv": sheet(
            ["Post ID", "Post Text", "Image name 1", "Image name 2"],
            ["Ugkx" + "c" * 20, '{"text":"news"}', "a.jpg", "b.jpg"], ["Ugkx", "", "", ""],
        ),
        f"{TOP}/posts/a.jpg": b"\xff\xd8",
    }  # fmt: skip
    posts, notes = reading(READER, files, tmp_path)
    assert [post.text for post in posts] == ["news"]
    assert [one.path for one in posts[0].media] == [f"{TOP}/posts/a.jpg", "b.jpg"]
    assert (posts[0].kind, posts[0].audience) == ("post", "unknown")
    assert [one.why for one in notes.not_understood] == ["missing-field"]


def test_a_poll_has_its_choices(tmp_path: Path) -> None:
    body = sheet(
        ["Beitrags‑ID", "Text des Beitrags", "Text der Antwortoption1fürUmfrage/Quiz",
         "Text der Antwortoption2fürUmfrage/Quiz"],
        ["Ugkx" + "c" * 20, "Tea?", "Yes", "No"],
    )  # fmt: skip
    posts, _ = reading(READER, {f"{TOP}/Beiträge/Beiträge.csv": body}, tmp_path)
    assert [(post.text, post.raw) for post in posts] == [("Tea?\nYes\nNo", "Tea?")]


def test_live_chat_is_a_comment(tmp_path: Path) -> None:
    body = sheet(
        ["Live Chat ID", "Channel ID", "Live Chat Create Timestamp", "Price", "Video ID",
         "Live Chat Text"],
        ["LCC.aaaaaaaaaaaa", CHANNEL, "2026-06-06T07:01:02Z", "", "abcdefghijk", '{"text":"hey"}'],
    )  # fmt: skip
    posts, _ = reading(READER, {f"{TOP}/live chats/live chats.csv": body}, tmp_path)
    assert [(post.kind, post.text, post.reply_to) for post in posts] == [
        ("comment", "hey", "abcdefghijk")
    ]


def test_settings_of_the_channel(tmp_path: Path) -> None:
    features = sheet(
        ["Channel ID", "Video Default Allowed Comments Type", "Video Default License",
         "Channel Third-Party Training"],
        [CHANNEL, "Hold all", "Standard", "false"],
    )  # fmt: skip
    files = made(1, 1)[0] | {f"{TOP}/channels/channel feature data.csv": features}
    _, notes = reading(READER, files, tmp_path)
    assert {(one.name, one.value, one.control) for one in notes.settings} == {
        ("channel-visibility", "public", False), ("default-comments", "Hold all", False),
        ("default-licence", "Standard", False), ("third-party-training-toggle", "off", True),
    }  # fmt: skip


@pytest.mark.parametrize("value", ["0", "202+00:00", "0000-01-01T00:00:00Z", "2020", "x" * 500])
def test_a_time_that_is_none_costs_the_time_only(value: str, tmp_path: Path) -> None:
    body = sheet(COMMENTS, comment("one", value), comment("two"))
    posts, notes = reading(READER, {f"{TOP}/c.csv": body}, tmp_path)
    assert [(post.text, post.created is None) for post in posts] == [("one", True), ("two", False)]
    assert [(one.why, one.at) for one in notes.not_understood] == [("bad-date", "row 1")]


def test_short_ids_are_not_taken_for_ids(tmp_path: Path) -> None:
    body = sheet(COMMENTS, comment("same", ident="1"), comment("other", ident="1"))
    posts, _ = reading(READER, {f"{TOP}/c.csv": body}, tmp_path)
    assert len({post.id for post in posts}) == 2
    assert {post.url for post in posts} == {""}


def test_rows_that_do_not_fit_hide_no_other(tmp_path: Path) -> None:
    body = sheet(COMMENTS, comment("one"), ["x"], [], comment("")) + b"\xff\xfe,\x00\n"
    body += sheet(COMMENTS, comment("two")).split(b"\r\n", 1)[1]
    posts, notes = reading(READER, {f"{TOP}/c.csv": body}, tmp_path)
    assert [post.text for post in posts] == ["one", "two"]
    assert {one.why for one in notes.not_understood} >= {"missing-field", "row-length"}


def test_a_text_of_a_million_is_cut(tmp_path: Path) -> None:
    body = sheet(COMMENTS, comment(json.dumps({"text": "y" * 1_000_001})))
    posts, notes = reading(READER, {f"{TOP}/c.csv": body}, tmp_path)
    assert len(posts[0].text) == 1_000_000
    assert [one.why for one in notes.not_understood] == ["too-long"]


def test_labels_are_compared_without_case_dashes_and_counts() -> None:
    assert plain("Beitrags‑ID") == plain("BEITRAGS-ID ")
    assert plain("Tag: 12") == plain("tag")
    assert plain("7") == "7"
    assert columns(["tag 1", "Tag: 2", "nonsense"]) == {"video-tag": ["tag 1", "Tag: 2"]}


@pytest.mark.parametrize(
    ("value", "audience_of", "by"),
    [("Público", "public", "item-field"), ("OCULTA", "private", "item-field"),
     ("Privé", "private", "item-field"), ("", "unknown", "none"), ("members", "unknown", "none")],
)  # fmt: skip
def test_only_a_word_for_public_is_public(value: str, audience_of: str, by: str) -> None:
    assert audience(value)[:2] == (audience_of, by)
