"""Messages of a Facebook archive: Messenger's threads, groups' chats, support, chats with Meta AI.

Only what the member wrote is kept, unless others' words are asked for; others' are counted.
A file of a thread has no mark of who the member is: it is the name that the profile gives, and in
an archive without a profile the one who is in more threads than anybody else. Of a single thread
nobody is taken for the member: the only sample names them last, which nobody documents.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from withhold.exports.facebook_files import place_of
from withhold.exports.facebook_known import called
from withhold.exports.facebook_labels import Labelled, Leaf, reads_like_words
from withhold.exports.facebook_words import Sheet, dicts, moment
from withhold.exports.json_items import items, whole
from withhold.exports.meta_text import as_it_is, garbled, repaired
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Options

_HEAD = 64 * 1024
_THREADS_AT_MOST = 300
_MEDIA = ("photos", "videos", "audio_files", "gifs", "files")


def owner_of(files: Files) -> str:
    """The member's name by the threads, where no profile tells it; empty where nothing does."""
    threads: dict[str, list[str]] = {}
    for path in files.paths:
        if len(threads) == _THREADS_AT_MOST:
            break
        if path.endswith(".json") and place_of(path).how == "messages":
            found = participants(files.head(path, _HEAD))
            if found:
                threads[path.rpartition("/")[0]] = found
    everywhere = Counter(name for names in threads.values() for name in set(names))
    most = everywhere.most_common(2)
    if len(most) > 1 and most[0][1] > most[1][1] and len(threads) > 1:
        return most[0][0]
    return ""  # the member is named last as a rule, but a rule nobody wrote down would be a guess


def participants(head: bytes) -> list[str]:
    """The names in a thread, by the beginning of its file; empty where it does not say."""
    found = _value_after(head, '"participants"')
    mend = repaired if garbled(head) else as_it_is
    return [mend(one["name"]) for one in dicts(found) if isinstance(one.get("name"), str)]


def thread(sheet: Sheet, files: Files, options: Options) -> Iterator[Post]:
    """The member's messages of one file."""
    head = files.head(sheet.path, _HEAD)
    if b'"support_messages"' in head[:200]:
        yield from _support(sheet, files, options)
        return
    many = len(participants(head)) > 2 or sheet.place.kind == "group-message"
    seen = {
        "kind": "group-message" if many else "message",
        "audience": "group" if many else "private",
        "audience_by": "platform-default",
    }
    if not sheet.owner:
        sheet.trouble("missing-field", field="whose archive this is")
    for at, one in items(files, sheet.path, sheet.notes, "messages"):
        if not isinstance(one, dict):
            sheet.trouble("wrong-type", at)
            continue
        sender = one.get("sender_name")
        own = isinstance(sender, str) and bool(sheet.owner) and sheet.mend(sender) == sheet.owner
        if not own:
            sheet.done.others += 1
            if not options.others:
                continue
        share = one.get("share")
        share = share if isinstance(share, dict) else {}
        said = [
            text
            for text in (one.get("content"), share.get("share_text"), share.get("link"))
            if isinstance(text, str)
        ]
        passed_on = any(isinstance(share.get(key), str) for key in ("share_text", "link"))
        found = [sheet.media(piece) for key in _MEDIA for piece in dicts(one.get(key))]
        media = tuple(piece for piece in found if piece)
        if said or media:
            yield sheet.made(
                at,
                said,
                sheet.created(one.get("timestamp_ms", one.get("timestamp")), at),
                authored="others" if not own else "own-over-others" if passed_on else "own",
                media=media,
                state="deleted" if one.get("is_unsent") is True else "live",
                **seen,  # type: ignore[arg-type]
            )


def ai_chat(sheet: Sheet, files: Files, options: Options) -> Iterator[Post]:
    """What the member wrote to Meta AI. Each group of labelled values is one message.

    No sample with values exists: a message is the assistant's if one of its values is a name of the
    assistant, and the member's otherwise.
    """
    assistant = called("assistant")
    for at, found in items(files, sheet.path, sheet.notes):
        if not isinstance(found, dict):
            sheet.trouble("wrong-type", at)
            continue
        number = -1
        for number, got in enumerate(_groups(found.get("label_values"), 0)):
            said = [leaf.value for leaf in got.leaves if reads_like_words(leaf.value)]
            names = {sheet.mend(value) for value in said}
            theirs = any(name.casefold() in assistant for name in names)
            if theirs and sheet.owner not in names:
                sheet.done.others += 1
                if not options.others:
                    continue
            when = got.times[0][1] if got.times else found.get("timestamp")
            there = f"{at}/label_values#{number + 1}"
            aside = assistant | {sheet.owner.casefold()}
            own_words = [one for one in said if sheet.mend(one).casefold() not in aside]
            if own_words:
                yield sheet.made(
                    there,
                    own_words,
                    sheet.created(when, there),
                    authored="others" if theirs and sheet.owner not in names else "own",
                    audience="private",
                    audience_by="platform-default",
                )
        if number < 0 and "label_values" not in found:
            sheet.trouble("missing-field", at, field="label_values")


# --------------------------------------------------------------------------------------------------


def _groups(found: object, depth: int) -> Iterator[Labelled]:
    """The lists of labelled values that hold a text of their own, innermost ones first."""
    got = Labelled()
    for one in dicts(found):
        value = one.get("value")
        if isinstance(value, str):
            label = one.get("label")
            got.leaves.append(Leaf(label if isinstance(label, str) else "", value))
        if moment(one.get("timestamp_value")):
            got.times.append(("", one["timestamp_value"]))
        for inner in dicts(one.get("vec")) if depth < 8 else ():
            if isinstance(inner.get("value"), str):
                got.leaves.append(Leaf("", inner["value"]))
        if depth < 8:
            yield from _groups(one.get("dict"), depth + 1)
    if got.leaves:
        yield got


def _support(sheet: Sheet, files: Files, options: Options) -> Iterator[Post]:
    found = whole(files, sheet.path, sheet.notes)
    cases = found.get("support_messages") if isinstance(found, dict) else None
    for case, one in cases.items() if isinstance(cases, dict) else ():
        for number, message in enumerate(
            dicts(one.get("messages") if isinstance(one, dict) else 0)
        ):
            at = f"/support_messages/{case}/messages/{number}"
            sender = message.get("from")
            sender = sheet.mend(sender) if isinstance(sender, str) else ""
            own = sender == sheet.owner or not ({"facebook", "meta"} & set(sender.lower().split()))
            if not own:
                sheet.done.others += 1
                if not options.others:
                    continue
            said = [message.get("subject"), message.get("message")]
            yield sheet.made(
                at,
                [text for text in said if isinstance(text, str)],
                sheet.created(message.get("timestamp"), at),
                authored="own" if own else "others",
                audience="private",
                audience_by="platform-default",
            )


def _value_after(head: bytes, key: str) -> Any:
    """The value of the first key of this name; None where there is none, or it is cut off."""
    text = head.decode("utf-8", "replace")
    start = text.find(key)
    start = text.find(":", start) + 1 if start >= 0 else 0
    if not start:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(text, len(text) - len(text[start:].lstrip()))
    except (ValueError, RecursionError):
        return None
    return value
