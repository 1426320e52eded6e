"""Writing a bundle: all of it or nothing, private, and never over what was digested."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.unit.traces.bundles.made import contents, manifest_of
from withhold.errors import BadInput
from withhold.reach.bundle_files import write_bundle


def quiet(_: int) -> None:
    """Nobody looks."""


def test_a_stop_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def stopped(size: int) -> None:
        if size > 100_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_bundle(tmp_path / "b.zip", manifest_of(contents()), dict(contents()), stopped)
    assert list(tmp_path.iterdir()) == []


def test_a_stop_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    def stopped(_: int) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "b.zip"
    out.write_bytes(b"the last one")
    with pytest.raises(KeyboardInterrupt):
        write_bundle(out, manifest_of(contents()), dict(contents()), stopped)
    assert out.read_bytes() == b"the last one"
    assert list(tmp_path.iterdir()) == [out]


def test_a_file_that_changed_since_it_was_digested(tmp_path: Path) -> None:
    files = contents()
    said = manifest_of(files)
    changed = tmp_path / "changed"
    changed.write_bytes(files["evidence/large.bin"][:-1] + b"?")
    bodies = {**files, "evidence/large.bin": changed}
    with pytest.raises(BadInput, match="changed while"):
        write_bundle(tmp_path / "b.zip", said, bodies, quiet)
    assert list(tmp_path.iterdir()) == [changed]


def test_what_no_bundle_can_hold(tmp_path: Path) -> None:
    said = manifest_of({"index.html": b"x"})
    many = tuple(replace(said.files[0], name=f"f/{n:06}") for n in range(65_001))
    with pytest.raises(BadInput, match="more than a bundle can hold"):
        write_bundle(tmp_path / "b.zip", replace(said, files=many), {}, quiet)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadInput, match="cannot be written"):
        write_bundle(tmp_path / "file" / "b.zip", manifest_of(contents()), dict(contents()), quiet)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    bodies = {**contents(), "index.html": tmp_path / "gone"}
    with pytest.raises(BadInput, match="cannot be read"):
        write_bundle(tmp_path / "b.zip", manifest_of(contents()), bodies, quiet)
    assert list(tmp_path.iterdir()) == []
