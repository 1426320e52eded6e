"""Hits that a run wrote down before, and another hand changed: told in one line."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from withhold.errors import WithholdError
from withhold.reach.engines import Done
from withhold.verbs.corpus_job import NUMBERS, TEXTS
from withhold.verbs.prove_corpus import Searched

NAMES = (*TEXTS, *NUMBERS, "near")


def no_utf8() -> pa.Array:
    """One text of the octet FF, which pyarrow takes unseen from a buffer."""
    offsets = pa.py_buffer((0).to_bytes(4, "little") + (1).to_bytes(4, "little"))
    return pa.StringArray.from_buffers(1, offsets, pa.py_buffer(b"\xff"))


def changed(path: Path, how: str) -> None:
    if how == "no parquet":
        path.write_bytes(b"PAR1 and no more")
    elif how == "other columns":
        pq.write_table(pa.table({"soup": ["lentils"]}), path)
    else:
        pq.write_table(pa.table({name: no_utf8() for name in NAMES}), path)


@pytest.mark.parametrize("how", ["no parquet", "other columns", "no UTF-8"])
def test_hits_that_were_changed_are_told(tmp_path: Path, how: str) -> None:
    changed(tmp_path / "part.parquet", how)
    part = Done(part="000000", file="part.parquet", sha256="", rows=1, counts={})
    said = Searched(
        sought=None,  # type: ignore[arg-type]  # of no importance here
        files=(),
        folder=str(tmp_path),
        parts=(part,),
        crawls={},
        beyond={},
    )
    with pytest.raises(WithholdError, match=r"part\.parquet: hits .* cannot be read"):
        list(said.places())
