"""What the application is put together from, without building it."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

REPO = Path(__file__).resolve().parents[2]
APP = REPO / "packaging" / "app"


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A module beside build.py, as build.py imports it."""
    monkeypatch.syspath_prepend(str(APP))
    return import_module


@pytest.mark.parametrize(
    ("name", "begins", "kind"),
    [
        ("withhold.png", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("withhold.ico", b"\x00\x00\x01\x00", "ICO"),
        ("withhold.icns", b"icns", "ICNS"),
    ],
)
def test_the_icon_of_each_system(
    part: Any, name: str, begins: bytes, kind: str, tmp_path: Path
) -> None:
    path = part("icon").write(tmp_path / "new" / name)
    assert path.read_bytes().startswith(begins)
    with Image.open(path) as image:
        assert image.format == kind
        pixels = image.convert("RGBA")
        middle = pixels.width // 2
        assert pixels.getpixel((0, 0))[3] == 0, "round corners"
        assert pixels.getpixel((middle, pixels.height // 10)) == (0x1D, 0x4E, 0x89, 255)
        assert pixels.getpixel((middle, pixels.height * 14 // 32)) == (255, 255, 255, 255)


def test_the_version_resource_of_windows(part: Any, tmp_path: Path) -> None:
    path = part("resource_of_windows").write(tmp_path / "version.txt", "1.2.3rc4", "withhold-app")
    tree = ast.parse(path.read_text("utf-8"), mode="eval")
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
    fixed = next(one for one in calls if getattr(one.func, "id", "") == "FixedFileInfo")
    numbers = {one.arg: one.value for one in fixed.keywords}
    assert ast.literal_eval(numbers["filevers"]) == (1, 2, 3, 4)
    words = {
        ast.literal_eval(one.args[0]): ast.literal_eval(one.args[1])
        for one in calls
        if getattr(one.func, "id", "") == "StringStruct"
    }
    assert words["FileVersion"] == "1.2.3rc4"
    assert words["OriginalFilename"] == "withhold-app.exe"


def test_the_checksum_beside_a_file(part: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(b"abc")  # FIPS 180-2, B.1
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert part("packed").sha256(file) == known
    assert (tmp_path / "a.zip.sha256").read_text() == f"{known}  a.zip\n"


def test_nothing_that_the_dashboard_needs_is_left_out() -> None:
    contents = tomllib.loads((APP / "contents.toml").read_text("utf-8"))
    left_out = set(contents["left_out"])
    assert left_out.isdisjoint(contents["data"])
    code = (
        "import sys; from withhold.faces.web import app, warming, serving, desk, password;"
        "from withhold.faces.report import charts, drawn; import altair, vl_convert;"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=REPO / "src",
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {one.partition(".")[0] for one in done.stdout.split()}
    assert "starlette" in loaded
    assert sorted(loaded & left_out) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a script of Linux")
def test_a_folder_that_no_menu_can_name_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / 'a"b$c'
    folder.mkdir()
    for one in ("add-to-menu.sh", "withhold.desktop"):
        (folder / one).write_bytes((APP / "linux" / one).read_bytes())
    done = subprocess.run(
        ["sh", folder / "add-to-menu.sh"],
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "move its folder" in done.stderr
    assert not (tmp_path / ".local").exists()
