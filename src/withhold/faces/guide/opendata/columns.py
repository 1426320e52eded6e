"""Which columns a struct gives, of which type and meaning: read off its JSON Schema.

A text by language gives a column per language, a struct inside gives its fields behind its own
name (``verified_on``), a list gives one column whose cells are joined. What is a table of its own
(the practices of a platform, its sources) gives none.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import tomli
from msgspec import Struct

from withhold.catalog.step_words import SHOWN_LANGS
from withhold.facts import OldLabel

_GENERAL = "The same text by language; `en` is required, `de` wanted."
_APART = frozenset(
    {"source", "practice", "control", "covers", "shield", "dispute", "forbids", "asks", "heeded"}
)
_TEXTS = frozenset({"aliases", "needs", "old_labels", "path", "plans"})
"""Lists of texts, which may hold spaces; every other list holds ids, codes or tokens."""
SEVERAL = {
    " ": "Several are joined by a space.",
    " | ": "Several are joined by ` | `.",
}
IN = {"en": "In English.", "de": "In German.", "fr": "In French.", "es": "In Spanish."}
PAIRS = "Each is written as `name=value`."


class Field(Struct, frozen=True, kw_only=True):
    """A column, as the data dictionary shows it.

    ``type`` is a type of Table Schema (string, integer, boolean, date). ``values`` is the closed
    list, if there is one, of what a cell (or each part of a joined cell) can be.
    """

    name: str
    type: str
    description: str
    values: tuple[str, ...] = ()
    required: bool = False
    unique: bool = False
    pattern: str = ""
    least: int | None = None
    most: int | None = None
    joined: str = ""
    pairs: bool = False
    lang: str = ""

    @property
    def form(self) -> str:
        """How a cell is written, as a sentence or two; empty where there is nothing to say."""
        said = (IN.get(self.lang), SEVERAL.get(self.joined), PAIRS if self.pairs else "")
        return " ".join(one for one in said if one)


class Column(Struct, frozen=True):
    """A field with the place in the struct that it is read from."""

    field: Field
    at: tuple[str, ...]


@functools.cache
def columns(kind: type[Struct]) -> tuple[Column, ...]:
    """The columns of a struct, in the order of its fields."""
    _, parts = msgspec.json.schema_components((kind,), ref_template="{name}")
    return tuple(_of(kind.__name__, parts, (), required=True))


def value(column: Column, thing: Struct) -> str:
    """The cell of a thing: dates as 2025-11-03, true and false, nothing for what is not known."""
    found: Any = thing
    for name in column.at:
        found = getattr(found, name)
    if column.field.lang:
        found = found.get(column.field.lang, "")
    if isinstance(found, dict):
        found = [f"{key}={one}" for key, one in found.items()]
    if isinstance(found, list | tuple):
        return column.field.joined.join(_text(one) for one in found)
    return _text(found)


def _text(found: Any) -> str:
    if found is None:
        return ""
    if isinstance(found, bool):
        return "true" if found else "false"
    return found.text if isinstance(found, OldLabel) else str(found)


def _of(
    name: str, parts: dict[str, Any], at: tuple[str, ...], *, required: bool
) -> Iterator[Column]:
    for field, shape in parts[name]["properties"].items():
        if field in _APART and shape.get("type") in ("array", "object"):
            continue
        here = (*at, field)
        if "$ref" in shape:
            yield from _of(shape["$ref"], parts, here, required=required)
            continue
        asked = required and field in parts[name].get("required", ())
        texts = _languages(shape)
        for lang in texts or ("",):
            named = "_".join((*here, lang) if lang else here)
            yield Column(_field(named, name, field, shape, asked, lang), here)


def _languages(shape: dict[str, Any]) -> tuple[str, ...]:
    inside = shape.get("additionalProperties")
    by_name = isinstance(inside, dict) and "enum" in inside
    return SHOWN_LANGS if shape.get("type") == "object" and not by_name else ()


def _field(
    named: str, owner: str, field: str, shape: dict[str, Any], asked: bool, lang: str
) -> Field:
    inside = shape.get("items") or shape.get("additionalProperties") or {}
    several = shape.get("type") == "array" or "enum" in inside or inside.get("type") == "array"
    one = inside if several else next(iter(shape.get("anyOf", [shape])))
    values = tuple(str(each) for each in one.get("enum", ()) if each != "")
    kind = "date" if one.get("format") == "date" else _TYPES.get(one.get("type", ""), "string")
    if values and all(each.isdigit() for each in values):
        kind = "integer"
    always = (values and "" not in one["enum"]) or kind != "string"
    return Field(
        name=named,
        type=kind,
        description=_meaning(owner, field, shape, one),
        values=values,
        required=not several
        and lang in ("", "en")
        and "anyOf" not in shape
        and bool(always or asked),
        pattern="" if several else one.get("pattern", ""),
        least=one.get("minimum"),
        most=one.get("maximum"),
        joined=(" | " if field in _TEXTS else " ") if several else "",
        pairs=several and "enum" in (shape.get("additionalProperties") or {}),
        lang=lang,
    )


_TYPES = {"integer": "integer", "boolean": "boolean"}


def _meaning(owner: str, field: str, shape: dict[str, Any], one: dict[str, Any]) -> str:
    """What ``facts`` says of the field, else of its type, else what is written beside this.

    ``facts`` speaks to who writes a file; where that is of no use to who reads a table, what is
    written beside this for the very field comes first.
    """
    ours = written()
    said = (
        ours.get(owner, {}).get(field, ""),
        shape.get("description", ""),
        one.get("description", ""),
        ours["every"].get(field, ""),
    )
    return next((each for each in said if each and each != _GENERAL), "")


@functools.cache
def written() -> dict[str, dict[str, str]]:
    """``fields.toml``: struct -> field -> what it means, for what ``facts`` does not say."""
    return tomli.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))


def header(kinds: Iterable[type[Struct]]) -> list[Column]:
    """The columns of several structs side by side: what one row is made of."""
    return [one for kind in kinds for one in columns(kind)]
