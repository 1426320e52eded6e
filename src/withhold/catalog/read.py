"""Reads one file of ``knowledge/`` into a struct, or says file, line, field and the expected."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import tomli

from withhold.errors import BadKnowledge
from withhold.facts import Fact

T = TypeVar("T", bound=Fact)

_AT = re.compile(r" - at `(?:key in )?\$\.?(?P<path>.*)`$")
_TOML_AT = re.compile(r"\(at line (\d+), column \d+\)")
_KEPT = 2048
"""Files of which a process keeps what they say: all of ``knowledge/`` twice."""


def read(path: Path, kind: type[T], shown_as: str = "") -> T:
    """The file as a struct of ``kind``. Raises BadKnowledge, one line, never a traceback."""
    name = shown_as or path.name
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as why:
        raise BadKnowledge(f"{name}: cannot be read ({why.strerror})", "look at its name") from why
    except UnicodeDecodeError as why:
        raise BadKnowledge(f"{name}: not UTF-8 (byte {why.start})", "save it as UTF-8") from why
    # a struct cannot be changed, so whoever reads the same words again may have the same one
    return _understood(text, kind, name)  # type: ignore[return-value]


@lru_cache(_KEPT)
def _understood(text: str, kind: type[Fact], name: str) -> Fact:
    try:
        raw = tomli.loads(text)
    except tomli.TOMLDecodeError as why:
        found = _TOML_AT.search(str(why))
        # "at end of document" has no number: it is the last line
        line = found[1] if found else str(text.count("\n") + 1)
        raise BadKnowledge(
            f"{name}:{line}: not valid TOML: {_TOML_AT.sub('', str(why)).strip()}",
            "a string needs quotes, a date does not: since = 2025-11-03",
        ) from why
    except (ValueError, RecursionError) as why:  # Python's own bounds: 4,300 digits, 1,000 calls
        raise BadKnowledge(
            f"{name}: a number of thousands of digits, or lists hundreds deep in each other",
            "no person wrote this by hand: look whose file it is",
        ) from why
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as why:
        raise _explain(why, raw, kind, text, name) from why


def _explain(
    why: msgspec.ValidationError, raw: dict[str, Any], kind: type[Fact], text: str, name: str
) -> BadKnowledge:
    message = str(why)
    found = _AT.search(message)
    where = found["path"] if found else ""
    expected = _AT.sub("", message)
    if "[...]" in where:  # a table by name: msgspec does not say which, so ask one by one
        where, expected = _in_table(where, raw, kind, expected)
    field = re.search(r"unknown field `(\S+)`", expected)
    if field:
        where = f"{where}.{field[1]}".lstrip(".")
    missing = re.search(r"missing required field `(\S+)`", expected)
    line = line_of(text, where)
    shown = where or (missing[1] if missing else "file")
    return BadKnowledge(
        f"{name}:{line}: {shown}: {_in_words(expected, where, kind)}",
        "docs/reference/knowledge.md has every field with its meaning",
    )


_PLAINER = (
    (re.compile(r"^Invalid RFC3339.*|^Expected `date`.*"), "expected a date, as 2025-11-03"),
    (re.compile(r"^Object contains unknown field"), "unknown field"),
    (re.compile(r"^Object missing required field"), "missing field"),
    (
        re.compile(r"^Expected `str` matching regex .*0-9\]\* days.*"),
        "expected days, as `180 days`",
    ),
    (re.compile(r"^Expected `str` matching regex .*a-z0-9.*"), "expected a slug, as `own-models`"),
    (re.compile(r"^Expected `str` matching regex .*A-Za-z.*"), "expected letters, - and _ only"),
)


def _in_words(expected: str, where: str, kind: type[Fact]) -> str:
    """What was expected, for a person who never heard of our libraries."""
    for pattern, plainer in _PLAINER:
        expected = pattern.sub(plainer, expected)
    if expected.startswith("Invalid enum value"):
        allowed = _choices(msgspec.json.schema(kind), where)
        return f"expected one of {', '.join(allowed)}; got {expected.rpartition(' ')[2]}"
    return expected[:1].lower() + expected[1:]


def _choices(schema: Any, where: str) -> list[str]:
    """The closed list at a place of a schema, as ``practice[0].content[1]``.

    Where several structs may stand, as steps do, the lists of all that have such a field.
    """
    definitions = schema.get("$defs", {})

    def plain(node: Any) -> list[Any]:
        if not isinstance(node, dict):  # additionalProperties may be true or false
            return []
        if "$ref" in node:
            return plain(definitions[node["$ref"].rpartition("/")[2]])
        return [one for each in node["anyOf"] for one in plain(each)] if "anyOf" in node else [node]

    nodes = plain(schema)
    for key in re.findall(r"[\w-]+|\[\.\.\.\]", where):
        inner = [
            node.get("items")
            if key.isdigit()
            else node.get("properties", {}).get(key, node.get("additionalProperties"))
            for node in nodes
        ]
        nodes = [one for each in inner for one in plain(each)]
    return list(dict.fromkeys(str(one) for node in nodes for one in node.get("enum", ())))


def _in_table(where: str, raw: dict[str, Any], kind: type[Fact], expected: str) -> tuple[str, str]:
    table = where.split("[...]", 1)[0].strip(".")
    for key in raw.get(table, {}):
        one = {**raw, table: {key: raw[table][key]}}
        try:
            msgspec.convert(one, kind)
        except msgspec.ValidationError as why:
            found = _AT.search(str(why))
            if found and found["path"].startswith(f"{table}[...]"):
                return found["path"].replace("[...]", f".{key}", 1), _AT.sub("", str(why))
    return where, expected


def line_of(text: str, where: str) -> int:
    """The 1-based line of ``practice[2].since`` or ``source.notice.kind`` in a TOML text."""
    lines = text.split("\n")
    at = 0
    for table, index, key in re.findall(r"(\w[\w-]*)\[(\d+)\]|(\w[\w-]*)", where):
        if table:
            heads = [n for n, line in enumerate(lines) if line.strip() == f"[[{table}]]"]
            if int(index) < len(heads):
                at = heads[int(index)]
                continue
            key = table  # a list written in one line: its key is the place
        pattern = re.compile(
            rf"^\s*(\[.*\b{re.escape(key)}\]|\[\[{re.escape(key)}\]\]|\"?{re.escape(key)}\"?\s*[=.])"
        )
        for n in range(at, len(lines)):
            if pattern.match(lines[n]):
                at = n
                break
    return at + 1
