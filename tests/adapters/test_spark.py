"""The filter on a real Spark cluster of this machine: two workers, each a process of its own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.adapters.rows import KEPT, REASONS, ROWS

pytestmark = [
    pytest.mark.system,
    pytest.mark.long,
    pytest.mark.filterwarnings("ignore:PySpark:FutureWarning"),
]


def frame(spark: Any) -> Any:
    schema = "url string, crawl_time string, robots string, headers string, n int"
    rows = [
        tuple(one[key] for key in ("url", "crawl_time", "robots", "headers", "n")) for one in ROWS
    ]
    return spark.createDataFrame(rows, schema).repartition(3)


def test_the_same_rows_get_the_same_reasons(spark: Any) -> None:
    from withhold.adapters.spark import consent, consent_schema

    given = frame(spark)
    told = given.mapInArrow(consent(unknown="drop", token="MyBot"), consent_schema(given.schema))
    found = sorted((one["n"], one["withhold_reason"]) for one in told.collect())
    assert found == list(enumerate(REASONS))
    assert told.columns[-4:] == [
        *("withhold_keep", "withhold_answer", "withhold_reason", "withhold_policy"),
    ]


def test_rows_that_are_not_kept_can_be_left_out(spark: Any) -> None:
    from withhold.adapters.spark import consent, consent_schema

    given = frame(spark)
    kept = given.mapInArrow(
        consent(unknown="drop", token="MyBot", drops=True), consent_schema(given.schema)
    )
    again = kept.mapInArrow(
        consent(unknown="drop", token="MyBot", drops=True), consent_schema(kept.schema)
    )
    assert [one["n"] for one in kept.collect()] == KEPT
    assert again.columns == kept.columns
