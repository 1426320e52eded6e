"""Bundles that somebody made to mislead or to break whoever checks them."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import msgspec
import pytest

from tests.unit.traces.bundles.by_hand import chain_lines
from tests.unit.traces.bundles.made import bundle, contents, manifest_of
from withhold.traces.bundles import manifest as manifests
from withhold.traces.bundles.manifest import Manifest, NoManifest
from withhold.traces.bundles.responses import warc_in
from withhold.traces.bundles.verify import NoBundle, verify
from withhold.traces.bundles.zipped import ending, local


def sealed(data: bytes, bodies: dict[str, bytes]) -> bytes:
    """A bundle whose manifest is any octets, packed and sealed as if it were a true one."""
    from withhold.traces.bundles.zipped import Entry

    every = {"manifest.json": data, **bodies, "SEAL": manifests.seal(data)}
    entries = [Entry(name, len(body), zlib.crc32(body)) for name, body in every.items()]
    pieces = [part for one in entries for part in (local(one), every[one.name])]
    return b"".join((*pieces, *(one.octets for one in ending(entries))))


def lying(change: Callable[[dict[str, Any]], None]) -> bytes:
    """A bundle whose manifest was changed and sealed again, spelled as withhold spells it."""
    said = json.loads(manifests.octets(manifest_of(contents())))
    change(said)
    data = msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n"
    return sealed(data, {"index.html": b"x"})


def _name(name: str) -> Callable[[dict[str, Any]], None]:
    def change(said: dict[str, Any]) -> None:
        said["files"][-1]["name"] = name

    return change


@pytest.mark.parametrize(
    "name",
    [
        "zz/../../etc/passwd",
        "/etc/passwd",
        "zz//a",
        "zz\\a",
        "zz\x1b[2J",
        "zz\n",
        "zz\u202egpj.exe",
        "z" * 201,
        "",
        ".hidden",
        "C:zz",
        "zz/",
        "zz/a/b/c/d/e/f/g",
    ],
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    found = verify(BytesIO(lying(_name(name))))
    assert not found.ok
    assert found.misfit is not None
    assert found.misfit.why == "names"
    assert found.misfit.file == "manifest.json"


def test_a_name_twice_and_a_name_in_other_case_are_refused() -> None:
    for name in ("index.html", "INDEX.html", "seal", "zz/SEAL/../x"):

        def change(said: dict[str, Any], name: str = name) -> None:
            said["files"].append(dict(said["files"][-1], name=name))
            said["files"].sort(key=lambda one: one["name"])

        misfit = verify(BytesIO(lying(change))).misfit
        assert misfit is not None
        assert misfit.why == "names"


def test_a_folder_that_is_a_file_as_well_is_refused() -> None:
    def change(said: dict[str, Any]) -> None:
        said["files"].append(dict(said["files"][-1], name="index.html/x"))
        said["files"].sort(key=lambda one: one["name"])

    misfit = verify(BytesIO(lying(change))).misfit
    assert misfit is not None
    assert misfit.why == "names"


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("size", 10**9, "blocks"),
        ("size", -1, "unreadable"),
        ("size", 2**63, "unreadable"),
        ("sha256", "0" * 63, "unreadable"),
        ("crc32", "XYZ", "unreadable"),
        ("what", "a-virus", "unreadable"),
        ("blocks", ["0" * 64], "blocks"),
    ],
)
def test_a_manifest_that_lies_about_a_file(field: str, value: object, why: str) -> None:
    def change(said: dict[str, Any]) -> None:
        said["files"][-1][field] = value

    misfit = verify(BytesIO(lying(change))).misfit
    assert misfit is not None
    assert misfit.why == why


def test_a_size_that_is_not_there_ends_where_the_file_ends(tmp_path: Path) -> None:
    """4 GiB are claimed; nothing is allocated for them."""

    def change(said: dict[str, Any]) -> None:
        said["files"] = [dict(said["files"][0], size=3 * 2**30, blocks=["0" * 64] * (3 * 2**14))]

    misfit = verify(BytesIO(lying(change))).misfit
    assert misfit is not None


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"schema":' * 50_000,
        b"{}",
        b"null",
        b"\xff\xfe",
        b"",
        b'{"schema": "withhold/bundle/2"}',
    ],
    ids=lambda one: repr(one[:12]),
)
def test_a_manifest_that_is_none_is_said(data: bytes) -> None:
    found = verify(BytesIO(sealed(data, {})))
    assert not found.ok
    assert found.misfit is not None


def test_spaces_between_fields_are_no_place_to_hide_in() -> None:
    good = manifests.octets(manifest_of(contents()))
    for data in (good.replace(b": ", b" :  ", 1), good + b" ", good.replace(b"\n", b"\r\n", 1)):
        with pytest.raises(NoManifest, match="spelled-otherwise"):
            manifests.read(data)


def test_more_files_than_a_bundle_holds_are_refused() -> None:
    one = manifest_of({"index.html": b"x"})
    import msgspec

    many = tuple(msgspec.structs.replace(one.files[0], name=f"f/{n:06}") for n in range(65_001))
    lies: Manifest = msgspec.structs.replace(one, files=many)
    with pytest.raises(NoManifest, match="too-large"):
        manifests.read(manifests.octets(lies))


@pytest.mark.parametrize("field", ["sha256", "crc32"])
def test_a_digest_is_written_in_one_way(field: str) -> None:
    said = json.loads(manifests.octets(manifest_of(contents())))
    said["files"][-1][field] += "\n"
    data = msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n"
    with pytest.raises(NoManifest, match="unreadable"):
        manifests.read(data)


def test_a_chain_that_does_not_hold_is_said_though_every_octet_fits(tmp_path: Path) -> None:
    lines = chain_lines(5)[0].split(b"\n")
    for number, broken in {
        2: [lines[0], lines[2], *lines[3:]],  # a link left out
        4: [*lines[:3], lines[3].replace(b'\\"n\\": 4', b'\\"n\\": 5'), *lines[4:]],
        6: [*lines[:5], lines[4], b""],  # the last twice
    }.items():
        data = bundle(tmp_path / f"{number}.zip", contents() | {"chain.jsonl": b"\n".join(broken)})
        found = verify(BytesIO(data))
        assert found.misfit is None
        assert found.chain is not None
        assert found.chain.broken_at == number
        assert not found.ok


def test_deep_and_endless_lines_in_a_chain(tmp_path: Path) -> None:
    for body in (b"[" * 300_000, b'{"seq": 1, "body": "' + b"x" * 100_000, b"\n\n\n"):
        data = bundle(tmp_path / "b.zip", contents() | {"chain.jsonl": body})
        found = verify(BytesIO(data))
        assert found.chain is not None
        assert found.chain.why == "unreadable"


def test_a_bomb_in_a_warc_is_not_held(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(80 * 2**20), 9)
    seen = warc_in(BytesIO(bomb), "r.warc.gz", len(bomb))
    assert (seen.records, seen.fits, seen.not_looked_at) == (1, 0, 1)
    for other in (b"", b"no gzip", bomb[:-3]):
        seen = warc_in(BytesIO(other), "r.warc.gz", len(other))
        assert seen.fits == 0
        assert seen.readable == (not other)


def test_a_link_as_zip_knows_it_is_only_octets(tmp_path: Path) -> None:
    """The mode in the directory says that a file is a link: another octet, and nothing more."""
    data = bytearray(bundle(tmp_path / "b.zip"))
    with ZipFile(BytesIO(bytes(data))) as zipped:
        directory = zipped.start_dir
    at = directory + 38 + 3
    data[at] = 0o120777 >> 8
    found = verify(BytesIO(bytes(data)))
    assert found.misfit is not None
    assert (found.misfit.at, found.misfit.part) == (at, "directory")


def spoiled(data: bytes, some: random.Random) -> bytes:
    """Octets changed, cut out, put in, swapped or copied, a few times."""
    made = bytearray(data)
    for _ in range(some.choice((1, 2, 3, 8))):
        spots = (
            some.randrange(len(made)),
            some.randrange(1000),
            len(made) - 1 - some.randrange(800),
        )
        at = some.choice(spots) % len(made)
        match some.randrange(5):
            case 0:
                made[at] ^= some.randrange(1, 256)
            case 1:
                del made[at : at + some.choice((1, 2, 5, 100, 2000))]
            case 2:
                made[at:at] = some.randbytes(some.choice((1, 2, 50, 3000)))
            case 3:
                made[at : at + 4] = some.choice((b"\xff" * 4, b"\0" * 4, b"PK\1\2"))
            case 4:
                there = some.randrange(len(made))
                made[at : at + 30] = made[there : there + 30]
        made = made or bytearray(b"x")
    return bytes(made)


def test_however_it_was_spoiled_the_first_octet_that_does_not_fit_is_where_it_is_said(
    tmp_path: Path,
) -> None:
    files = {"a/x.txt": b"hello", "chain.jsonl": b"", "zz.bin": random.Random(1).randbytes(9000)}  # noqa: S311
    data = bundle(tmp_path / "b.zip", files)
    some = random.Random(9)  # noqa: S311
    judged = 0
    for _ in range(300):
        other = spoiled(data, some)
        if other == data:
            continue
        try:
            found = verify(BytesIO(other))
        except NoBundle:
            continue
        both = enumerate(zip(other, data, strict=False))
        first = next((at for at, (a, b) in both if a != b), min(len(other), len(data)))
        misfit = found.misfit
        assert misfit is not None
        if misfit.exact:
            assert misfit.at == first
        else:
            assert misfit.at <= first < misfit.until
        judged += 1
    assert judged > 250


def resealed(man: Manifest, files: dict[str, bytes]) -> bytes:
    """A bundle with this manifest, of which every octet fits."""
    data = manifests.octets(man)
    named = {one.name: files[one.name] for one in man.files}
    return sealed(data, {**named, "SHA256SUMS": manifests.sums(man, data)})


def test_a_chain_that_is_claimed_is_looked_at_whatever_its_file_is_called() -> None:
    """Every octet fits: the maker of the bundle lies about which file is the chain."""
    import msgspec

    files = contents()
    good = manifest_of(files)

    def said(files: dict[str, bytes], **what: str) -> Manifest:
        filed = tuple(
            msgspec.structs.replace(one, what=what.get(one.name.partition(".")[0], one.what))
            for one in manifest_of(files).files
        )
        return msgspec.structs.replace(good, files=filed)

    assert verify(BytesIO(resealed(good, files))).ok
    without = {name: body for name, body in files.items() if name != "chain.jsonl"}
    nonsense = files | {"aa.jsonl": b"nonsense\n"}
    for man, there in (
        (said(files, chain="evidence"), files),
        (said(without), without),
        (said(nonsense, aa="chain"), nonsense),
        (said(nonsense, aa="chain", chain="evidence"), nonsense),
    ):
        found = verify(BytesIO(resealed(man, there)))
        assert found.misfit is None
        assert not found.ok
        assert found.chain is not None
        assert found.chain.why == "not-one-chain"


@pytest.mark.parametrize("field", ["with_text", "not_asked", "redacted", "forgotten"])
def test_how_many_links_have_their_text_is_counted_and_not_believed(field: str) -> None:
    import msgspec

    good = manifest_of(contents())
    lies = msgspec.structs.replace(good, chain=msgspec.structs.replace(good.chain, **{field: 99}))
    found = verify(BytesIO(resealed(lies, contents())))
    assert found.chain is not None
    assert (found.chain.ok, found.chain.why) == (False, "other-counts")


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ({"email": -5}, "unreadable"),
        ({"email": 2**70}, "unreadable"),
        ({"email": 3}, "counts"),  # none of its files says so
    ],
    ids=str,
)
def test_what_was_withheld_adds_up(counts: dict[str, int], why: str) -> None:
    import msgspec

    lies = msgspec.structs.replace(manifest_of(contents()), withheld=counts)
    misfit = verify(BytesIO(resealed(lies, contents()))).misfit
    assert misfit is not None
    assert misfit.why == why


@pytest.mark.parametrize(
    "replaced",
    [
        (b'"version": "0",', b'"version": "9",\n "version": "0",'),  # a field twice
        (b'"length": 5', b'"length": NaN'),
        (b'"length": 5', b'"length": 5.0'),
        (b'"length": 5', b'"length": ' + b"9" * 5000),
        (b'"version": "0"', b'"version": "\\u0030"'),
        (b'"version": "0"', b'"version": "\\ud800"'),
        (b'"withheld": {}', b'"withheld": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    ],
    ids=lambda one: repr(one[1][:24]),
)
def test_a_manifest_that_two_readers_would_read_differently_is_none(
    replaced: tuple[bytes, bytes],
) -> None:
    good = manifests.octets(manifest_of(contents()))
    data = good.replace(*replaced)
    assert data != good
    with pytest.raises(NoManifest, match=r"unreadable|spelled-otherwise"):
        manifests.read(data)


def test_what_other_readers_of_zip_believe_is_not_believed(tmp_path: Path) -> None:
    """Marks of ZIP64, of sizes behind the content, a comment, records in another order, a seal of
    another bundle: each is an octet that does not fit, at the place where it stands."""
    good = bundle(tmp_path / "b.zip")
    other = bundle(tmp_path / "o.zip", contents(3) | {"index.html": b"another"})
    with ZipFile(BytesIO(good)) as zipped:
        start, infos = zipped.start_dir, zipped.infolist()
        seal_at = zipped.getinfo("SEAL").header_offset + 30 + 4
    with ZipFile(BytesIO(other)) as zipped:
        seal = zipped.read("SEAL")
    one, two = (start + sum(46 + len(i.filename) for i in infos[:n]) for n in (1, 2))
    end64 = b"PK\6\6" + bytes(52) + b"PK\6\7" + bytes(16)
    for lie, at in (
        (good[:6] + b"\x08" + good[7:], 6),  # sizes stand behind the content
        (good[:18] + b"\xff" * 8 + good[26:], 18),  # sizes stand in a field of ZIP64
        (good[:-14] + b"\xff" * 4 + good[-10:], len(good) - 14),
        (good[:-6] + b"\xff" * 4 + good[-2:], len(good) - 6),
        (good[:-22] + end64 + good[-22:], len(good) - 20),
        (good[:-2] + b"\x05\0hello", len(good) - 2),
        (good[:start] + good[one:two] + good[start:one] + good[two:], None),
        (good[:seal_at] + seal + good[seal_at + len(seal) :], None),
    ):
        misfit = verify(BytesIO(lie)).misfit
        assert misfit is not None
        first = next(n for n, (a, b) in enumerate(zip(lie, good, strict=False)) if a != b)
        assert at in (None, first)
        assert (misfit.at, misfit.exact) == (first, True)
