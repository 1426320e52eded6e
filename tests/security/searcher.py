"""A searcher that shares nothing with the one of the program: every offset of every file."""

from __future__ import annotations

import base64
import gzip
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path
from urllib.parse import quote


def octets_of(home: Path) -> dict[str, bytes]:
    """Every file below a folder, and what is packed in it, by name."""
    found: dict[str, bytes] = {}
    for path in sorted(home.rglob("*")):
        if not path.is_file():
            continue
        body = path.read_bytes()
        found[str(path.relative_to(home))] = body
        if body[:2] == b"\x1f\x8b":
            found[f"{path.relative_to(home)} unpacked"] = gzip.decompress(body)
        if body[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(BytesIO(body)) as packed:
                for name in packed.namelist():
                    found[f"{path.relative_to(home)} {name}"] = packed.read(name)
    return found


def where(home: Path, text: str) -> set[str]:
    """The files that hold a text, in any of the ways in which a text may be written."""
    plain = text.encode()
    in_base64 = {base64.b64encode(b"x" * n + plain)[n * 2 : -4].lstrip(b"=")[2:] for n in range(3)}
    forms = {
        plain,
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        json.dumps(text)[1:-1].encode(),
        quote(text, safe="").encode(),
        *in_base64,
    }
    pattern = re.compile(b"|".join(re.escape(one) for one in forms if len(one) > 5))
    return {name for name, body in octets_of(home).items() if pattern.search(body)}


def words_of_search(home: Path) -> set[str]:
    """Every word that the full-text index of the store has, as SQLite itself lists them."""
    with closing(sqlite3.connect(home / "withhold.db")) as db:
        db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, post_text, row)")
        return {word for (word,) in db.execute("SELECT term FROM temp.words")}
