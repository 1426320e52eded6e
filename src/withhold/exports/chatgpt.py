"""ChatGPT: conversations.json, also split (conversations-000.json ...): trees of messages.

What the member wrote is kept, all branches of the tree; what the assistant wrote is counted, and
kept only when asked for. A conversation is private by ``platform-default``; one that
shared_conversations.json lists has a link that anyone can open, so its messages are public by
``item-field``. The list has no dates: messages written after the link was made count as public too.

The sample has conversations only; shared_conversations.json, user.json and the other files are read
by description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from withhold.exports import loose
from withhold.exports.json_items import items, whole
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Media, Pointer, Post, Setting, content_id
from withhold.exports.reader import Hit, Options, Reader

PLATFORM = "chatgpt"
_FLAT = re.compile(r"(^|/)conversations(-\d+)?\.json$")
_BESIDE = frozenset(
    ("chat.html", "message_feedback.json", "model_comparisons.json", "shared_conversations.json",
     "user.json", "user_settings.json", "conversation_asset_file_names.json", "library_files.json",
     "group_chats.json", "shopping.json", "sora.json", "tool_messages.json", "export_manifest.json",
     "ads.json")
)  # fmt: skip
_MAPPING = re.compile(rb'"mapping"\s*:\s*\{')
_TREE = re.compile(rb'"(current_node|children|author|conversation_id)"\s*:')
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MEDIA = (".dat", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".wav", ".mp3", ".mp4", ".pdf", ".m4a")


def names(paths: Sequence[str]) -> Hit | None:
    """By conversations beside a file of ChatGPT's, or by both words in one name."""
    flat = {path.rsplit("/", 1)[-1] for path in paths}
    if any(_FLAT.search(one) for one in flat):
        # users.json and projects.json stand beside conversations of Claude's
        marks = len(flat & _BESIDE) - len(flat & {"users.json", "projects.json"})
        if marks > 0 or any(one.startswith("conversations-") for one in flat):
            return Hit(layout="json", marks=1 + max(marks, 0))
    if any("conversation" in one and "chatgpt" in one for one in flat):
        return Hit(layout="json", marks=1)
    return None


def structure(files: Files) -> Hit | None:
    """By conversations with a tree of messages."""
    for path in _candidates(files):
        if _is_tree(files.head(path, 64 * 1024)):
            layout = "json in parts" if re.search(r"-\d+\.json$", path) else "json"
            return Hit(layout=layout, marks=2)
    return None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """Each message of the member's, in the order of the files."""
    talks, shared = [], dict[str, str]()
    for path in files.paths:
        name = path.rsplit("/", 1)[-1]
        if name == "shared_conversations.json":
            shared.update(_shared(files, path, notes))
        elif name == "user.json":
            _user(files, path, notes)
        elif name == "user_settings.json":
            _settings(files, path, notes)
        elif name == "chat.html":
            notes.ignore(path, "superseded")
        elif name == "group_chats.json":
            if _holds_nothing(whole(files, path, Notes())):
                notes.ignore(path, "no-content")
            else:
                notes.trouble(path, "no-reader")  # the member's words are in it, in a form unknown
        elif name in _BESIDE:
            notes.ignore(path, "not-published")
        elif name.endswith(".json") and (
            _FLAT.search(name) or _is_tree(files.head(path, 64 * 1024))
        ):
            talks.append(path)
        elif name.lower().endswith(_MEDIA):
            notes.ignore(path, "media")
        else:
            notes.trouble(path, "no-reader")
    for path in talks:
        done = notes.read(path)
        for at, talk in items(files, path, notes):
            if not isinstance(talk, dict) or not isinstance(talk.get("mapping"), dict):
                notes.trouble(path, "wrong-type", at)
                continue
            key = loose.ident(talk.get("conversation_id")) or loose.ident(talk.get("id"))
            link = shared.get(key, "") if key else ""
            public = key in shared
            for node, said in talk["mapping"].items():
                message = said.get("message") if isinstance(said, dict) else None
                if message is None:
                    continue  # the root of the tree
                where = f"{at}/mapping/{node.replace('~', '~0').replace('/', '~1')}"
                if not isinstance(message, dict):
                    notes.trouble(path, "wrong-type", where)
                    continue
                author = message.get("author")
                own = isinstance(author, dict) and author.get("role") == "user"
                if not own:
                    done.others += isinstance(author, dict) and author.get("role") != "system"
                    if not options.others:
                        continue
                source = Pointer(part=files.entries[path].part, path=path, at=where)
                post = _post(message, node, notes, source, own, public, link)
                if post:
                    done.posts += 1
                    yield post


