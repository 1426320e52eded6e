"""Mastodon archives, made: every way to address a post, replies, boosts, polls, quotes, media."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta

from tests.archives.made.truth import Truth

ME = "https://example.social/users/ada"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
FOLLOWERS = f"{ME}/followers"
ACTOR = {
    "@context": ["https://www.w3.org/ns/activitystreams"],
    "id": ME,
    "type": "Person",
    "preferredUsername": "ada",
    "name": "Ada",
    "summary": "<p>I write &amp; draw.</p>",
    "url": "https://example.social/@ada",
    "followers": FOLLOWERS,
    "manuallyApprovesFollowers": True,
    "discoverable": False,
    "indexable": False,
    "attachment": [{"type": "PropertyValue", "name": "Pronouns", "value": "she/her"}],
    "outbox": "outbox.json",
}
PROFILE = Truth(
    ME, "profile", "own", "public", "platform-default", "live", "",
    "Ada\nI write & draw.\nPronouns: she/her",
)  # fmt: skip
ADDRESSED = {
    "public": ([PUBLIC], [FOLLOWERS], "public", "item-field"),
    "unlisted": ([FOLLOWERS], [PUBLIC], "public", "item-field"),
    "followers": ([FOLLOWERS], [], "followers", "item-field"),
    "direct": (["https://other.example/users/bob"], [], "private", "item-field"),
    "nobody": ([], [], "unknown", "none"),
    "short": (["as:Public"], [], "public", "item-field"),
    "one": (PUBLIC, "https://other.example/users/bob", "public", "item-field"),
}


def made(seed: int, count: int) -> tuple[dict[str, bytes], list[Truth]]:
    """An archive of so many activities, and what must come out of it."""
    dice = random.Random(seed)  # noqa: S311
    start = datetime(2022, 11, 5, 8, 0, tzinfo=UTC)
    items, truth = [], [PROFILE]
    for number in range(count):
        way = list(ADDRESSED)[number % len(ADDRESSED)]
        to, cc, audience, by = ADDRESSED[way]
        when = start + timedelta(minutes=number)
        said = f"Post {number}: {dice.choice(['tea & cake', 'Grüße aus Köln', '5 < 6', '日本語'])}"
        html = "<p>" + said.replace("&", "&amp;").replace("<", "&lt;") + "</p>"
        own = f"{ME}/statuses/{number}"
        stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ")
        if number % 9 == 8:
            items.append({"id": f"{own}/activity", "type": "Announce", "actor": ME, "to": to,
                          "cc": cc, "published": stamp,
                          "object": "https://other.example/users/bob/statuses/1"})  # fmt: skip
            truth.append(Truth(f"{own}/activity", "post", "others", audience, by, "live",
                               when.isoformat(), ""))  # fmt: skip
            continue
        thing: dict[str, object] = {"id": own, "type": "Note", "content": html, "published": stamp,
                                    "to": to, "cc": cc, "url": f"https://example.social/@ada/{number}",
                                    "inReplyTo": None, "attachment": []}  # fmt: skip
        kind, authored = "post", "own"
        if number % 5 == 1:
            thing["inReplyTo"], kind = "https://other.example/users/bob/statuses/2", "comment"
        if number % 7 == 3:
            thing["quote"], authored = (
                "https://other.example/users/bob/statuses/3",
                "own-over-others",
            )
        if number % 4 == 2:
            thing["summary"], said = "Warning", f"Warning\n{said}"
        if number % 11 == 5:
            thing["type"], thing["oneOf"] = "Question", [{"name": "yes"}, {"name": "no"}]
            said = f"{said}\nyes\nno"
        items.append({"id": f"{own}/activity", "type": "Create", "actor": ME, "published": stamp,
                      "to": to, "cc": cc, "object": thing})  # fmt: skip
        truth.append(Truth(own, kind, authored, audience, by, "live", when.isoformat(), said))
    outbox = {"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json",
              "type": "OrderedCollection", "totalItems": count, "orderedItems": items}  # fmt: skip
    likes = {"@context": "https://www.w3.org/ns/activitystreams", "id": "likes.json",
             "type": "OrderedCollection", "totalItems": 1,
             "orderedItems": ["https://other.example/users/bob/statuses/9"]}  # fmt: skip
    files = {
        "actor.json": ACTOR, "outbox.json": outbox, "likes.json": likes,
        "bookmarks.json": likes | {"id": "bookmarks.json"},
    }  # fmt: skip
    return {name: json.dumps(body).encode() for name, body in files.items()} | {
        "avatar.png": b"\x89PNG", "media_attachments/files/1/original/a.jpg": b"\xff\xd8"
    }, truth  # fmt: skip


LAYOUTS = {"activitystreams": lambda seed, count: made(seed, count)[0]}
