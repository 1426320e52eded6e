"""Facebook's classic records: ``{timestamp, title, data: [{post}], attachments: [{data: [...]}]}``.

``title`` is Facebook's own sentence in the language of the account ("X updated his status."), so
it is no text of the member's; it names other people. Nothing in a record says who could see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from withhold.exports.facebook_words import Sheet, dicts, is_video, point
from withhold.exports.post import Media, Post
from withhold.words import Kind

# Keys under which the objects of records hold words: of life events, notes, polls, things for sale.
_WORDS = ("title", "name", "question", "post", "text", "description", "option", "answer", "body")
_NESTED = ("options", "answers", "life_event", "note", "poll", "event", "for_sale_item")
SEEN_AT_MOST = 500_000


class Gathered(Struct, kw_only=True):
    """What one record holds."""

    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    media: list[dict[str, Any]] = field(default_factory=list)
    coordinate: tuple[float, float] | None = None


class Shown(Struct):
    """The pictures that posts already showed, so that albums do not tell them a second time."""

    wanted: bool = True
    """Whether a file of this archive lists pictures by themselves."""
    keys: set[int] = field(default_factory=set)

    def add(self, media: tuple[Media, ...]) -> None:
        """Of a post. Beyond SEEN_AT_MOST pictures no more are remembered."""
        if self.wanted and len(self.keys) < SEEN_AT_MOST:
            for one in media:
                self.keys.add(hash(one.path))
                self.keys.update(hash((one.path, line)) for line in one.text.split("\n"))

    def has(self, one: Media) -> bool:
        """Was this picture shown before, with all the words that it has here?"""
        if hash(one.path) not in self.keys:
            return False
        return all(hash((one.path, line)) in self.keys for line in one.text.split("\n") if line)


def record(sheet: Sheet, at: str, found: dict[str, Any], shown: Shown) -> Post:
    """The post of a classic record; of a comment the comment."""
    created, comment = found.get("timestamp"), None
    words: list[str] = []
    for one in dicts(found.get("data")):
        for key, said in one.items():
            if key == "post" or key == "text":
                if isinstance(said, str):
                    words.append(said)
            elif key == "comment" and isinstance(said, dict):
                comment = said
                words.append(_string(comment.get("comment")))
                created = comment.get("timestamp", created)
    kind: Kind | None = "comment" if comment else None
    community = sheet.mend(_string(comment.get("group"))) if comment else ""
    if not found.get("attachments"):
        when = sheet.created(created, at)
        if community:
            return sheet.made(at, words, when, kind=kind, community=community)
        return sheet.made(at, words, when, kind=kind)
    got = Gathered(words=words)
    for one in dicts(found["attachments"]):
        for piece in dicts(one.get("data")):
            _gather(piece, got)
    own = any(got.words)
    media: tuple[Media, ...] = ()
    captions: list[str] = []
    if got.media:
        media = tuple([it for raw in got.media if (it := sheet.media(raw, got.coordinate))])
        if shown.wanted:
            shown.add(media)
        if not own:
            captions = [_string(one.get("description")) for one in got.media]
    if got.coordinate and not media:
        got.places.append(f"{got.coordinate[0]}, {got.coordinate[1]}")
    return sheet.made(
        at,
        [*got.words, *captions, *got.places, *got.links],
        sheet.created(created, at),
        kind=kind,
        authored="own" if not got.links else "own-over-others" if own else "others",
        media=media,
        community=community,
    )


def item(sheet: Sheet, at: str, found: dict[str, Any], shown: Shown) -> Iterator[Post]:
    """A picture, a video, a note, an event, a thing for sale: an object with its words in it."""
    if isinstance(found.get("uri"), str):
        yield from picture(sheet, at, found, shown)
        return
    got = Gathered()
    _words(found, got)
    _place(found.get("location"), got)
    _place(found.get("place"), got)
    for key in ("media", "cover_photo", "photos"):
        got.media += dicts(found.get(key))
    media = tuple(filter(None, (sheet.media(one, got.coordinate) for one in got.media)))
    price = _string(found.get("price"))
    if got.coordinate and not media:
        got.places.append(f"{got.coordinate[0]}, {got.coordinate[1]}")
    shown.add(media)
    created = next(
        (
            found[key]
            for key in ("timestamp", "create_timestamp", "created_timestamp", "creation_timestamp")
            if key in found
        ),
        None,
    )
    yield sheet.made(at, [*got.words, price, *got.places], sheet.created(created, at), media=media)


def picture(
    sheet: Sheet, at: str, found: dict[str, Any], shown: Shown, album: str = ""
) -> Iterator[Post]:
    """A picture or video that stands by itself, with its own comments under it.

    Its title is the album's name, which is told once; a video's title is its own.
    """
    media = sheet.media(found)
    if media is None:
        sheet.trouble("missing-field", at, field="uri")
        return
    if shown.has(media):
        return
    video = is_video(media.path)
    title = _string(found.get("title"))
    yield sheet.made(
        at,
        [title if title != album else "", _string(found.get("description"))],
        sheet.created(found.get("creation_timestamp"), at),
        kind="video" if video or sheet.place.kind == "video" else "photo",
        media=(media,),
    )
    for number, one in enumerate(dicts(found.get("comments"))):
        if not sheet.owner or sheet.mend(_string(one.get("author"))) != sheet.owner:
            sheet.done.others += 1
            continue
        there = f"{at}/comments/{number}"
        when = sheet.created(one.get("timestamp"), there)
        yield sheet.made(there, [_string(one.get("comment"))], when, kind="comment")


def album(sheet: Sheet, at: str, found: dict[str, Any], shown: Shown) -> Iterator[Post]:
    """An album's own words, then each picture that no post showed."""
    name = _string(found.get("name"))
    said = [name, _string(found.get("description"))]
    if any(said):
        when = sheet.created(found.get("last_modified_timestamp"), at)
        yield sheet.made(at, said, when, kind="post")
    photos = dicts(found.get("photos"))
    listed = found.get("photos")
    for number, one in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(one, dict):
            yield from picture(sheet, f"{at}/photos/{number}", one, shown, name)
        else:
            sheet.trouble("wrong-type", f"{at}/photos/{number}")
    cover = found.get("cover_photo")
    if isinstance(cover, dict) and all(one.get("uri") != cover.get("uri") for one in photos):
        yield from picture(sheet, f"{at}/cover_photo", cover, shown, name)


