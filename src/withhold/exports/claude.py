"""Claude: conversations.json with the messages of each conversation, projects.json, users.json.

What the member wrote is kept, with the text of files that were added to a message (a long paste
becomes such a file); what the assistant wrote is counted, and kept only when asked for. Everything
is private by ``platform-default``; of a project the field ``is_private`` says it (``item-field``):
one that is not private is seen by the members of the organisation. Whether a conversation was
shared by a link is not in the export.

The sample has conversations only; projects.json, users.json and memories.json are read by
description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from withhold.exports import loose
from withhold.exports.json_items import items
from withhold.exports.notes import Notes, Read
from withhold.exports.parts import Files
from withhold.exports.post import Media, Pointer, Post, content_id
from withhold.exports.reader import Hit, Options, Reader

PLATFORM = "claude"
_BESIDE = frozenset(("users.json", "projects.json", "memories.json"))
_TALK = re.compile(rb'"chat_messages"\s*:\s*\[')
_PROJECT = re.compile(rb'"(prompt_template|is_starter_project)"\s*:')
_USER = re.compile(rb'"(email_address|verified_phone_number)"\s*:')


def names(paths: Sequence[str]) -> Hit | None:
    """By conversations beside users or projects, or by both words in one name."""
    flat = {path.rsplit("/", 1)[-1] for path in paths}
    marks = len(flat & _BESIDE)
    if "conversations.json" in flat and marks:
        return Hit(layout="json", marks=1 + marks)
    if any("conversation" in one and "claude" in one for one in flat):
        return Hit(layout="json", marks=1)
    return None


def structure(files: Files) -> Hit | None:
    """By conversations with a list of messages, or by a project's fields."""
    found = [path for path in files.paths if path.endswith(".json")]
    if len(found) > 20:
        found = [one for one in found if "conversation" in one.rsplit("/", 1)[-1]][:20]
    for path in found:
        head = files.head(path, 64 * 1024)
        if _TALK.search(head):
            return Hit(layout="json", marks=2)
        if _PROJECT.search(head) and b'"docs"' in head:
            return Hit(layout="json", marks=1)
    return None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """Each message of the member's, then what they gave to projects."""
    # Whose account it is must be known before the first post
    for path in sorted(files.paths, key=lambda path: not path.endswith("users.json")):
        name = path.rsplit("/", 1)[-1]
        if not name.endswith(".json"):
            notes.trouble(path, "no-reader")
            continue
        head = files.head(path, 64 * 1024)
        if _TALK.search(head) or name == "conversations.json":
            yield from _talks(files, path, notes, options)
        elif name == "projects.json" or _PROJECT.search(head):
            yield from _projects(files, path, notes)
        elif name == "users.json" or _USER.search(head):
            _users(files, path, notes)
        elif name == "memories.json":
            notes.ignore(path, "others")  # the assistant's own notes
        else:
            notes.trouble(path, "no-reader")


def _talks(files: Files, path: str, notes: Notes, options: Options) -> Iterator[Post]:
    done = notes.read(path)
    for at, talk in items(files, path, notes):
        messages = talk.get("chat_messages") if isinstance(talk, dict) else None
        if not isinstance(messages, list):
            notes.trouble(path, "wrong-type", at)
            continue
        for number, message in enumerate(messages):
            where = f"{at}/chat_messages/{number}"
            if not isinstance(message, dict):
                notes.trouble(path, "wrong-type", where)
                continue
            own = message.get("sender") in ("human", "user")
            if not own:
                done.others += 1
                if not options.others:
                    continue
            found, media = _content(message)
            if found or media:
                source = Pointer(part=files.entries[path].part, path=path, at=where)
                yield _post(message, found, media, own, notes, source, done)


def _content(message: dict[str, Any]) -> tuple[str, tuple[Media, ...]]:
    rows = [loose.text(message.get("text"))]
    if not rows[0]:
        rows = [
            loose.text(one.get("text"))
            for one in _listed(message.get("content"))
            if one.get("type") in ("text", None)
        ]
    media = []
    for key in ("attachments", "files"):
        for one in _listed(message.get(key)):
            rows.append(loose.text(one.get("extracted_content")))
            if loose.text(one.get("file_name")):
                media.append(Media(path=one["file_name"]))
    return "\n".join(filter(None, rows)), tuple(media)


def _post(
    message: dict[str, Any],
    found: str,
    media: tuple[Media, ...],
    own: bool,
    notes: Notes,
    source: Pointer,
    done: Read,
) -> Post:
    when = loose.moment(message.get("created_at"))
    if when[0] is None:
        notes.trouble(source.path, "bad-date", source.at, value=message.get("created_at"))
    found = loose.cut(found, notes, source.path, source.at)
    done.posts += 1
    return Post(
        platform=PLATFORM,
        id=loose.ident(message.get("uuid")) or content_id(PLATFORM, "ai-chat", when[0], found),
        kind="ai-chat",
        authored="own" if own else "others",
        created=when[0],
        precision=when[1],
        zone=when[2],
        text=found,
        media=media,
        audience="private",
        audience_by="platform-default",
        source=source,
    )


def _projects(files: Files, path: str, notes: Notes) -> Iterator[Post]:
    """Instructions and documents of a project; the vendor's own example is passed over."""
    done = notes.read(path)
    for at, project in items(files, path, notes):
        if not isinstance(project, dict):
            notes.trouble(path, "wrong-type", at)
            continue
        if project.get("is_starter_project") is True:
            done.others += 1
            continue
        private = project.get("is_private")
        about = (project.get("name"), project.get("description"), project.get("prompt_template"))
        given: list[tuple[str, object, object, str]] = [
            (at, project.get("uuid"), project.get("created_at"),
             "\n".join(filter(None, map(loose.text, about))))
        ]  # fmt: skip
        for number, one in enumerate(_listed(project.get("docs"))):
            said = "\n".join(
                filter(None, (loose.text(one.get("filename")), loose.text(one.get("content"))))
            )
            given.append((f"{at}/docs/{number}", one.get("uuid"), one.get("created_at"), said))
        for where, key, created, said in given:
            if not said:
                continue
            when = loose.moment(created)
            said = loose.cut(said, notes, path, where)
            done.posts += 1
            yield Post(
                platform=PLATFORM,
                id=loose.ident(key) or content_id(PLATFORM, "ai-chat", when[0], said),
                kind="ai-chat",
                created=when[0],
                precision=when[1],
                zone=when[2],
                text=said,
                audience="group" if private is False else "private",
                audience_by="item-field" if isinstance(private, bool) else "platform-default",
                community=loose.text(project.get("name"))[:200],
                source=Pointer(part=files.entries[path].part, path=path, at=where),
            )


def _users(files: Files, path: str, notes: Notes) -> None:
    notes.read(path)
    for _, one in items(files, path, notes):
        if isinstance(one, dict) and not notes.account:
            notes.account = loose.ident(one.get("uuid")) or loose.text(one.get("email_address"))


def _listed(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


READER = Reader(platform=PLATFORM, names=names, structure=structure, read=read)
