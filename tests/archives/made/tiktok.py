"""TikTok archives, made: the JSON of 2023, 2025 and 2026, and TXT files, of the same member."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.archives.made.truth import Truth

START = datetime(2021, 6, 1, 10, tzinfo=UTC)
ME = "ada.l"
WHO = {"Everyone": "public", "Friends": "followers", "Only me": "private", "Some": "unknown"}
TITLES = ("so cute 🥺", "größer", 'with "quotes"', "a: b", "")

Said = dict[str, Any]


class Content:
    """What the member has: the same in every layout."""

    def __init__(self, seed: int, posts: int) -> None:
        chance = random.Random(seed)  # noqa: S311
        self.videos: list[Said] = []
        self.comments: list[Said] = []
        self.truth: dict[str, list[Truth]] = {"videos": [], "comments": [], "rest": []}
        for number in range(posts):
            when = START + timedelta(hours=9 * number)
            title, who = chance.choice(TITLES), chance.choice(list(WHO))
            ident = str(7_000_000_000_000_000_000 + number)
            self.videos.append({
                "Date": f"{when:%Y-%m-%d %H:%M:%S}",
                "Link": f"https://www.tiktokv.com/share/video/{ident}/", "Likes": "3",
                "WhoCanView": who, "AllowComments": "Yes", "AllowStitches": "Yes",
                "AllowDuets": "No", "AllowStickers": "Yes", "AllowSharingToStory": "Yes",
                "ContentDisclosure": "", "AIGeneratedContent": "", "Sound": "original sound - x",
                "Location": "", "Title": title, "AddYoursText": "N/A",
            })  # fmt: skip
            by = "none" if who == "Some" else "item-field"
            self.truth["videos"].append(
                Truth(ident, "video", "own", WHO[who], by, "live", when.isoformat(), title)
            )
        for number in range(posts):
            when = START + timedelta(hours=5 * number)
            text = f"{chance.choice(TITLES)} {number}".strip()
            self.comments.append({"date": f"{when:%Y-%m-%d %H:%M:%S}", "comment": text,
                                  "photo": "N/A", "url": ""})  # fmt: skip
            self.truth["comments"].append(
                Truth("", "comment", "own", "unknown", "none", "live", when.isoformat(), text)
            )


def watched(number: int) -> list[Said]:
    """What was watched: bookkeeping, and the bulk of a real archive."""
    return [
        {"Date": "2024-11-20 15:21:12", "Link": f"https://www.tiktokv.com/share/video/{one}/"}
        for one in range(10**18, 10**18 + number)
    ]


SETTINGS = {
    "Allow DownLoad": "Everyone", "App Language": "English", "Private Account": "Disabled",
    "Personalized Ads": "Enabled", "Allow Reuse of Content": "Off", "Who Can Post Comments": "x",
}  # fmt: skip
PROFILE = {"userName": ME, "bioDescription": "I count", "emailAddress": "a@example.org",
           "likesReceived": "5", "inferredGender": "Female"}  # fmt: skip
CHAT = {
    "Chat History with bob:": [
        {"Date": "2022-01-02 03:04:05", "From": ME, "Content": "mine"},
        {"Date": "2022-01-02 03:04:06", "From": "bob", "Content": "his"},
    ]
}
GROUP = {"Group Chat with the club:": [
    {"Date": "2022-01-02 03:04:07", "From": ME, "Content": "to all"},
    {"Date": "2022-01-02 03:04:08", "From": "cyd", "Content": "hers"},
]}  # fmt: skip
GONE = [{"Date": "2022-05-06 07:08:09", "DateDeleted": "2022-05-07 00:00:00",
         "Link": "https://www.tiktok.com/login/?redirect_url=x", "Likes": "2", "Title": "gone",
         "AddYoursText": "N/A"}]  # fmt: skip
LIVE = {"7": {"WatchTime": "2023-01-01 00:00:00", "Link": "https://www.tiktok.com/live/7",
              "Comments": [{"CommentTime": "x", "CommentContent": "hello live",
                            "RawTime": 1672531200}],
              "Questions": None}}  # fmt: skip
REVIEW = [{"PlaceName": "The Mill", "Date": "2023-02-03 04:05:06", "Rating": "5/5",
           "Status": "All visible", "Likes": "0", "ReviewText": "grinds well"}]  # fmt: skip
MESSAGE = Truth("", "message", "own", "private", "platform-default", "live",
                "2022-01-02T03:04:05+00:00", "mine")  # fmt: skip
TO_ALL = Truth("", "group-message", "own", "group", "platform-default", "live",
               "2022-01-02T03:04:07+00:00", "to all")  # fmt: skip
DELETED = Truth("", "video", "own", "unknown", "none", "deleted",
                "2022-05-06T07:08:09+00:00", "gone")  # fmt: skip
SAID_LIVE = Truth("", "comment", "own", "unknown", "none", "live",
                  "2023-01-01T00:00:00+00:00", "hello live")  # fmt: skip
REVIEWED = Truth("", "post", "own", "public", "item-field", "live",
                 "2023-02-03T04:05:06+00:00", "The Mill\ngrinds well")  # fmt: skip
BIO = Truth("", "profile", "own", "unknown", "none", "live", "", "I count")
CONCLUDED = Truth("", "profile", "about-me", "private", "platform-default", "live", "", "Female")
REPOSTED = Truth("6999999999999999999", "video", "others", "unknown", "none", "live",
                 "2023-03-04T05:06:07+00:00", "")  # fmt: skip


def made_2023(seed: int, posts: int) -> tuple[dict[str, bytes], list[Truth]]:
    """``Activity``, ``Video > Videos``, the settings before what they say something about."""
    content = Content(seed, posts)
    whole = {
        "Activity": {"Video Browsing History": {"VideoList": watched(50)},
                     "Like List": {"ItemFavoriteList": [
                         {"date": "2024-11-20 15:21:12", "link": "x"}]}},
        "App Settings": {"Settings": {"App": 1, "SettingsMap": SETTINGS}},
        "Comment": {"Comments": {"App": 1, "CommentsList": content.comments}},
        "Direct Messages": {"Chat History": {"ChatHistory": CHAT}},
        "Profile": {"Profile Information": {"App": 1, "ProfileMap": PROFILE}},
        "Tiktok Live": {"Watch Live History": {"WatchLiveMap": LIVE}},
        "Video": {"RecentlyDeletedPosts": {"PostList": GONE},
                  "Videos": {"VideoList": content.videos}},
    }  # fmt: skip
    truth = [*content.truth["comments"], MESSAGE, BIO, CONCLUDED, SAID_LIVE, DELETED,
             *content.truth["videos"]]  # fmt: skip
    return {"user_data.json": json.dumps(whole).encode()}, truth


def made_2025(seed: int, posts: int) -> tuple[dict[str, bytes], list[Truth]]:
    """``Your Activity``, ``Post > Posts``; keys of videos in lower case."""
    content = Content(seed, posts)
    lower = [{name.lower(): value for name, value in one.items()} for one in content.videos]
    whole = {
        "App Settings": {"Settings": {"SettingsMap": SETTINGS}, "Block List": {"BlockList": None}},
        "Comment": {"Comments": {"CommentsList": content.comments}},
        "Direct Message": {"Direct Messages": {"ChatHistory": CHAT}},
        "Location Review": {"Location Reviews": {"ReviewsList": REVIEW}},
        "Post": {"Posts": {"VideoList": lower}, "Recently Deleted Posts": {"PostList": GONE}},
        "Profile": {"Profile Info": {"ProfileMap": PROFILE}},
        "Your Activity": {"Watch History": {"VideoList": watched(50)}},
    }
    truth = [*content.truth["comments"], MESSAGE, REVIEWED, *content.truth["videos"], DELETED,
             BIO, CONCLUDED]  # fmt: skip
    return {"TikTok_Data_1735588272/user_data_tiktok.json": json.dumps(whole).encode()}, truth


def made_2026(seed: int, posts: int) -> tuple[dict[str, bytes], list[Truth]]:
    """``Likes and Favorites``, ``Profile And Settings`` behind the posts; group chats, reposts."""
    content = Content(seed, posts)
    whole = {
        "Comment": {"Comments": {"CommentsList": content.comments}},
        "Direct Message": {"Direct Messages": {"ChatHistory": CHAT},
                           "Group Chat": {"GroupChat": GROUP}},
        "Likes and Favorites": {"Like List": {"ItemFavoriteList": []},
                                "Favorite Comment": {"FavoriteCommentList": [
                                    {"FavoriteComment": "hers"}]}},
        "Post": {"Posts": {"VideoList": content.videos}},
        "Profile And Settings": {"Profile Info": {"ProfileMap": PROFILE},
                                 "Settings": {"SettingsMap": SETTINGS}},
        "Your Activity": {"Reposts": {"RepostList": [
            {"Date": "2023-03-04 05:06:07",
             "Link": "https://www.tiktokv.com/share/video/6999999999999999999/"}]}},
    }  # fmt: skip
    truth = [*content.truth["comments"], MESSAGE, TO_ALL, *content.truth["videos"], BIO, CONCLUDED,
             REPOSTED]  # fmt: skip
    return {"user_data_tiktok.json": json.dumps(whole).encode()}, truth


def blocks(records: list[Said], **spelled: str) -> bytes:
    """Records as TXT: a line per field, an empty line after each."""
    out = []
    for one in records:
        fields = {spelled.get(name, name): value for name, value in one.items()}
        out.append("".join(f"{name}: {value}\n" for name, value in fields.items()))
    return "\n".join(out).encode()


def made_txt(seed: int, posts: int) -> tuple[dict[str, bytes], list[Truth]]:
    """Folders of TXT files."""
    content = Content(seed, posts)
    videos = [{**one, "Date": one["Date"] + " UTC"} for one in content.videos]
    comments = [{**one, "date": one["date"] + " UTC"} for one in content.comments]
    chat = (
        ">>> Chat History with bob::\n\n2022-01-02 03:04:05 UTC ada.l: mine\n"
        "2022-01-02 03:04:06 UTC bob: his\nsecond line: of his\n\n"
    )
    files = {
        "TikTok/Comment/Comments.txt": blocks(
            comments, date="Date", comment="Comment", photo="Photo", url="Url"
        ),
        "TikTok/Direct Messages/Direct Messages.txt": chat.encode(),
        "TikTok/Post/Posts.txt": blocks(
            videos, WhoCanView="Who can view", Likes="Like(s)", AddYoursText="Add yours text"
        ),
        "TikTok/Post/Recently Deleted Posts.txt": b"You have no data in this section\n",
        "TikTok/Profile/Profile Info.txt": b"Username: ada.l\nBio: I count\nEmail: a@example.org\n",
        "TikTok/Profile/Settings.txt": b"Private Account: Disabled\nAllow DownLoad: Everyone\n",
        "TikTok/Your Activity/Watch History.txt": blocks(watched(20)),
    }
    return files, [*content.truth["comments"], MESSAGE, *content.truth["videos"], BIO]
