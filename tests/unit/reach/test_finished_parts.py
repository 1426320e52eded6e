"""Parts without processes: ids, digests, folders at an address, what counts as finished."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.reach.toy import Toy, contents, made
from withhold.errors import BadInput, MissingExtra, WithholdError
from withhold.reach import engines, finished_parts
from withhold.reach.engines import Part, digest_of, parts_of, run
from withhold.reach.out_folder import OutFolder


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    yield system
    if system.exists("/out"):
        system.rm("/out", recursive=True)


def test_parquet_is_cut_by_row_groups_and_other_files_are_not(tmp_path: Path) -> None:
    table = pa.table({"n": list(range(25))})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=4)  # 4 4 4 4 4 4 1
    pq.write_table(table.slice(0, 0), tmp_path / "b.PQ")
    names = [str(tmp_path / one) for one in ("a.parquet", "b.PQ", "c.warc")]
    assert parts_of(names, rows=10) == [
        Part(id="000000-0000", name=names[0], first=0, last=2),
        Part(id="000000-0001", name=names[0], first=3, last=5),
        Part(id="000000-0002", name=names[0], first=6, last=6),
        Part(id="000001-0000", name=names[1], first=0, last=0),
        Part(id="000002", name=names[2]),
    ]
    assert parts_of(names, rows=10) == parts_of(names, rows=10)
    (tmp_path / "d.parquet").write_bytes(b"PAR1 this is none")
    with pytest.raises(BadInput, match=r"d\.parquet: is no Parquet"):
        parts_of([str(tmp_path / "d.parquet")])


def test_a_digest_is_another_for_every_other_setting() -> None:
    one = digest_of("filter", {"b": 1, "a": 2}, ["x"])
    assert one == digest_of("filter", {"a": 2, "b": 1}, ["x"])
    others = {digest_of("filter", {"a": 2, "b": 1}, ["y"]), digest_of("filter"), digest_of("x")}
    assert len(others | {one}) == 4


def test_a_folder_at_an_address_holds_the_same_octets(
    tmp_path: Path, memory: fsspec.AbstractFileSystem
) -> None:
    parts = made(tmp_path / "in", 3)
    here = run(Toy(), parts, str(tmp_path / "out"), workers=1)
    there = run(Toy(), parts, "memory://out", workers=1)
    assert here == there
    found = {name[len("/out/") :]: memory.cat_file(name) for name in memory.find("/out")}
    assert found == contents(tmp_path / "out")
    memory.rm_file("/out/part-000001.parquet")
    memory.pipe_file("/out/part-999999.parquet", b"left over")
    assert run(Toy(), parts, "memory://out", workers=1).kept == 2
    assert "/out/part-999999.parquet" not in memory.find("/out")
    with pytest.raises(BadInput, match="another job"):
        run(Toy("other"), parts, "memory://out", workers=1)


def test_a_note_of_another_part_or_file_does_not_count(tmp_path: Path) -> None:
    parts, out = made(tmp_path / "in", 2), tmp_path / "out"
    run(Toy(), parts, str(out), workers=1)
    note = json.loads((out / ".finished" / "000001.json").read_text())
    note["done"]["file"] = "../in/0.txt"
    (out / ".finished" / "000001.json").write_text(json.dumps(note))
    assert run(Toy(), parts, str(out), workers=1).kept == 1
    (out / ".finished" / "000000.json").write_bytes((out / ".finished/000001.json").read_bytes())
    assert run(Toy(), parts, str(out), workers=1).kept == 1


def test_a_worker_whose_folder_was_given_away_writes_nothing(tmp_path: Path) -> None:
    part, out = made(tmp_path / "in", 1)[0], tmp_path / "out"
    run(Toy(), [part], str(out), workers=1)
    before = contents(out)
    with pytest.raises(WithholdError, match="given to another job"):
        finished_parts.done(Toy(), part, str(out), "the digest of a driver that is dead")
    assert contents(out) == before


def test_starting_over_takes_away_what_is_ours_alone(tmp_path: Path) -> None:
    parts, out = made(tmp_path / "in", 2), tmp_path / "out"
    run(Toy(), parts, str(out), workers=1)
    (out / "README").write_text("of somebody else")
    finished_parts.start_over(str(out))
    assert contents(out) == {"README": b"of somebody else"}
    assert run(Toy("other"), parts, str(out), workers=1).kept == 0
    finished_parts.start_over(str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_an_out_that_cannot_be_a_folder_is_said(tmp_path: Path) -> None:
    parts = made(tmp_path / "in", 1)
    (tmp_path / "file").write_text("x")
    with pytest.raises(WithholdError, match="cannot be written"):
        run(Toy(), parts, str(tmp_path / "file"), workers=1)


def test_rows_are_gathered_into_groups_of_a_good_size(tmp_path: Path) -> None:
    (tmp_path / "many.txt").write_text("x\n" * 70_000)
    part = Part(id="a", name=str(tmp_path / "many.txt"))
    run(Toy(), [part], str(tmp_path / "out"), workers=1)
    about = pq.read_metadata(tmp_path / "out" / "part-a.parquet")
    assert [about.row_group(one).num_rows for one in range(about.num_row_groups)] == [65_536, 4_464]


def test_no_parts_are_an_empty_answer(tmp_path: Path) -> None:
    assert run(Toy(), [], str(tmp_path / "out")) == engines.Finished(parts=())


def test_without_pyspark_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(MissingExtra) as raised:
        run(Toy(), [], str(tmp_path / "out"), engine="local")
    assert raised.value.tip == 'pip install "withhold[scale]"'
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name != "pyspark" or None)
    with pytest.raises(MissingExtra) as raised:
        run(Toy(), [], str(tmp_path / "out"), engine="spark")
    assert raised.value.tip == 'pip install "withhold[spark]"'
    assert not (tmp_path / "out").exists()


def test_a_small_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = OutFolder(str(tmp_path / "out"))
    folder.make()
    folder.put("a", b"1")
    folder.put("a", b"2")
    assert (folder.get("a"), folder.get("b"), folder.names()) == (b"2", None, ["a"])
    with folder.beside() as path:
        Path(path).write_bytes(b"half")
        assert len(folder.names()) == 2
    assert folder.names() == ["a"]
    folder.remove("a")
    folder.remove("a")
    assert folder.names() == []
