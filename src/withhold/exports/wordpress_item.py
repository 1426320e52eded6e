"""One item of a WordPress export as a post, and its comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from withhold.exports import loose
from withhold.exports.markup import text_of
from withhold.exports.notes import Notes
from withhold.exports.post import AudienceBy, Media, Pointer, Post, State, content_id
from withhold.words import Audience, Kind

COMMENTS_AT_MOST = 200_000
_KINDS: dict[str, Kind] = {"page": "page", "post": "post"}
_VIDEOS = (".mp4", ".mov", ".m4v", ".avi", ".mpg", ".webm", ".ogv", ".wmv", ".3gp")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".bmp", ".svg", ".tiff")


class Where(Struct, frozen=True, kw_only=True):
    """Who could read an item, as its attachments and comments inherit it."""

    audience: Audience
    audience_by: AudienceBy
    state: State


NOWHERE = Where(audience="unknown", audience_by="none", state="live")
_STATUS = {
    "publish": Where(audience="public", audience_by="item-field", state="live"),
    "private": Where(audience="private", audience_by="item-field", state="live"),
    "draft": Where(audience="private", audience_by="item-field", state="draft"),
    "pending": Where(audience="private", audience_by="item-field", state="draft"),
    "future": Where(audience="private", audience_by="item-field", state="draft"),
    "auto-draft": Where(audience="private", audience_by="item-field", state="draft"),
    "trash": Where(audience="private", audience_by="item-field", state="deleted"),
}


def fields(element: Any) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The plain fields of an item by local name (``post_id``), and those of its comments.

    Of two fields ``encoded`` the one of the namespace ``excerpt`` is called so.
    """
    found: dict[str, str] = {}
    replies: list[dict[str, str]] = []
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        space, _, name = tag.rpartition("}")
        if name == "comment":
            if len(replies) < COMMENTS_AT_MOST:
                replies.append({str(one.tag).rsplit("}", 1)[-1]: _said(one) for one in child})
        elif name == "postmeta":
            rows = [_said(one) for one in child]
            if len(rows) == 2 and rows[0] == "_wp_attachment_image_alt":
                found["alt"] = rows[1]
        elif name == "encoded" and "excerpt" in space:
            found["excerpt"] = _said(child)
        else:
            found.setdefault(name, _said(child))
    return found, replies


def post(
    found: dict[str, str],
    platform: str,
    site: str,
    seen: dict[str, Where],
    notes: Notes,
    source: Pointer,
) -> Post:
    """An item as a post; ``seen``: what was said of the items before, by their number."""
    path, at = source.path, source.at
    kind, media = _kind(found)
    raw = found.get("encoded", "")
    excerpt = found.get("excerpt", "")
    rows = [found.get("title", ""), excerpt, raw]
    shown = "\n".join(filter(None, (text_of(one) for one in rows))) if any(rows) else ""
    when = _when(found, "post_date")
    status = found.get("status", "")
    where = _where(found, status, seen)
    # Drafts have no date yet; WordPress writes zeros then
    if when[0] is None and where.state != "draft":
        notes.trouble(path, "bad-date", at, value=found.get("post_date_gmt"))
    if where is NOWHERE and status != "inherit":
        notes.trouble(path, "missing-field", at, field="wp:status", value=status)
    key = found.get("guid") or found.get("post_id") or ""
    url = found.get("link", "")
    url = url if url.startswith(("https://", "http://")) else ""
    return Post(
        platform=platform,
        id=key or content_id(platform, kind, when[0], shown),
        kind=kind,
        created=when[0],
        precision=when[1],
        zone=when[2],
        text=loose.cut(shown, notes, path, at),
        raw=raw if raw != shown else "",
        media=media,
        audience=where.audience,
        audience_by=where.audience_by,
        state=where.state,
        url=url,
        url_by="given" if url else "none",
        community=site,
        source=source,
    )


