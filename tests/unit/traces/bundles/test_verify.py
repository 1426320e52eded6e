"""Every octet of a bundle: what was changed, moved, added or cut is found, and where."""

from __future__ import annotations

import hashlib
import random
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pytest

from tests.unit.traces.bundles.made import bundle, contents
from withhold.traces.bundles.verify import NoBundle, Verified, verify

FIRST = 30 + len("manifest.json")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A bundle of seven files, one of them of five blocks."""
    return bundle(tmp_path_factory.mktemp("bundle") / "b.zip")


def checked(data: bytes | bytearray, given: str = "") -> Verified:
    return verify(BytesIO(bytes(data)), given)


def places(data: bytes) -> dict[str, tuple[int, int]]:
    """Where the content of each file lies, by the standard library."""
    found = {}
    with ZipFile(BytesIO(data)) as zipped:
        for one in zipped.infolist():
            at = one.header_offset + 30 + len(one.filename)
            found[one.filename] = (at, at + one.file_size)
    return found


def test_a_bundle_as_it_was_made_verifies(whole: bytes) -> None:
    found = checked(whole)
    assert found.ok
    assert found.misfit is None
    at, until = places(whole)["manifest.json"]
    assert found.seal == hashlib.sha256(whole[at:until]).hexdigest()
    assert found.chain is not None
    assert found.chain.length == 5


def test_the_seal_that_was_given_is_compared(whole: bytes) -> None:
    seal = checked(whole).seal
    assert checked(whole, seal).ok
    other = checked(whole, "0" * 64)
    assert not other.ok
    assert other.misfit is None
    assert not other.seal_fits


@pytest.mark.parametrize(
    ("many", "seed"), [(100, 20261127), pytest.param(1000, 20261126, marks=pytest.mark.long)]
)
def test_changed_octets_are_all_named_by_their_place(whole: bytes, many: int, seed: int) -> None:
    some = random.Random(seed)  # noqa: S311  the same each time
    where = places(whole)
    for _ in range(many):
        at = some.randrange(len(whole))
        changed = bytearray(whole)
        changed[at] ^= some.randrange(1, 256)
        misfit = checked(changed).misfit
        assert misfit is not None, at
        assert (misfit.at, misfit.exact) == (at, True)
        inside = [name for name, (start, end) in where.items() if start <= at < end]
        if inside:
            assert misfit.file == inside[0]
            assert misfit.in_file == at - where[inside[0]][0]
        if misfit.was:
            assert misfit.was == f"{whole[at]:02x}"


def test_every_octet_that_is_no_content_is_named_by_its_place(whole: bytes) -> None:
    """Headers, manifest, sums, seal, directory: each octet of them, once."""
    where = places(whole)
    content = {
        at
        for name, (start, end) in where.items()
        if name not in ("manifest.json", "SHA256SUMS", "SEAL")
        for at in range(start, end)
    }
    start, end = where["manifest.json"]
    content |= {at for at in range(start, end) if at % 5}  # every fifth is enough
    others = [at for at in range(len(whole)) if at not in content]
    assert len(others) > 1500
    for at in others:
        changed = bytearray(whole)
        changed[at] ^= 1 + at % 255
        misfit = checked(changed).misfit
        assert misfit is not None
        assert (misfit.at, misfit.exact) == (at, True)


def test_a_manifest_of_several_blocks_is_as_exact(tmp_path: Path) -> None:
    files = {f"evidence/{n:04}.txt": b"%d" % n for n in range(600)}
    data = bundle(tmp_path / "b.zip", files)
    start, end = places(data)["manifest.json"]
    assert end - start > 3 * 65536
    for at in range(start, end, 7919):
        changed = bytearray(data)
        changed[at] ^= 4
        misfit = checked(changed).misfit
        assert misfit is not None
        assert (misfit.at, misfit.exact, misfit.was) == (at, True, f"{data[at]:02x}")


def test_a_cut_is_found_wherever_it_is(whole: bytes) -> None:
    some = random.Random(3)  # noqa: S311
    where = places(whole)
    lengths = {FIRST, FIRST + 1, len(whole) - 1, len(whole) - 22, len(whole) - 23}
    lengths |= {end for _, end in where.values()} | {start for start, _ in where.values()}
    lengths |= {some.randrange(FIRST, len(whole)) for _ in range(60)}
    for length in sorted(lengths):
        misfit = checked(whole[:length]).misfit
        assert misfit is not None
        assert misfit.why == "missing", length
        # what is there of a stretch cannot be told from what was; else the end itself
        assert misfit.at == length if misfit.exact else misfit.at <= length < misfit.until
        assert length - misfit.at < 65536


@pytest.mark.parametrize("length", [0, 1, 4, 29, 42])
def test_less_than_a_beginning_is_no_bundle(whole: bytes, length: int) -> None:
    with pytest.raises(NoBundle):
        checked(whole[:length])


@pytest.mark.parametrize("more", [b"\0", b"PK\5\6" + bytes(18), b"x" * 100_000])
def test_what_is_appended_is_found(whole: bytes, more: bytes) -> None:
    misfit = checked(whole + more).misfit
    assert misfit is not None
    assert (misfit.at, misfit.part) == (len(whole), "behind")
    assert misfit.until - misfit.at == len(more)


@pytest.mark.parametrize("before", [b"\0", b"#!/bin/sh\n", bytes(50_000)])
def test_what_is_put_before_is_found(whole: bytes, before: bytes) -> None:
    misfit = checked(before + whole).misfit
    assert misfit is not None
    assert (misfit.at, misfit.exact) == (0, True)


def test_two_swapped_octets_are_found_in_their_stretch(whole: bytes) -> None:
    some = random.Random(5)  # noqa: S311
    start, _ = places(whole)["evidence/large.bin"]
    for _ in range(50):
        at = start + some.randrange(139_000)
        one, two = at, at + 4 + some.randrange(500)
        if whole[one] == whole[two]:
            continue
        changed = bytearray(whole)
        changed[one], changed[two] = whole[two], whole[one]
        misfit = checked(changed).misfit
        assert misfit is not None
        assert misfit.file == "evidence/large.bin"
        assert misfit.at <= one < misfit.until
        assert misfit.until - misfit.at <= 65536
        assert not misfit.exact


def test_neighbours_that_were_swapped_are_named(whole: bytes) -> None:
    start, end = places(whole)["evidence/large.bin"]
    found = 0
    for at in range(start, end - 2, 9973):
        changed = bytearray(whole)
        changed[at : at + 2] = whole[at + 1], whole[at]
        if changed == whole or at // 65536 != (at + 1) // 65536:
            continue
        misfit = checked(changed).misfit
        assert misfit is not None
        assert (misfit.at, misfit.until, misfit.exact) == (at, at + 2, True)
        assert misfit.was == whole[at : at + 2].hex()
        found += 1
    assert found > 10


def test_two_changed_octets_name_the_first_of_them_in_structure(whole: bytes) -> None:
    changed = bytearray(whole)
    changed[-1] ^= 1
    changed[-60] ^= 1
    misfit = checked(changed).misfit
    assert misfit is not None
    assert misfit.at == len(whole) - 60


def rewritten(data: bytes, **how: object) -> bytes:
    """The same files, written once more by the standard library in another way."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_STORED) as new:
        entries = old.infolist()
        if how.get("reversed"):
            entries = [entries[0], *entries[:0:-1]]
        for one in entries:
            if one.filename == how.get("without"):
                continue
            name = "evidence/ANOTHER.bin" if one.filename == how.get("renamed") else one.filename
            info = ZipInfo(name, date_time=how.get("time", (1980, 1, 1, 0, 0, 0)))  # type: ignore[arg-type]
            info.external_attr = 0o100600 << 16
            new.writestr(info, old.read(one))
        for name in how.get("more", ()):  # type: ignore[attr-defined]
            new.writestr(ZipInfo(name), b"more")
    return out.getvalue()


