"""Archives of X, made: three layouts since 2013, each with the posts that must come out of it."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from tests.archives.made.truth import Truth, reading
from withhold.exports.post import Post
from withhold.exports.x import READER

ACCOUNT, HANDLE = "2244994945", "ada_writes"
OTHER = "90071992547409930"
EXPORTED = "2026-06-30T12:00:00.000Z"
PROTECTED, OPENED = "2026-03-01T00:00:00.000Z", "2026-05-01T00:00:00.000Z"
WORDS = ["tea <b>cake</b> & rain", "Ünïcode 🙂 漢字", "see you at 5", "AT&T &amp; co", "a > b",
         "“quoted” words"]  # fmt: skip
Found = tuple[dict[str, bytes], list[Truth]]


def script(name: str, body: Any, part: int = 0) -> bytes:
    said = json.dumps(body, ensure_ascii=False, indent=1)
    return f"window.YTD.{name}.part{part} = {said}".encode()


def stamp(moment: datetime) -> str:
    return moment.strftime("%a %b %d %H:%M:%S +0000 %Y")


def seen_by(moment: datetime) -> tuple[str, str]:
    """By the two changes of this archive and the six months that it covers; no tweet is made in
    the days at the edge of those."""
    day = moment.date().isoformat()
    if day < "2025-12-15":
        return "unknown", "none"
    return ("followers" if "2026-03-01" <= day < "2026-05-01" else "public"), "account-setting"


def moments(seed: int, count: int) -> list[datetime]:
    """Times of four years, none between the 15th of December 2025 and the 15th of January."""
    luck = random.Random(seed)  # noqa: S311
    found: list[datetime] = []
    while len(found) < count:
        day = luck.randrange(int(datetime(2022, 1, 1, tzinfo=UTC).timestamp()), 1_782_000_000)
        moment = datetime.fromtimestamp(day, UTC)
        if not "2025-12-15" <= moment.date().isoformat() < "2026-01-15":
            found.append(moment)
    return found


def tweets(seed: int, count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[Truth]]:
    """Tweets of every sort in turn, the notes that hold the long texts, and the truth of all."""
    made, notes, truth = [], [], []
    for number, moment in enumerate(moments(seed, count)):
        ident = str(1_800_000_000_000_000_000 + number)
        words = f"{WORDS[number % len(WORDS)]} {number}"
        tweet: dict[str, Any] = {
            "id_str": ident, "id": ident, "created_at": stamp(moment), "lang": "en",
            "full_text": escape(words, quote=False), "entities": {"urls": [], "hashtags": []},
        }  # fmt: skip
        kind, authored = "post", "own"
        match number % 8:
            case 1:
                words = f"RT @someone: {words}"
                tweet["full_text"], authored = escape(words, quote=False), "others"
            case 2:
                tweet["entities"]["urls"] = [
                    {"url": "https://t.co/abcdefghij", "expanded_url": "https://example.org/a?b=1"}
                ]
                tweet["full_text"] += " https://t.co/abcdefghij"
                words += " https://example.org/a?b=1"
            case 3:
                far = f"https://twitter.com/someone/status/{ident[:-1]}"
                tweet["entities"]["urls"] = [
                    {"url": "https://t.co/klmnopqrst", "expanded_url": far}
                ]
                tweet["full_text"] += " https://t.co/klmnopqrst"
                words, authored = f"{words} {far}", "own-over-others"
            case 4:
                tweet |= {"in_reply_to_status_id_str": "17", "in_reply_to_user_id_str": OTHER,
                          "in_reply_to_screen_name": "someone"}  # fmt: skip
                kind = "comment"
            case 5:
                tweet |= {"in_reply_to_status_id_str": "18", "in_reply_to_user_id_str": ACCOUNT,
                          "in_reply_to_screen_name": HANDLE}  # fmt: skip
            case 6:
                words = f"{words} " + "long and longer " * 40 + f"end {number}"
                tweet["full_text"] = escape(words[:250], quote=False) + "… https://t.co/uvwxyzabcd"
                core = {"text": escape(words, quote=False), "urls": []}
                notes.append({"noteTweetId": f"77{number}", "createdAt": iso(moment), "core": core})
            case 7:
                words = f"{words} " + "another long one " * 30 + f"end {number}"
                tweet["full_text"] = escape(words[:250], quote=False) + "…"
                results = {"text": escape(words, quote=False), "entitySet": {"urls": []}}
                notes.append({"noteTweetId": f"78{number}", "tweetId": ident,
                              "noteTweetResults": results})  # fmt: skip
        made.append(tweet)
        audience, by = seen_by(moment)
        truth.append(Truth(ident, kind, authored, audience, by, "live", moment.isoformat(), words))
    return made, notes, truth


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.123Z")


def account() -> dict[str, bytes]:
    return {"data/account.js": script("account", [{"account": {
        "email": "ada@example.com", "username": HANDLE, "accountId": ACCOUNT,
        "createdAt": "2010-01-01T00:00:00.000Z", "accountDisplayName": "Ada"}}])}  # fmt: skip


def manifest(**counts: tuple[str, int]) -> bytes:
    """``name=(file, count)``."""
    said = {
        "userInfo": {"accountId": ACCOUNT, "userName": HANDLE, "displayName": "Ada"},
        "archiveInfo": {"sizeBytes": "1", "generationDate": EXPORTED, "isPartialArchive": False,
                        "maxPartSizeBytes": "53687091200"},
        "dataTypes": {name: {"files": [{"fileName": file, "globalName": f"YTD.{name}.part0",
                                        "count": str(count)}]}
                      for name, (file, count) in counts.items()},
    }  # fmt: skip
    return f"window.__THAR_CONFIG = {json.dumps(said)}".encode()


def message(number: int, sender: str, text: str) -> dict[str, Any]:
    return {"messageCreate": {"id": f"55{number}", "senderId": sender, "recipientId": OTHER,
            "text": text, "createdAt": "2024-05-06T07:08:09.000Z", "mediaUrls": [], "urls": [],
            "reactions": []}}  # fmt: skip


def made(seed: int, count: int) -> Found:
    """The layout since November 2022, with every file that is read."""
    listed, notes, truth = tweets(seed, count)
    half = count // 2
    at = "2024-05-06T07:08:09+00:00"
    grok = [{"grokChatItem": {"accountId": ACCOUNT, "chatId": "9", "createdAt": iso_at(at, n),
             "sender": {"value": "1", "name": who, "originalName": who.upper()}, "message": said}}
            for n, (who, said) in enumerate((("User", "why is my knee sore?"),
                                             ("Agent", "see a doctor")))]  # fmt: skip
    files = account() | {
        "data/manifest.js": manifest(
            tweets=("data/tweets.js", half), like=("data/like.js", 2),
            directMessages=("data/direct-messages.js", 1),
        ),
        "data/protected-history.js": script("protected_history", [
            {"protectedHistory": {"protectedAt": OPENED, "action": "Unprotect"}},
            {"protectedHistory": {"protectedAt": PROTECTED, "action": "Protect"}}]),
        "data/tweets.js": script("tweets", [{"tweet": one} for one in listed[:half]]),
        "data/tweets-part1.js": script("tweets", [{"tweet": one} for one in listed[half:]], 1),
        "data/note-tweet.js": script("note_tweet", [{"noteTweet": one} for one in notes]),
        "data/deleted-tweets.js": script("deleted_tweets", [{"tweet": {
            "id_str": "31", "created_at": "Mon May 06 07:08:09 +0000 2024", "deleted_at": "x",
            "full_text": "gone"}}]),
        "data/community-tweet.js": script("community_tweet", [{"tweet": {
            "id_str": "32", "created_at": "Mon May 06 07:08:09 +0000 2024", "full_text": "to few",
            "community_id_str": "7"}}]),
        "data/direct-messages.js": script("direct_messages", [{"dmConversation": {
            "conversationId": "a-b", "messages": [message(1, ACCOUNT, "hi &amp; hello"),
                                                  message(2, OTHER, "theirs")]}}]),
        "data/direct-messages-group.js": script("direct_messages_group", [{"dmConversation": {
            "conversationId": "g", "messages": [message(3, OTHER, "theirs"),
                                                message(4, ACCOUNT, "to all"),
                                                {"joinConversation": {}}]}}]),
        "data/grok-chat-item.js": script("grok_chat_item", grok),
        "data/profile.js": script("profile", [{"profile": {"description": {
            "bio": "I write.", "website": "https://ada.example", "location": "Köln"}}}]),
        "data/like.js": script("like", [{"like": {"tweetId": "1", "fullText": "theirs"}}] * 2),
        "data/ageinfo.js": script("ageinfo", [{"ageMeta": {}}]),
        "data/tweets_media/1-a.jpg": b"\xff\xd8",
        "data/README.txt": b"what is in here",
        "Your archive.html": b"<html></html>",
        "assets/js/runtime.js": b"(function(){})()",
    }  # fmt: skip
    truth += [
        Truth("31", "post", "own", "unknown", "none", "deleted", at, "gone"),
        Truth("32", "post", "own", "unknown", "none", "live", at, "to few"),
        Truth("551", "message", "own", "private", "platform-default", "live", at, "hi & hello"),
        Truth("554", "group-message", "own", "group", "platform-default", "live", at, "to all"),
        Truth("", "ai-chat", "own", "private", "platform-default", "live", iso_at(at, 0),
              "why is my knee sore?"),
        Truth("", "profile", "own", "unknown", "none", "live", "",
              "I write.\nKöln\nhttps://ada.example"),
    ]  # fmt: skip
    return files, truth


def iso_at(moment: str, minute: int) -> str:
    return moment.replace(":08:", f":{minute + 8:02}:")


def made_2019(seed: int, count: int) -> Found:
    """The layout of 2019: ``tweet.js``, its items without a wrapper, nothing of long texts."""
    listed, _, truth = tweets(seed, count)
    kept = [n for n in range(count) if n % 8 < 6]
    files = account() | {"data/tweet.js": script("tweet", [listed[n] for n in kept])}
    bare = [truth[n]._replace(audience="unknown", by="none") for n in kept]
    return files, bare


def made_classic(seed: int, count: int) -> Found:
    """The layout before 2019: a script per month, and the same as CSV."""
    listed, _, truth = tweets(seed, count)
    months: dict[str, list[dict[str, Any]]] = {}
    kept = []
    for tweet, one in zip(listed, truth, strict=True):
        if int(tweet["id_str"]) % 8 < 6:
            month = one.created[:7].replace("-", "_")
            when = one.created.replace("T", " ").replace("+00:00", " +0000")
            plain = {"text": tweet["full_text"], "created_at": when}
            reply = {key: value for key, value in tweet.items() if key.startswith("in_reply")}
            months.setdefault(month, []).append(
                {"id_str": tweet["id_str"], "entities": tweet["entities"], **plain, **reply}
            )
            kept.append(one._replace(audience="unknown", by="none"))
    files = {
        f"data/js/tweets/{month}.js":
            f"Grailbird.data.tweets_{month} = \n{json.dumps(ones)}".encode()
        for month, ones in months.items()
    }  # fmt: skip
    files["data/js/user_details.js"] = (
        f'var user_details =  {{"screen_name" : "{HANDLE}", "id" : "{ACCOUNT}"}}'.encode()
    )
    files["data/js/payload_details.js"] = b'var payload_details = {"tweets" : 3}'
    files["tweets.csv"] = as_csv([one for ones in months.values() for one in ones])
    files["lib/twt/twt.min.js"] = b"var twt={}"
    return files, kept


def as_csv(listed: list[dict[str, Any]]) -> bytes:
    """``tweets.csv`` of the layout before 2019."""
    out = io.StringIO()
    names = ["tweet_id", "in_reply_to_status_id", "in_reply_to_user_id", "timestamp", "source",
             "text", "retweeted_status_id", "retweeted_status_user_id",
             "retweeted_status_timestamp", "expanded_urls"]  # fmt: skip
    table = csv.writer(out, quoting=csv.QUOTE_ALL)
    table.writerow(names)
    for one in listed:
        table.writerow([one["id_str"], one.get("in_reply_to_status_id_str", ""),
                        one.get("in_reply_to_user_id_str", ""), one["created_at"], "web",
                        one["text"], "", "", "", ""])  # fmt: skip
    return out.getvalue().encode()


def read_tweets(tmp_path: Path, *tweets: Any, **files: bytes) -> tuple[list[Post], Any]:
    more = {f"data/{name.replace('_', '-')}.js": body for name, body in files.items()}
    body = script("tweets", [{"tweet": one} for one in tweets])
    return reading(READER, account() | {"data/tweets.js": body} | more, tmp_path)


def tweet(text: str = "hello", **more: Any) -> dict[str, Any]:
    return {"id_str": "1800000000000000001", "full_text": text,
            "created_at": "Mon May 06 07:08:09 +0000 2024", **more}  # fmt: skip
