"""A made-up ``withhold/filter/1`` in which every list holds something."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from withhold.verbs.filter_manifest import (
    FileSeen,
    Known,
    Manifest,
    PartSeen,
    Rows,
    Settings,
    written,
)

_FILE = FileSeen(name="a.parquet", size=1, sha256="0" * 64)
_PART = PartSeen(file="data/part-000000-0000.parquet", rows=1, sha256="0" * 64)


def filtered(day: date) -> Any:
    """One record that was kept."""
    manifest = Manifest(
        made=day,
        knowledge=Known(version="0", sha256="0" * 64, crawlers=1),
        settings=Settings(
            use="train-ai",
            when=None,
            token="MyBot",
            honour="addressed",
            unknown="drop",
            kind="page",
            columns={"url": "page_url"},
            robots_table=(_FILE,),
            also_current=(_FILE,),
        ),
        inputs=(_FILE,),
        rows=Rows(read=1, kept=1, dropped=0, allowed=1, disallowed=0, unknown=0, unreadable=0),
        reasons={"allowed": 1},
        parts=(_PART,),
        dropped=(_PART,),
    )
    return json.loads(written(manifest))