def _candidates(files: Files) -> list[str]:
    found = [path for path in files.paths if path.endswith(".json")]
    if len(found) > 20:
        found = [path for path in found if "conversation" in path.rsplit("/", 1)[-1]]
    return [path for path in found if "shared_conv" not in path][:20]


def _holds_nothing(found: object) -> bool:
    """Whether this is an empty list, or an object of such."""
    inner = list(found.values()) if isinstance(found, dict) else found
    return isinstance(inner, list) and not any(inner)


def _is_tree(head: bytes) -> bool:
    return bool(_MAPPING.search(head) and _TREE.search(head))


def _post(
    message: dict[str, Any],
    node: str,
    notes: Notes,
    source: Pointer,
    own: bool,
    public: bool,
    link: str,
) -> Post | None:
    content = message.get("content")
    found, media = _content(content if isinstance(content, dict) else {})
    if not found and not media:
        return None
    when = loose.epoch(message.get("create_time"))
    if when[0] is None and message.get("create_time") is not None:
        notes.trouble(source.path, "bad-date", source.at, value=message.get("create_time"))
    found = loose.cut(found, notes, source.path, source.at)
    # A node has the id of its message; where that is no UUID it may be anything, also "1"
    key = loose.ident(message.get("id")) or (node if _UUID.fullmatch(node) else "")
    return Post(
        platform=PLATFORM,
        id=key or content_id(PLATFORM, "ai-chat", when[0], found),
        kind="ai-chat",
        authored="own" if own else "others",
        created=when[0],
        precision=when[1],
        zone=when[2],
        text=found,
        media=media,
        audience="public" if public else "private",
        audience_by="item-field" if public else "platform-default",
        url=link,
        url_by="built" if link else "none",
        source=source,
    )


def _content(content: dict[str, Any]) -> tuple[str, tuple[Media, ...]]:
    """Text and pictures of a message; what a member told of themselves for all chats is text."""
    parts = content.get("parts")
    rows: list[str] = []
    media: list[Media] = []
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, str):
            rows.append(part)
        elif isinstance(part, dict):
            rows.append(loose.text(part.get("text")))
            asset = loose.text(part.get("asset_pointer"))
            if asset:
                media.append(Media(path=asset.rsplit("/", 1)[-1]))
    for key in ("text", "user_profile", "user_instructions"):
        rows.append(loose.text(content.get(key)))
    return "\n".join(filter(None, rows)), tuple(media)


def _shared(files: Files, path: str, notes: Notes) -> Iterator[tuple[str, str]]:
    """Conversation -> the address of its link, empty where it cannot be built."""
    notes.read(path)
    for at, one in items(files, path, notes):
        key = loose.ident(one.get("conversation_id")) if isinstance(one, dict) else ""
        if not key:
            notes.trouble(path, "missing-field", at, field="conversation_id")
            continue
        link = loose.text(one.get("id"))
        yield key, f"https://chatgpt.com/share/{link}" if _UUID.fullmatch(link) else ""


def _user(files: Files, path: str, notes: Notes) -> None:
    notes.read(path)
    user = whole(files, path, notes)
    if not isinstance(user, dict):
        return
    notes.account = loose.ident(user.get("id")) or loose.text(user.get("email"))
    plus = user.get("chatgpt_plus_user")
    if isinstance(plus, bool):
        source = Pointer(part=files.entries[path].part, path=path, at="/chatgpt_plus_user")
        notes.setting(Setting(name="plus-plan", value="yes" if plus else "no", source=source))


def _settings(files: Files, path: str, notes: Notes) -> None:
    """Only a word on training is taken; no sample shows one, so it is no state of a control."""
    notes.read(path)
    found = whole(files, path, notes)
    inner = found.get("settings") if isinstance(found, dict) else None
    for at, holder in (("", found), ("/settings", inner)):
        for key in ("training_allowed", "voice_training_allowed"):
            value = holder.get(key) if isinstance(holder, dict) else None
            if isinstance(value, bool):
                source = Pointer(part=files.entries[path].part, path=path, at=f"{at}/{key}")
                name = key.replace("_", "-")
                notes.setting(Setting(name=name, value="yes" if value else "no", source=source))


READER = Reader(platform=PLATFORM, names=names, structure=structure, read=read)