@pytest.mark.parametrize(
    "how",
    [
        {"reversed": True},
        {"without": "evidence/one.bin"},
        {"without": "SHA256SUMS"},
        {"without": "SEAL"},
        {"renamed": "evidence/block.bin"},
        {"time": (2026, 11, 26, 12, 0, 0)},
        {"more": ("zz.txt",)},
        {"more": ("../../etc/passwd",)},
        {"more": ("/etc/passwd", "INDEX.HTML")},
        {},
    ],
    ids=str,
)
def test_the_same_files_packed_in_another_way_do_not_verify(
    whole: bytes, how: dict[str, object]
) -> None:
    """Also where every content is as it was: flags, order, names, times are octets as well."""
    other = rewritten(whole, **how)
    assert other != whole
    misfit = checked(other).misfit
    assert misfit is not None
    start = next(at for at, (a, b) in enumerate(zip(other, whole, strict=False)) if a != b)
    assert misfit.at == start


def test_another_zip_file_is_no_bundle() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as zipped:
        zipped.writestr("index.html", b"hello")
    with pytest.raises(NoBundle):
        checked(out.getvalue())


def test_the_same_content_is_the_same_file(tmp_path: Path) -> None:
    one = bundle(tmp_path / "1.zip", contents())
    two = bundle(tmp_path / "2.zip", dict(reversed(contents().items())))
    assert one == two
    assert (tmp_path / "1.zip").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
