"""Substack exports, made: a row and a page per post, for everybody or for members, and drafts."""

from __future__ import annotations

import csv
import html
import io
import random
from datetime import UTC, datetime, timedelta

from tests.archives.made.truth import Truth

COLUMNS = ("post_id", "post_date", "is_published", "email_sent_at", "type", "audience", "title",
           "subtitle", "podcast_url")  # fmt: skip
WAYS = {
    "everyone": ("public", "item-field"), "only_paid": ("group", "item-field"),
    "founding": ("group", "item-field"), "only_free": ("group", "item-field"),
    "nobody-knows": ("unknown", "none"),
}  # fmt: skip
KINDS = {"newsletter": "article", "podcast": "article", "thread": "post", "page": "page"}


def table(*rows: dict[str, str]) -> bytes:
    """posts.csv of these rows."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def made(seed: int, count: int) -> tuple[dict[str, bytes], list[Truth]]:
    """So many posts, and what must come out of them."""
    dice = random.Random(seed)  # noqa: S311
    start = datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC)
    rows, truth = [], []
    files: dict[str, bytes] = {}
    for number in range(count):
        way, kind = list(WAYS)[number % 5], list(KINDS)[number % 4]
        when = start + timedelta(days=number)
        draft = number % 7 == 6
        said = f"Text {number} {dice.choice(['a & b', 'Grüße', '日本'])}"
        key = f"{1000 + number}"
        named = f"{key}.slug-{number}"
        rows.append({
            "post_id": named, "post_date": when.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "is_published": "false" if draft else ("TRUE" if number % 2 else "true"),
            "type": kind, "audience": way, "title": f"Title {number}", "subtitle": "&#x201C;Sub",
        })  # fmt: skip
        files[f"posts/{named}.html"] = f"<p>{html.escape(said)}</p>".encode()
        audience, by = ("private", "item-field") if draft else WAYS[way]
        truth.append(Truth(key, KINDS[kind], "own", audience, by, "draft" if draft else "live",
                           when.isoformat(), f"Title {number}\n“Sub\n{said}"))  # fmt: skip
    files["posts.csv"] = table(*rows)
    files["email_list.example.csv"] = b"email\nbob@example.org\n"
    files["posts/1000.opens.csv"] = b"email,opened\nbob@example.org,1\n"
    return files, truth


LAYOUTS = {"csv and html": lambda seed, count: made(seed, count)[0]}
