"""Facebook's rarer files, each with one entry: what they are taken for, and what is passed over."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made.facebook import OWNER
from tests.archives.made.truth import reading
from withhold.exports.facebook import READER
from withhold.exports.notes import Notes
from withhold.exports.post import Post

PROFILE = {"personal_information/profile_information/profile_information.json": {
    "profile_v2": {"name": {"full_name": OWNER}}}}  # fmt: skip


def one(folder: Path, path: str, found: Any, *, others: bool = False) -> tuple[list[Post], Notes]:
    made = {**PROFILE, path: found}
    bodies = {name: json.dumps(body).encode() for name, body in made.items()}
    return reading(READER, bodies, folder, others=others)


@pytest.mark.parametrize(
    ("path", "found", "expected"),
    [
        (
            "your_facebook_activity/events/your_events.json",
            {"your_events_v2": [{"name": "Fest", "description": "im Hof", "create_timestamp": 5,
                                 "start_timestamp": 9}]},
            ("post", "Fest\nim Hof", "own", 5),
        ),
        (
            "notes/notes.json",
            {"notes_v2": [{"title": "T", "text": "Long", "created_timestamp": 5}]},
            ("article", "T\nLong", "own", 5),
        ),
        (
            "your_facebook_activity/groups/your_answers_to_membership_questions.json",
            {"group_membership_questions_answers_v2": {"group_answers": [
                {"group_name": "G",
                 "answers": [{"question": "q", "answer": "a", "timestamp": 5}]}]}},
            ("message", "a", "own", 5),
        ),
        (
            "your_facebook_activity/stories/story_reactions.json",
            {"stories_feedback_v2": [{"timestamp": 5, "title": "t", "data": [{"text": "nice"}]}]},
            ("message", "nice", "own", 5),
        ),
        (
            "your_facebook_activity/reels/your_reels.json",
            {"lasso_videos_v2": [{"timestamp": 5, "title": "t", "data": [{"post": "reel"}]}]},
            ("video", "reel", "own", 5),
        ),
        (
            "groups/your_posts_and_comments_in_groups.json",
            {"group_posts": {"activity_log_data": [
                {"timestamp": 4, "data": [{"comment": {"timestamp": 5, "comment": "c"}}]}]}},
            ("comment", "c", "own", 5),
        ),
        (
            "your_facebook_activity/dating/your_dating_profile.json",
            {"dating_profile_v2": {"intro": "Hello", "height": 170, "account_status": "on"}},
            ("profile", "Hello", "own", None),
        ),
        (
            "posts/your_posts_1.json",
            [{"timestamp": 5, "attachments": [{"data": [
                {"external_context": {"url": "https://a.example/"}}]}]}],
            ("post", "https://a.example/", "others", 5),
        ),
        (
            "your_facebook_activity/posts/your_videos.json",
            {"videos_v2": [{"uri": "a/1.bin", "title": "T", "description": "D",
                            "creation_timestamp": 5}]},
            ("video", "T\nD", "own", 5),
        ),
        (
            "posts/your_posts_1.json",
            [{"timestamp": 5, "title": "Ada war am See."}],
            ("post", "", "own", 5),
        ),
    ],
)  # fmt: skip
def test_one_entry(
    path: str, found: Any, expected: tuple[str, str, str, int | None], tmp_path: Path
) -> None:
    posts, notes = one(tmp_path, path, found)
    assert [
        (post.kind, post.text, post.authored, post.created and int(post.created.timestamp()))
        for post in posts
    ] == [expected]
    assert notes.not_understood == []


def test_support_is_a_talk_of_two(tmp_path: Path) -> None:
    messages = [
        {"from": OWNER, "to": "Facebook", "subject": "S", "message": "mine", "timestamp": 5},
        {"from": "Facebook Support", "to": OWNER, "subject": "S", "message": "theirs"},
    ]
    path = "your_facebook_activity/messages/support_messages.json"
    found = {"support_messages": {"123": {"subject": "S", "messages": messages}, "4": None}}
    posts, notes = one(tmp_path, path, found)
    assert [(post.text, post.audience) for post in posts] == [("S\nmine", "private")]
    assert notes.understood[path].others == 1
    posts, _ = one(tmp_path, path, found, others=True)
    assert [post.authored for post in posts] == ["own", "others"]


def test_comments_under_a_picture_are_the_members_or_others(tmp_path: Path) -> None:
    path = "photos_and_videos/album/3.json"
    comments = [{"timestamp": 5, "comment": "mine", "author": OWNER},
                {"timestamp": 6, "comment": "theirs", "author": "Kim"}]  # fmt: skip
    cover = {"uri": "c.jpg", "creation_timestamp": 1}
    found = {"photos": [{"uri": "a.jpg", "comments": comments}, cover], "cover_photo": cover}
    posts, notes = one(tmp_path, path, found)
    assert [(post.kind, post.text) for post in posts] == [
        ("photo", ""), ("comment", "mine"), ("photo", "")]  # fmt: skip
    assert notes.understood[path].others == 1


@pytest.mark.parametrize(
    "path",
    [
        "your_facebook_activity/comments_and_reactions/likes_and_reactions_1.json",
        "your_facebook_activity/polls/your_poll_votes.json",
        "your_facebook_activity/groups/group_invites_you've_received.json",
        "security_and_login_information/where_you're_logged_in.json",
        "connections/friends/your_post_audiences.json",
        "personal_information/profile_information/your_devices.json",
    ],
)
def test_bookkeeping_is_named_as_not_published(path: str, tmp_path: Path) -> None:
    posts, notes = one(tmp_path, path, [{"label_values": [{"label": "l", "value": "some words"}]}])
    assert posts == []
    assert notes.ignored == {path: "not-published"}


def test_an_edit_has_an_id_of_its_own(tmp_path: Path) -> None:
    entries = [
        {
            "fbid": "77",
            "timestamp": 5 + n,
            "label_values": [{"label": "Text", "value": f"draft {n}"}],
        }
        for n in range(2)
    ]
    path = "your_facebook_activity/posts/edits_you_made_to_posts.json"
    posts, _ = one(tmp_path, path, entries)
    assert [(post.text, post.reply_to, post.state) for post in posts] == [
        ("draft 0", "77", "archived"),
        ("draft 1", "77", "archived"),
    ]
    assert len({post.id for post in posts} | {"77"}) == 3


@pytest.mark.parametrize(
    ("path", "found", "expected"),
    [
        (
            "your_facebook_activity/pages/your_pages.json",
            {"pages_v2": [{"name": "Meine Seite", "url": "https://a.example/",
                           "timestamp": 86400}]},
            [("other-profile", "Meine Seite", date(1970, 1, 2))],
        ),
        (
            "logged_information/other_logged_information/consents.json",
            [{"fbid": "1", "label_values": [{"label": "A", "timestamp_value": 86400},
                                            {"label": "B", "timestamp_value": 0}]}],
            [("consent", "A", date(1970, 1, 2))],
        ),
        (
            "preferences/preferences/consent_for_combining_facebook_and_messenger_data.json",
            {"fbid": "1", "timestamp": 86400, "label_values": [{"label": "L", "value": "Nein"}]},
            [("messenger-combined", "L: Nein", date(1970, 1, 2))],
        ),
        (
            "preferences/preferences/privacy_settings.json",
            {"fbid": "1", "label_values": [
                {"label": "Wer?", "dict": [{"label": "Beiträge", "value": "Freunde"}]}]},
            [("privacy-setting", "Beiträge: Freunde", None)],
        ),
        (
            "logged_information/notifications/meta_privacy_policy_update_notifications.json",
            [{"fbid": "1", "label_values": [{"label": "Shown", "timestamp_value": 86400}]}],
            [("policy-notice", "Shown", date(1970, 1, 2))],
        ),
    ],
)  # fmt: skip
def test_settings(path: str, found: Any, expected: list[Any], tmp_path: Path) -> None:
    posts, notes = one(tmp_path, path, found)
    assert posts == []
    assert [(it.name, it.value, it.on) for it in notes.settings] == expected
    assert notes.understood[path].settings == len(expected)


def test_pictures_that_are_none_are_listed(tmp_path: Path) -> None:
    path = "your_facebook_activity/posts/album/0.json"
    posts, notes = one(tmp_path, path, {"photos": [1, {"title": "x"}, {"uri": "a.jpg"}]})
    assert [post.source.at for post in posts] == ["/photos/2"]
    assert [(it.why, it.at) for it in notes.not_understood] == [
        ("wrong-type", "/photos/0"),
        ("missing-field", "/photos/1"),
    ]


def test_what_was_passed_on_in_a_message_is_not_the_members_alone(tmp_path: Path) -> None:
    """The text of a share is that of what was shared."""
    said = {"sender_name": OWNER, "timestamp_ms": 1_600_000_000_000, "content": "look"}
    lines = [said, {**said, "share": {"link": "https://a.example/b", "share_text": "by others"}}]
    path = "your_facebook_activity/messages/inbox/bob_1/message_1.json"
    posts, _ = one(tmp_path, path, {"participants": [{"name": "Bob"}], "messages": lines})
    assert [(post.text, post.authored) for post in posts] == [
        ("look", "own"), ("look\nby others\nhttps://a.example/b", "own-over-others"),
    ]  # fmt: skip
