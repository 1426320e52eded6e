"""The page on filtering a dataset: its Python runs, and its table has every kind of reason."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from withhold.verbs.filtering import without_line

REPO = Path(__file__).parents[2]
PAGE = (REPO / "docs/how-to/filter-a-dataset.md").read_text(encoding="utf-8")
CASES = tomllib.loads((REPO / "tests/unit/traces/deciding/reasons.toml").read_text("utf-8"))["case"]


def test_the_python_of_the_page_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    (text,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(text, "filter-a-dataset.md", "exec"), {"__name__": "page"})  # noqa: S102
    shown = re.findall(r"^print\(.*\)  # (.*)$", text, re.MULTILINE)
    assert capsys.readouterr().out.splitlines() == shown


@pytest.mark.parametrize("reason", sorted({without_line(one["reason"]) for one in CASES}))
def test_every_reason_stands_on_the_page(reason: str) -> None:
    start, *rest = reason.split(":")
    if start == "unknown" and rest[-1] not in ("header", "meta", "content-usage"):
        assert f"`{reason}" in PAGE
    elif len(rest) > 1:
        assert f"`{rest[1]}`" in PAGE or f":{rest[1]}:" in PAGE
