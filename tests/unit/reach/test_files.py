"""What is not ours stays as it is, whatever stands in the folder and wherever a run was stopped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from withhold.errors import BadInput
from withhold.reach.files import (
    LISTED,
    Written,
    write,
    write_folder,
    write_new,
    write_new_folder,
    write_new_private,
)

GUIDE = [
    ("index.html", b"<h1>front</h1>"),
    ("de/index.html", b"<h1>Germany</h1>"),
    ("de/acme/index.html", b"<h1>Acme in Germany</h1>"),
    ("assets/guide.css", b"h1 {}"),
]
LATER = [
    ("index.html", b"<h1>front, later</h1>"),
    ("fr/index.html", b"<h1>France</h1>"),
    ("assets/guide.css", b"h1 {}"),
]


def inside(folder: Path) -> dict[str, bytes]:
    """Every file below with its bytes, the list of ours left out."""
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file() and one.name != LISTED
    }


def folders(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_dir()}


def test_everything_is_written_below_a_folder_that_was_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    done = write_folder(folder, GUIDE)
    assert inside(folder) == dict(GUIDE)
    assert done == Written(files=4, changed=4, removed=0, size=14 + 16 + 24 + 5)


def test_the_list_names_what_is_ours_and_not_itself(tmp_path: Path) -> None:
    write_folder(tmp_path, GUIDE)
    listed = (tmp_path / LISTED).read_text(encoding="utf-8").splitlines()
    assert sorted(listed) == sorted(name for name, _ in GUIDE)


def test_a_second_run_writes_nothing_when_nothing_changed(tmp_path: Path) -> None:
    write_folder(tmp_path, GUIDE)
    before = {one: one.stat() for one in tmp_path.rglob("*") if one.is_file()}
    done = write_folder(tmp_path, reversed(GUIDE))
    assert (done.files, done.changed, done.removed) == (4, 0, 0)
    for one, stat in before.items():
        assert (one.stat().st_ino, one.stat().st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns)


def test_what_is_no_more_is_taken_away_with_its_empty_folders(tmp_path: Path) -> None:
    write_folder(tmp_path, GUIDE)
    done = write_folder(tmp_path, LATER)
    assert inside(tmp_path) == dict(LATER)
    assert folders(tmp_path) == {"fr", "assets"}
    assert (done.files, done.changed, done.removed) == (3, 2, 2)


FOREIGN = {
    ".git/config": b"[core]",
    ".git/objects/ab": b"\x00\x01",
    "CNAME": b"guide.example",
    "de/notes.txt": b"mine",
    "empty-of-ours/keep": b"",
}


def test_foreign_files_are_never_touched(tmp_path: Path) -> None:
    for name, data in FOREIGN.items():
        write(tmp_path / name, data)
    (tmp_path / "an-empty-folder").mkdir()
    stands = {name: (tmp_path / name).stat().st_mtime_ns for name in FOREIGN}
    for files in (GUIDE, LATER, []):
        write_folder(tmp_path, files)
        assert inside(tmp_path) == FOREIGN | dict(files)
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in FOREIGN} == stands
    assert (tmp_path / "an-empty-folder").is_dir()
    assert (tmp_path / "de").is_dir(), "a foreign file still stands in it"


@pytest.mark.parametrize("name", [name for name, _ in GUIDE])
def test_a_foreign_file_in_the_way_is_named_and_stays(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, b"mine")
    with pytest.raises(BadInput) as raised:
        write_folder(tmp_path, GUIDE)
    assert str(tmp_path / name) in raised.value.message
    assert raised.value.tip == "choose an empty folder, or one that holds an earlier guide"
    assert (tmp_path / name).read_bytes() == b"mine"


@pytest.mark.parametrize("kind", ["folder", "link", "dead link"])
def test_so_is_anything_else_in_the_way(tmp_path: Path, kind: str) -> None:
    outside = tmp_path / "outside.html"
    outside.write_bytes(b"mine")
    folder = tmp_path / "guide"
    folder.mkdir()
    if kind == "folder":
        (folder / "index.html").mkdir()
    else:
        (folder / "index.html").symlink_to(outside if kind == "link" else tmp_path / "nowhere")
    with pytest.raises(BadInput, match="no guide wrote it"):
        write_folder(folder, GUIDE)
    assert outside.read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()


class Stopped(Exception):
    """Somebody pulled the plug."""


def stopped_after(files: list[tuple[str, bytes]], count: int) -> Iterator[tuple[str, bytes]]:
    yield from files[:count]
    raise Stopped


@pytest.mark.parametrize("first", range(len(GUIDE) + 1))
@pytest.mark.parametrize("second", range(len(LATER) + 1))
def test_it_goes_on_wherever_it_was_stopped(tmp_path: Path, first: int, second: int) -> None:
    write(tmp_path / "CNAME", b"guide.example")
    with pytest.raises(Stopped):
        write_folder(tmp_path, stopped_after(GUIDE, first))
    with pytest.raises(Stopped):
        write_folder(tmp_path, stopped_after(LATER, second))
    write_folder(tmp_path, LATER)
    assert inside(tmp_path) == {"CNAME": b"guide.example", **dict(LATER)}
    assert folders(tmp_path) == {"fr", "assets"}


def test_a_half_written_file_of_a_killed_run_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            write_folder(tmp_path, GUIDE)
    assert not (tmp_path / "index.html").exists()
    write_folder(tmp_path, GUIDE)
    assert inside(tmp_path) == dict(GUIDE)


@pytest.mark.parametrize("name", ["ü" * 127, "字" * 85, "😀" * 63, "a" * 255])
def test_a_name_as_long_as_names_may_be_is_written(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, b"1")
    write(tmp_path / name, b"2")
    assert inside(tmp_path) == {name: b"2"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_what_is_only_called_like_a_half_is_left_alone(tmp_path: Path) -> None:
    """A pipe, a folder and a link that somebody put there: not waited for, not taken away."""
    os.mkfifo(tmp_path / ".index.html.pipe.half")
    (tmp_path / ".index.html.folder.half").mkdir()
    (tmp_path / "target").write_text("somebody's")
    (tmp_path / ".index.html.link.half").symlink_to("target")
    (tmp_path / ".index.html.dead.half").write_text("of a killed run")
    write(tmp_path / "index.html", b"new")
    there = {one.name for one in tmp_path.iterdir()}
    assert there == {
        "index.html",
        "target",
        ".index.html.pipe.half",
        ".index.html.folder.half",
        ".index.html.link.half",
    }


HOSTILE = [
    "{outside}/victim.txt",
    "../outside/victim.txt",
    "de/../../outside/victim.txt",
    "link/victim.txt",
    "link/deep/victim.txt",
    ".git/config",
    "./CNAME",
    "de//index.html",
    "a\0b",
    "de",
    ".",
    "..",
    LISTED,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_leads_elsewhere_removes_nothing(tmp_path: Path, name: str) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "guide"
    for one in (outside / "victim.txt", outside / "deep/victim.txt"):
        write(one, b"not yours")
    write_folder(folder, GUIDE)
    write(folder / ".git/config", b"[core]")
    write(folder / "CNAME", b"guide.example")
    (folder / "link").symlink_to(outside)
    with (folder / LISTED).open("a", encoding="utf-8") as listed:
        listed.write(name.format(outside=outside) + "\n")
    write_folder(folder, GUIDE)
    assert inside(outside) == {"victim.txt": b"not yours", "deep/victim.txt": b"not yours"}
    assert (folder / ".git/config").read_bytes() == b"[core]"
    assert (folder / "CNAME").read_bytes() == b"guide.example"
    assert {one: (folder / one).read_bytes() for one, _ in GUIDE} == dict(GUIDE)
    assert (folder / "link").is_symlink()


@pytest.mark.parametrize("again", [False, True])
def test_nothing_is_written_through_a_linked_subfolder(tmp_path: Path, again: bool) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "guide"
    outside.mkdir()
    folder.mkdir()
    if again:  # the subfolder was ours, and somebody put a link in its place
        write_folder(folder, GUIDE)
        (folder / "de").rename(tmp_path / "away")
    (folder / "de").symlink_to(outside)
    with pytest.raises(BadInput) as raised:
        write_folder(folder, GUIDE)
    assert str(folder / "de") in raised.value.message
    assert list(outside.iterdir()) == []


def test_nor_taken_away_through_one(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "guide"
    write_folder(folder, GUIDE)
    (folder / "de").rename(outside)
    (folder / "de").symlink_to(outside)
    done = write_folder(folder, [("index.html", b"alone")])
    assert inside(outside) == {"index.html": b"<h1>Germany</h1>", "acme/index.html": GUIDE[2][1]}
    assert done.removed == 1  # the style sheet


def test_the_list_itself_is_no_way_out(tmp_path: Path) -> None:
    outside, folder = tmp_path / "notes.txt", tmp_path / "guide"
    outside.write_bytes(b"index.html\n")
    folder.mkdir()
    (folder / LISTED).symlink_to(outside)
    with pytest.raises(BadInput, match="leads elsewhere"):
        write_folder(folder, GUIDE)
    assert outside.read_bytes() == b"index.html\n"


def test_a_list_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / LISTED).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="cannot be read"):
        write_folder(tmp_path, GUIDE)


def test_a_folder_that_took_the_place_of_a_file_of_ours_stays(tmp_path: Path) -> None:
    write_folder(tmp_path, GUIDE)
    (tmp_path / "index.html").unlink()
    (tmp_path / "index.html").mkdir()
    write_folder(tmp_path, GUIDE[1:])
    assert (tmp_path / "index.html").is_dir()


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Modes do not bind root, so here the refusal is made up; the journey has a real one."""

    def refused(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(BadInput, match=r"cannot be written \(Permission denied\)"):
        write_folder(tmp_path, GUIDE)


def test_a_folder_below_a_file_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadInput) as raised:
        write_folder(tmp_path / "file" / "guide", GUIDE)
    assert raised.value.tip


