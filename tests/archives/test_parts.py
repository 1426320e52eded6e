"""The files of an archive: what zips, tars and folders may hold, and what is refused in them."""

from __future__ import annotations

import gzip
import io
import os
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.archives.made.packings import Member, written, zip_of
from withhold.errors import BadInput
from withhold.exports import parts, streams
from withhold.exports.notes import Notes
from withhold.exports.parts import Files, TooLarge, Unreadable

LINK = (stat.S_IFLNK | 0o777) << 16


def opened(*names: Path) -> tuple[Files, Notes]:
    notes = Notes()
    return Files(names, notes), notes


def refused(notes: Notes) -> list[tuple[str, str]]:
    return [(one.path, one.why) for one in notes.not_understood]


def saved(folder: Path, body: bytes, name: str = "a.zip") -> Path:
    (folder / name).write_bytes(body)
    return folder / name


def tarred(name: Path, members: list[tuple[tarfile.TarInfo, bytes]], mode: str = "w:gz") -> Path:
    with tarfile.open(name, mode) as out:  # type: ignore[call-overload]
        for info, body in members:
            info.size = len(body)
            out.addfile(info, io.BytesIO(body))
    return name


@pytest.mark.parametrize("kind", ["zip", "stored", "tar", "tgz", "folder"])
def test_every_packing_gives_the_same_files(tmp_path: Path, kind: str) -> None:
    files = {"posts/1.json": b"[1]", "b.csv": b"a,b\n", "posts/big.json": b"x" * 700_000}
    if kind in ("zip", "stored"):
        method = zipfile.ZIP_DEFLATED if kind == "zip" else zipfile.ZIP_STORED
        name = written(tmp_path / "a.zip", files, method)
    elif kind == "folder":
        name = tmp_path / "a"
        for path, body in files.items():
            (name / path).parent.mkdir(parents=True, exist_ok=True)
            (name / path).write_bytes(body)
    else:
        members = [(tarfile.TarInfo(path), body) for path, body in files.items()]
        name = tarred(tmp_path / f"a.{kind}", members, "w:gz" if kind == "tgz" else "w")
    found, notes = opened(name)
    with found:
        assert found.paths == ("b.csv", "posts/1.json", "posts/big.json")
        assert {path: found.body(path) for path in found.paths} == files
        assert {path: one.size for path, one in found.entries.items()} == {
            path: len(body) for path, body in files.items()
        }
        assert found.head("posts/big.json", 3) == b"xxx"
    assert refused(notes) == []


def test_a_single_file_is_an_archive_of_one(tmp_path: Path) -> None:
    found, _ = opened(saved(tmp_path, b"[]", "conversations.json"))
    assert found.paths == ("conversations.json",)
    assert found.body("conversations.json") == b"[]"


def test_tails_match_whole_names_only(tmp_path: Path) -> None:
    files = dict.fromkeys(("posts.csv", "a/posts.csv", "b/xposts.csv", "a/b/posts.csv"), b"x")
    found, _ = opened(written(tmp_path / "a.zip", files))
    assert found.ending("posts.csv") == ["a/b/posts.csv", "a/posts.csv", "posts.csv"]
    assert found.ending("b/posts.csv", "xposts.csv") == ["a/b/posts.csv", "b/xposts.csv"]


@pytest.mark.parametrize(
    "name",
    [
        b"../out.json", b"a/../../out.json", b"/etc/passwd", b"C:\\x.json", b"c:x.json",
        b"\\\\host\\x.json", b"..\\out.json", b"a\nb.json", b"a\x1b[2J.json", b"a\0.json",
        b"x" * 2000, b"", "a\u202egnp.exe".encode(),
    ],
)  # fmt: skip
def test_names_that_lead_out_or_lie_are_refused(tmp_path: Path, name: bytes) -> None:
    body = zip_of(Member(name, b"1", flags=0x800), Member(b"ok.json", b"2"))
    found, notes = opened(saved(tmp_path, body))
    assert found.paths == ("ok.json",)
    assert [why for _, why in refused(notes)] == ["unsafe-path"]
    shown = notes.not_understood[0].path
    assert len(shown) <= 800
    assert shown.isprintable()


@pytest.mark.parametrize(
    ("name", "flags", "path"),
    [
        (b"./a//b/./c.json", 0, "a/b/c.json"),
        (b"a\\b.json", 0, "a/b.json"),
        ("métadonnées.json".encode(), 0x800, "métadonnées.json"),
        ("métadonnées.json".encode(), 0, "métadonnées.json"),  # as macOS writes it
        ("métadonnées.json".encode("cp437"), 0, "métadonnées.json"),
        (b"a..b/c...json", 0, "a..b/c...json"),
    ],
)
def test_names_are_read_as_they_were_meant(
    tmp_path: Path, name: bytes, flags: int, path: str
) -> None:
    found, notes = opened(saved(tmp_path, zip_of(Member(name, b"1", flags=flags))))
    assert found.paths == (path,)
    assert found.body(path) == b"1"
    assert refused(notes) == []


