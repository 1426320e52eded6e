"""What a person would say they posted, counted beside the readers: csv, json and plain text only.

Written without having read a reader. Every number on the left comes from the files themselves.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.corpus.exports.counting import clocks, loaded, read, table, texts

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def at(corpus: Path) -> Path:
    return corpus / "exports"


def test_bluesky(at: Path) -> None:
    # In DAG-CBOR a field is its name, then its value, and texts stand as they are. The type of a
    # record is its first field here, so what follows it is the record's next field by name.
    path = at / "bluesky/bluesky-social__indigo/fakermaker.repo.car"
    raw = path.read_bytes()
    posted = re.findall(rb"e\$typerapp\.bsky\.feed\.post", raw)
    answers = re.findall(rb"e\$typerapp\.bsky\.feed\.postereply", raw)
    shared = re.findall(rb"e\$typetapp\.bsky\.feed\.repost", raw)
    assert (len(posted), len(answers), len(shared)) == (26, 23, 15)
    posts, _ = read(path)
    kinds = Counter((post.kind, post.authored) for post in posts)
    assert kinds["comment", "own"] == len(answers)
    assert kinds["post", "own"] + kinds["post", "own-over-others"] == len(posted) - len(answers)
    assert kinds["post", "others"] == len(shared)
    written = [post.text.encode() for post in posts if post.kind in ("post", "comment")]
    assert all(text in raw for text in written)


def test_chatgpt(at: Path) -> None:
    path = at / "chatgpt/joeamroo__knowledgemaxxing/conversations_chatgpt.json"
    said = [
        (node["message"]["author"]["role"], "".join(node["message"]["content"]["parts"]))
        for talk in loaded(path)
        for node in talk["mapping"].values()
        if node["message"]
    ]
    posts, others = read(path)
    assert texts(posts, "ai-chat") == Counter(text for role, text in said if role == "user")
    assert len(posts) + others == len(said) == 2


def test_claude(at: Path) -> None:
    path = at / "claude/joeamroo__knowledgemaxxing/conversations_claude.json"
    said = [
        (one["sender"], one["text"], one["created_at"])
        for talk in loaded(path)
        for one in talk["chat_messages"]
    ]
    own = [one for one in said if one[0] == "human"]
    posts, others = read(path)
    assert texts(posts, "ai-chat") == Counter(text for _, text, _ in own)
    assert clocks(posts) == Counter(when[:19].replace("T", " ") for *_, when in own)
    assert len(posts) + others == len(said) == 2


def test_facebook(at: Path) -> None:
    folder = at / "facebook/pedrofuentes__kawsay"
    entries = [e for e in loaded(folder / "posts/your_posts_1.json") if isinstance(e, dict)]
    said = Counter(
        part["post"].encode("latin-1").decode("utf-8")
        for entry in entries
        for part in entry.get("data", [])
    )
    pictures = [e["attachments"][0]["data"][0]["media"] for e in entries if "attachments" in e]
    (chat,) = (loaded(path) for path in folder.glob("messages/inbox/*/message_1.json"))
    posts, others = read(folder)
    published = [post for post in posts if post.kind != "message"]
    assert len(published) == len(entries) == 3
    assert said <= texts(published, "post", "photo")
    assert sum(len(post.media) for post in published) == len(pictures) == 2
    # One thread and no profile: which of its two people is the member, nothing says.
    assert not texts(posts, "message")
    assert others == len(chat["messages"])
    assert {post.audience for post in published} == {"unknown"}


def test_instagram_2020(at: Path) -> None:
    folder = at / "instagram/UtrechtUniversity__anonymize-ddp"
    entries = [one for part in loaded(folder / "2020-layout/media.json").values() for one in part]
    videos = [one for one in entries if one["path"].endswith(".mp4")]
    posts, _ = read(folder)
    seen = [post for post in posts if post.media]
    assert len(seen) == len(entries) == 107
    assert sum(post.kind == "video" for post in seen) == len(videos) == 14
    assert Counter(post.text for post in seen) == Counter(one["caption"] for one in entries)
    assert clocks(seen) == Counter(one["taken_at"][:19].replace("T", " ") for one in entries)
    assert {post.media[0].path for post in seen} == {one["path"] for one in entries}
    assert loaded(folder / "2020-layout/profile.json")["private_account"] is True
    assert {(post.audience, post.audience_by) for post in seen if post.kind == "video"} == {
        ("followers", "account-setting")
    }


def test_instagram_2023(at: Path) -> None:
    path = at / "instagram/what-if-horizon__what-if-data-donation/IG_public_test_file.zip"
    with ZipFile(path) as packed:
        part = {
            name.removeprefix("your_instagram_activity/"): json.loads(packed.read(name))
            for name in packed.namelist()
            if name.startswith("your_instagram_activity/") and name.endswith(".json")
        }
    comments = part["comments/post_comments_1.json"]
    photos = part["content/profile_photos.json"]["ig_profile_picture"]
    stories = part["content/stories.json"]["ig_stories"]
    post = part["content/posts_1.json"]
    chats = [chat["messages"] for name, chat in part.items() if name.endswith("/message_1.json")]
    posts, others = read(path)
    shown = [one for one in posts if one.media]
    assert len(shown) == 1 + len(stories) + len(photos) == 6
    # The carousel of three names one of its files twice: two pictures.
    pictures = {one["uri"] for one in post["media"]}
    assert [{m.path for m in one.media} for one in shown if len(one.media) > 1] == [pictures]
    assert Counter(int(one.created.timestamp()) for one in shown if one.created) == Counter(
        one["creation_timestamp"] for one in [post, *stories, *photos]
    )
    assert texts(posts, "comment") == Counter(
        one["string_map_data"]["Comment"]["value"] for one in comments
    )
    # Nobody in the chats has the name of the account, so none of these messages is the member's.
    assert others == sum(map(len, chats)) == 7
    assert not texts(posts, "message", "group-message")


def test_linkedin(at: Path) -> None:
    folder = at / "linkedin/silkyrich__linkedin-export-viewer"
    # The header of Shares.csv has no column for who can see it; the rows do, before the text.
    shares = table(folder / "Shares.csv")
    comments = table(folder / "Comments.csv")
    invited = [row for row in table(folder / "Invitations.csv") if row[4] == "OUTGOING" and row[3]]
    posts, others = read(folder)
    count = Counter(post.kind for post in posts)
    assert len(shares) == count["post"] == 25
    assert texts(posts, "post") == Counter(row[3] for row in shares)
    assert clocks(p for p in posts if p.kind == "post") == Counter(row[0][:19] for row in shares)
    by_word = {"PUBLIC": "public", "CONNECTIONS": "followers"}
    assert Counter(post.audience for post in posts if post.kind == "post") == Counter(
        by_word[row[2]] for row in shares
    )
    assert texts(posts, "comment") == Counter(row[2] for row in comments)
    assert clocks(p for p in posts if p.kind == "comment") == Counter(r[0][:19] for r in comments)
    assert count["article"] == len(list(folder.glob("Articles/**/*.html"))) == 5
    assert count["photo"] == len(table(folder / "Rich_Media.csv"))
    assert texts(posts, "message") == Counter(row[3] for row in invited)
    answered = [r for r in table(folder / "Invitations.csv") if r[4] == "INCOMING" and r[3]]
    assert others == len(answered)
    given = Counter(row[4] for row in table(folder / "Recommendations_Given.csv"))
    assert given <= Counter(post.text for post in posts if post.authored == "own")
    got = Counter(row[4] for row in table(folder / "Recommendations_Received.csv"))
    assert Counter(post.text for post in posts if post.authored == "others") == got


def test_tiktok(at: Path) -> None:
    path = at / "tiktok/what-if-horizon__what-if-data-donation/TT_user_data_tiktok.json"
    told = loaded(path)
    said = told["Comment"]["Comments"]["CommentsList"]
    shown = told["Video"]["Videos"]["VideoList"]
    gone = told["Video"]["RecentlyDeletedPosts"]["PostList"]
    judged = told["Poi Review"]["POI Review"]["ReviewsList"]
    posts, _ = read(path)
    assert texts(posts, "comment") == Counter(one["comment"] for one in said)
    videos = [post for post in posts if post.kind == "video"]
    assert Counter(post.state for post in videos) == {"live": len(shown), "deleted": len(gone)}
    assert clocks(posts) == Counter(
        one.get("Date") or one["date"] for one in [*said, *shown, *gone, *judged]
    )
    who = [(post.audience, post.audience_by) for post in videos if post.state == "live"]
    assert [one["WhoCanView"] for one in shown] == ["Everyone"]
    assert who == [("public", "item-field")]


def test_x(at: Path) -> None:
    path = at / "x/joeamroo__knowledgemaxxing/tweets.js"
    tweets = [one["tweet"] for one in json.loads(path.read_text().partition(" = ")[2])]
    posts, _ = read(path.parent)
    assert {post.id for post in posts} == {one["id_str"] for one in tweets}
    shared = [one["id_str"] for one in tweets if one["full_text"].startswith("RT @")]
    assert [post.id for post in posts if post.authored == "others"] == shared
    answers = [one["id_str"] for one in tweets if one.get("in_reply_to_status_id_str")]
    assert [post.id for post in posts if post.kind == "comment"] == answers
    assert {post.audience for post in posts} == {"unknown"}
    assert read(at / "x/dogsheep__twitter-to-sqlite") == ([], 0)


def test_youtube(at: Path) -> None:
    path = at / "youtube/what-if-horizon__what-if-data-donation/YT_public_test_file.zip"
    with ZipFile(path) as packed:
        rows = {
            name.rsplit("/", 1)[1]: [
                row for row in list(csv.reader(io.StringIO(packed.read(name).decode())))[1:] if row
            ]
            for name in packed.namelist()
            if name.endswith(".csv")
        }
    said = rows["comentarios.csv"]
    chatted = rows["mensajes del chat en directo.csv"]
    (video,) = rows["vídeos.csv"]
    posts, _ = read(path)
    assert texts(posts, "comment") == Counter(
        [json.loads(row[6])["text"] for row in said]
        + [json.loads(row[5])["text"] for row in chatted]
    )
    (shown,) = [post for post in posts if post.kind == "video"]
    assert (video[4], video[5]) == ("blabla", "Oculto")
    assert (shown.text, shown.audience_by) == ("blabla", "item-field")
    lists = [row[2] for row in rows["Listas de reproducción.csv"]]
    assert texts(posts, "post") == Counter(lists)
    assert "" not in texts(posts, "comment", "post", "video")


def test_google_takeout(at: Path) -> None:
    folder = at / "google-takeout/joeamroo__knowledgemaxxing"
    did = loaded(folder / "MyActivity.json")
    prompts = [one for one in did if one["header"] == "Gemini Apps"]
    posts, _ = read(folder)
    assert texts(posts, "ai-chat") == Counter(
        one["title"].removeprefix("Prompted ") for one in prompts
    )
    assert len(posts) == len(prompts) == 1
