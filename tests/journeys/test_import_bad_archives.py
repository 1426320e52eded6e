"""What a person sees who gives a bad archive to ``withhold import``: what it is, and what to do."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
from pathlib import Path

import pytest

from tests.archives.made import reddit
from tests.journeys.run import complains, files, here

MADE, _ = reddit.made(3, 4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    top = tmp_path / "my archive"
    top.mkdir()
    for name, body in MADE.items():
        (top / name).write_bytes(body)
    return top


def tar(**bodies: bytes) -> bytes:
    """A tar of these files, packed."""
    with io.BytesIO() as out:
        with tarfile.open(fileobj=out, mode="w") as made:
            for name, body in bodies.items():
                one = tarfile.TarInfo(name)
                one.size = len(body)
                made.addfile(one, io.BytesIO(body))
        return gzip.compress(out.getvalue())


def test_an_archive_beside_what_is_not_there(home: Path, folder: Path) -> None:
    complains(here("import", folder, folder / "gone.zip"), 2, "gone.zip: there is no such file")
    assert not home.exists()


def test_a_device_is_told_as_what_it_is_not(home: Path) -> None:
    said = here("import", os.devnull)
    complains(said, 2, "is no checklist of the guide (it is no file)")
    assert "not read by this version" not in said.err


def test_the_folder_that_one_stands_in_has_a_name(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert here("import", ".").ok().out.startswith("my archive: Reddit")


def test_an_archive_that_was_cut_off_is_not_taken_for_no_archive(
    home: Path, tmp_path: Path
) -> None:
    whole = tar(a=os.urandom(9_000), b=os.urandom(9_000))
    cut = tmp_path / "archive.tar.gz"
    cut.write_bytes(whole[:12_000])
    complains(here("import", cut), 2, "archive.tar.gz: damaged or cut off", "download it again")
    assert files(home) == {}


def test_a_platform_whose_archives_nobody_reads(home: Path, folder: Path) -> None:
    complains(
        here("import", folder, "--platform", "geocities"), 2,
        "geocities: no archives of that platform are read", "--platform is one of bluesky,",
    )  # fmt: skip
    complains(here("import", folder, "--platform", "x"), 2, "not an archive of x", "reddit")


def test_names_that_act_on_a_screen_do_not(home: Path, folder: Path) -> None:
    (folder / "a\x1b[2J.csv").write_bytes(b"x")
    said = here("import", folder).ok()
    assert "\x1b" not in said.out + said.err
    assert "a\\u001b[2J.csv: it is no ordinary file, or its name leads out" in said.out
