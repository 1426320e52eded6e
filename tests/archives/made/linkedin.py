"""LinkedIn archives, made: *Basic* and *Complete*, several spellings of names and times."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tests.archives.made.reddit import table
from tests.archives.made.truth import Truth

START = datetime(2016, 2, 1, 9, 30, tzinfo=UTC)
ME, MY_PAGE = "Ada Byron-Lovelace", "https://www.linkedin.com/in/ad%C3%A4-byron/"
WORDS = ("We ship.", "Two lines\nof it", 'with "quotes", commas', "größer 🥺", "<b>not html</b>")
SEEN = {"PUBLIC": "public", "CONNECTIONS": "followers", "MEMBER_NETWORK": "unknown", "": "unknown"}
SHARES = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility"
SHIFTED = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl"
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
    "DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT"
)
PROFILE = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Websites"
INVITED = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
ARTICLE = (
    '<html><head><style>p{{x:y}}</style><title>{0}</title></head><body><h1><a href="{1}">{0}</a>'
    '</h1><p class="created">Created on 2020-05-06 07:08</p>{2}<div><p>Words &amp; more</p></div>'
    "<script>alert(1)</script></body></html>"
)


def shares(seed: int, posts: int, *, shifted: bool) -> tuple[bytes, list[Truth]]:
    """Shares, with their visibility in its own column or in the place of the text."""
    chance = random.Random(seed)  # noqa: S311
    rows: list[Sequence[str]] = []
    truth: list[Truth] = []
    for number in range(posts):
        when, text = START + timedelta(hours=13 * number), f"{chance.choice(WORDS)} {number}"
        said = chance.choice(("PUBLIC", "CONNECTIONS") if shifted else list(SEEN))
        urn = ("share", "activity", "ugcPost")[number % 3]
        link = f"https://www.linkedin.com/feed/update/urn%3Ali%3A{urn}%3A{70_000 + number}"
        stamp = f"{when:%Y-%m-%d %H:%M:%S}" + (" UTC" if shifted else "")
        media = "https://media.example.org/1.png" if number % 4 == 0 else ""
        rows.append(
            [stamp, link, said, text, media] if shifted else [stamp, link, text, "", media, said]
        )
        audience = SEEN[said]
        truth.append(
            Truth(
                f"urn:li:{urn}:{70_000 + number}",
                "post",
                "own",
                audience,
                "none" if audience == "unknown" else "item-field",
                "live",
                when.isoformat(),
                text,
            )
        )
    return table(SHIFTED if shifted else SHARES, rows), truth


def messages() -> tuple[bytes, list[Truth]]:
    """Messages of two and of three; one is a draft, one has a name alone, one is another Ada's."""
    bob, cyd = "https://www.linkedin.com/in/bob", "https://www.linkedin.com/in/cyd"
    day = "2023-04-05 06:07:0"
    rows = [
        ["c1", "", ME, MY_PAGE, "Bob", bob, f"{day}1 UTC", "Hi", "to one", "INBOX", "", "No"],
        ["c1", "", "Bob", bob, ME, MY_PAGE, f"{day}2 UTC", "", "his", "INBOX", "", "No"],
        ["c2", "Club", ME, MY_PAGE, "Bob,Cyd", f"{bob},{cyd}", f"{day}3 UTC", "",
         "<p>to <b>two</b></p>", "INBOX", "", "No"],
        ["c1", "", ME, MY_PAGE, "Bob", bob, f"{day}4 UTC", "", "not sent", "INBOX", "", "Yes"],
        ["c1", "", ME, "", "Bob", bob, f"{day}5 UTC", "", "no page", "INBOX", "", ""],
        ["c3", "", ME, "https://www.linkedin.com/in/other-ada", "Bob", bob, f"{day}6 UTC", "",
         "a namesake", "INBOX", "", ""],
        ["c1", "", ME, MY_PAGE, "Bob", bob, f"{day}7 UTC", "", "", "INBOX", "a.png", ""],
    ]  # fmt: skip
    at = "2023-04-05T06:07:0{}+00:00".format
    truth = [
        Truth("", "message", "own", "private", "platform-default", "live", at(1), "Hi\nto one"),
        Truth("", "group-message", "own", "group", "platform-default", "live", at(3), "to two"),
        Truth("", "message", "own", "private", "item-field", "draft", at(4), "not sent"),
        Truth("", "message", "own", "private", "platform-default", "live", at(5), "no page"),
    ]
    return table(MESSAGES, rows), truth