def answers(sheet: Sheet, at: str, found: dict[str, Any]) -> Iterator[Post]:
    """What the member answered to the questions of groups; their admins read it."""
    for outer, group in enumerate(dicts(found.get("group_answers"))):
        for inner, one in enumerate(dicts(group.get("answers"))):
            there = f"{at}/group_answers/{outer}/answers/{inner}"
            yield sheet.made(
                there,
                [_string(one.get("answer"))],
                sheet.created(one.get("timestamp"), there),
                community=sheet.mend(_string(group.get("group_name"))),
            )


# --------------------------------------------------------------------------------------------------


def _string(found: object) -> str:
    return found if isinstance(found, str) else ""


def _gather(piece: dict[str, Any], got: Gathered) -> None:
    for key, one in piece.items():
        if key == "media":
            got.media += dicts(one)
        elif key == "external_context":
            for context in dicts(one):
                if isinstance(url := context.get("url"), str) and url:
                    got.links.append(url)
        elif key == "place":
            _place(one, got)
        elif isinstance(one, dict):
            _words(one, got)
        elif key in ("text", "post") and isinstance(one, str):
            got.words.append(one)


def _words(found: dict[str, Any], got: Gathered, depth: int = 0) -> None:
    for key in _WORDS:
        one = found.get(key)
        if isinstance(one, str):
            got.words.append(one)
    if depth < 4:
        for key in _NESTED:
            for one in dicts(found.get(key)):
                _words(one, got, depth + 1)


def _place(found: object, got: Gathered) -> None:
    if isinstance(found, dict):
        got.places += [_string(found.get("name")), _string(found.get("address"))]
        got.coordinate = point(found.get("coordinate")) or got.coordinate
