"""Instagram archives, made: every JSON layout from 2020 on, with what must come out.

What is meant is drawn first (``drawn``); each layout then writes the same in its own form. Nothing
here but ``reading`` knows the reader.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tests.archives.made.truth import packed
from withhold.exports.instagram import READER
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Options

NAME, HANDLE, BIO = "Zoë Beispiel", "zoe.beispiel", "Kräuter 🌿 & Berge"
WORDS = (
    "Grüße aus Köln", "sunset at the lake", "déjà vu 🎉", "¡qué día!", "новый день", "写真です",
    "<b>not bold</b> & more", "two\nlines", "100 % mine", "Ünïcödé",
)  # fmt: skip
START = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)


class Meant(NamedTuple):
    """One post as it was meant. ``created`` is ISO 8601; ``files`` are names without folders."""

    platform: str
    kind: str
    authored: str
    audience: str
    by: str
    state: str
    created: str
    text: str
    files: tuple[str, ...] = ()


def told(post: Post) -> Meant:
    """The same of a post that was read."""
    return Meant(
        post.platform, post.kind, post.authored, post.audience, post.audience_by, post.state,
        post.created.isoformat() if post.created else "", post.text,
        tuple(one.path.rpartition("/")[2] for one in post.media),
    )  # fmt: skip


def read_both(made: dict[str, bytes], folder: Path) -> tuple[list[Post], Notes]:
    """An archive of both platforms, read by Instagram's reader; each path is in one list."""
    notes = Notes()
    with Files([packed(made, folder)], notes) as files:
        posts = list(READER.read(files, notes, Options()))
        paths = set(files.paths)
    unread = {one.path for one in notes.not_understood} - set(notes.understood)
    assert set(notes.understood) | set(notes.ignored) | unread == paths
    assert not (set(notes.understood) | unread) & set(notes.ignored)
    assert {post.platform for post in posts} <= {"instagram", "threads"}
    assert all((post.audience == "unknown") == (post.audience_by == "none") for post in posts)
    assert all((post.created is None) == (post.zone == "none") for post in posts)
    return posts, notes


class Drawn(NamedTuple):
    """Something published, before it has a form: where it stands, when, words, files."""

    what: str
    when: datetime
    text: str
    files: tuple[str, ...] = ()


def drawn(seed: int, count: int) -> list[Drawn]:
    """So many posts of each kind, at different seconds, with different files."""
    dice = random.Random(seed)  # noqa: S311
    found = []
    at = START
    plan = (("post", 1, "jpg"), ("carousel", 3, "jpg"), ("reel", 1, "mp4"), ("story", 1, "webp"),
            ("archived", 1, "jpg"), ("comment", 0, ""))  # fmt: skip
    for number in range(count):
        for what, files, ending in plan:
            at += timedelta(seconds=dice.randrange(1, 90_000))
            text = f"{dice.choice(WORDS)} {what} {number}"
            names = tuple(f"{dice.randrange(10**16)}_{n}.{ending}" for n in range(files))
            found.append(Drawn(what, at, text, names))
    return found


def meant(one: Drawn, private: bool | None) -> Meant:
    """What must come out of it, by whether the account is private (None: it does not say)."""
    kinds = {"post": "photo", "carousel": "photo", "reel": "video", "story": "photo",
             "archived": "photo", "comment": "comment"}  # fmt: skip
    audience, by = "unknown", "none"
    if private is not None and one.what != "comment" and (private or one.what != "story"):
        audience, by = "followers" if private else "public", "account-setting"
    return Meant(
        "instagram", kinds[one.what], "own", audience, by,
        "archived" if one.what == "archived" else "live", one.when.isoformat(), one.text, one.files,
    )  # fmt: skip


def bio(platform: str = "instagram") -> Meant:
    """The text of the profile, which everyone can see."""
    return Meant(platform, "profile", "own", "public", "platform-default", "live", "", BIO)


def garbled(value: Any) -> Any:
    """As Meta writes strings: each byte of their UTF-8 as a character of its own."""
    if isinstance(value, str):
        return value.encode("utf-8").decode("latin-1")
    if isinstance(value, list):
        return [garbled(one) for one in value]
    if isinstance(value, dict):
        return {garbled(key): garbled(one) for key, one in value.items()}
    return value


def meta(value: Any) -> bytes:
    """JSON as Meta writes it."""
    return json.dumps(garbled(value), ensure_ascii=True, indent=2).encode()


