"""What a test that counts for itself needs: the reader's posts, and files as plain rows."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from withhold.exports.opened import open_archive
from withhold.exports.post import Post


def read(path: Path) -> tuple[list[Post], int]:
    """The posts, and how many entries by others were counted but not kept."""
    with open_archive(path) as archive:
        posts = list(archive.posts())
        return posts, sum(one.others for one in archive.understood)


def texts(posts: Iterable[Post], *kinds: str) -> Counter[str]:
    return Counter(post.text for post in posts if post.kind in kinds)


def clocks(posts: Iterable[Post]) -> Counter[str]:
    return Counter(f"{post.created:%Y-%m-%d %H:%M:%S}" if post.created else "" for post in posts)


def table(path: Path) -> list[list[str]]:
    """Rows below the header; no field names, for a header may lie."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [row for row in list(csv.reader(lines))[1:] if row]


def loaded(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
