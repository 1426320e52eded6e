"""How the tables of content_usage.toml and content_signal.toml write an answer."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from withhold.signals.usage_rules import Read
from withhold.words import Statement

_ANSWERS = {True: "y", False: "n", None: "?"}


def table(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / name).read_text())["case"]
    assert len({case["id"] for case in cases}) == len(cases) >= 20
    return cases


def says(one: Statement) -> str:
    words = [one.token, one.use, _ANSWERS[one.allowed], str(one.line or ""), one.why]
    return " ".join(word for word in words if word)


def answer(read: Read) -> dict[str, Any]:
    return {
        "says": [says(one) for one in read.statements],
        "notes": set(read.notes),
        "unreached": [f"{use} {token}" for use, some in read.unreached.items() for token in some],
    }


def expected(case: dict[str, Any]) -> dict[str, Any]:
    return {
        "says": case["says"],
        "notes": set(case.get("notes", ())),
        "unreached": case.get("unreached", []),
    }
