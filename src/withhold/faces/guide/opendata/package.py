"""``datapackage.json``: a Frictionless Data Package with a Table Schema for every CSV."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from withhold.faces.guide.opendata.columns import Field, written
from withhold.faces.guide.opendata.tables import Table

_LICENCE = {
    "name": "CC0-1.0",
    "title": "CC0 1.0 Universal (quotes excepted)",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def package(
    tables: Iterable[Table], made: Mapping[str, bytes], when: date, version: str = ""
) -> dict[str, Any]:
    """The package; ``made`` holds each table's CSV by its path, for its size and hash."""
    return {
        "profile": "tabular-data-package",
        "name": "withhold",
        "title": "withhold: what is known of AI training, practices, controls and sources",
        "description": written()["table"]["package"],
        **({"version": version} if version else {}),
        "created": f"{when}T00:00:00Z",
        "licenses": [_LICENCE],
        "resources": [_resource(one, made[one.path]) for one in tables],
    }


def _resource(table: Table, body: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": _title(table.name),
        "description": table.description,
        "path": table.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "header": True},
        "schema": {
            "fields": [_field(one) for one in table.fields],
            "missingValues": [""],
            "primaryKey": list(table.key),
            **_foreign(table),
        },
    }


def _foreign(table: Table) -> dict[str, Any]:
    keys = [
        {
            "fields": list(ref.fields),
            "reference": {
                "resource": "" if ref.table == table.name else ref.table,
                "fields": list(ref.to),
            },
        }
        for ref in table.refs
    ]
    return {"foreignKeys": keys} if keys else {}


def _field(field: Field) -> dict[str, Any]:
    limits = _limits(field)
    return {
        "name": field.name,
        "type": field.type,
        "format": "uri" if field.name.endswith("url") else "default",
        "title": _title(field.name),
        "description": f"{field.description} {field.form}".rstrip(),
        **({"constraints": limits} if limits else {}),
    }


def _limits(field: Field) -> dict[str, Any]:
    """The constraints of Table Schema that hold for every cell that is not empty."""
    limits: dict[str, Any] = {}
    if field.required:
        limits["required"] = True
    if field.unique:
        limits["unique"] = True
    if field.values and field.joined and not field.pairs:
        either = "|".join(field.values)
        limits["pattern"] = f"^({either})( ({either}))*$"
    elif field.values and not field.joined:
        limits["enum"] = [int(v) if field.type == "integer" else v for v in field.values]
    elif field.pattern:
        limits["pattern"] = field.pattern
    if field.least is not None:
        limits["minimum"] = field.least
    if field.most is not None:
        limits["maximum"] = field.most
    return limits


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()
