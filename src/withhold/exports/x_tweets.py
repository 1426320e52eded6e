"""One tweet of an X archive as a post: its whole text, its links, its pictures, its audience.

A retweet is known by ``RT @`` at the start of its text only. A tweet is ``own-over-others`` where
it quotes: an address of somebody's status among its links, or a mark that says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from withhold.exports import loose
from withhold.exports.notes import Notes
from withhold.exports.post import (
    AudienceBy,
    Media,
    Pointer,
    Post,
    State,
    content_id,
)
from withhold.exports.x_long import Long
from withhold.exports.x_parts import Values
from withhold.exports.x_settings import Spans
from withhold.exports.x_text import LINKS_AT_MOST, PLATFORM, address, links_of, plain, when
from withhold.words import Audience, Authored, Kind

_STATUS = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/([^/?#]{1,64}(?:/web)?)/status/(\d{1,20})"
)


class Scene(Struct, frozen=True, kw_only=True):
    """What a file and its archive say around each tweet in it."""

    files: Values
    notes: Notes
    path: str
    part: str = ""
    account: str = ""
    handle: str = ""
    spans: Spans = Spans()
    long: Long
    state: State = "live"
    circle: bool = False
    media: str = ""
    """The folder of the pictures of this file's tweets, without a ``/`` at the end."""


def post_of(item: object, at: str, scene: Scene) -> Post | None:
    """The post that a tweet is; None where it holds nothing, which is noted."""
    tweet = item.get("tweet", item) if isinstance(item, dict) else None
    if not isinstance(tweet, dict):
        scene.notes.trouble(scene.path, "wrong-type", at)
        return None
    get = tweet.get
    ident = loose.ident(get("id_str") or get("id") or get("tweet_id"))
    raw = get("full_text", get("text"))
    if not isinstance(raw, str):
        if not ident or raw is not None:
            scene.notes.trouble(scene.path, "missing-field", at, field="full_text")
        if not ident:
            return None
        raw = ""
    created, precision, zone = when(get("created_at"))
    if created is None:
        scene.notes.trouble(scene.path, "bad-date", at)
    links = _links(get("entities"))
    text = plain(raw, links)
    more = scene.long.of(ident, created, raw) if scene.long.left else None
    if more is not None:
        raw, text = more.raw, more.text
    if len(text) > loose.TEXT_AT_MOST:
        text = loose.cut(text, scene.notes, scene.path, at)
    url, url_by = address(ident)
    audience, audience_by = _audience(scene, created)
    reply_to = loose.ident(get("in_reply_to_status_id_str") or get("in_reply_to_status_id"))
    kind: Kind = "comment" if reply_to and not _to_self(tweet, scene) else "post"
    community = get("community_id_str", get("community_id"))
    return Post(
        platform=PLATFORM,
        id=ident or content_id(PLATFORM, kind, created, text),
        kind=kind,
        authored=_authored(tweet, raw, links, ident, scene),
        created=created,
        precision=precision,
        zone=zone,
        text=text,
        raw="" if raw == text else raw[: loose.TEXT_AT_MOST],
        media=_media(tweet, ident, url, scene),
        audience=audience,
        audience_by=audience_by,
        state=scene.state,
        url=url,
        url_by=url_by,
        community=loose.ident(community) if community else "",
        reply_to=reply_to,
        source=Pointer(part=scene.part, path=scene.path, at=at),
    )


def _links(entities: object) -> dict[str, str]:
    if not isinstance(entities, dict):
        return {}
    found = links_of(urls) if (urls := entities.get("urls")) else {}
    if media := entities.get("media"):
        found.update(links_of(media))
    return found


def _authored(
    tweet: dict[str, Any], raw: str, links: Mapping[str, str], ident: str, scene: Scene
) -> Authored:
    if raw.startswith("RT @") or isinstance(tweet.get("retweeted_status"), dict):
        return "others"
    if tweet.get("is_quote_status") is True or tweet.get("quoted_status_id_str"):
        return "own-over-others"
    for long in links.values():
        if "/status/" in long:
            found = _STATUS.match(long)
            if found and found[2] != ident and found[1].lower() != scene.handle.lower():
                return "own-over-others"
    return "own"


def _to_self(tweet: dict[str, Any], scene: Scene) -> bool:
    """Whether a reply continues the member's own tweet."""
    user = loose.ident(tweet.get("in_reply_to_user_id_str") or tweet.get("in_reply_to_user_id"))
    if user and scene.account:
        return user == scene.account
    name = loose.text(tweet.get("in_reply_to_screen_name"))
    return bool(scene.handle) and name.lower() == scene.handle.lower()


def _audience(scene: Scene, created: datetime | None) -> tuple[Audience, AudienceBy]:
    if scene.circle:
        return "group", "item-field"  # the file itself holds what went to a circle only
    return scene.spans.at(created)


def _media(tweet: dict[str, Any], ident: str, url: str, scene: Scene) -> tuple[Media, ...]:
    entities = tweet.get("extended_entities") or tweet.get("entities")
    listed = entities.get("media") if isinstance(entities, dict) else None
    place = _place(tweet) if "coordinates" in tweet or "geo" in tweet else None
    if not listed and not place:
        return ()
    by: Literal["record", "none"] = "record" if place else "none"
    found = [
        Media(path=path, place=place, place_by=by, text=loose.text(one.get("ext_alt_text")))
        for one in (listed[:LINKS_AT_MOST] if isinstance(listed, list) else ())
        if isinstance(one, dict) and (path := _file(one, ident, scene))
    ]
    if place and not found and url:
        found.append(Media(path=url, place=place, place_by="record"))
    return tuple(found)


def _file(one: dict[str, Any], ident: str, scene: Scene) -> str:
    """A picture's or video's path in the archive; its address where it is not there."""
    addresses = [loose.text(one.get("media_url_https")) or loose.text(one.get("media_url"))]
    info = one.get("video_info")
    variants = info.get("variants") if isinstance(info, dict) else None
    for variant in variants[:20] if isinstance(variants, list) else ():
        if isinstance(variant, dict):
            addresses.append(loose.text(variant.get("url")))
    for one_address in addresses:
        name = one_address.rsplit("/", 1)[-1].split("?", 1)[0]
        path = f"{scene.media}/{ident}-{name}"
        if name and path in scene.files.entries:
            return path
    return addresses[0]


def _place(tweet: dict[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude that the tweet was posted with."""
    for key, order in (("coordinates", (1, 0)), ("geo", (0, 1))):
        point = tweet.get(key)
        if isinstance(point, dict) and isinstance(point.get("coordinates"), list):
            try:
                pair = [float(one) for one in point["coordinates"][:2]]
                lat, lon = pair[order[0]], pair[order[1]]
            except (TypeError, ValueError, IndexError, OverflowError):
                continue
            if -90 <= lat <= 90 and -180 <= lon <= 180 and (lat or lon):
                return lat, lon
    return None
