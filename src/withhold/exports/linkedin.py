"""LinkedIn: a zip of CSV files and articles in HTML, as *Basic* (minutes) or *Complete* (a day).

Seen: a synthetic archive of 2024-26 with 40 files. From descriptions only: messages with something
in them, drafts, ``MEMBER_NETWORK``, numbered files of *Complete* (``Shares_123.csv``), reposts,
inferences. Only shares say who could see them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from withhold.exports import linkedin_items as items
from withhold.exports.linkedin_articles import article
from withhold.exports.linkedin_messages import Me, invitation, is_mine, message, slug
from withhold.exports.linkedin_rows import Row, header_of, is_escaped, plain, rows
from withhold.exports.loose import page
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Pointer, Post
from withhold.exports.reader import Hit, Options, Reader

NAMES = frozenset({
    "Ad_Targeting", "Connections", "Email Addresses", "Invitations", "Positions", "Profile",
    "Profile Summary", "Recommendations_Given", "Recommendations_Received", "Registration",
    "Rich_Media", "Shares", "Company Follows", "PhoneNumbers", "Skills", "guide_messages",
    "learning_role_play_messages", "Comments", "Reactions", "Inferences_about_you", "Receipts_v2",
})  # fmt: skip
PROFILE = frozenset({
    "profile", "profilesummary", "positions", "education", "projects", "publications", "honors",
    "courses", "certifications", "patents", "volunteering", "skills", "languages", "testscores",
    "organizations", "causes", "causesyoucareabout", "interests",
})  # fmt: skip
"""Files of which every row is a part of the profile."""
KEPT = re.compile(
    r"^learning$|receipts|job|savedarticles|saveditems|verification|privateidentity|events|"
    r"searchqueries|notes|endorsement|connections|follows|emailaddresses|phonenumbers|"
    r"registration|logins|securitychallenges|ads?(?:clicked|engagement)|lanads|salary|reactions|votes"
)
"""Bookkeeping, and words that went to one company alone (job applications, own notes)."""
MARKS = (
    {"sharelink", "sharecommentary"}, {"mediadescription", "medialink"},
    {"conversationid", "senderprofileurl"}, {"firstname", "maidenname", "headline"},
    {"inviterprofileurl", "inviteeprofileurl"}, {"typeofinference", "inference"},
    {"buyergroups", "jobseniorities"}, {"companyname", "startedon", "finishedon"},
)  # fmt: skip
WORDS = re.compile(r"description|content|message|text|commentary|summary|body|answer|comment|note")
LOOKED_INTO = 100
_MEDIA = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp4", ".mov", ".pdf", ".docx", ".pptx")
_EXPORTED = re.compile(r"LinkedInDataExport_(\d\d)-(\d\d)-(\d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"_\d+$")

Make = Callable[[Row, Notes], Post | None]
_MAKERS: dict[str, Make] = {
    "shares": items.share, "comments": items.comment, "reposts": items.repost,
    "richmedia": items.rich_media, "aboutme": items.about_me, "profile": items.profile,
    "given": lambda row, notes: items.recommendation(row, notes, given=True),
    "received": lambda row, notes: items.recommendation(row, notes, given=False),
}  # fmt: skip


def names(paths: Sequence[str]) -> Hit | None:
    """By the names of its files, at least two, or by the name of its folder."""
    marks, layout = 0, "basic"
    for path in paths:
        if path.endswith(".csv"):
            name = path.rpartition("/")[2][:-4]
            bare = _NUMBER.sub("", name)
            marks += bare in NAMES or bare.replace("_", " ") in NAMES
            if bare in ("Comments", "Shares", "Reactions"):
                layout = "complete"
        elif path.endswith(".html") and "/Articles/" in f"/{path}":
            layout = "complete"
    return Hit(layout=layout, marks=marks) if marks > 1 else None


def structure(files: Files) -> Hit | None:
    """By the columns of its files."""
    marks, layout, looked = 0, "basic", 0
    for path in files.paths:
        if not path.lower().endswith(".csv"):
            continue
        looked += 1
        if looked > LOOKED_INTO:
            break
        columns = set(header_of(files.head(path)))
        if any(mark <= columns for mark in MARKS):
            marks += 1
            if "sharelink" in columns:
                layout = "complete"
    return Hit(layout=layout, marks=marks) if marks else None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """Shares, comments, articles, pictures, recommendations, the profile, own messages."""
    for said in (*files.parts, *files.paths[:1]):
        if found := _EXPORTED.search(said):
            notes.exported = f"{found[3]}-{found[1]}-{found[2]}"
    roles = {
        path: role_of(path, header_of(files.head(path)))
        for path in files.paths
        if path.lower().endswith(".csv")
    }
    me = _me(files, roles)
    notes.account = me.slug
    for path in files.paths:
        lower = path.lower()
        if path in roles:
            yield from _csv(files, path, roles[path], me, notes, options)
        elif lower.endswith((".html", ".htm")) and "/articles/" in f"/{lower}":
            html = page(files, path, notes)
            if html is not None:
                notes.read(path).posts += 1
                yield article(Pointer(part=files.entries[path].part, path=path), html, notes)
        elif lower.endswith(_MEDIA):
            notes.ignore(path, "media")
        else:
            notes.trouble(path, "no-reader")


def role_of(path: str, header: Sequence[str]) -> str:
    """What a file is, by its columns and, where they are not enough, its name.

    ``ignored`` for bookkeeping; empty for one that holds words and is not known.
    """
    name, columns = plain(_NUMBER.sub("", path.rpartition("/")[2][:-4])), frozenset(header)
    if not columns:
        return "empty"
    if "sharelink" in columns:
        return "shares"
    if "medialink" in columns:
        return "richmedia"
    if {"conversationid", "from", "content"} <= columns:
        return "messages" if name == "messages" else "assistant"
    if {"direction", "message"} <= columns:
        return "invitations"
    if {"text", "creationdate"} <= columns:
        return "given" if "given" in name else "received" if "received" in name else ""
    if name.startswith(("adtargeting", "inferencesaboutyou")) or "typeofinference" in columns:
        return "aboutme"
    if {"date", "link", "message"} <= columns:
        return "comments"
    if name.startswith("instantrepost"):
        return "reposts"
    if name in PROFILE:
        return "profile"
    if "messages" in name:
        return ""
    if KEPT.search(name) or not any(WORDS.search(column) for column in columns):
        return "ignored"
    return ""


def _csv(
    files: Files, path: str, role: str, me: Me, notes: Notes, options: Options
) -> Iterator[Post]:
    if role == "ignored":
        notes.ignore(path, "not-published")
        return
    if role == "empty":
        if files.entries[path].size:
            notes.trouble(path, "header")
        else:
            notes.ignore(path, "no-content")
        return
    if not role:
        for _ in rows(files, path, Notes()):
            notes.trouble(path, "no-reader")
            return
        notes.ignore(path, "no-content")  # a header alone, or "No conversations found"
        return
    done, shifted = notes.read(path), False
    escaped = role == "comments" and is_escaped(files, path)
    for row in rows(files, path, notes, escaped=escaped):
        if role == "shares" and not shifted and items.is_shifted(row):
            shifted = True  # said once for the file
            notes.trouble(path, "header", row.at, column="ShareCommentary", value="visibility")
        if role in ("messages", "assistant", "invitations"):
            if role == "invitations":
                if not row.cells.get("message", "").strip():
                    continue
                mine = row.cells.get("direction", "").strip().upper() == "OUTGOING"
            else:
                mine = is_mine(row, me)
            if not mine and not options.others:
                done.others += 1
                continue
            if role == "invitations":
                found = invitation(row, notes, mine=mine)
            else:
                found = message(row, notes, mine=mine, assistant=role == "assistant")
        else:
            found = _MAKERS[role](row, notes)
        if found is not None:
            done.posts += 1
            yield found
    if role == "messages" and done.others and not (me.name or me.slug):
        notes.trouble(path, "missing-field", field="the member's name")


def _me(files: Files, roles: dict[str, str]) -> Me:
    """The member's name (Profile.csv) and address (an invitation that they sent)."""
    me = Me()
    for path, role in roles.items():
        if role == "profile" and plain(path.rpartition("/")[2]).startswith("profilecsv"):
            for row in rows(files, path, Notes()):
                me.name = items.name_of(row)
                break
        elif role == "invitations":
            for row in rows(files, path, Notes()):
                if row.cells.get("direction", "").strip().upper() == "OUTGOING":
                    me.slug = slug(row.cells.get("inviterprofileurl", ""))
                    if me.slug:
                        break
    return me


READER = Reader(platform="linkedin", names=names, structure=structure, read=read)