def test_what_a_zip_may_hold_beside_files_is_refused_by_name(tmp_path: Path) -> None:
    body = zip_of(
        Member(b"secret.json", b"1", flags=1),
        Member(b"link.json", b"/etc/passwd", attributes=LINK),
        Member(b"lzma.json", b"1", method=14),
        Member(b"aes.json", b"1", method=99),
        Member(b"folder/", b""),
        Member(b"twice.json", b"first"),
        Member(b"twice.json", b"second"),
        Member(b"same.json", b"same"),
        Member(b"same.json", b"same"),
    )
    found, notes = opened(saved(tmp_path, body))
    assert found.paths == ("same.json", "twice.json")
    assert found.body("twice.json") == b"first"
    assert refused(notes) == [
        ("secret.json", "encrypted"), ("link.json", "symlink"), ("lzma.json", "unreadable"),
        ("aes.json", "unreadable"), ("twice.json", "twice"),
    ]  # fmt: skip


def test_litter_of_systems_is_ignored(tmp_path: Path) -> None:
    files = dict.fromkeys(("a.json", "__MACOSX/._a.json", "b/.DS_Store", "Thumbs.db"), b"x")
    found, notes = opened(written(tmp_path / "a.zip", files))
    assert found.paths == ("a.json",)
    assert set(notes.ignored.values()) == {"no-content"}
    assert len(notes.ignored) == 3


def test_files_inside_another_file_are_refused(tmp_path: Path) -> None:
    inner = b"PK\3\4" + b"\0" * 26 + b"inside.json" + b"0" * 50
    body = zip_of(Member(b"outer.json", inner), Member(b"inside.json", b"0" * 50, at=41))
    found, notes = opened(saved(tmp_path, body))
    assert found.paths == ("outer.json",)
    assert refused(notes) == [("inside.json", "damaged")]


def test_a_wrong_sum_is_noted_at_the_end_and_hides_nothing(tmp_path: Path) -> None:
    found, notes = opened(saved(tmp_path, zip_of(Member(b"a.json", b"[1]", method=8, crc=7))))
    assert found.body("a.json") == b"[1]"
    assert found.body("a.json") == b"[1]"
    assert [(one.path, one.why, one.at) for one in notes.not_understood] == [
        ("a.json", "damaged", "end of file")
    ]


def test_broken_bytes_are_an_oserror_with_a_word(tmp_path: Path) -> None:
    broken = Member(b"a.json", b"[1]" * 500, method=8, packed=b"\xff" * 40)
    found, _ = opened(saved(tmp_path, zip_of(broken, Member(b"b.json", b"2"))))
    with pytest.raises(Unreadable, match="damaged"):
        found.body("a.json")
    assert found.head("a.json") == b""
    assert found.body("b.json") == b"2"


def test_bytes_that_are_missing_are_noted_at_the_end(tmp_path: Path) -> None:
    found, notes = opened(
        saved(tmp_path, zip_of(Member(b"a.json", b"[1]" * 500, method=8, packed=b"")))
    )
    assert found.body("a.json") == b""
    assert refused(notes) == [("a.json", "damaged")]


def test_a_header_that_names_another_file_is_damaged(tmp_path: Path) -> None:
    body = zip_of(Member(b"a.json", b"1")).replace(b"a.json", b"x.json", 1)
    found, _ = opened(saved(tmp_path, body))
    with pytest.raises(Unreadable, match="damaged"):
        found.open("a.json")


@pytest.mark.parametrize("keep", [0.5, 0.9, 0.999])
def test_a_zip_that_was_cut_off_says_so_and_what_to_do(tmp_path: Path, keep: float) -> None:
    name = written(tmp_path / "a.zip", {"a.json": os.urandom(50_000), "b.json": b"[]"})
    body = name.read_bytes()
    name.write_bytes(body[: int(len(body) * keep)])
    with pytest.raises(BadInput, match=r"a\.zip: the zip is damaged or was cut off") as caught:
        opened(name)
    assert "download it again" in caught.value.tip