def file(name: str, when: datetime, title: str = "", folder: str = "posts") -> dict[str, Any]:
    """A media entry."""
    return {"uri": f"media/{folder}/202103/{name}", "creation_timestamp": int(when.timestamp()),
            "media_metadata": {"camera_metadata": {"has_camera_metadata": False}},
            "title": title, "cross_post_source": {"source_app": "FB"}}  # fmt: skip


def entry(one: Drawn) -> dict[str, Any]:
    """A post: a single picture's caption on the picture, a carousel's on the post."""
    if len(one.files) == 1:
        return {"media": [file(one.files[0], one.when, one.text)]}
    media = [file(name, one.when) for name in one.files]
    return {"media": media, "title": one.text, "creation_timestamp": int(one.when.timestamp())}


def labelled(**values: Any) -> dict[str, Any]:
    """``string_map_data``; a number is a time."""
    return {"title": "", "media_map_data": {}, "string_map_data": {
        label.replace("_", " "): {"href": "", "value": "", "timestamp": value}
        if isinstance(value, int) else {"href": "", "value": value, "timestamp": 0}
        for label, value in values.items()}}  # fmt: skip


def account(private: bool | None, labels: Sequence[str] = ()) -> dict[str, Any]:
    """``personal_information.json``; ``labels`` in another language, in the order used here."""
    user, name, text, switch = labels or ("Username", "Name", "Bio", "Private Account")
    said = {user: HANDLE, name: NAME, text: BIO}
    if private is not None:
        said[switch] = str(private)
    return {"profile_user": [labelled(Email="zoe@example.org", **said)]}


def comment(one: Drawn) -> dict[str, Any]:
    """A comment under somebody's post."""
    return labelled(Comment=one.text, Media_Owner="somebody.else", Time=int(one.when.timestamp()))


def since_2021(
    found: list[Drawn], private: bool | None = True, top: str = "", content: str = "content",
    personal: str = "account_information", labels: Sequence[str] = (),
) -> dict[str, bytes]:  # fmt: skip
    """The JSON layouts from 2021 on, which differ in their folders."""
    of = {what: [one for one in found if one.what == what] for what in {o.what for o in found}}
    posts = [one for one in found if one.what in ("post", "carousel")]
    archived = [
        {"media": [file(one.files[0], one.when)], "title": one.text,
         "creation_timestamp": int(one.when.timestamp())}
        for one in of["archived"]
    ]  # fmt: skip
    return {
        f"{top}{content}/posts_1.json": meta([entry(one) for one in posts]),
        f"{top}{content}/reels.json": meta({"ig_reels_media": [entry(one) for one in of["reel"]]}),
        f"{top}{content}/stories.json": meta(
            {"ig_stories": [file(o.files[0], o.when, o.text, "stories") for o in of["story"]]}
        ),
        f"{top}{content}/archived_posts.json": meta({"ig_archived_post_media": archived}),
        f"{top}comments/post_comments_1.json": meta([comment(one) for one in of["comment"]]),
        f"{personal}/personal_information.json": meta(account(private, labels)),
        "connections/followers_and_following/followers_1.json": meta(
            [{"title": "", "string_list_data": [{"value": "somebody", "timestamp": 1}]}]
        ),
        f"{top}saved/no-data.txt": b"",
        "media/posts/202103/picture.jpg": b"\xff\xd8\xff",
    }


def since_2024(found: list[Drawn], private: bool | None = True, **more: Any) -> dict[str, bytes]:
    """The layout of 2024 and 2025."""
    return since_2021(found, private, "your_instagram_activity/", "media",
                      "personal_information/personal_information", **more)  # fmt: skip


def newest(
    found: list[Drawn],
    draft: Drawn,
    private: bool | None = True,
    labels: Sequence[str] = ("Caption", "Media", "Draft"),
) -> dict[str, bytes]:
    """With ``posts.json``: posts and archived posts once more, and a draft, as ``label_values``.

    A carousel's second and later files hang below the first. The caption stands on the first
    file, and of single pictures under a label too.
    """
    caption, media, unfinished = labels
    again = []
    for one in (*(o for o in found if o.what in ("post", "carousel", "archived")), draft):
        chain: list[Any] = []
        for name in reversed(one.files[1:]):
            chain = [{"dict": [{"label": media, "media": [file(name, one.when)]}, *chain]}]
        first = [file(name, one.when, one.text) for name in one.files[:1]]
        also = [] if chain else [{"label": caption, "value": one.text}]
        again.append({
            "timestamp": int(one.when.timestamp()), "media": [], "label_values": [
                *also, {"label": media, "media": first}, *chain,
                {"label": unfinished, "value": str(one == draft)}],
        })  # fmt: skip
    return {**since_2024(found, private), "your_instagram_activity/media/posts.json": meta(again)}


