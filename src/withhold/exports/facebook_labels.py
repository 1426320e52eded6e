"""Facebook's newer records: ``{fbid, timestamp, label_values: [{label, value | vec | dict ...}]}``.

The labels are written in the language of the account. Some records name their fields for machines
(``ent_field_name``), and for some labels it is known what they mean
(``knowledge/archives/facebook-labels.toml``); where neither helps, every value that reads like
words is taken, whatever its label: rather a name too many than a sentence lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from withhold.exports.facebook_known import called
from withhold.exports.facebook_words import Sheet, dicts, moment
from withhold.exports.post import Post

_DEPTH = 8


class Leaf(Struct, frozen=True):
    """One labelled value."""

    label: str
    value: str
    named: str = ""
    """The field's name for machines."""


class Labelled(Struct, kw_only=True):
    """All that a record holds, in its order."""

    leaves: list[Leaf] = field(default_factory=list)
    times: list[tuple[str, Any]] = field(default_factory=list)
    media: list[dict[str, Any]] = field(default_factory=list)


def labelled(found: dict[str, Any]) -> Labelled:
    """The labelled values of a record, however deep. Never raises; what is no value is left."""
    got = Labelled()
    for one in dicts(found.get("label_values")):
        _walk(one, "", got, 0)
    return got


def record(sheet: Sheet, at: str, found: dict[str, Any]) -> Iterator[Post]:
    """The post of a record; none where it holds neither words nor pictures."""
    got = labelled(found)
    media = tuple(filter(None, map(sheet.media, [*got.media, *dicts(found.get("media"))])))
    said = words(sheet, got)
    captions = [one["description"] for one in got.media if isinstance(one.get("description"), str)]
    if not (said or media or captions):
        return
    times = [when for _, when in got.times]
    created = found.get("timestamp", times[0] if times else None)
    fbid = found.get("fbid")
    # The fbid of an earlier wording is that of the thing edited: as an id it would hide it.
    own_id = fbid if isinstance(fbid, str) and not sheet.place.old else ""
    if sheet.place.old and isinstance(fbid, str):
        more: dict[str, Any] = {"reply_to": fbid}
    else:
        more = {}
    yield sheet.made(
        at, [*said, *captions], sheet.created(created, at), media=media, id=own_id, **more
    )


def words(sheet: Sheet, got: Labelled) -> list[str]:
    """What the member wrote in a record, as the archive has it."""
    meant, beside = called("words"), called("beside")
    said = [
        leaf.value
        for leaf in got.leaves
        if leaf.named.casefold() in meant or sheet.mend(leaf.label).casefold() in meant
    ]
    return said or [
        leaf.value
        for leaf in got.leaves
        if sheet.mend(leaf.label).casefold() not in beside and reads_like_words(leaf.value)
    ]


def reads_like_words(value: str) -> bool:
    """Is this more than a number, a switch or an address?"""
    if value.startswith(("http://", "https://")) and " " not in value:
        return False
    return any(letter.isalpha() for letter in value) and value not in ("true", "false")


def _walk(one: dict[str, Any], outer: str, got: Labelled, depth: int) -> None:
    label = one.get("label")
    if not isinstance(label, str) or not label:
        label = one.get("title")
    label = label if isinstance(label, str) and label else outer
    value = one.get("value")
    if isinstance(value, str) and value:
        named = one.get("ent_field_name")
        got.leaves.append(Leaf(label, value, named if isinstance(named, str) else ""))
    if moment(one.get("timestamp_value")):
        got.times.append((label, one["timestamp_value"]))
    got.media += dicts(one.get("media"))
    if depth < _DEPTH:
        for key in ("dict", "vec"):
            for inner in dicts(one.get(key)):
                _walk(inner, label, got, depth + 1)