def test_a_zip_that_lost_its_beginning_gives_what_is_left(tmp_path: Path) -> None:
    name = written(tmp_path / "a.zip", {"a.json": os.urandom(9_000), "b.json": b"[2]"})
    name.write_bytes(name.read_bytes()[5_000:])
    found, _ = opened(name)
    assert found.paths == ("a.json", "b.json")
    assert found.body("b.json") == b"[2]"
    assert found.head("a.json") == b""


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.zip", b"", "empty"),
        ("a.zip", b"<html>sign in</html>", "not what its name says"),
        ("a.tgz", b"nothing", "not what its name says"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c....", "packed as 7z"),
        ("a.rar", b"Rar!\x1a\x07....", "packed as rar"),
        ("a.z01", b"PK\7\x08....", "a zip in volumes"),
        ("a.json.gz", gzip.compress(b"{}"), "not a tar"),
    ],
)
def test_what_is_no_archive_is_refused_in_a_sentence(
    tmp_path: Path, name: str, body: bytes, said: str
) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        opened(saved(tmp_path, body, name))
    assert caught.value.tip


def test_a_name_without_a_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"gone\.zip: there is no such file"):
        opened(tmp_path / "gone.zip")


def test_a_bomb_ends_by_its_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "RATIO_FROM", 1024 * 1024)
    name = written(tmp_path / "a.zip", {"bomb.json": bytes(8 * 1024 * 1024), "ok.json": b"[]"})
    found, _ = opened(name)
    with pytest.raises(TooLarge, match="ratio"):
        found.body("bomb.json")
    assert found.body("ok.json") == b"[]"


def test_one_file_has_a_limit_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "READ_AT_MOST", 100_000)
    found, _ = opened(written(tmp_path / "a.zip", {"a.json": os.urandom(300_000)}))
    with pytest.raises(TooLarge, match="too-large"):
        found.body("a.json")


def test_many_small_bombs_end_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "IN_ALL_FROM", 1024 * 1024)
    monkeypatch.setattr(parts, "IN_ALL_RATIO", 2)
    name = written(tmp_path / "a.zip", {f"{number}.json": bytes(90_000) for number in range(30)})
    found, _ = opened(name)
    for path in found.paths[:11]:
        assert len(found.body(path)) == 90_000
    with pytest.raises(TooLarge, match="ratio"):
        found.body(found.paths[11])


def test_too_many_files_are_cut_and_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "FILES_AT_MOST", 3)
    found, notes = opened(written(tmp_path / "a.zip", {f"{n}.json": b"" for n in range(5)}))
    assert len(found.paths) == 3
    assert refused(notes) == [("a.zip", "too-many-files")]


def test_a_list_of_files_that_is_too_long_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = written(tmp_path / "a.zip", {f"{n}.json": b"" for n in range(50)})
    monkeypatch.setattr("withhold.exports.zip_files.DIRECTORY_AT_MOST", 1000)
    with pytest.raises(BadInput, match="a list of files of more than"):
        opened(name)


