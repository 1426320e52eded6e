"""X (Twitter): ``data/*.js`` since 2019, ``data/js/tweets/YYYY_MM.js`` and tweets.csv before.

Seen in samples: tweets.js, like.js, account.js and five files of bookkeeping. All else is read as
people who had real archives describe it: X's README in the archive, published listings of files and
fields, other people's readers. Messages, Grok, notes and the manifest are in that second group;
articles are a guess at best and stand in the README as such.

Who could see a tweet is not in the archive. ``protected-history.js`` tells it for six months; for
all else it is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from withhold.exports.csv_rows import rows
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Pointer, Post, State, content_id
from withhold.exports.reader import Hit, Options, Reader
from withhold.exports.x_long import Long, One
from withhold.exports.x_parts import MANIFEST, Values, assigns_to, known, listed
from withhold.exports.x_settings import (
    Spans,
    Whose,
    read_account,
    read_manifest,
    read_protected,
    read_user_details,
)
from withhold.exports.x_text import PLATFORM, address
from withhold.exports.x_tweets import Scene, post_of
from withhold.exports.x_words import articles, audiences, grok, messages, profile

_FLAT = frozenset((
    "tweets.js", "tweet.js", "like.js", "account.js", "manifest.js", "note-tweet.js",
    "direct-messages.js", "direct-message.js", "follower.js", "following.js", "saved-search.js",
    "account-suspension.js", "tweet-headers.js", "ageinfo.js", "personalization.js",
    "ad-impressions.js", "grok-chat-item.js",
))  # fmt: skip
_MONTH = re.compile(r"(?:^|/)data/js/tweets/\d{4}_\d{2}\.js$")
_PART = re.compile(r"(?:^|/)tweets?-part\d{1,6}\.js$")
_CLASSIC = re.compile(r"^tweets_\d{4}_\d{2}$")
_MEDIA = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp4", ".m4a", ".ts", ".m3u8", ".mov",
          ".heic", ".mp3", ".aac")  # fmt: skip
_PAGES = (".html", ".txt", ".css", ".svg", ".ico", ".woff", ".woff2", ".map")
_TWEETS = {
    "tweets": "tweets_media",
    "tweet": "tweet_media",
    "community_tweet": "community_tweet_media",
    "deleted_tweets": "deleted_tweets_media",
    "deleted_tweet": "deleted_tweets_media",
    "twitter_circle_tweet": "twitter_circle_tweet_media",
}
_NOTES = ("note_tweet", "deleted_note_tweet")
_DIRECT = ("direct_messages", "direct_message", "direct_messages_group", "direct_message_group")
_CSV = ("tweet_id", "timestamp", "text")


def names(paths: Sequence[str]) -> Hit | None:
    """By at least two of its flat files in one folder, or by a file of a month."""
    folders: dict[str, int] = {}
    months = parts = 0
    for path in paths:
        if not path.endswith(".js"):
            continue
        folder, _, name = path.rpartition("/")
        if name in _FLAT:
            folders[folder] = folders.get(folder, 0) + 1
        elif _MONTH.search(path):
            months += 1
        elif _PART.search(path):
            parts += 1
    best = max(folders.values(), default=0)
    if months:
        return Hit(layout="before 2019 js", marks=1 + best)
    if best >= 2 or (best and parts):
        return Hit(layout="js", marks=best + min(parts, 1))
    return None


def structure(files: Files) -> Hit | None:
    """By what its files assign to."""
    scripts = [path for path in files.entries if path.endswith(".js")]
    scripts.sort(key=lambda path: (path.rpartition("/")[2] not in _FLAT, path))
    found = {name for path in scripts[:24] if (name := assigns_to(files.head(path, 512)))}
    found -= {"payload_details", "tweet_index", "user_details"} if len(found) == 1 else set()
    if any(_CLASSIC.match(name) for name in found):
        return Hit(layout="before 2019 js", marks=len(found))
    if found:
        layout = "2019 js" if "tweet" in found else "2022 js" if "tweets" in found else "js"
        return Hit(layout=layout, marks=len(found))
    if any(_is_csv(files, path) for path in files.ending("tweets.csv")[:2]):
        return Hit(layout="before 2019 csv", marks=1)
    return None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """Settings first, then long texts, then everything in the order of the files."""
    holds = _sorted_out(files, notes)
    values, long = Values(whole=files), Long()
    whose, spans = _settings(values, notes, holds)
    seen: dict[str, str] = {}
    for path, name in holds.items():
        if name in _NOTES:
            state: State = "deleted" if name.startswith("deleted") else "live"
            for one in long.add(values, path, notes, state):
                yield _alone(one, values, notes, spans)
        elif name in ("article_metadata", "twitter_article_metadata"):
            seen.update(audiences(values, path, notes))
    for path, name in holds.items():
        scene = Scene(
            files=values,
            notes=notes,
            path=path,
            part=files.entries[path].part,
            account=whose.id,
            handle=whose.handle,
            spans=spans,
            long=long,
            state="deleted" if name.startswith("deleted") else "live",
            circle=name == "twitter_circle_tweet",
            media=f"{path.rpartition('/')[0]}/{_TWEETS.get(name, 'tweets_media')}".lstrip("/"),
        )
        if name in _TWEETS or _CLASSIC.match(name):
            yield from _counted(_tweets(scene), scene)
        elif name == "csv":
            yield from _counted(_from_csv(scene), scene)
        elif name in _DIRECT:
            yield from _counted(
                messages(values, path, notes, whose, group="group" in name, others=options.others),
                scene,
            )
        elif name == "grok_chat_item":
            yield from _counted(grok(values, path, notes, others=options.others), scene)
        elif name in ("article", "twitter_article"):
            yield from _counted(articles(values, path, notes, seen), scene)
        elif name == "profile":
            yield from _counted(profile(values, path, notes, "profile"), scene)
        elif name == "periscope_profile_description":
            key = "periscopeProfileDescription"
            yield from _counted(profile(values, path, notes, key), scene)
    for one in long.rest():
        yield _alone(one, values, notes, spans)
    _compare(values, notes, whose)


def _sorted_out(files: Files, notes: Notes) -> dict[str, str]:
    """What each file holds that is read, by path; all others are noted."""
    bookkeeping, others = known()
    readable = {*_TWEETS, *_NOTES, *_DIRECT, MANIFEST, "account", "protected_history", "profile",
                "grok_chat_item", "article", "article_metadata", "twitter_article",
                "twitter_article_metadata", "user_details",
                "periscope_profile_description"}  # fmt: skip
    holds: dict[str, str] = {}
    for path in files.paths:
        low = path.lower()
        if low.endswith(_MEDIA):
            notes.ignore(path, "media")
        elif low.endswith(".js"):
            name = assigns_to(files.head(path, 512))
            if name in readable or _CLASSIC.match(name):
                holds[path] = name
            elif name in bookkeeping or name in ("payload_details", "tweet_index"):
                notes.ignore(path, "not-published")
            elif name in others:
                notes.ignore(path, "others")
            elif name and _is_empty(files, path):
                notes.ignore(path, "no-content")
            elif not name and not re.search(r"(?:^|/)data/[^/]+$", path) and "/" in path:
                notes.ignore(path, "not-published")  # the viewer that X packs with the archive
            else:
                notes.trouble(path, "no-reader" if name else "wrong-form")
        elif low.endswith(_PAGES):
            notes.ignore(path, "not-published")
        elif low.endswith(".csv") and _is_csv(files, path):
            holds[path] = "csv"
        else:
            notes.trouble(path, "no-reader")
    if any(_CLASSIC.match(name) for name in holds.values()):
        for path in [path for path, name in holds.items() if name == "csv"]:
            notes.ignore(path, "superseded")
            del holds[path]
    return holds


def _settings(files: Values, notes: Notes, holds: dict[str, str]) -> tuple[Whose, Spans]:
    whose, spans = Whose(), Spans()
    for path, name in holds.items():
        if name == MANIFEST:
            read_manifest(files, path, notes, whose)
    for path, name in holds.items():
        if name == "account":
            read_account(files, path, notes, whose)
        elif name == "user_details":
            read_user_details(files, path, notes, whose)
        elif name == "protected_history":
            spans = read_protected(files, path, notes, whose.exported)
    notes.account = whose.handle or whose.id
    return whose, spans


def _compare(files: Values, notes: Notes, whose: Whose) -> None:
    """Holds the entries that were read against the counts of the manifest."""
    for path, count in whose.expected.items():
        if path in notes.understood:
            notes.understood[path].expected = count
            if files.seen.get(path, count) != count:
                notes.trouble(path, "count-differs", expected=count, found=files.seen[path])


def _tweets(scene: Scene) -> Iterator[Post]:
    for at, item in listed(scene.files, scene.path, scene.notes):
        post = post_of(item, at, scene)
        if post is not None:
            yield post


def _from_csv(scene: Scene) -> Iterator[Post]:
    for number, row in rows(scene.files.whole, scene.path, scene.notes):
        tweet: dict[str, object] = {
            "id_str": row.get("tweet_id", ""),
            "created_at": row.get("timestamp", ""),
            "text": row.get("text", ""),
            "in_reply_to_status_id_str": row.get("in_reply_to_status_id", ""),
            "in_reply_to_user_id_str": row.get("in_reply_to_user_id", ""),
        }
        if row.get("retweeted_status_id"):
            tweet["retweeted_status"] = {}
        post = post_of(tweet, f"row {number}", scene)
        if post is not None:
            yield post


def _counted(posts: Iterator[Post], scene: Scene) -> Iterator[Post]:
    """The posts of a file, counted."""
    done = scene.notes.read(scene.path)
    for post in posts:
        done.posts += 1
        yield post


def _alone(one: One, files: Values, notes: Notes, spans: Spans) -> Post:
    notes.read(one.path).posts += 1
    audience, by = spans.at(one.created)
    url, url_by = address(one.id)
    return Post(
        platform=PLATFORM,
        id=one.id or content_id(PLATFORM, "post", one.created, one.text),
        created=one.created,
        precision="second" if one.created else "none",
        zone="utc" if one.created else "none",
        text=one.text,
        raw="" if one.raw == one.text else one.raw,
        audience=audience,
        audience_by=by,
        state=one.state,
        url=url,
        url_by=url_by,
        source=Pointer(part=files.entries[one.path].part, path=one.path, at=one.at),
    )


def _is_empty(files: Files, path: str) -> bool:
    if files.entries[path].size > 512:
        return False
    return b"".join(files.head(path, 512).partition(b"=")[2].split()) in (b"[]", b"[];")


def _is_csv(files: Files, path: str) -> bool:
    header = files.head(path, 512).removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].lower()
    return all(f'"{name}"'.encode() in header or name.encode() in header for name in _CSV)


READER = Reader(platform=PLATFORM, names=names, structure=structure, read=read)
