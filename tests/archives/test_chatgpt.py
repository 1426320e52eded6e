"""ChatGPT: trees of messages, shared links, and what no tree should hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made import claude
from tests.archives.made.chatgpt import made
from tests.archives.made.truth import hits, reading, told
from withhold.exports.chatgpt import READER

KEY = "0a0a0a0a-1b1b-2c2c-3d3d-4e4e4e4e4e4e"


def talk(*messages: Any, **more: Any) -> dict[str, Any]:
    mapping = {str(number): {"message": one} for number, one in enumerate(messages)}
    return {"title": "T", "conversation_id": "c", "mapping": mapping, **more}


def said(text: Any = "x", **more: Any) -> dict[str, Any]:
    return {"id": KEY, "author": {"role": "user"}, "create_time": 1.5,
            "content": {"parts": [text]}, **more}  # fmt: skip


def files(*talks: Any, **more: Any) -> dict[str, bytes]:
    return {"conversations.json": json.dumps(talks).encode()} | {
        f"{name}.json": json.dumps(one).encode() for name, one in more.items()
    }


@pytest.mark.parametrize("parts", [1, 3])
def test_every_message_comes_out_as_it_was_meant(tmp_path: Path, parts: int) -> None:
    body, own, everybody = made(1, 60, parts)
    posts, notes = reading(READER, body, tmp_path)
    assert [told(post) for post in posts] == own
    assistants = sum(one.text.startswith("assistant") for one in everybody)
    assert sum(one.others for one in notes.understood.values()) == assistants
    assert notes.not_understood == []
    assert notes.account == "user-Abc123"
    assert [(one.name, one.value) for one in notes.settings] == [("plus-plan", "yes")]
    assert notes.ignored == {"chat.html": "superseded", "file-3.dat": "media",
                             "message_feedback.json": "not-published"}  # fmt: skip


def test_others_words_are_kept_when_asked_for(tmp_path: Path) -> None:
    body, _, everybody = made(2, 9)
    posts, _ = reading(READER, body, tmp_path, others=True)
    assert [told(post) for post in posts] == everybody


def test_it_is_recognised_and_is_not_claudes(tmp_path: Path) -> None:
    body = made(1, 3)[0]
    assert hits(READER, body, tmp_path)[0] >= 4
    assert hits(READER, body, tmp_path)[1] == 2
    alone = {"x/talks.json": body["conversations.json"]}
    assert hits(READER, alone, tmp_path / "b") == (0, 2)
    assert hits(READER, claude.made(1, 3)[0], tmp_path / "c") == (0, 0)
    assert hits(READER, made(1, 9, 3)[0], tmp_path / "d")[1] == 2


def test_a_shared_conversation_is_public_and_has_its_address(tmp_path: Path) -> None:
    shared = [{"id": KEY, "conversation_id": "c"}, {"id": "odd", "conversation_id": "d"}, 7, {}]
    body = files(talk(said()), talk(said(), conversation_id="d"), talk(said(), conversation_id="e"),
                 talk(said(), conversation_id=None), shared_conversations=shared)  # fmt: skip
    posts, notes = reading(READER, body, tmp_path)
    assert [(one.audience, one.url) for one in posts] == [
        ("public", f"https://chatgpt.com/share/{KEY}"), ("public", ""),
        ("private", ""), ("private", ""),
    ]  # fmt: skip
    assert [(one.why, one.at) for one in notes.not_understood] == [
        ("missing-field", "/2"), ("missing-field", "/3"),
    ]  # fmt: skip


def test_what_a_member_told_of_themselves_is_text(tmp_path: Path) -> None:
    content = {"content_type": "user_editable_context", "user_profile": "I teach.",
               "user_instructions": "Be brief."}  # fmt: skip
    (post,), _ = reading(READER, files(talk(said(content=content))), tmp_path)
    assert post.text == "I teach.\nBe brief."


def test_pictures_are_named(tmp_path: Path) -> None:
    part = {"content_type": "image_asset_pointer", "asset_pointer": "sediment://file_9"}
    (post,), _ = reading(READER, files(talk(said(part))), tmp_path)
    assert ([one.path for one in post.media], post.text) == (["file_9"], "")


def test_a_word_on_training_is_a_setting_but_no_state_of_a_control(tmp_path: Path) -> None:
    body = files(talk(said()), user_settings={"settings": {"training_allowed": False}})
    _, notes = reading(READER, body, tmp_path)
    (one,) = notes.settings
    assert (one.name, one.value, one.control) == ("training-allowed", "no", False)


@pytest.mark.parametrize("when", ["2024-01-01", 1e300, -1e300, [1], {}, True])
def test_a_time_that_is_none_is_noted(tmp_path: Path, when: Any) -> None:
    (post,), notes = reading(READER, files(talk(said(create_time=when))), tmp_path)
    assert (post.created, post.zone) == (None, "none")
    assert [(one.why, one.at) for one in notes.not_understood] == [("bad-date", "/0/mapping/0")]


def test_broken_entries_are_listed_and_hide_nothing(tmp_path: Path) -> None:
    bad = [7, None, {"mapping": []}, {"title": "x"}, talk(7, "x", [])]
    posts, notes = reading(READER, files(*bad, talk(said("last"))), tmp_path)
    assert [post.text for post in posts] == ["last"]
    assert [one.at for one in notes.not_understood] == [
        "/0", "/1", "/2", "/3", "/4/mapping/0", "/4/mapping/1", "/4/mapping/2",
    ]  # fmt: skip


def test_values_of_any_type_do_no_harm(tmp_path: Path) -> None:
    for number, value in enumerate([None, True, 7, 1e300, "x", [], {}, [1], [[]], {"role": []}]):
        folder = tmp_path / str(number)
        folder.mkdir()
        odd = [said(**{key: value}) for key in ("id", "author", "content", "create_time")]
        odd.append(said(content={"parts": value, "text": value, "user_profile": value}))
        body = files(talk(*odd), talk(said("last")), user=value, user_settings=value,
                     shared_conversations=value)  # fmt: skip
        posts, _ = reading(READER, body, folder)
        assert posts[-1].text == "last"


def test_messages_without_an_id_have_one_of_what_they_say(tmp_path: Path) -> None:
    body = files(talk(said("a", id=None)), talk(said("b", id=None)))
    posts, _ = reading(READER, body, tmp_path)
    assert len({post.id for post in posts}) == 2
    assert all(post.id.startswith("~") for post in posts)


def test_a_file_cut_in_the_middle_gives_what_stands_before(tmp_path: Path) -> None:
    whole = files(*[talk(said(f"{number}")) for number in range(40)])["conversations.json"]
    posts, notes = reading(READER, {"conversations.json": whole[: len(whole) // 2]}, tmp_path)
    assert 15 <= len(posts) <= 20
    assert [one.path for one in notes.not_understood] == ["conversations.json"]


def test_an_id_of_the_message_else_of_the_node_if_it_is_one(tmp_path: Path) -> None:
    mapping = {KEY: {"message": said("a", id=None)}, "a/b~c": {"message": said("b", id="own")}}
    posts, _ = reading(READER, files({"mapping": mapping}), tmp_path)
    assert [post.id for post in posts] == [KEY, "own"]
    assert posts[1].source.at == "/0/mapping/a~1b~0c"


def test_a_file_that_nobody_knows_is_listed(tmp_path: Path) -> None:
    body = files(talk(said()), odd={"a": 1}) | {"ads.json": b"[]", "x.exe": b"x"}
    _, notes = reading(READER, body, tmp_path)
    assert sorted((one.path, one.why) for one in notes.not_understood) == [
        ("odd.json", "no-reader"), ("x.exe", "no-reader"),
    ]  # fmt: skip
    assert notes.ignored == {"ads.json": "not-published"}


@pytest.mark.parametrize(
    ("held", "listed"),
    [
        ({"chats": []}, ("no-content", [])), ([], ("no-content", [])),
        ({"chats": [{"messages": ["hi"]}]}, (None, ["no-reader"])), (3, (None, ["no-reader"])),
    ],
)  # fmt: skip
def test_chats_of_groups_are_not_passed_over(tmp_path: Path, held: Any, listed: Any) -> None:
    _, notes = reading(READER, files(talk(said()), group_chats=held), tmp_path)
    seen = notes.ignored.get("group_chats.json"), [one.why for one in notes.not_understood]
    assert seen == listed
