"""How noai.toml, noarchive.toml, headers.toml and meta.toml write a question and its answer."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from withhold.signals import headers, meta, robots_tag
from withhold.signals.robots_tag import Directive
from withhold.words import Statement

_ANSWERS = {True: "y", False: "n", None: "?"}
COLUMNS = ("says", "notes", "reservation", "policy", "usage", "licences")


def table(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / name).read_text())["case"]
    assert len({case["id"] for case in cases}) == len(cases) >= 20
    assert all(case["standard"] for case in cases)
    return cases


def says(one: Statement) -> str:
    words = [one.token, one.signal, _ANSWERS[one.allowed], one.why]
    return " ".join(word for word in words if word)


def rule(one: Directive) -> str:
    """A rule as the tables write it: ``token name`` or ``token name: value``."""
    return f"{one.token} {one.name}" + (f": {one.value}" if one.value else "")


def lines(case: dict[str, Any]) -> list[tuple[str, str]]:
    pairs = [line.partition(": ") for line in case.get("headers", ())]
    return [(name, value) for name, _, value in pairs]


def page(case: dict[str, Any]) -> bytes:
    return bytes.fromhex(case["octets"]) if "octets" in case else case.get("html", "").encode()


def answer(case: dict[str, Any]) -> dict[str, Any]:
    tokens = case.get("tokens", ())
    head = headers.read(lines(case), tokens)
    body = meta.read(page(case), case.get("content_type", ""), tokens)
    statements = robots_tag.statements(
        [*head.directives, *body.directives], kind=case.get("kind", "page")
    )
    assert {one.use for one in statements} <= {"train-ai"}
    rules = [rule(one) for one in (*head.directives, *body.directives)]
    return {
        **({"rules": rules} if "rules" in case else {}),
        "says": [says(one) for one in statements],
        "notes": sorted({*head.notes, *body.notes}),
        "reservation": [*head.tdm_reservation, *body.tdm_reservation],
        "policy": [*head.tdm_policy, *body.tdm_policy],
        "usage": list(head.content_usage),
        "licences": [f"{one.href} {one.type}" for one in (*head.licences, *body.licences)],
        "base": body.base,
    }


def expected(case: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {name: case.get(name, []) for name in COLUMNS}
    rules = {"rules": case["rules"]} if "rules" in case else {}
    return {**found, **rules, "notes": sorted(found["notes"]), "base": case.get("base", "")}
