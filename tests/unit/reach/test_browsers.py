"""Which browser is taken, by files that a test puts there."""

from __future__ import annotations

from pathlib import Path

import pytest

from withhold.errors import BadInput, WithholdError
from withhold.reach import browsers


def program(folder: Path, name: str, says: str) -> Path:
    """A program that says its version."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer with no browser; what is put into the folder is on its path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv(browsers.VARIABLE, raising=False)
    return folder


def test_none_is_installed(nothing: Path) -> None:
    with pytest.raises(WithholdError) as said:
        browsers.find()
    assert said.value.message == "no Chromium, Chrome or Edge is installed"
    assert "--show" in said.value.tip


@pytest.mark.parametrize(
    ("line", "name", "version"),
    [
        (
            "Chromium 156.0.8078.108 built on Debian GNU/Linux 12 (bookworm)",
            "Chromium",
            "156.0.8078.108",
        ),
        ("Google Chrome 128.0.6613.84 ", "Google Chrome", "128.0.6613.84"),
        ("Microsoft Edge 127.0.2651.105", "Microsoft Edge", "127.0.2651.105"),
    ],
)
def test_it_says_its_name_and_version(nothing: Path, line: str, name: str, version: str) -> None:
    path = program(nothing, "chromium", f"echo '{line}'")
    found = browsers.find()
    assert found == browsers.Browser(program=path, name=name, version=version)


def test_warnings_before_the_version_are_passed_over(nothing: Path) -> None:
    program(nothing, "chromium", "echo 'starting up' >&2\necho 'a note'\necho 'Chromium 1.2.3'")
    assert browsers.find().version == "1.2.3"


def test_the_order(nothing: Path) -> None:
    for name, said in (
        ("microsoft-edge", "Microsoft Edge 3.0"),
        ("google-chrome", "Google Chrome 2.0"),
        ("chromium", "Chromium 1.0"),
    ):
        program(nothing, name, f"echo '{said}'")
        assert browsers.find().name == said.rpartition(" ")[0]


def test_a_snap_is_taken_last(nothing: Path, tmp_path: Path) -> None:
    snap = program(tmp_path / "snap" / "bin", "chromium", "echo 'Chromium 1.0'")
    (nothing / "chromium").symlink_to(snap)
    assert browsers.find().version == "1.0"
    program(nothing, "google-chrome", "echo 'Google Chrome 2.0'")
    assert browsers.find().version == "2.0"


def test_the_users_path_goes_first_then_the_variable(
    nothing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(nothing, "chromium", "echo 'Chromium 1.0'")
    second = program(tmp_path, "second", "echo 'Chromium 2.0'")
    third = program(tmp_path, "third", "echo 'Chromium 3.0'")
    monkeypatch.setenv(browsers.VARIABLE, str(second))
    assert browsers.find().version == "2.0"
    assert browsers.find(str(third)).version == "3.0"


@pytest.mark.parametrize(
    "says", ["echo 'Mozilla Firefox 132.0'", "echo hello", "exit 1", "echo; cat /nowhere"]
)
def test_a_program_that_is_none_of_them(nothing: Path, tmp_path: Path, says: str) -> None:
    path = program(tmp_path, "other", says)
    with pytest.raises(BadInput) as said:
        browsers.find(str(path))
    assert said.value.message == f"{path}: is no Chromium, Chrome or Edge"


def test_a_path_that_leads_nowhere(nothing: Path, tmp_path: Path) -> None:
    flat = tmp_path / "flat"
    flat.write_text("no program", encoding="utf-8")
    for said in (str(tmp_path / "not-there"), str(tmp_path), str(flat), "not-a-name"):
        with pytest.raises(BadInput):
            browsers.find(said)


def test_a_program_that_hangs_or_cannot_be_run(
    nothing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsers, "_WITHIN", 0.3)
    hangs = program(tmp_path, "hangs", "exec /bin/sleep 5")
    with pytest.raises(BadInput, match="no answer"):
        browsers.find(str(hangs))
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF no program")
    broken.chmod(0o755)
    with pytest.raises(BadInput, match="does not start"):
        browsers.find(str(broken))


def test_the_usual_places_of_a_mac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    edge = tmp_path / "Applications" / "Microsoft Edge.app/Contents/MacOS/Microsoft Edge"
    chrome = tmp_path / "Applications" / "Google Chrome.app/Contents/MacOS/Google Chrome"
    for one in (edge, chrome):
        one.parent.mkdir(parents=True)
        one.touch()
    assert list(browsers.installed("darwin")) == [chrome, edge]


def test_the_usual_places_of_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edge = tmp_path / "x86" / "Microsoft/Edge/Application/msedge.exe"
    chrome = tmp_path / "local" / "Google/Chrome/Application/chrome.exe"
    for one in (edge, chrome):
        one.parent.mkdir(parents=True)
        one.touch()
    monkeypatch.setenv("PROGRAMFILES(X86)", str(tmp_path / "x86"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.delenv("PROGRAMFILES", raising=False)
    assert list(browsers.installed("win32")) == [chrome, edge]
    monkeypatch.setenv("WITHHOLD_BROWSER", "")
    folder = chrome.parent / "128.0.6613.84"
    folder.mkdir()
    (chrome.parent / "Dictionaries").mkdir()
    assert browsers.described(chrome, "win32").version == "128.0.6613.84"


@pytest.mark.parametrize(
    ("platform", "set_to", "shown"),
    [
        ("linux", "", False),
        ("linux", "DISPLAY", True),
        ("linux", "WAYLAND_DISPLAY", True),
        ("darwin", "", True),
        ("win32", "", True),
    ],
)
def test_where_a_window_can_be_shown(
    monkeypatch: pytest.MonkeyPatch, platform: str, set_to: str, shown: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if set_to:
        monkeypatch.setenv(set_to, ":0")
    if shown:
        browsers.needs_screen(platform)
    else:
        with pytest.raises(WithholdError):
            browsers.needs_screen(platform)
