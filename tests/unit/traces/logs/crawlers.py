"""The crawlers that ship, by token: read once for all tests of logs."""

from __future__ import annotations

from withhold.catalog.load import load

CRAWLERS = load(platforms=[]).crawlers
