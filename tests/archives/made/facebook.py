"""Facebook archives, made: every layout since 2018 as JSON, garbled as Meta garbles, and the HTML.

Beside the files stands what must come out, in no order. Posts have no id of Facebook's: ``id`` of
the truth is empty there.
"""

from __future__ import annotations

import html
import json
import random
from datetime import UTC, datetime
from typing import Any

from tests.archives.made.truth import Truth

OWNER = "Zoë Пример"
FRIEND = "José Šimek"
TREES = {
    "2018": "",
    "2023": "your_activity_across_facebook/",
    "2024": "your_facebook_activity/",
    "nested": "personal_information/profile_information/your_facebook_activity/",
    "profile": "this_profile's_activity_across_facebook/",
}
WORDS = ("Grüße", "aus", "Köln", "mañana", "☀️", "Привет", "ok", "日本", "the", "sea", "🎉")


def garbled(found: Any) -> Any:
    """Every string as Meta's writer has it: each byte of its UTF-8 a character."""
    if isinstance(found, str):
        return "".join(map(chr, found.encode("utf-8")))
    if isinstance(found, list):
        return [garbled(one) for one in found]
    if isinstance(found, dict):
        return {garbled(key): garbled(one) for key, one in found.items()}
    return found


def body(found: Any) -> bytes:
    return json.dumps(garbled(found), indent=2).encode("ascii")


def when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def truth(text: str, seconds: float, kind: str = "post", **more: str) -> Truth:
    usual = {"id": "", "authored": "own", "audience": "unknown", "by": "none", "state": "live"}
    return Truth(kind=kind, created=when(seconds) if seconds else "", text=text, **usual | more)


