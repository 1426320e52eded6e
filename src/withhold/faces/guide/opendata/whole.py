"""``withhold.json``: everything known as plain values, and the JSON Schema that it keeps to."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from withhold.catalog.load import Correction, Knowledge
from withhold.catalog.schema import DIALECT
from withhold.claims import Claim
from withhold.faces.guide import addresses
from withhold.faces.guide.opendata.columns import written
from withhold.facts import Actor, Platform
from withhold.law_facts import Law
from withhold.site_facts import Crawler, SignalKind

SCHEMA = "withhold/knowledge/1"
LICENCE = "CC0-1.0 (quotes excepted)"

_KINDS: dict[str, type[msgspec.Struct]] = {
    "platforms": Platform,
    "actors": Actor,
    "crawlers": Crawler,
    "laws": Law,
    "signals": SignalKind,
    "claims": Claim,
}
_OF_OWNER = ("Practice", "Control", "Shield", "Dispute")


def whole(known: Knowledge, when: date, version: str = "") -> dict[str, Any]:
    """All of knowledge; each thing has its ``page``, what is superseded is marked so."""
    return {
        "schema": SCHEMA,
        "built": str(when),
        **({"version": version} if version else {}),
        "licence": LICENCE,
        "platforms": [_platform(one, known) for one in known.platforms.values()],
        "actors": [_actor(one) for one in known.actors.values()],
        "crawlers": [_with(one, addresses.crawler(one.id)) for one in known.crawlers.values()],
        "laws": [_with(one, addresses.law(one.id)) for one in known.laws.values()],
        "signals": [_with(one, addresses.signal(one.id)) for one in known.signals.values()],
        "claims": [_with(one, addresses.claim(one.id)) for one in known.claims.values()],
        "places": {
            "names": known.places.names,
            "groups": {code: sorted(inside) for code, inside in known.places.groups.items()},
        },
        "retired": known.retired,
        "corrections": [msgspec.to_builtins(one) for one in known.corrections],
    }


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``whole``, from the structs of ``facts``."""
    refs, parts = msgspec.json.schema_components(
        (*_KINDS.values(), Correction), ref_template="#/$defs/{name}"
    )
    say = written()["json"]
    for name in (*(kind.__name__ for kind in _KINDS.values()), *_OF_OWNER):
        parts[name]["properties"]["page"] = {"type": "string", "description": say["page"]}
        parts[name]["required"] = [*parts[name]["required"], "page"]
    for name in ("Practice", "Control"):
        parts[name]["properties"]["superseded"] = {
            "type": "boolean",
            "default": False,
            "description": say["superseded"],
        }
    lists = {
        name: {"type": "array", "items": ref} for name, ref in zip(_KINDS, refs[:-1], strict=True)
    }
    top: dict[str, Any] = {
        "schema": {"const": SCHEMA},
        "built": {"type": "string", "format": "date"},
        "version": {"type": "string"},
        "licence": {"const": LICENCE},
        **lists,
        "places": _PLACES,
        "retired": {"type": "object", "additionalProperties": {"type": "string"}},
        "corrections": {"type": "array", "items": refs[-1]},
    }
    for name, shape in top.items():
        shape["description"] = say[name]
    return {
        "$schema": DIALECT,
        "title": SCHEMA,
        "type": "object",
        "properties": top,
        "required": [name for name in top if name != "version"],
        "additionalProperties": False,
        "$defs": parts,
    }


_PLACES: dict[str, Any] = {
    "type": "object",
    "properties": {
        "names": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {"en": {"type": "string"}},
                "required": ["en"],
                "additionalProperties": {"type": "string"},
            },
        },
        "groups": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "required": ["names", "groups"],
    "additionalProperties": False,
}


def _platform(owner: Platform, known: Knowledge) -> dict[str, Any]:
    found = _with(owner, addresses.platform(owner.id))
    for part in ("practice", "control", "dispute"):
        for one in found[part]:
            one["page"] = addresses.fact(owner.id, one["id"])
            if part != "dispute" and (owner.id, one["id"]) in known.superseded:
                one["superseded"] = True
    for nth, one in enumerate(found["shield"], 1):
        one["page"] = addresses.shield(owner.id, nth)
    return found


def _actor(owner: Actor) -> dict[str, Any]:
    found = _with(owner, addresses.company(owner.id))
    for one in found["practice"]:
        one["page"] = addresses.fact(owner.id, one["id"], actor=True)
    return found


def _with(thing: msgspec.Struct, page: str) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(thing)
    return {**found, "page": page}
