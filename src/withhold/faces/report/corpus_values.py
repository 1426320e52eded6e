"""The answer of ``prove corpus`` as JSON (``withhold/corpus/1``) and as CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from withhold.faces.report.corpus_said import Told
from withhold.faces.report.plain import cell
from withhold.verbs.prove_corpus import FileRead, Place

SCHEMA = "withhold/corpus/1"
COLUMNS = (
    "needle", "rung", "text", "file", "offset", "record", "url", "date", "crawl", "count", "of",
    "near",
)  # fmt: skip


def as_json(told: Told) -> str:
    """``withhold/corpus/1``: every hit, every file, what was refused and what it does not show."""
    said = told.searched
    body = {
        "schema": SCHEMA,
        "found": said.found,
        "needles": len(said.sought.needles),
        "records": said.records,
        "crawls": [{"name": name, "records": many} for name, many in said.crawls.items()],
        "rungs": [{"rung": rung, "hits": many} for rung, many in said.rungs.items()],
        "hits": [_hit(one, told) for one in said.places()],
        "beyond": [{"needle": needle, "hits": many} for needle, many in said.beyond.items()],
        "files": [_file(one, told) for one in said.files],
        "refused": [
            {"needle": one.needle, "text": _text(one.needle, told), "why": one.why}
            for one in said.sought.refused
        ],
        "limits": [*told.means(), *told.limits()] if said.hits else told.limits(),
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _hit(place: Place, told: Told) -> dict[str, Any]:
    return {
        "needle": place.needle,
        "text": _text(place.needle, told),
        "rung": place.rung,
        "file": told.file(place.file),
        "offset": place.offset,
        "record": place.record or None,
        "url": place.url or None,
        "date": place.date or None,
        "crawl": place.crawl or None,
        "at": place.at if place.at >= 0 else None,
        "count": place.count,
        "of": place.of or None,
        "near": round(place.near, 4) if place.near else None,
    }


def _text(needle: str, told: Told) -> str | None:
    """How a needle begins; nothing where texts are left out."""
    return (told.searched.sought.excerpts.get(needle) or None) if told.texts else None


def _file(file: FileRead, told: Told) -> dict[str, Any]:
    return {
        "name": told.file(file.name),
        "octets": file.octets if file.octets >= 0 else None,
        "records": file.records,
        "unreadable": file.unreadable,
        "whole": not file.ended,
        "why": [
            {"code": code, "count": many, "first": file.first.get(code, 0)}
            for code, many in file.why.items()
        ],
    }


def as_csv(told: Told) -> str:
    """One row a hit, in the order of the files."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for place in told.searched.places():
        row = _hit(place, told)
        writer.writerow({key: cell(str(said)) for key, said in row.items() if said is not None})
    return out.getvalue().rstrip("\n")
