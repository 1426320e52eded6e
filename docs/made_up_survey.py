"""A made-up ``withhold/survey/1`` in which every list holds something."""

from __future__ import annotations

import json
from typing import Any

from withhold.reach.remote import Input
from withhold.verbs.surveying import Sum, Surveyed, as_json


def surveyed() -> Any:
    """One host that refuses one token."""
    one = Sum(
        crawl="CC-MAIN-2026-30",
        token="ExampleBot",
        hosts=1,
        known=1,
        own_group=1,
        disallowed=1,
        share=1.0,
    )
    found = Surveyed(
        version="0",
        made="2026-11-26T19:00:00+00:00",
        tokens=("ExampleBot",),
        path="/",
        inputs=(Input(name="robots.warc.gz", size=1),),
        captures=1,
        captures_by_state={"read": 1},
        left_out={"other_records": 1},
        hosts=1,
        hosts_by_state={"read": 1},
        repeated=0,
        contradicting=0,
        policies=1,
        crawls=("CC-MAIN-2026-30",),
        parts=1,
        kept=0,
        job="0" * 64,
        sums=(one,),
    )
    return json.loads(as_json(found))
