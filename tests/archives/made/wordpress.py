"""WordPress exports, made: posts, pages and attachments in every status, with comments."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from tests.archives.made.truth import Truth

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="{generator}" created="2026-01-02 03:04" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Ada &amp; Co</title><link>{home}</link>
<pubDate>Fri, 02 Jan 2026 03:04:05 +0000</pubDate><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{base}</wp:base_site_url><wp:base_blog_url>{home}</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ada]]></wp:author_login>
<wp:author_email><![CDATA[Ada@Example.org]]></wp:author_email></wp:author>
"""
TAIL = "</channel></rss>\n"
STATUSES = {
    "publish": ("public", "item-field", "live"), "private": ("private", "item-field", "live"),
    "draft": ("private", "item-field", "draft"), "pending": ("private", "item-field", "draft"),
    "future": ("private", "item-field", "draft"), "trash": ("private", "item-field", "deleted"),
    "strange": ("unknown", "none", "live"),
}  # fmt: skip
HOME = "https://ada.example"
GMT = "2020-05-06 07:08:09"


def export(
    *items: str, home: str = "https://ada.example", base: str = "", generator: str = ""
) -> bytes:
    """A file of these items."""
    head = HEAD.format(home=home, base=base or home, generator=generator)
    return (head + "".join(items) + TAIL).encode()


def item(number: int = 1, **fields: str) -> str:
    """An item of these fields; CDATA for all, as WordPress writes."""
    base = {
        "title": "T", "link": f"{HOME}/{number}", "guid": f"{HOME}/?p={number}",
        "content:encoded": "<p>x</p>", "wp:post_id": str(number), "wp:post_date_gmt": GMT,
        "wp:status": "publish", "wp:post_type": "post", "wp:post_parent": "0",
        "wp:post_password": "",
    } | {name.replace("__", ":"): value for name, value in fields.items()}  # fmt: skip
    rest = base.pop("raw", "")
    inner = "".join(f"<{name}><![CDATA[{value}]]></{name}>\n" for name, value in base.items())
    return f"<item>{inner}{rest}</item>\n"


def comment(number: int = 1, **fields: str) -> str:
    """A comment of an item."""
    base = {
        "comment_id": str(number), "comment_author_email": "bob@example.net",
        "comment_user_id": "0", "comment_date_gmt": GMT, "comment_content": f"Comment {number}",
        "comment_approved": "1", "comment_type": "comment",
    } | fields  # fmt: skip
    inner = "".join(f"<wp:{name}><![CDATA[{value}]]></wp:{name}>" for name, value in base.items())
    return f"<wp:comment>{inner}</wp:comment>"


def made(seed: int, count: int, *, com: bool = False) -> tuple[dict[str, bytes], list[Truth], int]:
    """So many items, what must come out of them, and how many comments others wrote."""
    dice = random.Random(seed)  # noqa: S311
    start = datetime(2012, 3, 4, 5, 6, 7, tzinfo=UTC)
    items, truth, others = [], [], 0
    for number in range(1, count + 1):
        status = list(STATUSES)[number % len(STATUSES)]
        audience, by, state = STATUSES[status]
        kind = ("post", "page", "post")[number % 3]
        kind_written = ("post", "page", "recipe")[number % 3]
        when = start + timedelta(hours=number)
        stamp = when.strftime("%Y-%m-%d %H:%M:%S")
        said = f"Item {number} {dice.choice(['tea & cake', 'Grüße', '5 < 6'])}"
        password = "secret" if number % 8 == 7 else ""
        if password and audience == "public":
            audience = "group"
        key = f"https://ada.example/?p={number}"
        replies = comment(2 * number)
        others += 1
        inside = [Truth(key, kind, "own", audience, by, state, when.isoformat(),
                        f"T & U\nShort {number}\n{said}")]  # fmt: skip
        if number % 4 == 2:
            replies += comment(2 * number + 1, comment_user_id="1")
            reply = 2 * number + 1
            inside.append(Truth(f"{key}#comment-{reply}", "comment", "own", audience, by, state,
                                "2020-05-06T07:08:09+00:00", f"Comment {reply}"))  # fmt: skip
        items.append(item(number, title="T &amp; U", content__encoded=f"<p>{escape(said)}</p>",
                          excerpt__encoded=f"Short {number}", wp__post_date_gmt=stamp,
                          wp__status=status, wp__post_type=kind_written,
                          wp__post_password=password, raw=replies))  # fmt: skip
        truth += inside
        if number % 5 == 0:
            items.append(item(10_000 + number, wp__post_type="nav_menu_item"))
            picture = 20_000 + number
            items.append(item(picture, wp__post_type="attachment", wp__status="inherit",
                              wp__post_parent=str(number), title="P", content__encoded="",
                              wp__attachment_url="https://ada.example/a.JPG?x=1"))  # fmt: skip
            truth.append(Truth(f"https://ada.example/?p={picture}", "photo", "own", audience, by,
                               state, "2020-05-06T07:08:09+00:00", "P"))  # fmt: skip
    if com:
        body = export(*items, base="https://wordpress.com/", generator="WordPress.com")
    else:
        body = export(*items)
    return {"ada.wordpress.2026-01-02.xml": body}, truth, others


LAYOUTS = {"wxr": lambda seed, count: made(seed, count)[0]}