def of_2020(found: list[Drawn], private: bool = True) -> tuple[dict[str, bytes], list[Meant]]:
    """The flat files: UTF-8 as it is, ISO dates, each picture of a carousel by itself."""
    keys = {"post": "photos", "carousel": "photos", "reel": "videos", "story": "stories"}
    media: dict[str, list[dict[str, Any]]] = {"stories": [], "photos": [], "videos": []}
    for one in found:
        for name in one.files if one.what in keys else ():
            media[keys[one.what]].append({
                "caption": one.text, "taken_at": one.when.isoformat(),
                "path": f"{keys[one.what]}/202103/{name}"})  # fmt: skip
    media["profile"] = [
        {"caption": "", "taken_at": one.when.isoformat(), "path": f"profile/{n}.jpg",
         "is_active_profile": n == 1} for n, one in enumerate(found[:2])
    ]  # fmt: skip
    comments = [[one.when.isoformat(), one.text, "somebody"] for one in found if not one.files]
    empty = b'["You have no data in this section"]'
    files = {
        "media.json": json.dumps(media, ensure_ascii=False).encode(),
        "comments.json": json.dumps({"media_comments": comments}, ensure_ascii=False).encode(),
        "profile.json": json.dumps({
            "biography": BIO, "username": HANDLE, "name": NAME, "private_account": private,
        }, ensure_ascii=False).encode(),
        "settings.json": b'{"allow_comments_from": "Everyone", '
                         b'"upgraded_to_cross_app_messaging": [true, null]}',
        "saved.json": empty, "events.json": empty,
        "likes.json": b'{"media_likes": [["2020-01-01T00:00:00+00:00", "somebody"]]}',
    }  # fmt: skip
    truth = [bio()]
    for number, one in enumerate(found[:2]):
        sees = ("public", "platform-default") if number == 1 else ("unknown", "none")
        truth.append(Meant("instagram", "photo", "own", *sees, "live", one.when.isoformat(), "",
                           (f"{number}.jpg",)))  # fmt: skip
    for one in found:
        whole = meant(one, private)
        for name in one.files or ("",):
            if one.what in keys or one.what == "comment":
                truth.append(whole._replace(files=(name,) if name else ()))
    return files, truth


def message(sender: str, when: datetime, **more: Any) -> dict[str, Any]:
    """A message as Meta writes it."""
    return {"sender_name": sender, "timestamp_ms": int(when.timestamp() * 1000), **more,
            "is_geoblocked_for_viewer": False}  # fmt: skip


def conversation(people: Sequence[str], *lines: dict[str, Any]) -> bytes:
    """One ``message_1.json``."""
    return meta({"participants": [{"name": one} for one in people], "messages": list(lines),
                 "title": "conversation", "is_still_participant": True,
                 "thread_path": "inbox/x", "magic_words": []})  # fmt: skip


def threads(found: list[Drawn], private: bool | None = False) -> dict[str, bytes]:
    """Threads' folder: a post without a picture has an empty ``uri``; every second is a reply."""
    about = {"reply_control": "everyone", "geo_gated_country_list": ""}
    posts = []
    for number, one in enumerate(found):
        media = file(one.files[0] if one.files else "", one.when, one.text)
        media["uri"] = media["uri"] if one.files else ""
        media["text_app_post"] = {**about, "is_reply": number % 2 == 1}
        posts.append({"media": [media]})
    said = {"Username": HANDLE, "Bio": BIO}
    if private is not None:
        said["Private Account"] = str(private)
    top = "your_instagram_activity/threads"
    return {
        f"{top}/threads_and_replies.json": meta({"text_post_app_text_posts": posts}),
        f"{top}/personal_information.json": meta(
            {"text_post_app_text_post_app_profile": [labelled(**said)]}
        ),
        f"{top}/following.json": meta({"text_post_app_text_post_app_following": []}),
    }
