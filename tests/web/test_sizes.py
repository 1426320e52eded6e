"""Pages are small: half of them at most 60 kB, none over 300 kB. ``pytest -s`` prints the table."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.pages import DEUTSCH

pytestmark = pytest.mark.long

HALF, MOST = 60_000, 300_000
LISTED = 100_000
"""What the search and the checklist fetch, at most, per file and language."""
PACKED = {"search.json": 200_000}


def test_pages_are_small(built: Path) -> None:
    """As they lie on the disk; a host packs them to about a quarter."""
    kinds: dict[str, list[tuple[int, str]]] = {}
    total = 0
    every = [one for one in built.rglob("*") if one.is_file()]
    for file in every:
        size = file.stat().st_size
        total += size
        kind = _kind(file.relative_to(built).as_posix())
        kinds.setdefault(kind, []).append((size, file.relative_to(built).as_posix()))
    print("\n".join(_table(kinds)))
    print(f"{len(every):,} files, {total / 1e6:,.0f} MB")
    pages = [pair for kind, these in kinds.items() if kind.startswith("page") for pair in these]
    assert len(pages) > 30_000
    assert statistics.median(size for size, _ in pages) <= HALF
    assert [(path, size) for size, path in pages if size > MOST] == []


def test_what_scripts_fetch_is_small(built: Path) -> None:
    """The index of the search and the steps of a platform: a phone waits for them."""
    for folder in ("", DEUTSCH):
        search = built / folder / "search.json"
        print(f"{folder}search.json: {search.stat().st_size:,} bytes")
        assert search.stat().st_size <= PACKED["search.json"]
        steps = sorted((one.stat().st_size, one.name) for one in _steps(built / folder))
        assert len(steps) > 50
        print("\n".join(f"{folder}checklist/{name}: {size:,} bytes" for size, name in steps))
        assert [pair for pair in steps if pair[0] > LISTED] == []


def _steps(folder: Path) -> Iterator[Path]:
    return (folder / "checklist").glob("*.json")


def _kind(path: str) -> str:
    """What a file is, by its address: ``page us-pa/x`` and ``page de/x`` are one kind."""
    path = path.removeprefix(DEUTSCH)
    first, _, rest = path.partition("/")
    if not path.endswith(".html"):
        return f"{first}/" if rest else path.rpartition(".")[2] or path
    if re.fullmatch(r"[a-z]{2}(-[a-z0-9]{1,3})?", first):
        return "page of a place" if rest == "index.html" else "page of a platform in a place"
    return f"page of {first}" if rest not in ("", "index.html") else f"page {first}"


def _table(kinds: dict[str, list[tuple[int, str]]]) -> Iterator[str]:
    yield f"{'':32}{'number':>8}{'median':>10}{'largest':>10}"
    for kind, pairs in sorted(kinds.items()):
        half = statistics.median(size for size, _ in pairs)
        most, path = max(pairs)
        yield f"{kind:32}{len(pairs):>8,}{half:>10,.0f}{most:>10,}  {path}"
