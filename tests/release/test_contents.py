"""What is in the wheel and in the sdist, compared with the tree they were built from."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.release.conftest import build

pytestmark = pytest.mark.long


def in_wheel(path: Path) -> dict[str, bytes]:
    """Name -> octets."""
    with zipfile.ZipFile(path) as opened:
        return {one: opened.read(one) for one in opened.namelist() if not one.endswith("/")}


def in_sdist(path: Path) -> set[str]:
    """Names below the one folder that a sdist has."""
    with tarfile.open(path) as opened:
        return {one.name.partition("/")[2] for one in opened if one.isfile()}


def below(folder: Path, name: str) -> set[str]:
    """Files of a folder of the tree, as paths from there."""
    return {
        one.relative_to(folder).as_posix() for one in (folder / name).rglob("*") if one.is_file()
    }


def test_the_wheel_holds_every_file_that_the_program_reads(
    built: tuple[Path, Path], source: Path
) -> None:
    files = in_wheel(built[0])
    code = {one.removeprefix("src/") for one in below(source, "src/withhold")}
    data = {
        f"withhold/{one}" for folder in ("knowledge", "examples") for one in below(source, folder)
    }
    meant = {one for one in files if not one.startswith("withhold-")}
    assert meant == code | data
    for one in (
        "withhold/py.typed",
        "withhold/knowledge/platforms/linkedin.toml",
        "withhold/examples/owner.toml",
        "withhold/faces/phrases/de.toml",
        "withhold/faces/guide/locale/de.po",
        "withhold/faces/web/static/htmx.min.js",
        "withhold/faces/guide/static/guide.css",
    ):
        assert one in files
    assert any(one.startswith("withhold/faces/web/templates/") for one in files)
    assert any(one.startswith("withhold/faces/guide/templates/") for one in files)
    for name, octets in files.items():
        if name in code | data:
            there = (
                source
                / ("src" if name in code else "")
                / name.removeprefix("" if name in code else "withhold/")
            )
            assert octets == there.read_bytes(), name


def test_nothing_that_was_not_meant_is_in_the_wheel(built: tuple[Path, Path]) -> None:
    tops = {one.partition("/")[0] for one in in_wheel(built[0])}
    assert {one for one in tops if not one.startswith("withhold-")} == {"withhold"}
    for one in in_wheel(built[0]):
        assert "__pycache__" not in one
        assert not one.startswith(("withhold/tests/", "withhold/bench/", "withhold/build/"))


def test_it_is_plain_python_for_every_system(built: tuple[Path, Path]) -> None:
    assert built[0].name.endswith("-py3-none-any.whl")
    files = in_wheel(built[0])
    (about,) = (said for name, said in files.items() if name.endswith(".dist-info/WHEEL"))
    assert b"Root-Is-Purelib: true" in about
    compiled = (".so", ".pyd", ".dylib", ".dll", ".c", ".pyx", ".rs", ".wasm")
    assert [one for one in [*files, *in_sdist(built[1])] if one.endswith(compiled)] == []


def test_both_licences_are_with_it(built: tuple[Path, Path], source: Path) -> None:
    files = in_wheel(built[0])
    for one in ("LICENSE", "knowledge/LICENSE"):
        (there,) = (name for name in files if name.endswith(f".dist-info/licenses/{one}"))
        assert files[there] == (source / one).read_bytes()


def test_who_packages_it_finds_tests_and_docs_in_the_sdist(
    built: tuple[Path, Path], source: Path
) -> None:
    files = in_sdist(built[1])
    for folder in ("src", "knowledge", "examples", "tests", "docs", "bench", "packaging"):
        assert {f"{folder}/{one.partition('/')[2]}" for one in below(source, folder)} <= files
    assert {"pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "Makefile"} <= files
    assert not [one for one in files if "__pycache__" in one or one.startswith(("dist/", "build/"))]


def test_the_wheel_of_the_sdist_is_the_wheel_of_the_tree(
    built: tuple[Path, Path], source: Path, tmp_path: Path
) -> None:
    """``built`` made its wheel from the sdist; this one comes from the tree itself."""
    (direct,) = build(source, tmp_path, "--wheel")
    assert in_wheel(direct) == in_wheel(built[0])