def made_basic() -> tuple[dict[str, bytes], list[Truth]]:
    """*Basic*: the profile, messages, invitations; connections with notes before their header."""
    notes = b'Notes:\n"When exporting, ""some"" is left out"\n\n'
    invited = [
        [ME, "Bob", "8/16/24, 1:02 PM", "Let us connect", "OUTGOING", MY_PAGE, "x"],
        [ME, "Dan", "8/16/24, 1:03 PM", "", "OUTGOING", MY_PAGE, "x"],
        ["Cyd", ME, "8/17/24, 1:02 AM", "his words", "INCOMING", "y", MY_PAGE],
    ]
    body, sent = messages()
    files = {
        "Connections.csv": notes + table("First Name,Last Name,URL,Connected On",
                                         [["Bob", "B", "x", "07 Jun 2022"]]),
        "Email Addresses.csv": table("Email Address,Confirmed", [["a@example.org", "Yes"]]),
        "Invitations.csv": table(INVITED, invited),
        "Positions.csv": table("Company Name,Title,Description,Started On,Finished On",
                               [["Mill", "Analyst", "I count", "Oct 2019", ""]]),
        "Profile.csv": table(PROFILE, [
            ["Ada", "Byron-Lovelace", "", "", "Dec 10", "Counts", "All", ""]]),
        "learning_coach_messages.csv": table(MESSAGES, [
            ["k", "", ME, MY_PAGE, "Coach", "", "2024-01-01 00:00:00 UTC", "", "ask", "", "", ""],
            ["k", "", "Coach", "", ME, MY_PAGE, "2024-01-01 00:00:01 UTC", "", "say", "", "", ""],
        ]),
        "LearningCoachMessages.csv": b"No conversations found\n",
        "messages.csv": body,
    }  # fmt: skip
    profile = ("profile", "own", "unknown", "none", "live", "")
    truth = [
        Truth("", "message", "own", "private", "platform-default", "live",
              "2024-08-16T13:02:00+00:00", "Let us connect"),
        Truth("", *profile, "Mill\nAnalyst\nI count"),
        Truth("", *profile, "Ada\nByron-Lovelace\nCounts\nAll"),
        Truth("", "ai-chat", "own", "private", "platform-default", "live",
              "2024-01-01T00:00:00+00:00", "ask"),
        *sent,
    ]  # fmt: skip
    return files, truth


def made_complete(seed: int, posts: int) -> tuple[dict[str, bytes], list[Truth]]:
    """*Complete*: also articles, comments, shares in numbered files, pictures, recommendations."""
    body, shared = shares(seed, posts, shifted=False)
    top = "Complete_LinkedInDataExport_03-09-2026"
    page = "https://www.linkedin.com/pulse/on-mills-ada"
    out = ARTICLE.format("On mills", page, '<p class="published">Published on 2020-05-07 08:09</p>')
    recommended = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
    files = {
        "Ad_Targeting.csv": table("Buyer Groups,Job Seniorities,Member Age", [["B", "", "30-40"]]),
        "Articles/Articles/2020-05-07 on-mills.html": out.encode(),
        "Articles/Articles/not-done.html": ARTICLE.format("Not done", "", "").encode(),
        "Comments_123.csv": table("Date,Link,Message", [
            ["2020-01-02 03:04:05", "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A9",
             "Well said"]]),
        "Inferences_about_you.csv": table("Category,Type of inference,Description,Inference",
                                          [["Career", "Seniority", "d", "Senior"]]),
        "InstantReposts_123.csv": table("Date,Link", [
            ["2020-01-02 03:04:05", "https://www.linkedin.com/feed/update/urn:li:share:8"]]),
        "Reactions_123.csv": table("Date,Type,Link", [["2020-01-02 03:04:05", "LIKE", "x"]]),
        "Recommendations_Given.csv": table(recommended, [
            ["Bob", "B", "", "", "He mills", "22 Mar 2021", "VISIBLE"]]),
        "Recommendations_Received.csv": table(recommended, [
            ["Cyd", "C", "", "", "She counts", "23 Mar 2021", "VISIBLE"]]),
        "Rich Media.csv": table("Date/Time,Media Description,Media Link", [
            ["You uploaded a feed video on June 2, 2024 at 5:04 PM (GMT)", "A wheel",
             "https://media.example.org/2.mp4"]]),
        "Shares_123.csv": body,
        "Votes.csv": table("Date,Link,OptionText", [["2020-01-02 03:04:05", "x", "Yes"]]),
    }  # fmt: skip
    own, at = ("own", "unknown", "none", "live"), "2020-01-02T03:04:05+00:00"
    about = ("profile", "about-me", "private", "platform-default", "live", "")
    truth = [
        Truth("", *about, "buyergroups: B\nmemberage: 30-40"),
        Truth("on-mills-ada", "article", "own", "public", "platform-default", "live",
              "2020-05-07T08:09:00+00:00", "On mills\nWords & more"),
        Truth("", "article", "own", "private", "item-field", "draft",
              "2020-05-06T07:08:00+00:00", "Not done\nWords & more"),
        Truth("", "comment", *own, at, "Well said"),
        Truth("", *about,
              "category: Career\ntypeofinference: Seniority\ndescription: d\ninference: Senior"),
        Truth("repost of urn:li:share:8", "post", "others", "unknown", "none", "live", at, ""),
        Truth("", "profile", *own, "2021-03-22T00:00:00+00:00", "He mills"),
        Truth("", "profile", "others", "unknown", "none", "live",
              "2021-03-23T00:00:00+00:00", "She counts"),
        Truth("", "video", *own, "2024-06-02T17:04:00+00:00", "A wheel"),
        *shared,
    ]  # fmt: skip
    return {f"{top}/{path}": body for path, body in files.items()}, truth