def comments(
    replies: list[dict[str, str]], above: Post, authors: set[str], notes: Notes, others: bool
) -> Iterator[tuple[Post | None, bool]]:
    """Each comment and whether an author of the site wrote it: by number or by e-mail address.

    Of comments that others wrote the post is None, unless they are asked for.
    """
    for number, found in enumerate(replies, 1):
        user = found.get("comment_user_id", "").strip()
        mail = found.get("comment_author_email", "").strip().lower()
        linked = found.get("comment_type") in ("pingback", "trackback")
        own = not linked and ((user not in ("", "0") and user in authors) or mail in authors)
        if not own and not others:
            yield None, False
            continue
        approved = found.get("comment_approved", "")
        if approved == "1":
            where = Where(audience=above.audience, audience_by=above.audience_by, state=above.state)
        elif approved in ("spam", "trash", "post-trashed"):
            where = _STATUS["trash"]
        elif approved == "0":
            where = _STATUS["pending"]
        else:
            where = NOWHERE
        when = _when(found, "comment_date")
        raw = found.get("comment_content", "")
        at = f"{above.source.at}, comment {number}"
        if own and when[0] is None:
            notes.trouble(above.source.path, "bad-date", at, value=found.get("comment_date_gmt"))
        shown = loose.cut(text_of(raw), notes, above.source.path, at)
        key = found.get("comment_id", "")
        yield (
            Post(
                platform=above.platform,
                # Comments are counted by themselves: 4 is a post and a comment of one site
                id=f"{above.id}#comment-{key}"
                if key
                else content_id(above.platform, "comment", when[0], shown),
                kind="comment",
                authored="own" if own else "others",
                created=when[0],
                precision=when[1],
                zone=when[2],
                text=shown,
                raw=raw if raw != shown else "",
                audience=where.audience,
                audience_by=where.audience_by,
                state=where.state,
                url=f"{above.url}#comment-{key}" if above.url and key and approved == "1" else "",
                url_by="built" if above.url and key and approved == "1" else "none",
                community=above.community,
                reply_to=above.id,
                source=Pointer(part=above.source.part, path=above.source.path, at=at),
            ),
            own,
        )


def _said(element: Any) -> str:
    if not len(element):
        return element.text or ""
    return "".join(element.itertext())


def _kind(found: dict[str, str]) -> tuple[Kind, tuple[Media, ...]]:
    kind = found.get("post_type", "")
    if kind != "attachment":
        return _KINDS.get(kind, "post"), ()
    address = found.get("attachment_url") or found.get("link") or found.get("guid") or ""
    media = (Media(path=address, text=found.get("alt", "")),) if address else ()
    name = address.split("?", 1)[0].lower()
    if name.endswith(_VIDEOS):
        return "video", media
    # Without an ending it is a picture, as nearly all attachments are; a document is a post
    document = "." in name.rsplit("/", 1)[-1] and not name.endswith(_PICTURES)
    return "post" if document else "photo", media


def _where(found: dict[str, str], status: str, seen: dict[str, Where]) -> Where:
    if status == "inherit":
        above = found.get("post_parent", "").strip()
        # WordPress counts what is attached to nothing as published
        return _STATUS["publish"] if above in ("", "0") else seen.get(above, NOWHERE)
    where = _STATUS.get(status, NOWHERE)
    if found.get("post_password") and where.audience == "public":
        return Where(audience="group", audience_by="item-field", state=where.state)
    return where


def _when(found: dict[str, str], name: str) -> loose.Moment:
    """The time in GMT where it is written; else RSS's, which names its zone; else local."""
    for key in (f"{name}_gmt", "pubDate", name):
        said = found.get(key, "").strip()
        if not said or said.startswith("0000"):
            continue
        if key == "pubDate":
            when = loose.mail_date(said)
        else:
            when = loose.moment(said)
            if when[0] is not None and key.endswith("_gmt"):
                when = (when[0], when[1], "utc")
        if when[0] is not None:
            return when
    return loose.NO_MOMENT
