"""TikTok: one member in four layouts, sections wherever they stand, and hostile JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made import tiktok as made
from tests.archives.made.truth import Truth, hits, reading, told
from withhold.exports import tiktok_sections
from withhold.exports.notes import Notes
from withhold.exports.post import Post
from withhold.exports.tiktok import READER, _layout

LAYOUTS = [made.made_2023, made.made_2025, made.made_2026, made.made_txt]
Maker = Callable[[int, int], tuple[dict[str, bytes], list[Truth]]]
VIDEO = {"Date": "2021-06-01 10:00:00", "Link": "", "Likes": "1", "WhoCanView": "Everyone",
         "Title": "hello"}  # fmt: skip


def bare(post: Post) -> Truth:
    """What was read, without an id that was made of its content."""
    found = told(post)
    return found._replace(id="") if found.id.startswith("~") else found


def of(whole: Any, folder: Path, *, others: bool = False) -> tuple[list[Post], Notes]:
    return reading(READER, {"user_data.json": json.dumps(whole).encode()}, folder, others=others)


def videos(*records: Any, **settings: str) -> dict[str, Any]:
    """An archive with these in its list of videos."""
    whole: dict[str, Any] = {"Post": {"Posts": {"VideoList": list(records)}}}
    if settings:
        whole["Zettings"] = {"SettingsMap": settings}
    return whole


@pytest.mark.parametrize("maker", LAYOUTS)
def test_every_post_comes_out_as_it_was_meant(maker: Maker, tmp_path: Path) -> None:
    files, truth = maker(1, 60)
    posts, notes = reading(READER, files, tmp_path)
    assert [bare(post) for post in posts] == truth
    assert notes.not_understood == []
    assert notes.account == "ada.l"
    assert sum(one.others for one in notes.understood.values()) in (1, 2)


@pytest.mark.parametrize("maker", LAYOUTS[:3])
def test_a_large_file_is_read_in_one_pass_with_the_same_result(
    maker: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, truth = maker(2, 60)
    monkeypatch.setattr(tiktok_sections, "WHOLE_AT_MOST", 10)
    posts, notes = reading(READER, files, tmp_path)
    assert sorted(map(bare, posts)) == sorted(truth)
    assert notes.not_understood == []
    assert {one.name for one in notes.settings} == {
        "private-account", "allow-download", "personalized-ads", "allow-reuse-of-content"
    }  # fmt: skip


def test_a_post_has_one_id_and_one_text_in_every_layout(tmp_path: Path) -> None:
    found = []
    for number, maker in enumerate(LAYOUTS):
        (tmp_path / str(number)).mkdir()
        posts, _ = reading(READER, maker(5, 30)[0], tmp_path / str(number))
        found.append({post.id for post in posts if post.kind in ("video", "comment")})
    assert len(found[0] & found[1] & found[2] & found[3]) >= 60


def test_recognition_by_names_by_keys_and_by_links(tmp_path: Path) -> None:
    for number, maker in enumerate(LAYOUTS[:3]):
        files = maker(1, 5)[0]
        by_name, by_keys = hits(READER, files, tmp_path / f"n{number}")
        assert by_name == 2
        assert by_keys > 1
        (body,) = files.values()
        assert hits(READER, {"x/renamed.json": body}, tmp_path / f"r{number}")[0] == 0
        assert hits(READER, {"x/renamed.json": body}, tmp_path / f"r{number}")[1] > 1
    assert hits(READER, made.made_txt(1, 5)[0], tmp_path / "t") == (5, 2)
    other = {
        "notes/a.txt": b"Date: 2020-01-01\nText: see tiktok.com\n",
        "b.json": b'{"VideoList": []}',
    }
    assert hits(READER, other, tmp_path / "o") == (0, 0)


def test_layouts_are_named() -> None:
    said = [(b'"Activity"', "2023 json"), (b'"Your Activity"', "2025 json"),
            (b'"Likes and Favorites", "Your Activity"', "2026 json")]  # fmt: skip
    assert [_layout(head) for head, _ in said] == [layout for _, layout in said]


def test_messages_of_others_are_counted_and_kept_when_asked_for(tmp_path: Path) -> None:
    files = made.made_2026(1, 0)[0]
    posts, _ = reading(READER, files, tmp_path, others=True)
    said = [(post.text, post.authored, post.community) for post in posts if "message" in post.kind]
    assert said == [("mine", "own", ""), ("his", "others", ""),
                    ("to all", "own", "the club"), ("hers", "others", "the club")]  # fmt: skip


def test_without_a_name_only_two_people_tell_who_is_who(tmp_path: Path) -> None:
    whole = {"Direct Messages": {"ChatHistory": made.CHAT, "GroupChat": made.GROUP}}
    posts, notes = of(whole, tmp_path)
    assert [post.text for post in posts] == ["mine"]
    assert notes.understood["user_data.json"].others == 3
    assert [(one.why, one.facts) for one in notes.not_understood] == [
        ("missing-field", {"field": "userName"})
    ]


@pytest.mark.parametrize(
    ("said", "audience", "by"),
    [
        ({"WhoCanView": "Everyone"}, "public", "item-field"),
        ({"WhoCanView": "friends"}, "followers", "item-field"),
        ({"WhoCanView": "Jeder"}, "unknown", "none"),
        ({"WhoCanView": ""}, "followers", "account-setting"),
        ({"WhoCanView": None}, "followers", "account-setting"),
        ({"WhoCanView": ["Everyone"]}, "followers", "account-setting"),
    ],
)
def test_the_audience_of_a_video_in_a_private_account(
    tmp_path: Path, said: dict[str, Any], audience: str, by: str
) -> None:
    whole = videos({**VIDEO, **said}, **{"Private Account": "Enabled"})
    (post,), notes = of(whole, tmp_path)
    assert (post.audience, post.audience_by) == (audience, by)
    assert [(one.name, one.value, one.control) for one in notes.settings] == [
        ("private-account", "followers", True)
    ]


def test_links_as_they_were_called_before(tmp_path: Path) -> None:
    link = "https://www.tiktokv.com/share/video/7442044192852839713/"
    (post,), _ = of(
        videos({"Date": "2021-06-01 10:00:00", "VideoLink": link, "Likes": 1}), tmp_path
    )
    assert (post.id, post.url) == ("7442044192852839713", link)


def test_an_open_account_makes_no_video_public(tmp_path: Path) -> None:
    old = {"Date": "2021-06-01 10:00:00", "Link": "", "Likes": "1"}
    (post,), _ = of(videos(old, **{"Private Account": "Disabled"}), tmp_path)
    assert (post.audience, post.audience_by) == ("unknown", "none")


@pytest.mark.parametrize(
    ("link", "ident", "url", "media"),
    [
        ("https://www.tiktokv.com/share/video/7442044192852839713/", "7442044192852839713",
         "https://www.tiktokv.com/share/video/7442044192852839713/", []),
        ("https://www.tiktok.com/@ada/video/7442044192852839713?x=1", "7442044192852839713",
         "https://www.tiktok.com/@ada/video/7442044192852839713?x=1", []),
        ("https://v16.tiktokcdn.com/abc/video/tos/x/?item_id=7442044192852839713&sig=s",
         "7442044192852839713", "", ["https://v16.tiktokcdn.com/abc/video/tos/x/"]),
        ("https://v16.tiktokcdn.com/abc/x.mp4?sig=s", "~", "", ["https://v16.tiktokcdn.com/abc/x.mp4"]),
        ("https://www.tiktok.com/login/?redirect_url=x", "~", "", []),
    ],
)  # fmt: skip
def test_only_page_addresses_are_kept_as_such(
    tmp_path: Path, link: str, ident: str, url: str, media: list[str]
) -> None:
    (post,), _ = of(videos({**VIDEO, "Link": link}), tmp_path)
    assert post.id.startswith(ident)
    assert (post.url, post.url_by) == (url, "given" if url else "none")
    assert [one.path for one in post.media] == media


def test_a_photo_a_place_and_words_added(tmp_path: Path) -> None:
    link = "https://www.tiktok.com/@a/photo/7442044192852839713"
    words = {"AddYoursText": "me too", "Location": "The Mill", "AlternateText": "a wheel"}
    record = {**VIDEO, "Link": link, **words}
    (post,), _ = of(videos(record), tmp_path)
    assert (post.kind, post.text) == ("photo", "hello\nme too\nThe Mill")
    assert post.media[0].text == "a wheel"


def test_a_comment_names_the_video_under_which_it_stands(tmp_path: Path) -> None:
    link = "https://www.tiktokv.com/share/video/7442044192852839713/"
    record = {"date": "2021-06-01 10:00:00", "comment": "x", "photo": "https://p.example/1.webp",
              "original post link": link}  # fmt: skip
    (post,), _ = of({"Comment": {"Comments": {"CommentsList": [record]}}}, tmp_path)
    assert (post.reply_to, post.url) == ("7442044192852839713", link)
    assert post.id.startswith("~")
    assert [one.path for one in post.media] == ["https://p.example/1.webp"]


def test_stories_and_live_broadcasts(tmp_path: Path) -> None:
    whole = {
        "Story": {"StoryList": [{"Date": "2021-06-01 10:00:00", "Link": "x"}]},
        "Share History": {"ShareHistoryList": [{"Date": "2021-06-01 10:00:00", "Link": "x"}]},
        "Live": {"GoLiveList": [{"LiveStartTime": "2021-06-01 11:00:00", "RoomTitle": "on air"}]},
        "Post": {"VideoList": []},
    }
    posts, _ = of(whole, tmp_path)
    assert [(post.kind, post.text) for post in posts] == [("video", ""), ("video", "on air")]


def test_comments_inside_a_list_of_broadcasts_are_found(tmp_path: Path) -> None:
    inner = {"CommentContent": "hi", "CommentTime": "2021-06-01 11:00:00"}
    whole = {
        "Live": {"WatchLiveList": [{"Link": "x", "Comments": [inner]}]},
        "Post": {"VideoList": []},
    }
    (post,), _ = of(whole, tmp_path)
    assert (post.text, post.source.at) == ("hi", "/Live/WatchLiveList/0/Comments/0")


def test_the_day_of_the_export_is_in_the_folders_name(tmp_path: Path) -> None:
    assert reading(READER, made.made_2025(1, 1)[0], tmp_path)[1].exported == "2024-12-30"


def test_texts_of_several_lines_in_txt(tmp_path: Path) -> None:
    body = (
        b"Date: 2021-06-01 10:00:00 UTC\nComment: first\n\nthird: line\nPhoto: N/A\nUrl: \n\n"
        b"Date: 2021-06-01 11:00:00 UTC\nComment: more\nPhoto: N/A\nUrl: \n\n"
    )
    posts, _ = reading(READER, {"TikTok/Comment/Comments.txt": body}, tmp_path)
    assert [post.text for post in posts] == ["first\n\nthird: line", "more"]
    assert [post.source.at for post in posts] == ["line 1", "line 8"]
    assert {post.zone for post in posts} == {"utc"}


@pytest.mark.parametrize(
    "body",
    [
        b"Datum: 2021-06-01 10:00:00 UTC\nReactie: hoi\nFoto: N.v.t.\n",
        b"Date: 2021-06-01 10:00:00 UTC\nCommentaire: salut\nPhoto: N/A\n",
    ],
)
def test_txt_in_another_language_is_not_understood(tmp_path: Path, body: bytes) -> None:
    posts, notes = reading(READER, {"TikTok/Reacties/Reacties.txt": body}, tmp_path)
    assert posts == []
    assert [one.why for one in notes.not_understood] == ["no-reader"]
