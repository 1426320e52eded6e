"""axe-core in a page: what it forbids, what it advises, what it could not decide."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RESULTS = ["violations", "incomplete"]
ALL = {"runOnly": {"type": "tag", "values": [*WCAG, "best-practice"]}, "resultTypes": RESULTS}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": RESULTS,
}
AXE = Axe()


def looked_at(page: Any, options: dict[str, Any]) -> tuple[list[str], dict[str, list[Any]]]:
    """What axe forbids, in lines; and what it says beside: advice and what it could not decide."""
    if page.evaluate("typeof axe === 'undefined'"):  # half a megabyte: once for each page
        page.evaluate(AXE.axe_script)
    response: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    assert response["passes"], "axe looked at nothing"
    broken, beside = [], {}
    for one in response["violations"]:
        where = [(node["target"], node["failureSummary"]) for node in one["nodes"]]
        if set(one["tags"]) & set(WCAG):
            broken.append(f"{one['id']}: {where[:3]}")
        else:
            beside[f"advice {one['id']}"] = where
    for one in response["incomplete"]:
        beside[f"incomplete {one['id']}"] = [
            (node["target"], [check["message"] for check in node["any"]]) for node in one["nodes"]
        ]
    return broken, beside
