"""What apply --images prints, asks and gives back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.image_files import image
from withhold.errors import BadInput
from withhold.faces.cli.mark_images import mark_images
from withhold.faces.cli.setting import Setting
from withhold.reach import undo
from withhold.signals import xmp


def says_no(path: Path) -> bool:
    return [one.allowed for one in xmp.read(path.read_bytes()).statements()] == [False]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "pictures"
    place.mkdir()
    (place / "a.jpg").write_bytes(image("JPEG"))
    (place / "b.png").write_bytes(image("PNG"))
    return place


def test_it_says_first_what_it_is_worth(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mark_images([folder], "no-training", Setting(), dry_run=True) == 0
    out, err = capsys.readouterr()
    assert "no maker of models was found" in err
    assert "Instagram" in err
    assert "a.jpg: - -> http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING" in out
    assert "Nothing was written" in out
    assert not says_no(folder / "a.jpg")


@pytest.mark.parametrize("lang", ["en", "de"])
def test_it_marks_and_names_the_run(
    lang: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mark_images([folder], "no-training", Setting(lang=lang), yes=True) == 0
    run = capsys.readouterr().err.rsplit("withhold rollback ", 1)[1].strip()
    assert says_no(folder / "a.jpg")
    assert says_no(folder / "b.png")
    assert mark_images([folder], "no-training", Setting(lang=lang), yes=True) == 0
    assert "rollback" not in capsys.readouterr().err
    undo.rollback(Setting().home, run)
    assert (folder / "a.jpg").read_bytes() == image("JPEG")
    assert (folder / "b.png").read_bytes() == image("PNG")


def test_one_refused_does_not_stop_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.jpg").write_bytes(b"rubbish")
    assert mark_images([folder], "no-training", Setting(), yes=True) == 1
    assert "a.jpg: is no JPEG, PNG or WebP" in capsys.readouterr().err
    assert says_no(folder / "b.png")


def test_without_a_terminal_it_asks_for_yes(folder: Path) -> None:
    with pytest.raises(BadInput) as raised:
        mark_images([folder], "no-training", Setting())
    assert "--yes" in raised.value.tip
    assert not says_no(folder / "a.jpg")


def test_an_unknown_wish(folder: Path) -> None:
    with pytest.raises(BadInput, match="--wish maybe"):
        mark_images([folder], "maybe", Setting())
