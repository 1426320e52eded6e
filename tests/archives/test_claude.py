"""Claude: messages, pastes, projects, and what no list of messages should hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made import chatgpt
from tests.archives.made.claude import made
from tests.archives.made.truth import hits, reading, told
from withhold.exports.claude import READER


def said(text: Any = "x", **more: Any) -> dict[str, Any]:
    return {"uuid": "u", "sender": "human", "text": text, "created_at": "2024-01-01T00:00:00Z",
            **more}  # fmt: skip


def files(*messages: Any, **more: Any) -> dict[str, bytes]:
    body = {"conversations": [{"uuid": "c", "chat_messages": list(messages)}], **more}
    return {f"{name}.json": json.dumps(one).encode() for name, one in body.items()}


def test_every_message_comes_out_as_it_was_meant(tmp_path: Path) -> None:
    body, own, others = made(1, 60)
    posts, notes = reading(READER, body, tmp_path)
    assert [told(post) for post in posts] == own
    assert notes.understood["conversations.json"].others == others
    assert notes.understood["projects.json"].others == 1
    assert (notes.not_understood, notes.account) == ([], "acc")
    assert notes.ignored == {"memories.json": "others"}


def test_others_words_are_kept_when_asked_for(tmp_path: Path) -> None:
    body = files(said("a"), said("b", sender="assistant"))
    posts, notes = reading(READER, body, tmp_path, others=True)
    assert [(post.text, post.authored) for post in posts] == [("a", "own"), ("b", "others")]
    assert notes.understood["conversations.json"].others == 1


def test_it_is_recognised_and_is_not_chatgpts(tmp_path: Path) -> None:
    body = made(1, 3)[0]
    assert hits(READER, body, tmp_path) == (4, 2)
    assert hits(READER, {"x/talks.json": body["conversations.json"]}, tmp_path / "b") == (0, 2)
    assert hits(READER, {"x/p.json": body["projects.json"]}, tmp_path / "c") == (0, 1)
    assert hits(READER, chatgpt.made(1, 3)[0], tmp_path / "d") == (0, 0)


@pytest.mark.parametrize("when", [None, 7, "yesterday", "0000-00-00T00:00:00Z", [], {}])
def test_a_time_that_is_none_is_noted(tmp_path: Path, when: Any) -> None:
    (post,), notes = reading(READER, files(said(created_at=when)), tmp_path)
    assert (post.created, post.zone) == (None, "none")
    assert [(one.why, one.at) for one in notes.not_understood] == [
        ("bad-date", "/0/chat_messages/0")
    ]


def test_broken_entries_are_listed_and_hide_nothing(tmp_path: Path) -> None:
    posts, notes = reading(READER, files(7, None, [], "x", said("last")), tmp_path)
    assert [post.text for post in posts] == ["last"]
    assert [(one.why, one.at) for one in notes.not_understood] == [
        ("wrong-type", f"/0/chat_messages/{number}") for number in range(4)
    ]
    talks = {"conversations.json": json.dumps([7, {}, {"chat_messages": 1}]).encode()}
    posts, notes = reading(READER, talks, tmp_path)
    assert (posts, [one.at for one in notes.not_understood]) == ([], ["/0", "/1", "/2"])


def test_values_of_any_type_do_no_harm(tmp_path: Path) -> None:
    for number, value in enumerate([None, True, 7, 1e300, "x", [], {}, [1], [[]], [{"a": []}]]):
        folder = tmp_path / str(number)
        folder.mkdir()
        keys = ("uuid", "text", "sender", "attachments", "files", "content", "created_at")
        odd = [said(**{key: value}) for key in keys]
        project = dict.fromkeys(("uuid", "name", "docs", "is_private", "created_at"), value)
        body = files(*odd, said("last"), users=value, projects=[project, value, {"docs": [value]}])
        posts, _ = reading(READER, body, folder)
        talks = [post for post in posts if post.source.path == "conversations.json"]
        assert talks[-1].text == "last"


def test_a_message_of_blocks_only_is_read(tmp_path: Path) -> None:
    blocks = [{"type": "text", "text": "a"}, {"type": "tool_use", "text": "no"}, {"text": "b"}]
    (post,), _ = reading(READER, files(said("", content=blocks)), tmp_path)
    assert post.text == "a\nb"


def test_messages_without_an_id_have_one_of_what_they_say(tmp_path: Path) -> None:
    posts, _ = reading(READER, files(said("a", uuid=None), said("b", uuid=[1])), tmp_path)
    assert len({post.id for post in posts}) == 2
    assert all(post.id.startswith("~") for post in posts)


def test_an_unknown_file_is_listed(tmp_path: Path) -> None:
    _, notes = reading(READER, files(said(), design_chats=[1]) | {"a.bin": b"x"}, tmp_path)
    assert sorted((one.path, one.why) for one in notes.not_understood) == [
        ("a.bin", "no-reader"), ("design_chats.json", "no-reader"),
    ]  # fmt: skip


def test_a_text_beyond_the_limit_is_cut_and_noted(tmp_path: Path) -> None:
    (post,), notes = reading(READER, files(said("y" * 1_000_001)), tmp_path)
    assert len(post.text) == 1_000_000
    assert [one.why for one in notes.not_understood] == ["too-long"]


def test_projects_that_are_none_are_listed(tmp_path: Path) -> None:
    body = files(projects=[7, {"uuid": "p", "name": "Garden", "prompt_template": "Be brief."}])
    (post,), notes = reading(READER, body, tmp_path)
    assert (post.community, post.audience, post.audience_by) == (
        "Garden", "private", "platform-default",
    )  # fmt: skip
    assert [(one.path, one.at, one.why) for one in notes.not_understood] == [
        ("projects.json", "/0", "wrong-type")
    ]


def test_a_single_project_of_another_name_is_read(tmp_path: Path) -> None:
    project = {"uuid": "p", "name": "Garden", "prompt_template": "x", "docs": []}
    (post,), _ = reading(READER, {"projects/p.json": json.dumps(project).encode()}, tmp_path)
    assert post.text == "Garden\nx"
