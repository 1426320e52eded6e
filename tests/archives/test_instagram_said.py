"""Instagram: what was said beside posts, by whom and to whom; what the account says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archives.made.instagram import (
    BIO,
    HANDLE,
    NAME,
    START,
    account,
    conversation,
    file,
    labelled,
    message,
    meta,
)  # fmt: skip
from tests.archives.made.truth import reading
from withhold.exports.instagram import READER

ACTIVITY = "your_instagram_activity/"


def test_comments_are_read_in_any_language(tmp_path: Path) -> None:
    said = {"Athugasemd": "flott mynd", "Eigandi": "jemand", "Tími": int(START.timestamp())}
    body = meta({"comments_reels_comments": [labelled(**said)]})
    path = f"{ACTIVITY}comments/reels_comments.json"
    posts, _ = reading(READER, {path: body}, tmp_path)
    assert [(post.text, post.created, post.audience) for post in posts] == [
        ("flott mynd", START, "unknown")
    ]


def chat(folder: str = "inbox/a_1") -> dict[str, bytes]:
    lines = (
        message(NAME, START, content="moin 🌊"),
        message("Other", START, content="secret of another"),
        message(NAME, START, photos=[{"uri": "media/x.jpg", "creation_timestamp": 1}]),
        message(NAME, START, share={"link": "https://example.org", "share_text": "not mine"}),
        message(NAME, START, call_duration=7),
    )
    return {
        f"{ACTIVITY}messages/{folder}/message_1.json": conversation((NAME, "Other"), *lines),
        f"{ACTIVITY}messages/inbox/g_2/message_1.json": conversation(
            (NAME, "A [x]", "B"), message(HANDLE, START, content="hello all")
        ),
        "personal_information/personal_information/personal_information.json": meta(account(None)),
    }


def test_own_messages_are_kept_and_others_counted(tmp_path: Path) -> None:
    posts, notes = reading(READER, chat(), tmp_path)
    assert [
        (post.kind, post.authored, post.audience, post.audience_by, post.text) for post in posts
    ] == [
        ("profile", "own", "public", "platform-default", BIO),
        ("message", "own", "private", "platform-default", "moin 🌊"),
        ("message", "own", "private", "platform-default", ""),
        ("message", "own-over-others", "private", "platform-default", ""),
        ("group-message", "own", "group", "platform-default", "hello all"),
    ]  # fmt: skip
    assert sum(one.others for one in notes.understood.values()) == 1
    assert "secret of another" not in repr(posts)
    assert "not mine" not in repr(posts)


def test_others_are_kept_when_asked_for(tmp_path: Path) -> None:
    posts, _ = reading(READER, chat(), tmp_path, others=True)
    assert [post.text for post in posts if post.authored == "others"] == ["secret of another"]


def test_without_a_name_no_message_is_anybodys_own(tmp_path: Path) -> None:
    files = {path: body for path, body in chat().items() if "message_1" in path}
    posts, notes = reading(READER, files, tmp_path)
    assert posts == []
    assert sum(one.others for one in notes.understood.values()) == 6


def test_chats_with_the_ai_answers_and_reposts(tmp_path: Path) -> None:
    lines = (message(NAME, START, content="what is wrong with me?"),
             message("Meta AI", START, content="a long answer"))  # fmt: skip
    answer = {
        "title": "somebody",
        "media_list_data": [],
        "string_list_data": [{"value": "Tea, always", "timestamp": 1_600_000_000}],
    }
    newer = {
        "timestamp": 1_600_000_001,
        "label_values": [
            {"label": "Question", "value": "Not my words?"},
            {"label": "Answer", "value": "Mine"},
        ],
    }
    reply = {"participants": [], "messages": [], "replies": [
        {"reply_content": "in the channel", "timestamp_ms": 1_600_000_000_000}]}  # fmt: skip
    files = {
        f"{ACTIVITY}messages/ai_conversations.json": conversation((NAME, "Meta AI"), *lines),
        f"{ACTIVITY}story_interactions/questions.json": meta(
            {"story_activities_questions": [answer]}
        ),
        f"{ACTIVITY}story_sticker_interactions/questions.json": meta([newer]),
        f"{ACTIVITY}messages/broadcast/c_1/replies_1.json": meta(reply),
        "account_information/personal_information.json": meta(account(None)),
    }
    posts, notes = reading(READER, files, tmp_path)
    assert [(post.kind, post.audience, post.text) for post in posts if post.kind != "profile"] == [
        ("ai-chat", "private", "what is wrong with me?"),
        ("group-message", "unknown", "in the channel"),
        ("message", "private", "Tea, always"),
        ("message", "private", "Mine"),
    ]  # fmt: skip
    assert notes.not_understood == []


@pytest.mark.parametrize("private", [True, False])
def test_reposts_are_others_and_nobody_says_who_sees_them(tmp_path: Path, private: bool) -> None:
    one = {"timestamp": 1_600_000_000, "media": [file("r.jpg", START)], "label_values": [
        {"label": "Caption", "value": "look at this"}]}  # fmt: skip
    older = labelled(Time_of_repost=1_600_000_000, Text="nice")
    files = {
        f"{ACTIVITY}media/reposts.json": meta([one]),
        "personal_information/personal_information/reposts.json": meta(
            {"profile_media_reposts": [older]}
        ),
        "personal_information/personal_information/personal_information.json": meta(
            account(private)
        ),
    }
    posts, _ = reading(READER, files, tmp_path)
    said = {
        (post.kind, post.authored, post.audience, post.text)
        for post in posts
        if post.kind != "profile"
    }
    assert said == {
        ("photo", "own-over-others", "unknown", "look at this"),
        ("post", "own-over-others", "unknown", "nice"),
    }


def test_the_owner_of_a_picture_is_not_taken_for_the_comment(tmp_path: Path) -> None:
    said = {"Media Owner": "somebody.else", "Athugasemd": "flott", "Tími": 1_600_000_000}
    body = meta({"comments_media_comments": [labelled(**said)]})
    posts, _ = reading(READER, {"comments/post_comments.json": body}, tmp_path)
    assert [post.text for post in posts] == ["flott"]


def test_a_question_by_somebody_else_is_not_taken_for_the_answer(tmp_path: Path) -> None:
    words = [("Spurning", "their words"), ("Svar", "mine")]
    newer = {
        "timestamp": 1_600_000_001,
        "label_values": [{"label": label, "value": value} for label, value in words],
    }
    path = f"{ACTIVITY}story_interactions/questions.json"
    posts, notes = reading(READER, {path: meta([newer])}, tmp_path)
    assert posts == []
    assert [(one.why, one.at) for one in notes.not_understood] == [("missing-field", "/0")]


def test_settings_consents_and_notices(tmp_path: Path) -> None:
    day = int(START.timestamp())
    notice = {"string_map_data": {
        "Impression Time": {"value": "Sep 02, 2023 02:31:01pm"},
        "Consent Status": {"value": "DEFAULT_NOT_SEEN"}}}  # fmt: skip
    strange = {"string_map_data": {"Zeitpunkt": {"value": "", "timestamp": day},
                                   "Stand": {"value": "WAS_SEEN"}}}  # fmt: skip
    files = {
        "preferences/settings/comments_allowed_from.json": meta(
            {"settings_allow_comments_from": [labelled(Whatever="Everyone")]}
        ),
        "preferences/media_settings/use_cross-app_messaging.json": meta(
            {"settings_upgraded_to_cross_app_messaging": [
                labelled(Upgraded="False", Time=0), labelled(Upgraded="no word of ours")]}
        ),
        "logged_information/policy_updates_and_permissions/"
        "notification_of_privacy_policy_updates.json": meta(
            {"policy_updates_and_permissions_notification_of_privacy_policy_updates":
             [notice, strange]}
        ),
        "personal_information/information_about_you/profile_based_in.json": meta(
            {"label_values": [{"label": "Détails", "dict": [
                {"label": "Lieu", "value": "Ville, ZZ"}]}], "fbid": "1"}
        ),
        "preferences/settings/consents.json": meta(
            [{"timestamp": 1, "media": [], "label_values": [
                {"label": "Accepted terms", "timestamp_value": day},
                {"label": "Sharing", "value": "No"}, {"label": "Heading"}]}]
        ),
        "security_and_login_information/login_and_profile_creation/"
        "profile_privacy_changes.json": meta(
            {"account_history_account_privacy_history": [
                {"title": "Switched to private", "string_map_data": {
                    "Time": {"timestamp": day}}},
                {"string_list_data": [None, {"timestamp": day}]}]}
        ),
    }  # fmt: skip
    posts, notes = reading(READER, files, tmp_path)
    assert posts == []
    assert {(one.name, one.value, str(one.on)) for one in notes.settings} == {
        ("comments-allowed-from", "Everyone", "None"), ("cross-app-messaging", "off", "None"),
        ("policy-notice", "DEFAULT_NOT_SEEN", "2023-09-02"),
        ("policy-notice", "WAS_SEEN", "2021-03-04"), ("based-in", "Ville, ZZ", "None"),
        ("consent", "Accepted terms: recorded", "2021-03-04"), ("consent", "Sharing: No", "None"),
        ("privacy-changed", "Switched to private", "2021-03-04"),
        ("privacy-changed", "changed", "2021-03-04"),
    }  # fmt: skip
    assert not any(one.control for one in notes.settings)
