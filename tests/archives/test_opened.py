"""Opening an archive: which platform's it is, where that is not clear, and the three lists."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import withhold.exports
from tests.archives.made.packings import Member, written, zip_of
from withhold.errors import BadInput, MissingExtra
from withhold.exports import opened
from withhold.exports.notes import AT_MOST, PER_FILE, Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Hit, Options, Reader


def reader(platform: str, name: str, names: int = 1, structure: int = 0) -> Reader:
    """Reads one post from every file of this name, and knows nothing else."""

    def by_names(paths: Sequence[str]) -> Hit | None:
        return Hit(layout="by name", marks=names) if names and name in paths else None

    def by_structure(files: Files) -> Hit | None:
        found = structure and name in files.paths
        return Hit(layout="by structure", marks=structure) if found else None

    def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
        notes.read(name).posts += 1
        yield Post(platform=platform, id="1")

    return Reader(platform=platform, names=by_names, structure=by_structure, read=read)


def with_readers(monkeypatch: pytest.MonkeyPatch, *found: Reader) -> None:
    monkeypatch.setattr(opened, "readers", lambda: list(found))


def test_every_file_ends_in_one_of_three_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_readers(monkeypatch, reader("reddit", "a.csv"))
    files = dict.fromkeys(("a.csv", "b.csv", "c.JPG", "d/e.mp4", "inner.zip", ".DS_Store"), b"x")
    with withhold.exports.open(written(tmp_path / "a.zip", files)) as archive:
        assert (archive.platform, archive.layout) == ("reddit", "by name")
        assert not archive.complete
        assert [post.id for post in archive.posts()] == ["1"]
        assert archive.complete
        assert [(one.path, one.posts) for one in archive.understood] == [("a.csv", 1)]
        assert archive.ignored == {
            "c.JPG": "media", "d/e.mp4": "media", ".DS_Store": "no-content",
        }  # fmt: skip
        assert [(one.path, one.why, one.facts) for one in archive.not_understood] == [
            ("b.csv", "no-reader", {}), ("inner.zip", "no-reader", {"nested": "archive"}),
        ]  # fmt: skip


def test_structure_counts_before_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_names, by_structure = reader("one", "a.csv", 9), reader("two", "a.csv", 1, 1)
    with_readers(monkeypatch, by_names, by_structure)
    name = written(tmp_path / "a.zip", {"a.csv": b"x"})
    with withhold.exports.open(name) as archive:
        assert (archive.platform, archive.layout) == ("two", "by structure")
    with withhold.exports.open(str(name), platform="one") as archive:
        assert archive.platform == "one"


def test_two_platforms_equally_sure_are_not_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_readers(monkeypatch, reader("one", "a.csv"), reader("two", "a.csv"))
    name = written(tmp_path / "a.zip", {"a.csv": b"x"})
    with pytest.raises(BadInput, match="fits one and two equally well") as caught:
        withhold.exports.open(name)
    assert "--platform one" in caught.value.tip
    with withhold.exports.open(name, platform="two") as archive:
        assert archive.platform == "two"


def test_a_platform_that_it_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_readers(monkeypatch, reader("one", "a.csv"), reader("two", "b.csv"))
    with pytest.raises(BadInput, match=r"a\.zip: not an archive of two") as caught:
        withhold.exports.open(written(tmp_path / "a.zip", {"a.csv": b"x"}), platform="two")
    assert caught.value.tip == "it looks like one of one"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "nothing is in it"),
        ({"in/one.zip": b"x", "two.rar": b"x"}, "archives inside an archive are not opened"),
        ({"a.zip": b"x", "read.me": b"x"}, "there are archives in it: a.zip"),
        ({"a.jpg": b"x", "b.HEIC": b"x"}, "pictures and videos only"),
        ({"json/memories_history.json": b"{}"}, "looks like an archive of Snapchat"),
        ({"x/goodreads_library_export.csv": b"a"}, "looks like an archive of Goodreads"),
        ({"Google Photos/Sans titre/a.jpg.json": b"{}"}, "looks like an archive of Google Photos"),
        ({f"{n}.txt": b"x" for n in range(9)}, "9 files: 0.txt, 1.txt, 2.txt and 6 more"),
    ],
)
def test_what_is_no_archive_is_named_as_what_it_is(
    tmp_path: Path, files: dict[str, bytes], said: str
) -> None:
    with pytest.raises(BadInput) as caught:
        withhold.exports.open(written(tmp_path / "it.zip", files))
    assert caught.value.message.startswith("it.zip: ")
    assert said in caught.value.message
    assert caught.value.tip


def test_an_empty_folder_and_an_encrypted_zip(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="nothing is in it"):
        withhold.exports.open(tmp_path / "empty")
    (tmp_path / "a.zip").write_bytes(zip_of(Member(b"a.json", b"1", flags=1)))
    with pytest.raises(BadInput, match="all files in it are encrypted") as caught:
        withhold.exports.open(tmp_path / "a.zip")
    assert "password" in caught.value.tip


def test_files_are_closed_where_nothing_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []
    monkeypatch.setattr(Files, "close", lambda self: closed.append(self))
    with pytest.raises(BadInput):
        withhold.exports.open(written(tmp_path / "a.zip", {"a.txt": b"x"}))
    assert len(closed) == 1


def test_a_package_that_is_missing_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(name: str) -> object:
        raise ModuleNotFoundError(f"No module named {name!r}", name="libipld")

    monkeypatch.setattr(opened, "import_module", gone)
    with pytest.raises(MissingExtra, match="libipld is not installed") as caught:
        withhold.exports.open(written(tmp_path / "a.zip", {"a.txt": b"x"}))
    assert caught.value.tip == 'pip install "withhold[archives]"'


def test_without_ijson_the_error_is_the_same(tmp_path: Path) -> None:
    name = written(tmp_path / "a.zip", {"a.txt": b"x"})
    program = (
        "import sys; sys.modules['ijson'] = None\n"
        "import withhold.exports\nfrom withhold.errors import MissingExtra\n"
        f"try: withhold.exports.open({str(name)!r})\n"
        "except MissingExtra as e: print(e.message, e.tip)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (
        run.stdout
        == 'ijson is not installed, which reads archives pip install "withhold[archives]"\n'
    )


def test_the_package_itself_imports_no_parser() -> None:
    program = (
        "import sys, withhold.exports, withhold.exports.checklist\n"
        "print({'ijson', 'lxml', 'selectolax', 'exifread', 'libipld'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout == "set()\n"


def test_a_reader_that_is_listed_and_not_there_is_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "READERS", (*opened.READERS, "nobody"))
    with pytest.raises(ModuleNotFoundError, match="nobody"):
        opened.readers()


def test_every_reader_that_is_listed_is_there() -> None:
    found = opened.readers()
    assert len(found) == len(opened.READERS)
    assert len({one.platform for one in found}) == len(found)


def test_readers_are_asked_of_an_empty_archive_and_of_anything(tmp_path: Path) -> None:
    files = {
        f"{n}{end}": body
        for n, body in enumerate(
            (b"", b"\0" * 5000, b"[" * 5000, b'{"a":' * 900, b"\xff\xfe", b"<")
        )
        for end in (".json", ".csv", ".js", ".html", ".xml", ".txt", "")
    }
    for inside in ({}, files):
        with Files([written(tmp_path / "a.zip", inside)], Notes()) as found:
            assert opened.recognise(found) == []


def test_one_file_full_of_faults_does_not_hide_another() -> None:
    notes = Notes()
    for number in range(PER_FILE + 50):
        notes.trouble("bad.json", "bad-date", f"/{number}")
    notes.trouble("other.json", "no-reader")
    assert [one.path for one in notes.not_understood][-2:] == ["bad.json", "other.json"]
    assert (len(notes.not_understood), notes.left) == (PER_FILE + 1, 50)
    for number in range(AT_MOST):
        notes.trouble(f"{number}", "no-reader")
    assert len(notes.not_understood) == AT_MOST
    assert len(notes.not_understood) + notes.left == PER_FILE + 50 + 1 + AT_MOST


def test_a_fact_is_short() -> None:
    notes = Notes()
    notes.trouble("a", "not-json", error="x" * 10_000)
    assert notes.not_understood[0].facts == {"error": "x" * 200}