def made(layout: str, seed: int, count: int) -> tuple[dict[str, bytes], list[Truth], list[Truth]]:
    """So many posts (and other things with them); what the member wrote, and what others did."""
    dice = random.Random(f"{layout} {seed}")  # noqa: S311
    tree = TREES[layout]
    old = layout == "2018"
    start = 1_500_000_000
    own: list[Truth] = []
    others: list[Truth] = []

    def said() -> str:
        return " ".join(dice.choices(WORDS, k=dice.randint(2, 8))) + f" {dice.randint(1, 10**9)}"

    def picture(name: str, at: int, **more: Any) -> dict[str, Any]:
        return {"uri": f"{tree}posts/media/{name}", "creation_timestamp": at, **more}

    posts: list[Any] = []
    for number in range(count):
        text, at = said(), start + number * 1000
        one: dict[str, Any] = {"timestamp": at, "title": f"{OWNER} hat etwas geschrieben."}
        how = number % 6
        if how != 1:
            one["data"] = [{"post": text}, {"update_timestamp": at + 5}]
        if how == 0:
            own.append(truth(text, at))
        elif how == 1:
            one["attachments"] = [
                {"data": [{"media": picture(f"p{number}.jpg", at, title="Chronik")}]}
            ]
            own.append(truth("", at, "photo"))
        elif how == 2:
            link = f"https://a.example/{number}"
            one["attachments"] = [{"data": [{"external_context": {"url": link, "name": "Fremd"}}]}]
            own.append(truth(f"{text}\n{link}", at, authored="own-over-others"))
        elif how == 3:
            place = {"name": "Café Größe", "address": "Ring 1, Köln",
                     "coordinate": {"latitude": 50.9, "longitude": 6.9}}  # fmt: skip
            one["attachments"] = [{"data": [{"place": place}]}]
            own.append(truth(f"{text}\nCafé Größe\nRing 1, Köln\n50.9, 6.9", at))
        elif how == 4:
            one["data"][0]["post"] = f"mit @[100:2048:{FRIEND}] {text}"
            own.append(truth(f"mit {FRIEND} {text}", at))
        else:
            one["attachments"] = [{"data": [{"life_event": {"title": "Umzug"}}]}]
            own.append(truth(f"{text}\nUmzug", at))
        posts.append(one)
    stem = {"2018": "your_posts_1", "profile": "profile_posts_1"}.get(
        layout, "your_posts__check_ins__photos_and_videos_1"
    )
    files: dict[str, Any] = {f"{tree}posts/{stem}.json": posts}

    comments, group_comments, group_posts = [], [], []
    for number in range(count // 2):
        text, at = said(), start + number * 1000 + 1
        comment = {"timestamp": at, "comment": text, "author": OWNER}
        comments.append(
            {"timestamp": at, "title": f"{OWNER} hat kommentiert.", "data": [{"comment": comment}]}
        )
        own.append(truth(text, at, "comment"))
        text = said()
        group_comments.append(
            {
                "timestamp": at,
                "data": [{"comment": {**comment, "comment": text, "group": "Näh-Gruppe"}}],
                "title": "",
            }
        )
        own.append(truth(text, at, "comment"))
        text = said()
        group_posts.append({"timestamp": at, "data": [{"post": text}], "title": ""})
        own.append(truth(text, at))
    folder = "comments" if old else "comments_and_reactions"
    files[f"{tree}{folder}/comments.json"] = {"comments_v2": comments}
    files[f"{tree}groups/your_comments_in_groups.json"] = {"group_comments_v2": group_comments}
    files[f"{tree}groups/group_posts_and_comments.json"] = {"group_posts_v2": group_posts}

    for name, people in (("a_1", [FRIEND, OWNER]), ("b_2", [FRIEND, "Kim", OWNER])):
        group = len(people) > 2
        audience = {"audience": "group" if group else "private", "by": "platform-default"}
        messages = []
        for number in range(count):
            sender, text, at = people[number % len(people)], said(), 1_600_000_000_000 + number
            messages.append({"sender_name": sender, "timestamp_ms": at, "content": text})
            mine = sender == OWNER
            (own if mine else others).append(
                truth(text, at / 1000, "group-message" if group else "message",
                      authored="own" if mine else "others", **audience)
            )  # fmt: skip
        files[f"{tree}messages/inbox/{name}/message_1.json"] = {
            "participants": [{"name": one} for one in people],
            "messages": messages,
            "title": FRIEND,
            "thread_path": f"inbox/{name}",
        }

    album_text = said()
    shown_before = picture("p1.jpg", start + 1000, title="Chronik")
    caption = said()
    exif = {
        "photo_metadata": {
            "exif_data": [
                {
                    "latitude": 48.1,
                    "longitude": 11.5,
                    "taken_timestamp": start,
                    "upload_ip": "192.0.2.1",
                }
            ]
        }
    }
    files[f"{tree}{'photos_and_videos' if old else 'posts'}/album/0.json"] = {
        "name": "Chronik", "description": album_text, "last_modified_timestamp": start,
        "photos": [shown_before,
                   picture("q.jpg", start, title="Chronik", description=caption,
                           media_metadata=exif)],
    }  # fmt: skip
    own += [truth(f"Chronik\n{album_text}", start), truth(caption, start, "photo")]

    profile = {"name": {"full_name": OWNER}, "username": "zoe.example",
               "intro_bio": {"name": said(), "timestamp": start},
               "work_experiences": [{"employer": "Bäckerei", "title": "Meisterin", "timestamp": 5}],
               "emails": {"emails": ["zoe@example.org"]}}  # fmt: skip
    files["profile_information/profile_information.json" if old else
          "personal_information/profile_information/profile_information.json"] = {
        "profile_v2": profile
    }  # fmt: skip
    own.append(truth(profile["intro_bio"]["name"], start, "profile"))  # type: ignore[index]
    own.append(truth("Bäckerei\nMeisterin", 0, "profile"))
    if not old:
        own += _newer(files, tree, said, start)
    files[f"{tree}posts/no-data.txt"] = None
    return (
        {path: b"" if found is None else body(found) for path, found in files.items()}
        | {f"{tree}posts/media/p1.jpg": b"\xff\xd8", "start_here.html": b"<html></html>"},
        own,
        others,
    )


def _newer(files: dict[str, Any], tree: str, said: Any, start: int) -> list[Truth]:
    """What only archives since 2023 have: labelled records, trash, pending posts, chats with AI."""
    own = []
    text = said()
    files[f"{tree}posts/posts_on_other_pages_and_profiles.json"] = [
        {"timestamp": start, "media": [], "fbid": "778899", "label_values": [
            {"label": "Message", "value": text}, {"label": "Target", "value": FRIEND}]},
        {"timestamp": start, "media": [], "fbid": "778900", "label_values": [
            {"label": "Viesti", "value": text}, {"label": "Osoite", "value": "https://a.example/1"},
            {"label": "Luku", "value": "12"}]},
    ]  # fmt: skip
    own += [truth(text, start, id="778899"), truth(text, start, id="778900")]
    text = said()
    files[f"{tree}posts/edits_you_made_to_posts.json"] = [
        {"timestamp": start, "media": [], "fbid": "778899", "label_values": [
            {"label": "Teksti", "ent_field_name": "Text", "value": text},
            {"label": "x", "value": "else"}]},
    ]  # fmt: skip
    own.append(truth(text, start, state="archived"))
    for name, key, state in (
        ("posts/trash", "trash_v2", "deleted"),
        ("stories/archived_stories", "archived_stories_v2", "archived"),
        ("groups/your_pending_posts_in_groups", "pending_posts_v2", "draft"),
    ):
        text = said()
        files[f"{tree}{name}.json"] = {key: [{"timestamp": start, "data": [{"post": text}]}]}
        hidden = {"audience": "private", "by": "item-field"} if state == "draft" else {}
        own.append(truth(text, start, state=state, **hidden))
    text, answer = said(), said()
    files[f"{tree}messages/ai_conversations.json"] = {
        "fbid": "1", "media": [], "label_values": [{"title": "Messages", "dict": [
            {"title": "", "dict": [{"label": "Sender", "value": OWNER},
                                   {"label": "Text", "value": text},
                                   {"label": "Time", "timestamp_value": start}]},
            {"title": "", "dict": [{"label": "Sender", "value": "Meta AI"},
                                   {"label": "Text", "value": answer},
                                   {"label": "Time", "timestamp_value": start + 1}]}]}],
    }  # fmt: skip
    own.append(truth(text, start, "ai-chat", audience="private", by="platform-default"))
    text = said()
    files[f"{tree}facebook_marketplace/items_sold.json"] = {"items_selling_v2": [
        {"title": "Bücher", "price": "5 €", "seller": OWNER, "created_timestamp": start,
         "description": text,
         "location": {"coordinate": {"latitude": 1.5, "longitude": 2.5}}}]}  # fmt: skip
    own.append(truth(f"Bücher\n{text}\n5 €\n1.5, 2.5", start))
    files["logged_information/notifications/notification_of_meta_privacy_policy_update.json"] = {
        "notification_meta_privacy_policy_update": [{"consent_state": 2, "impression_time": start}]
    }
    files["logged_information/location/your_privacy_jurisdiction.json"] = {
        "fbid": "2", "media": [],
        "label_values": [{"label": "Gerichtsstand", "vec": [{"value": "EU"}]}],
    }  # fmt: skip
    files["ads_information/your_consent_settings.json"] = {
        "fbid": "3", "media": [], "timestamp": start,
        "label_values": [{"label": "Zugestimmt", "timestamp_value": start + 86400}],
    }  # fmt: skip
    files["security_and_login_information/logins_and_logouts.json"] = {"account_accesses_v2": []}
    files["new_in_2031/things.json"] = {"things_v2": [{"name": "x"}]}
    files["your_instagram_activity/content/posts_1.json"] = []
    return own


def page(entries: list[tuple[str, str, str]]) -> bytes:
    """The HTML form of posts: heading, text, time as written."""
    cards = "".join(
        f'<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">'
        f'<div class="_2ph_ _a6-h _a6-i">{html.escape(heading)}</div>'
        f'<div class="_2ph_ _a6-p"><div><div>{html.escape(text)}</div></div></div>'
        f'<div class="_3-94 _a6-o"><div class="_a72d">{html.escape(time)}</div></div></div>'
        for heading, text, time in entries
    )
    return (
        "<!doctype html><html><head><title>x</title><script>alert(1)</script></head><body>"
        f'<div class="_a705"><div role="main" class="_a706">{cards}</div></div></body></html>'
    ).encode()
