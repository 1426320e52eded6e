"""One part of a corpus: hits in the order of the records, and everything else counted."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.unit.traces.corpus.warcs_made import page, warc
from withhold.reach.engines import Part
from withhold.traces.corpus.found import Needle
from withhold.traces.corpus.needles import of_text
from withhold.verbs.corpus_job import CorpusJob

TEXT = "The heron came back on the ninth of March and stood on the one stone that was left."


def needle(text: str = TEXT, name: str = "mine") -> Needle:
    made = of_text(name, text)
    assert isinstance(made, Needle)
    return made


def done(job: CorpusJob, path: Path, **part: Any) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The rows and the counts of one part."""
    one = Part(id="000000", name=str(path), **part)
    rows = [row for batch in job.batches(one) for row in batch.to_pylist()]
    return rows, dict(job.also(one))


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
    return path


def test_hits_with_their_place_and_counts_beside(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc([page(0), page(1, TEXT)]) + b"\x99" * 9)
    rows, counts = done(CorpusJob(needles=(needle(),), mapping={}), path)
    (row,) = rows
    assert (row["needle"], row["rung"], row["file"]) == ("mine", "span", str(path))
    assert (row["url"], row["crawl"]) == ("https://example.org/1", "CC-MAIN-2024-22")
    assert counts["records"] == 2
    assert counts["crawl:CC-MAIN-2024-22"] == 2
    assert counts["unreadable"] == 1


def test_rows_and_their_schema_are_one(tmp_path: Path) -> None:
    job = CorpusJob(needles=(needle(),), mapping={})
    path = lines(tmp_path / "a.jsonl", *({"text": TEXT} for _ in range(5_000)))
    batches = list(job.batches(Part(id="1", name=str(path))))
    assert [batch.num_rows for batch in batches] == [1_000]  # of one needle no more are named
    assert all(batch.schema.equals(job.schema()) for batch in batches)
    also = job.also(Part(id="1", name=str(path)))
    assert (also["rung:span"], also["beyond:mine"]) == (5_000, 4_000)
    assert job.counts(batches[0]) == {}  # they are in the sum above


def test_the_sums_are_the_same_however_records_lie_in_files(tmp_path: Path) -> None:
    """2,600 records with the text, 1,300 with the host, in 1 file, in 2, in 13."""
    job = CorpusJob(needles=(needle(), Needle(id="site", host="ada.example")), mapping={})
    rows = [
        {"text": TEXT, "url": f"https://{'ada' if n % 2 else 'bob'}.example/{n}"}
        for n in range(2_600)
    ]
    for many in (2_600, 1_300, 200):
        sums: Counter[str] = Counter()
        for at in range(0, len(rows), many):
            found, counts = done(job, lines(tmp_path / "a.jsonl", *rows[at : at + many]))
            sums.update({name: one for name, one in counts.items() if name[:5] != "beyon"})
            named = Counter(row["needle"] for row in found)
            assert named["mine"] + counts.get("beyond:mine", 0) == min(many, len(rows))
        assert sums == {"records": 2_600, "rung:span": 2_600, "rung:host": 1_300}, many


def test_a_text_in_what_two_pieces_have_in_common_is_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("word " * 209_000 + f"\n{TEXT}\n" + "word " * 400_000, "utf-8")
    rows, counts = done(CorpusJob(needles=(needle(),), mapping={}), path)
    assert (len(rows), counts["rung:span"], counts["records"]) == (1, 1, 3)


def test_parts_begin_anew(tmp_path: Path) -> None:
    """What was seen in one part is not taken off from the next, whoever does it."""
    job = CorpusJob(needles=(needle(),), mapping={})
    path = lines(tmp_path / "a.jsonl", *({"text": TEXT} for _ in range(800)))
    for _ in range(3):
        rows, counts = done(job, path)
        assert len(rows) == 800
        assert not [name for name in counts if name.startswith("beyond")]


def test_it_is_sent_to_other_processes_and_is_the_same_there(tmp_path: Path) -> None:
    job = CorpusJob(needles=(needle(),), mapping={"text": "q"})
    again = pickle.loads(pickle.dumps(job))  # noqa: S301 - made a line above
    path = lines(tmp_path / "a.jsonl", {"q": TEXT})
    assert again.digest == job.digest
    assert done(again, path) == done(job, path)


def test_the_digest_is_another_where_the_answer_may_be() -> None:
    digests = {
        CorpusJob(needles=(needle(),), mapping={}).digest,
        CorpusJob(needles=(needle(TEXT[::-1]),), mapping={}).digest,
        CorpusJob(needles=(needle(),), mapping={"text": "q"}).digest,
    }
    assert len(digests) == 3


@pytest.mark.parametrize(
    ("name", "octets", "why"),
    [
        ("a.csv", b"colour,size\nred,1\n", "no-columns"),
        ("a.parquet", b"PAR1", "damaged"),
        ("a.txt", None, "not-opened"),
    ],
)
def test_what_cannot_be_read_is_counted_and_never_raised(
    tmp_path: Path, name: str, octets: bytes | None, why: str
) -> None:
    path = tmp_path / name
    if octets is not None:
        path.write_bytes(octets)
    rows, counts = done(CorpusJob(needles=(needle(),), mapping={}), path)
    assert rows == []
    assert counts == {f"at:{why}": 0, f"why:{why}": 1, "unreadable": 1, "ended": 1}


def test_names_of_crawls_are_bounded(tmp_path: Path) -> None:
    rows = [{"text": "a", "crawl": f"C{n}"} for n in range(100)]
    _, counts = done(CorpusJob(needles=(needle(),), mapping={}), lines(tmp_path / "a.jsonl", *rows))
    assert len([name for name in counts if name.startswith("crawl:")]) == 20
    assert counts["records"] == 100
