"""Substack: posts.csv and a page of HTML per post; a publication's export.

``is_published`` and ``audience`` of each row say who could read it (``item-field``): ``everyone``
is public; ``only_paid``, ``founding`` and ``only_free`` are for the members of that group. Notes
and comments are not in the export. Lists of subscribers and what they opened are never opened here.

The samples have ``everyone`` only; the other words are read by description.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from withhold.exports import loose
from withhold.exports.csv_rows import rows
from withhold.exports.markup import text_of
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import AudienceBy, Media, Pointer, Post, State, content_id
from withhold.exports.reader import Hit, Options, Reader
from withhold.words import Audience, Kind

PLATFORM = "substack"
_HEADER = (b"post_id", b"post_date", b"is_published", b"audience")
_MEMBERS = frozenset(("only_paid", "founding", "only_free"))
_KINDS: dict[str, Kind] = {"newsletter": "article", "podcast": "article", "page": "page"}


def names(paths: Sequence[str]) -> Hit | None:
    """By posts.csv with pages named by number and slug in ``posts`` beside it."""
    bases = [path[: -len("posts.csv")] for path in paths if _named(path, "posts.csv")]
    for base in bases[:10]:
        below = f"{base}posts/"
        if any(
            path.startswith(below)
            and path.endswith(".html")
            and path[len(below) :].split(".")[0].isdigit()
            for path in paths
        ):
            return Hit(layout="csv and html", marks=2)
    return None


def structure(files: Files) -> Hit | None:
    """By the columns of a table of posts."""
    tables = [path for path in files.paths if path.endswith(".csv")]
    wanted = [path for path in tables if _named(path, "posts.csv")] or tables
    for path in wanted[:10]:
        if "email_list" not in path and _is_table(files.head(path)):
            return Hit(layout="csv and html", marks=2)
    return None


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """A post per row, with the text of its page; then pages that no row names."""
    tables, pages = [], {}
    for path in files.paths:
        name = path.rsplit("/", 1)[-1]
        if name.endswith(".csv"):
            if "email_list" in name or "subscriber" in name:
                notes.ignore(path, "others")
            elif name.endswith((".delivers.csv", ".opens.csv")):
                notes.ignore(path, "not-published")
            elif _is_table(files.head(path)):
                tables.append(path)
            else:
                notes.trouble(path, "no-reader")
        elif name.endswith(".html"):
            pages[name.removesuffix(".html")] = path
        elif name.lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp3", ".mp4")):
            notes.ignore(path, "media")
        else:
            notes.trouble(path, "no-reader")
    for table in tables:
        done = notes.read(table)
        for number, row in rows(files, table, notes):
            done.posts += 1
            yield _post(files, notes, table, f"row {number}", row, pages)
    for name, path in pages.items():
        # No row says whether it was published, or for whom
        raw = loose.page(files, path, notes)
        if raw is None:
            continue
        notes.read(path).posts += 1
        shown = loose.cut(text_of(raw), notes, path, "")
        yield Post(
            platform=PLATFORM,
            id=name.split(".")[0] or content_id(PLATFORM, "article", None, shown),
            kind="article",
            text=shown,
            raw=raw,
            source=Pointer(part=files.entries[path].part, path=path),
        )


def _named(path: str, name: str) -> bool:
    return path == name or path.endswith(f"/{name}")


def _is_table(head: bytes) -> bool:
    first = head.split(b"\n", 1)[0]
    return all(name in first for name in _HEADER)


def _post(
    files: Files, notes: Notes, table: str, at: str, row: dict[str, str], pages: dict[str, str]
) -> Post:
    named = row.get("post_id", "")
    page, raw = pages.pop(named, ""), ""
    if page:
        raw = loose.page(files, page, notes) or ""
        notes.read(page)
    else:
        notes.trouble(table, "part-missing", at, file=f"{named}.html")
    when = loose.moment(row.get("post_date"))
    if when[0] is None and row.get("post_date"):
        notes.trouble(table, "bad-date", at, value=row.get("post_date"))
    above = [text_of(row.get("title", "")), text_of(row.get("subtitle", ""))]
    shown = "\n".join(filter(None, (*above, text_of(raw))))
    shown = loose.cut(shown, notes, page or table, at)
    audience, by, state = _audience(row)
    sound = row.get("podcast_url", "")
    kind = _KINDS.get(row.get("type", ""), "post")
    return Post(
        platform=PLATFORM,
        id=named.split(".")[0] or content_id(PLATFORM, kind, when[0], shown),
        kind=kind,
        created=when[0],
        precision=when[1],
        zone=when[2],
        text=shown,
        raw=raw,
        media=(Media(path=sound),) if sound else (),
        audience=audience,
        audience_by=by,
        state=state,
        source=Pointer(part=files.entries[table].part, path=table, at=at),
    )


def _audience(row: dict[str, str]) -> tuple[Audience, AudienceBy, State]:
    said = row.get("is_published", "").strip().lower()
    if said == "false":
        return "private", "item-field", "draft"
    audience = row.get("audience", "").strip().lower()
    if said == "true" and audience == "everyone":
        return "public", "item-field", "live"
    if said == "true" and audience in _MEMBERS:
        return "group", "item-field", "live"
    return "unknown", "none", "live"


READER = Reader(platform=PLATFORM, names=names, structure=structure, read=read)
