"""The filter inside datatrove and Hugging Face datasets, by their own machinery."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.adapters.rows import KEPT, KEPT_UNKNOWN, REASONS, ROWS
from withhold import decide
from withhold.errors import BadInput

datatrove = pytest.importorskip("datatrove")
datasets = pytest.importorskip("datasets")

from datatrove.data import Document  # noqa: E402
from datatrove.executor import LocalPipelineExecutor  # noqa: E402
from datatrove.pipeline.readers import ParquetReader  # noqa: E402
from datatrove.pipeline.writers import ParquetWriter  # noqa: E402

from withhold.adapters.datatrove import ConsentFilter  # noqa: E402
from withhold.adapters.huggingface import consent  # noqa: E402

ASKED = {"unknown": "drop", "token": "MyBot"}


@pytest.fixture(autouse=True)
def no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the frameworks keep goes away with the test."""
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()


def documents(rows: Sequence[dict[str, Any]] = ROWS) -> list[Document]:
    return [Document(text="words", id=str(one["n"]), metadata=dict(one)) for one in rows]


def test_these_rows_come_to_these_reasons_by_decide_itself() -> None:
    batch = pa.RecordBatch.from_pylist(ROWS)
    assert decide(batch, **ASKED).column("withhold_reason").to_pylist() == REASONS


@pytest.mark.parametrize("size", [1, 2, 1_000])
def test_datatrove_is_told_the_reason(size: int) -> None:
    step = ConsentFilter(batch_size=size, **ASKED)
    kept = [int(one.id) for one in step.run(iter(documents()))]
    assert kept == KEPT
    found = {key: int(stat.total) for key, stat in step.stats.stats.items()}
    dropped = {key[8:]: many for key, many in found.items() if key.startswith("dropped_")}
    assert dropped == {one: REASONS.count(one) for one in REASONS if one != "allowed"}


def test_datatrove_one_by_one_and_together() -> None:
    step = ConsentFilter(**ASKED)
    together = step.filter_batch(documents())
    assert together == [True if one == "allowed" else (False, one) for one in REASONS]
    assert [step.filter(one) for one in documents()] == together


