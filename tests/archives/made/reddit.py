"""Reddit archives, made: all files that hold words, ids and permalinks in both spellings."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tests.archives.made.truth import Truth

START = datetime(2014, 3, 1, 12, tzinfo=UTC)
WORDS = (
    "a first line",
    "two lines\nof text",
    'with "quotes", commas',
    "größer 🥺",
    "- a list\n- of two",
)


def table(header: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return out.getvalue().encode()


def made(seed: int, posts: int, *, full: bool = False) -> tuple[dict[str, bytes], list[Truth]]:
    """Files and what must come out, in the order of the files. ``posts``: posts and comments each.

    ``full``: also drafts, messages, chat and the account's own files.
    """
    chance = random.Random(seed)  # noqa: S311
    bodies: dict[str, list[list[str]]] = {"comments": [], "posts": []}
    truth: list[Truth] = []
    for number in range(posts):
        when, text = START + timedelta(hours=7 * number), f"{chance.choice(WORDS)} {number}"
        bare = f"c{number:05d}"
        link = f"/r/cats/comments/p{number:05d}/x/{bare}/"
        bodies["comments"].append([
            bare if chance.random() < 0.5 else f"t1_{bare}",
            link if chance.random() < 0.5 else f"https://www.reddit.com{link}",
            f"{when:%Y-%m-%d %H:%M:%S} UTC", "192.0.2.7", "cats", "0",
            "https://www.reddit.com/r/cats/", f"t3_p{number:05d}", text, "",
        ])  # fmt: skip
        truth.append(Truth(f"t1_{bare}", "comment", "own", "unknown", "none", "live",
                           when.isoformat(), text))  # fmt: skip
    drafted = [Truth("d1", "post", "own", "private", "item-field", "draft",
                     "2020-01-02T03:04:05+00:00", "Title\n\nnot yet said")]  # fmt: skip
    told: list[Truth] = []
    for number in range(posts):
        when, title = START + timedelta(hours=11 * number), f"Title {number}"
        text = chance.choice((*WORDS, ""))
        bare = f"p{number:05d}"
        bodies["posts"].append([
            bare if chance.random() < 0.5 else f"t3_{bare}", f"/r/cats/comments/{bare}/x/",
            f"{when:%Y-%m-%d %H:%M:%S} UTC", "", "cats", "1", title, "https://example.org/", text,
        ])  # fmt: skip
        told.append(Truth(f"t3_{bare}", "post", "own", "unknown", "none", "live",
                          when.isoformat(), f"{title}\n\n{text}" if text else title))  # fmt: skip
    files = {
        "comments.csv": table(COMMENTS, bodies["comments"]),
        "posts.csv": table(POSTS, bodies["posts"]),
    }
    if not full:
        return files, [*truth, *told]
    chat, message, multi, more = _account()
    files |= more
    return files, [*chat, *truth, *drafted, *message, *multi, *told]


COMMENTS = "id,permalink,date,ip,subreddit,gildings,link,parent,body,media"
POSTS = "id,permalink,date,ip,subreddit,gildings,title,url,body"
CHAT = (
    "message_id,created_at,updated_at,username,message,thread_parent_message_id,channel_url,"
    "subreddit,channel_name,conversation_type"
)
DRAFTS = (
    "id,title,body,kind,created,spoiler,nsfw,original_content,content_category,flair_id,"
    "flair_text,send_replies,subreddit,is_public_link"
)
MULTI = "id,display_name,date,description,privacy,subreddits,image_url,is_owner,favorited,followers"


def _account() -> tuple[list[Truth], list[Truth], list[Truth], dict[str, bytes]]:
    at = "2021-05-06 07:08:09 UTC"
    iso = "2021-05-06T07:08:09+00:00"
    chat = [
        ["m1", at, at, "ada", "to one", "", "u", "", "", "direct"],
        ["m2", at, at, "bob", "not mine", "", "u", "", "", "direct"],
        ["m3", at, at, "Ada", "to some", "", "u", "", "the club", "group"],
        ["m4", at, at, "ada", "in a channel", "", "u", "cats", "cats chat", "channel"],
    ]
    chats = [
        Truth("m1", "message", "own", "private", "platform-default", "live", iso, "to one"),
        Truth("m3", "group-message", "own", "group", "platform-default", "live", iso, "to some"),
        Truth("m4", "group-message", "own", "unknown", "none", "live", iso, "in a channel"),
    ]
    mails = [
        [
            "t4_a",
            "https://www.reddit.com/message/messages/a",
            "a",
            at,
            "",
            "ada",
            "bob",
            "Hi",
            "one",
        ],
        ["b", "https://www.reddit.com/message/messages/b", "b", at, "", "bob", "ada", "Re", "two"],
    ]
    multi = [
        ["mu1", "Pets", at, "what I read", "public", "cats dogs", "", "true", "false", "0"],
        ["mu2", "Quiet", at, "", "private", "cats", "", "true", "false", "0"],
        ["mu3", "Hers", at, "not mine", "public", "cats", "", "false", "false", "0"],
    ]
    names = "id,permalink,thread_id,date,ip,from,to"
    draft = ["d1", "Title", "not yet said", "markdown", "2020-01-02 03:04:05 UTC", *[""] * 7]
    seen = ["p00000", "/r/cats/comments/p00000/x/", at, "", "cats", "1", ""]
    files = {
        "chat_history.csv": table(CHAT, chat),
        "drafts.csv": table(DRAFTS, [[*draft, "cats", "false"]]),
        "messages_archive.csv": table(f"{names},subject,body", mails),
        "messages_archive_headers.csv": table(names, [one[:7] for one in mails]),
        "multireddits.csv": table(MULTI, multi),
        "post_headers.csv": table("id,permalink,date,ip,subreddit,gildings,url", [seen]),
        "post_votes.csv": table("id,permalink,direction", [["t3_z", "/r/x/comments/z/", "up"]]),
        "saved_posts.csv": table("id,permalink", [["t3_z", "/r/x/comments/z/"]]),
        "announcements.csv": table("announcement_id,sent_at,from_username,subject,body", []),
        "friends.csv": table("username,note", []),
        "ip_logs.csv": table("date,ip", [[at, "192.0.2.7"]]),
        "statistics.csv": table("statistic,value", [["account name", "ada"], ["export time", at]]),
        "user_preferences.csv": table(
            "preference,value", [["hide_from_robots", "true"], ["theme", "dark"]]
        ),
    }
    return (
        chats,
        [Truth("t4_a", "message", "own", "private", "platform-default", "live", iso, "Hi\n\none")],
        [
            Truth(
                "mu1", "profile", "own", "public", "item-field", "live", iso, "Pets\n\nwhat I read"
            )
        ],
        files,
    )
