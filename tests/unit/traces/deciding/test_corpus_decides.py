"""Real robots.txt against what Google's matcher (main, 22b355f) answered, token by token.

Google's mode differs from RFC 9309 in these files twice (``robots_modes.toml``): the case of
triplets in the address of one; user-agent lines such as ``CCBot/2.0``, which Google cuts, in two.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pytest

from withhold import decide
from withhold.catalog.load import Knowledge

TRIPLET = ("bushman-si.myshopify.com.txt", "/collections/x%2bx")
CUT = ("fortinet.com.txt", "jobs.cncf.io.txt")


def expected(corpus: Path) -> dict[tuple[str, str], list[tuple[str, bool, str]]]:
    """By token and path: file, allowed, line."""
    found: dict[tuple[str, str], list[tuple[str, bool, str]]] = defaultdict(list)
    with (corpus / "signals" / "expected_allowed.csv").open(encoding="utf-8", newline="") as file:
        for one in csv.DictReader(file):
            found[one["agent"], one["path"]].append(
                (one["file"], one["allowed"] == "1", one["matching_line"])
            )
    return found


@pytest.mark.long
@pytest.mark.real
def test_what_is_said_to_a_token_is_what_another_parser_reads(
    corpus: Path, knowledge: Knowledge
) -> None:
    differ, compared = [], 0
    for (agent, path), rows in expected(corpus).items():
        known = knowledge.crawlers.get(agent)
        if known and (known.fallback or known.token_kind == "control"):
            continue  # these obey more than their own group, which no parser knows
        given = pa.RecordBatch.from_pydict(
            {
                "url": [f"https://a.example{path}"] * len(rows),
                "crawl_time": [""] * len(rows),
                "robots": [
                    (corpus / "signals" / "robots" / name).read_bytes() for name, *_ in rows
                ],
            }
        )
        asked = {"unknown": "drop", "honour": "addressed", "token": agent}
        told = decide(given, **asked).column("withhold_reason").to_pylist()
        for (name, allowed, line), reason in zip(rows, told, strict=True):
            if (name, path) == TRIPLET:
                continue
            compared += 1
            refused = reason.startswith("no:") and ":robots:" in reason
            other_line = name not in CUT and refused and reason.rpartition(":")[2] != line
            if refused == allowed or other_line:
                differ.append((name, agent, path, allowed, line, reason))
    assert compared > 10_000
    assert differ == []
