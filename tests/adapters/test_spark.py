"""The filter on a real Spark cluster of this machine: two workers, each a process of its own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.rows import KEPT, REASONS, ROWS

pytestmark = [pytest.mark.system, pytest.mark.filterwarnings("ignore:PySpark:FutureWarning")]
pyspark = pytest.importorskip("pyspark")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not shutil.which("java"):
        pytest.skip("Spark needs java")
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    paths = ":".join(str(Path(one).resolve()) for one in sys.path if one)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", paths)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        session = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.local.dir", str(folder))
            .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
            .config("spark.executorEnv.PYTHONPATH", paths)
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


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
