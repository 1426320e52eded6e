"""Long texts of X: ``note-tweet.js`` has the whole of what ``tweets.js`` cuts at 280 characters.

A note names its tweet by ``tweetId`` in the form that documentation shows. In the form that readers
of real archives describe it has an id of its own only; then it belongs to the tweet of the same
second that begins as it does. A note of no tweet is a post of its own, so no word is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from withhold.exports import loose
from withhold.exports.notes import Notes
from withhold.exports.post import State
from withhold.exports.x_parts import Values, listed
from withhold.exports.x_text import links_of, plain, unescaped

HELD_AT_MOST = 64 * 1024 * 1024
"""Characters of long texts that are kept until their tweets come; later ones stand alone."""
ALIKE = 40
"""Characters that the tweet and the note must share at their beginning."""


class One(Struct, frozen=True, kw_only=True):
    """One long text and where it stands."""

    id: str
    created: datetime | None
    raw: str
    text: str
    path: str
    at: str
    state: State


class Long:
    """The long texts of an archive that no tweet has taken yet."""

    def __init__(self) -> None:
        self.left: dict[str, One] = {}
        self._by_second: dict[int, list[str]] = {}
        self._held = 0

    def add(self, files: Values, path: str, notes: Notes, state: State) -> Iterator[One]:
        """Takes in one file of notes; gives back those that are too many to be kept."""
        notes.read(path)
        for at, item in listed(files, path, notes):
            one = _one(item, path, at, notes, state)
            if one is None:
                continue
            self._held += len(one.raw)
            if self._held > HELD_AT_MOST:
                yield one
                continue
            key = one.id if one.id and one.id not in self.left else f"{path}{at}"
            self.left[key] = one
            if one.created:
                self._by_second.setdefault(int(one.created.timestamp()), []).append(key)

    def of(self, ident: str, created: datetime | None, raw: str) -> One | None:
        """The long text of a tweet, which is then taken; None where it has none."""
        if ident in self.left:
            return self.left.pop(ident)
        if created is None or len(raw) < ALIKE:
            return None
        second = int(created.timestamp())
        begins = ""
        for near in (second, second + 1, second - 1):
            for key in self._by_second.get(near, ()):
                begins = begins or unescaped(raw)[:ALIKE]
                if key in self.left and unescaped(self.left[key].raw[: 8 * ALIKE]).startswith(
                    begins
                ):
                    return self.left.pop(key)
        return None

    def rest(self) -> Iterator[One]:
        """Those of no tweet, in the order of their files."""
        while self.left:
            yield self.left.pop(next(iter(self.left)))


def _one(item: object, path: str, at: str, notes: Notes, state: State) -> One | None:
    note = item.get("noteTweet", item) if isinstance(item, dict) else None
    if not isinstance(note, dict):
        notes.trouble(path, "wrong-type", at)
        return None
    core = note.get("core") or note.get("noteTweetResults")
    if not isinstance(core, dict) or not isinstance(core.get("text"), str):
        notes.trouble(path, "missing-field", at, field="text")
        return None
    raw = loose.cut(core["text"], notes, path, at)
    entities = core.get("entitySet")
    urls = core.get("urls") or (entities.get("urls") if isinstance(entities, dict) else None)
    links = links_of(urls) or links_of(urls, "shortUrl", "expandedUrl")
    return One(
        id=loose.ident(note.get("tweetId")) or loose.ident(note.get("noteTweetId")),
        created=loose.moment(note.get("createdAt"))[0],
        raw=raw,
        text=loose.cut(plain(raw, links), notes, path, at),
        path=path,
        at=at,
        state=state,
    )