def test_a_pipeline_writes_what_it_dropped_and_an_empty_robots_txt_survives(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    rows = [
        {**one, "headers": one["headers"] or "", "text": "words", "id": str(one["n"])}
        for one in ROWS  # their writer takes its types from its first document
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in" / "a.parquet")
    out, dropped = tmp_path / "out", tmp_path / "dropped"
    LocalPipelineExecutor(
        pipeline=[
            ParquetReader(str(tmp_path / "in")),
            ConsentFilter(ParquetWriter(str(dropped)), **ASKED),
            ParquetWriter(str(out)),
        ],
        logging_dir=str(tmp_path / "logs"),
    ).run()
    kept = pq.read_table(out).to_pylist()
    assert [one["metadata"]["n"] for one in kept] == KEPT
    assert kept[0]["metadata"]["robots"] == ""
    left = pq.read_table(dropped).to_pylist()
    assert [one["metadata"]["filter_reason"] for one in left] == REASONS[1:]


def test_datatrove_says_which_key_is_missing() -> None:
    rows = [{"link": one["url"], **{key: one[key] for key in one if key != "url"}} for one in ROWS]
    with pytest.raises(BadInput, match="url"):
        ConsentFilter(**ASKED).filter_batch(documents(rows))
    mapped = ConsentFilter(columns={"url": "link"}, **ASKED).filter_batch(documents(rows))
    assert mapped == [True if one == "allowed" else (False, one) for one in REASONS]


def test_keys_that_say_nothing_of_a_refusal_are_not_held() -> None:
    step = ConsentFilter(**ASKED)
    step.filter_batch(documents([{**one, f"own-{one['n']}": 1} for one in ROWS]))
    assert "robots" in step._keys
    assert not [key for key in step._keys if key.startswith("own-")]


def test_values_of_any_type_in_the_metadata() -> None:
    rows = [
        {**ROWS[0], "crawl_time": datetime(2024, 5, 1, tzinfo=UTC), "headers": {"a": ["b"]}},
        {**ROWS[0], "robots": b"", "headers": [["X-Robots-Tag", "noai"]]},
        {**ROWS[0], "robots": 7, "crawl_time": 3},
        {**ROWS[0], "url": 7},
        {**ROWS[0], "headers": object()},
        {**ROWS[0], "url": "https://a.example/\udc80"},
        {**ROWS[0], "url": b"https://a.example/"},
        {**ROWS[0], "robots": None, "robots_status": 404.0},
        {**ROWS[0], "robots": "<html>", "robots_status": 503.0},
        {**ROWS[0], "robots": "<html>", "robots_status": b"503"},
    ]
    found = ConsentFilter(**ASKED).filter_batch(documents(rows))
    assert found[:2] == [True, (False, "no:*:noai:header")]
    assert found[2:4] == [(False, "unknown:no-robots"), (False, "unknown:bad-url")]
    assert found[4] == (False, "unknown:headers")
    assert found[5:8] == [True, True, True]
    assert found[8:] == [(False, "unknown:robots-unreachable")] * 2


def test_octets_in_the_metadata_are_the_text_they_spell() -> None:
    row = {**ROWS[0], "crawl_time": b"20240501000000"}
    asked = {**ASKED, "when": "2024-06-01"}
    assert ConsentFilter(**asked).filter_batch(documents([row])) == [True]


def test_hugging_face_map_adds_the_reasons() -> None:
    told = datasets.Dataset.from_list(ROWS).map(
        consent(adds=True, **ASKED), batched=True, batch_size=2
    )
    assert list(told["withhold_reason"]) == REASONS
    assert list(told["n"]) == list(range(len(ROWS)))


def test_hugging_face_filter_keeps_what_nobody_refused() -> None:
    data = datasets.Dataset.from_list(ROWS)
    assert list(data.filter(consent(**ASKED), batched=True)["n"]) == KEPT
    kept = data.filter(consent(unknown="keep", token="MyBot"), batched=True, batch_size=4)
    assert list(kept["n"]) == KEPT_UNKNOWN


def test_hugging_face_streams_too() -> None:
    data = datasets.Dataset.from_list(ROWS).to_iterable_dataset()
    kept = data.filter(consent(**ASKED), batched=True, batch_size=3)
    assert [one["n"] for one in kept] == KEPT


@pytest.mark.parametrize("form", ["arrow", "pandas", "numpy"])
def test_hugging_face_in_other_formats(form: str) -> None:
    data = datasets.Dataset.from_list(ROWS).with_format(form)
    kept = data.filter(consent(unknown="keep", token="MyBot"), batched=True)
    assert list(kept.with_format(None)["n"]) == KEPT_UNKNOWN


def test_hugging_face_without_batches_is_told_so() -> None:
    with pytest.raises(BadInput, match="one record") as told:
        datasets.Dataset.from_list(ROWS).filter(consent(**ASKED))
    assert told.value.tip == "batched=True"


def test_hugging_face_keeps_what_it_answered_and_asks_anew_what_is_asked_anew() -> None:
    from datasets.fingerprint import Hasher

    question = consent(**ASKED)
    before = Hasher.hash(question)
    question({key: [one[key] for one in ROWS] for key in ROWS[0]})
    assert Hasher.hash(question) == before == Hasher.hash(consent(**ASKED))
    assert Hasher.hash(consent(unknown="keep", token="MyBot")) != before


def test_what_is_given_to_others_can_be_sent_to_other_processes() -> None:
    again = pickle.loads(pickle.dumps(consent(**ASKED)))  # noqa: S301 - our own
    values = {key: [one[key] for one in ROWS] for key in ROWS[0]}
    assert [at for at, keep in enumerate(again(values)) if keep] == KEPT


def test_a_question_that_cannot_be_asked_is_told_at_once() -> None:
    from withhold.adapters import spark

    for make in (consent, spark.consent):
        with pytest.raises(BadInput, match="must be said: drop or keep"):
            make()
        with pytest.raises(BadInput, match="link: no column"):
            make(unknown="drop", columns={"link": "url"})
