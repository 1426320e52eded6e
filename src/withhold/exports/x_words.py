"""Words of an X archive that are no tweets: messages, chats with Grok, articles, the profile.

The form of articles is by description only: their title and their text are looked for under the
names that X's own editor uses, and their audience in ``article-metadata.js``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from withhold.exports import loose
from withhold.exports.notes import Notes
from withhold.exports.post import AudienceBy, Media, Pointer, Post, State, content_id
from withhold.exports.x_parts import Values, listed
from withhold.exports.x_settings import Whose
from withhold.exports.x_text import LINKS_AT_MOST, PLATFORM, address, links_of, plain
from withhold.words import Audience, Kind


def messages(
    files: Values, path: str, notes: Notes, whose: Whose, *, group: bool, others: bool
) -> Iterator[Post]:
    """Direct messages that the member sent; those of others are counted."""
    done = notes.read(path)
    if not whose.id:
        notes.trouble(path, "missing-field", field="accountId")
    kind: Kind = "group-message" if group else "message"
    audience: Audience = "group" if group else "private"
    folder = _beside(path, "direct_messages_group_media" if group else "direct_messages_media")
    for at, item in listed(files, path, notes):
        conversation = item.get("dmConversation", item) if isinstance(item, dict) else None
        said = conversation.get("messages") if isinstance(conversation, dict) else None
        if not isinstance(said, list):
            notes.trouble(path, "wrong-type", at)
            continue
        thread = loose.ident(conversation.get("conversationId")) if conversation else ""
        for number, one in enumerate(said):
            message = one.get("messageCreate") if isinstance(one, dict) else None
            if not isinstance(message, dict):
                continue  # somebody joined, left, or named the group
            mine = bool(whose.id) and loose.ident(message.get("senderId")) == whose.id
            if not mine:
                done.others += 1
                if not others:
                    continue
            where = f"{at}/dmConversation/messages/{number}"
            raw = loose.text(message.get("text"))
            text = loose.cut(
                plain(raw, links_of(message.get("urls"), "url", "expanded")), notes, path, where
            )
            media = _message_media(message, folder, files)
            if not text and not media:
                continue
            created, precision, zone = loose.moment(message.get("createdAt"))
            if created is None:
                notes.trouble(path, "bad-date", where)
            yield Post(
                platform=PLATFORM,
                id=loose.ident(message.get("id")) or content_id(PLATFORM, kind, created, text),
                kind=kind,
                authored="own" if mine else "others",
                created=created,
                precision=precision,
                zone=zone,
                text=text,
                raw="" if raw == text else raw[: loose.TEXT_AT_MOST],
                media=media,
                audience=audience,
                audience_by="platform-default",
                community=thread if group else "",
                source=Pointer(part=files.entries[path].part, path=path, at=where),
            )


def grok(files: Values, path: str, notes: Notes, *, others: bool) -> Iterator[Post]:
    """What the member wrote to Grok; its answers are counted."""
    done = notes.read(path)
    for at, item in listed(files, path, notes):
        chat = item.get("grokChatItem", item) if isinstance(item, dict) else None
        if not isinstance(chat, dict):
            notes.trouble(path, "wrong-type", at)
            continue
        sender = chat.get("sender")
        if isinstance(sender, dict):
            sender = sender.get("originalName") or sender.get("name")
        if not isinstance(sender, str):
            notes.trouble(path, "missing-field", at, field="sender")
            continue
        mine = sender.lower() == "user"
        if not mine:
            done.others += 1
            if not others:
                continue
        text = loose.cut(loose.text(chat.get("message")), notes, path, at)
        created, precision, zone = loose.moment(chat.get("createdAt"))
        if created is None:
            notes.trouble(path, "bad-date", at)
        yield Post(
            platform=PLATFORM,
            id=content_id(PLATFORM, "ai-chat", created, text, loose.ident(chat.get("chatId"))),
            kind="ai-chat",
            authored="own" if mine else "others",
            created=created,
            precision=precision,
            zone=zone,
            text=text,
            audience="private",
            audience_by="platform-default",
            source=Pointer(part=files.entries[path].part, path=path, at=at),
        )


def profile(files: Values, path: str, notes: Notes, key: str) -> Iterator[Post]:
    """What the profile says of the member: bio, place, website."""
    notes.read(path)
    for at, item in listed(files, path, notes):
        said = item.get(key, item) if isinstance(item, dict) else None
        inner = said.get("description", said) if isinstance(said, dict) else None
        if not isinstance(inner, dict):
            if not isinstance(said, dict):
                notes.trouble(path, "wrong-type", at)
            continue
        lines = [loose.text(inner.get(name)) for name in ("bio", "location", "website")]
        text = loose.cut("\n".join(filter(None, lines)), notes, path, at)
        if text:
            yield Post(
                platform=PLATFORM,
                id=content_id(PLATFORM, "profile", None, text),
                kind="profile",
                text=text,
                source=Pointer(part=files.entries[path].part, path=path, at=at),
            )


def audiences(files: Values, path: str, notes: Notes) -> dict[str, str]:
    """What ``article-metadata.js`` says of who could see each article, by its id."""
    notes.read(path)
    found: dict[str, str] = {}
    for at, item in listed(files, path, notes):
        said = _inner(item)
        ident, seen = _ident(said), said.get("visibility")
        if isinstance(seen, dict):
            seen = seen.get("originalName") or seen.get("name")
        if ident and isinstance(seen, str):
            found[ident] = seen
        else:
            notes.trouble(path, "missing-field", at, field="visibility")
    return found


def articles(files: Values, path: str, notes: Notes, seen: dict[str, str]) -> Iterator[Post]:
    """Articles, with the audience that their metadata names."""
    notes.read(path)
    for at, item in listed(files, path, notes):
        said = _inner(item)
        title = loose.text(said.get("title"))
        body = loose.text(said.get("text")) or loose.text(said.get("plainText")) or _blocks(said)
        text = loose.cut("\n\n".join(filter(None, (title, body))), notes, path, at)
        if not text:
            notes.trouble(path, "missing-field", at, field="text")
            continue
        ident = _ident(said)
        created, precision, zone = loose.moment(said.get("createdAt"))
        audience, by, state = _seen_by(seen.get(ident, ""))
        url, url_by = address(loose.ident(said.get("tweetId")))
        yield Post(
            platform=PLATFORM,
            id=ident or content_id(PLATFORM, "article", created, text),
            kind="article",
            created=created,
            precision=precision,
            zone=zone,
            text=text,
            audience=audience,
            audience_by=by,
            state=state,
            url=url,
            url_by=url_by,
            source=Pointer(part=files.entries[path].part, path=path, at=at),
        )


def _seen_by(word: str) -> tuple[Audience, AudienceBy, State]:
    plain_word = word.lower()
    if plain_word == "public":
        return "public", "item-field", "live"
    if plain_word == "private":
        return "private", "item-field", "live"
    if plain_word == "draft":
        return "private", "item-field", "draft"
    return "unknown", "none", "live"


def _inner(item: object) -> dict[str, Any]:
    """An entry without the one key that wraps it."""
    if not isinstance(item, dict):
        return {}
    if len(item) == 1:
        only = next(iter(item.values()))
        if isinstance(only, dict):
            return only
    return item


def _ident(said: dict[str, Any]) -> str:
    return next(
        (found for key in ("articleId", "id", "restId") if (found := loose.ident(said.get(key)))),
        "",
    )


def _blocks(said: dict[str, Any]) -> str:
    """The text of an editor's blocks, a line each."""
    for key in ("contentState", "content_state", "content"):
        inner = said.get(key)
        blocks = inner.get("blocks") if isinstance(inner, dict) else inner
        if isinstance(blocks, list):
            return "\n".join(loose.text(one.get("text")) for one in blocks if isinstance(one, dict))
        if isinstance(inner, str):
            return inner
    return ""


def _beside(path: str, folder: str) -> str:
    return f"{path.rpartition('/')[0]}/{folder}".lstrip("/")


def _message_media(message: dict[str, Any], folder: str, files: Values) -> tuple[Media, ...]:
    ident, found = loose.ident(message.get("id")), []
    listed_urls = message.get("mediaUrls")
    for one in listed_urls[:LINKS_AT_MOST] if isinstance(listed_urls, list) else ():
        if isinstance(one, str) and one:
            path = f"{folder}/{ident}-{one.rsplit('/', 1)[-1]}"
            found.append(Media(path=path if path in files.entries else one))
    return tuple(found)
