"""WordPress: an export (WXR, RSS with items for posts, pages, attachments and their comments).

A site of one's own and a site at WordPress.com write the same format. Only the second is what
knowledge/platforms calls ``wordpress-com`` (Automattic's sharing reaches no other), so a post has
that platform where the file itself names WordPress.com as the home of the site, and ``wordpress``
otherwise. One export is one site: what co-authors wrote counts as the site's own.

Who could read it is by ``item-field``: ``wp:status`` publish is public, with ``wp:post_password``
a group, private is private, draft, pending and future are drafts, trash is deleted. Whether the
whole site was private is not in the file: of such a site ``publish`` says too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from withhold.exports import loose
from withhold.exports.notes import Notes, Read
from withhold.exports.parts import Files
from withhold.exports.post import Pointer, Post
from withhold.exports.reader import Hit, Options, Reader
from withhold.exports.wordpress_item import Where, comments, fields, post
from withhold.exports.wordpress_xml import elements, tag_of

PLATFORM = "wordpress"
_FILE = re.compile(r"\.wordpress\.(com-)?([\d-]+\.)?(\d+\.)?xml$", re.IGNORECASE)
_FORMAT = (b"wordpress.org/export/", b"wxr_version")
_MEDIA = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".mp4", ".mov", ".mp3", ".pdf")
_NOT_PUBLISHED = frozenset(
    ("nav_menu_item", "revision", "customize_changeset", "custom_css", "oembed_cache",
     "user_request", "wp_global_styles", "wp_template", "wp_template_part", "wp_navigation",
     "wp_font_family", "wp_font_face", "acf-field", "acf-field-group")
)  # fmt: skip


class Site(Struct, kw_only=True):
    """What a file says of its site."""

    title: str = ""
    address: str = ""
    com: bool = False
    authors: set[str] = set()
    """Logins, addresses and numbers of those who write on it."""


def names(paths: Sequence[str]) -> Hit | None:
    """By the names that WordPress gives to its exports."""
    marks = sum(_FILE.search(path) is not None for path in paths if path.endswith(".xml"))
    return Hit(layout="wxr", marks=1) if marks else None


def structure(files: Files) -> Hit | None:
    """By the namespace of the format."""
    for path in [path for path in files.paths if path.lower().endswith(".xml")][:20]:
        if _is_export(files.head(path, 16 * 1024)):
            return Hit(layout="wxr", marks=2)
    return None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """Items in the order of the files, each with the comments of the site's own authors."""
    seen: dict[str, dict[str, Where]] = {}
    for path in files.paths:
        name = path.lower()
        if name.endswith(".xml") and _is_export(files.head(path, 16 * 1024)):
            yield from _export(files, path, notes, options, seen)
        elif name.endswith(_MEDIA):
            notes.ignore(path, "media")
        else:
            notes.trouble(path, "no-reader")


def _is_export(head: bytes) -> bool:
    plain = head.replace(b"\0", b"")
    return b"<rss" in plain and any(mark in plain for mark in _FORMAT)


def _export(
    files: Files, path: str, notes: Notes, options: Options, seen: dict[str, dict[str, Where]]
) -> Iterator[Post]:
    done = notes.read(path)
    site, number = Site(), 0
    site.com = b'generator="WordPress.com"' in files.head(path, 16 * 1024)
    for element in elements(files, path, notes):
        try:
            if tag_of(element) != "item":
                _channel(element, site, notes)
                continue
            number += 1
            found, replies = fields(element)
        except UnicodeDecodeError as why:  # a file in UTF-16 whose characters are halves
            notes.trouble(path, "not-xml", f"item {number}", error=why)
            continue
        at = Pointer(part=files.entries[path].part, path=path, at=f"item {number}")
        there = seen.setdefault(site.address, {})  # every site counts its items by itself
        yield from _item(found, replies, at, site, notes, options, there, done)


def _channel(element: Any, site: Site, notes: Notes) -> None:
    tag = element.tag.rsplit("}", 1)[-1]
    said = "".join(element.itertext()).strip()
    if tag == "title":
        site.title = site.title or said[:300]
    elif tag == "author":
        for one in element:
            if str(one.tag).endswith(("author_id", "author_login", "author_email")):
                site.authors.add("".join(one.itertext()).strip().lower())
        site.authors.discard("")
    elif tag == "base_site_url":
        site.com = site.com or _host(said) == "wordpress.com"
    elif tag in ("base_blog_url", "link"):
        site.address = site.address or said
        notes.account = notes.account or _host(said)
    elif tag == "pubDate":
        day = loose.mail_date(said)[0]
        notes.exported = notes.exported or (day.date().isoformat() if day else "")


def _host(address: str) -> str:
    rest = address.split("://", 1)[-1]
    return rest.split("/", 1)[0].lower()


def _item(
    found: dict[str, str],
    replies: list[dict[str, str]],
    source: Pointer,
    site: Site,
    notes: Notes,
    options: Options,
    seen: dict[str, Where],
    done: Read,
) -> Iterator[Post]:
    if found.get("post_type") in _NOT_PUBLISHED:
        return
    platform = "wordpress-com" if site.com else PLATFORM
    made = post(found, platform, site.title, seen, notes, source)
    seen[found.get("post_id", "")] = Where(
        audience=made.audience, audience_by=made.audience_by, state=made.state
    )
    done.posts += 1
    yield made
    for reply, own in comments(replies, made, site.authors, notes, options.others):
        done.others += not own
        if reply is not None:
            done.posts += 1
            yield reply


READER = Reader(platform=PLATFORM, names=names, structure=structure, read=read)
