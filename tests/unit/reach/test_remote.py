"""Inputs by name, here and in fsspec's memory; what an address hides never stands in a message."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from withhold.errors import BadInput, MissingExtra
from withhold.reach.remote import is_address, listed, opened, shown, stamp, stamps


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    for name, body in {"/e/b.warc": b"bb", "/e/in/a.warc.gz": b"a", "/e/x.txt": b"x"}.items():
        system.pipe_file(name, body)
    yield system
    system.rm("/e", recursive=True)


def folder(at: Path) -> Path:
    for name in ("b.warc", "in/A.WARC.gz", "x.txt", ".beside-1.warc"):
        (at / name).parent.mkdir(exist_ok=True)
        (at / name).write_bytes(b"12345"[: len(name) % 5])
    return at


def test_a_folder_a_file_and_a_pattern(tmp_path: Path) -> None:
    here = str(folder(tmp_path))
    assert [(one.name, one.size) for one in listed([here], (".warc", ".warc.gz"))] == [
        (f"{here}/b.warc", 1),
        (f"{here}/in/A.WARC.gz", 2),
    ]
    assert [one.name for one in listed([here])] == [
        f"{here}/b.warc",
        f"{here}/in/A.WARC.gz",
        f"{here}/x.txt",
    ]
    assert [one.name for one in listed([f"{here}/**/*.gz"])] == [f"{here}/in/A.WARC.gz"]
    twice = listed([f"{here}/x.txt", here, f"{here}/*.txt"], (".txt",))
    assert [one.name for one in twice] == [f"{here}/x.txt"]


@pytest.mark.parametrize("name", ["nothing", "*.none", "no/where/*", ""])
def test_what_is_not_there_is_said_with_the_next_step(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match=r"is not there|cannot be read") as raised:
        list(listed([str(tmp_path / name) if name else "\0"]))
    assert raised.value.tip


def test_octets_and_what_keeps_them_from_being_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    with opened(str(tmp_path / "a")) as stream:
        assert stream.read() == b"abc"
    with pytest.raises(BadInput, match="Is a directory"):
        opened(str(tmp_path))
    with pytest.raises(BadInput, match="No such file"):
        opened(str(tmp_path / "b"))


def test_a_stamp_changes_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    before, all_before = stamp(str(path)), stamps([str(path)])
    assert stamp(str(path)) == before
    path.write_bytes(b"abd")
    os.utime(path, ns=(1, 1))
    assert stamp(str(path)) != before
    assert stamps([str(path)]) != all_before
    with pytest.raises(BadInput):
        stamp(str(tmp_path / "none"))


def test_addresses_of_fsspec(memory: fsspec.AbstractFileSystem) -> None:
    found = listed(["memory://e"], (".warc", ".warc.gz"))
    assert [(one.name, one.size) for one in found] == [
        ("memory:///e/b.warc", 2),
        ("memory:///e/in/a.warc.gz", 1),
    ]
    assert [one.name for one in listed(["memory://e/*.txt"])] == ["memory:///e/x.txt"]
    with opened(found[0].name) as stream:
        assert stream.read() == b"bb"
        stream.seek(1)
        assert stream.read() == b"b"
    before = stamp(found[0].name)
    memory.pipe_file("/e/b.warc", b"bbb")
    assert stamp(found[0].name) != before
    for name in ("memory://e/none", "memory://e/*.none"):
        with pytest.raises(BadInput, match="is not there"):
            listed([name])


def test_a_file_that_is_called_like_an_address_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x:").mkdir()
    Path("x:/y").write_bytes(b"here")
    assert not is_address("x://y")
    assert is_address("s3://bucket/key")
    assert is_address("simplecache::s3://bucket/key")
    assert not is_address("C:/windows")
    with opened("x://y") as stream:
        assert stream.read() == b"here"


def test_what_an_address_hides_is_not_shown() -> None:
    assert shown("https://me:secret@h.example/a?X-Amz-Signature=1#k") == "https://h.example/a"
    assert shown("/home/me/a?b#c.txt") == "/home/me/a?b#c.txt"
    with pytest.raises(BadInput) as raised:
        opened("memory://me:secret@x/none?token=1")
    assert "secret" not in f"{raised.value.message}{raised.value.tip}"
    assert "token" not in raised.value.message


def test_a_scheme_whose_package_is_missing_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(address: str) -> None:
        raise ImportError("install it")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    for address, package in {
        "s3://b/k": "s3fs",
        "gs://b/k": "gcsfs",
        "https://h/": "aiohttp",
    }.items():
        with pytest.raises(MissingExtra) as raised:
            opened(address)
        assert raised.value.tip == f'pip install "{package}"'
    monkeypatch.undo()
    with pytest.raises(BadInput, match="no scheme that is known"):
        opened("nosuch://x")


def test_a_name_that_is_no_utf_8_can_be_said() -> None:
    assert shown("in/a\udcfcb.jsonl") == "in/a?b.jsonl"