def test_zip64_and_files_written_without_knowing_their_size(tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        """Cannot go back, so that sizes are written behind the bytes."""

        def __init__(self) -> None:
            self.out = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.out += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    pipe = Pipe()
    with (
        zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as out,
        out.open("a.json", "w", force_zip64=True) as file,
    ):
        file.write(b"[1]" * 1000)
    found, notes = opened(saved(tmp_path, bytes(pipe.out)))
    assert found.body("a.json") == b"[1]" * 1000
    assert refused(notes) == []


# --- folders --------------------------------------------------------------------------------------


def test_a_folder_gives_files_and_no_links_pipes_or_secrets(tmp_path: Path) -> None:
    top = tmp_path / "top"
    (top / "in").mkdir(parents=True)
    (top / "in" / "a.json").write_bytes(b"[]")
    (tmp_path / "outside.json").write_bytes(b"secret")
    (top / "link.json").symlink_to(tmp_path / "outside.json")
    (top / "loop").symlink_to(top)
    os.mkfifo(top / "pipe.json")
    found, notes = opened(top)
    assert found.paths == ("in/a.json",)
    assert refused(notes) == [("link.json", "symlink"), ("loop", "symlink")]


def test_a_folder_without_an_end_is_cut(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(70):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "a.json").write_bytes(b"[]")
    found, notes = opened(tmp_path)
    assert found.paths == ()
    assert [why for _, why in refused(notes)] == ["nested-too-deep"]


def test_names_that_are_no_utf8_can_still_be_stored(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.json")).write_bytes(b"[]")
    except OSError:
        pytest.skip("this disk takes UTF-8 names only")
    found, _ = opened(tmp_path)
    (path,) = found.paths
    assert path.encode()
    assert found.body(path) == b"[]"


# --- tars -----------------------------------------------------------------------------------------


def test_a_tar_gives_files_and_no_links_or_devices(tmp_path: Path) -> None:
    link, device, out = (tarfile.TarInfo(name) for name in ("l.json", "dev", "../x.json"))
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    device.type = tarfile.CHRTYPE
    members = [(link, b""), (device, b""), (out, b"1"), (tarfile.TarInfo("outbox.json"), b"{}")]
    found, notes = opened(tarred(tmp_path / "a.tar.gz", members))
    assert found.paths == ("outbox.json",)
    assert refused(notes) == [
        ("l.json", "symlink"), ("dev", "unsafe-path"), ("../x.json", "unsafe-path"),
    ]  # fmt: skip


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_that_was_cut_off_gives_what_stands_before(tmp_path: Path, mode: str) -> None:
    members = [(tarfile.TarInfo(f"{n}.json"), os.urandom(9_000)) for n in range(5)]
    name = tarred(tmp_path / "a.tar", members, mode)
    name.write_bytes(name.read_bytes()[:25_000])
    found, notes = opened(name)
    assert found.paths[:2] == ("0.json", "1.json")
    assert found.body("1.json") == members[1][1]
    assert [why for _, why in refused(notes)] == ["cut-off"]


def test_a_tar_cut_between_two_files_is_noted(tmp_path: Path) -> None:
    members = [(tarfile.TarInfo(f"{n}.json"), b"1" * 512) for n in range(3)]
    name = tarred(tmp_path / "a.tar", members, "w")
    name.write_bytes(name.read_bytes()[:2048])
    found, notes = opened(name)
    assert found.paths == ("0.json", "1.json")
    assert refused(notes) == [("a.tar", "cut-off")]


def test_a_tar_bomb_ends_by_its_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("withhold.exports.tar_files.RATIO_FROM", 1024 * 1024)
    members = [(tarfile.TarInfo("ok.json"), b"[]"), (tarfile.TarInfo("b.json"), bytes(30 << 20))]
    found, notes = opened(tarred(tmp_path / "a.tgz", members))
    assert found.body("ok.json") == b"[]"
    assert refused(notes) == [("a.tgz", "ratio")]


def test_a_tar_header_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 1 << 30
    first = tarfile.TarInfo("ok.json").tobuf()
    found, notes = opened(saved(tmp_path, first + header.tobuf(), "a.tar"))
    assert found.paths == ("ok.json",)
    assert refused(notes) == [("a.tar", "damaged")]


# --- several parts --------------------------------------------------------------------------------


def test_parts_are_one_archive_and_a_damaged_one_hides_no_other(tmp_path: Path) -> None:
    one = written(tmp_path / "x-001.zip", {"a.json": b"1", "start.html": b"same"})
    two = written(tmp_path / "x-002.zip", {"b.json": b"2", "start.html": b"same"})
    bad = saved(tmp_path, one.read_bytes()[:60], "x-003.zip")
    found, notes = opened(one, two, bad)
    assert found.paths == ("a.json", "b.json", "start.html")
    assert found.entries["b.json"].part == "x-002.zip"
    assert refused(notes) == [("x-003.zip", "damaged")]


def test_one_path_with_other_bytes_in_two_parts_is_noted_twice(tmp_path: Path) -> None:
    one = written(tmp_path / "x-001.zip", {"a.json": b"first"})
    two = written(tmp_path / "x-002.zip", {"a.json": b"other"})
    found, notes = opened(one, two)
    assert found.body("a.json") == b"first"
    assert refused(notes) == [("a.json", "twice")]


def test_a_folder_and_a_zip_with_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "a.json").write_bytes(b"same")
    (tmp_path / "f" / "b.json").write_bytes(b"this")
    packed = written(tmp_path / "a.zip", {"a.json": b"same", "b.json": b"that"})
    found, notes = opened(tmp_path / "f", packed)
    assert found.body("b.json") == b"this"
    assert refused(notes) == [("b.json", "twice")]


def test_a_missing_part_of_five_is_named(tmp_path: Path) -> None:
    names = [written(tmp_path / f"ig-{n}-of-5.zip", {f"{n}.json": b"1"}) for n in (1, 2, 4, 5)]
    _, notes = opened(*names)
    (missing,) = notes.not_understood
    assert (missing.path, missing.why) == ("ig", "part-missing")
    assert missing.facts == {"part": "3", "of": "5"}


def test_no_part_that_can_be_read(tmp_path: Path) -> None:
    names = [saved(tmp_path, b"PK\3\4", f"x-00{n}.zip") for n in (1, 2)]
    with pytest.raises(BadInput, match="no part can be read"):
        opened(*names)