def test_one_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    write(tmp_path / "one", b"before")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(BadInput, match="No space left on device"):
        write(tmp_path / "one", b"after")
    assert inside(tmp_path) == {"one": b"before"}


def test_a_new_file_is_never_written_over_another(tmp_path: Path) -> None:
    write_new(tmp_path / "deep" / "one.toml", "id = 1\n")
    with pytest.raises(BadInput, match="is there already"):
        write_new(tmp_path / "deep" / "one.toml", "id = 2\n")
    assert (tmp_path / "deep" / "one.toml").read_text(encoding="utf-8") == "id = 1\n"


# Private ----------------------------------------------------------------------------------------


def test_a_private_file_is_for_its_owner_and_never_over_another(tmp_path: Path) -> None:
    write_new_private(tmp_path / "letter.eml", b"Dear")
    assert (tmp_path / "letter.eml").stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadInput, match="is there already"):
        write_new_private(tmp_path / "letter.eml", b"other")
    assert (tmp_path / "letter.eml").read_bytes() == b"Dear"


def test_a_new_folder_is_private_and_only_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty", "deep/er"):
        write_new_folder(tmp_path / name, [("a.txt", b"1"), ("b.txt", b"2")])
        assert {one.name for one in (tmp_path / name).iterdir()} == {"a.txt", "b.txt"}
        assert (tmp_path / name / "a.txt").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("new", "file", "link"):
        with pytest.raises(BadInput, match="is there already"):
            write_new_folder(tmp_path / name, [("c.txt", b"3")])
    assert not (tmp_path / "new" / "c.txt").exists()
    assert not (tmp_path / "nowhere").exists()
