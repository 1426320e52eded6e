"""An image's own words reach the verdicts; marking keeps the way back before it writes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.unit.image_files import image, packet
from tests.unit.signed_images import signed
from withhold.catalog.load import Knowledge
from withhold.catalog.sentences import load_sentences
from withhold.errors import BadInput, WithholdError
from withhold.reach import images as written
from withhold.reach import undo
from withhold.signals import c2pa, xmp
from withhold.verbs import images, mark_images
from withhold.verbs.check import Asking

ON = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NO = packet(
    "<rdf:Description plus:DataMining="
    '"http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING"/>'
)


def ask(knowledge: Knowledge, actor: str = "") -> Asking:
    return Asking(place="DE", when=ON, knowledge=knowledge, actor=actor)


def test_a_no_reaches_the_verdict_as_asked(knowledge: Knowledge) -> None:
    """Nobody was found who says that it heeds it, so it is never more than asked."""
    verdicts = images.check_image(image("JPEG", NO), "a.jpg", ask(knowledge))
    assert verdicts
    assert {one.kinds for one in verdicts} == {("image",)}
    refused = [one for one in verdicts if one.answer == "disallowed"]
    assert refused
    assert not {one.strength for one in refused} - {"asked", "promised", "required"}
    google = next(one for one in verdicts if one.actor == "google")
    assert any("AIMLTRAINING" in str(why.facts.get("text")) for why in google.reasons)


def test_without_a_mark_an_image_refuses_nobody(knowledge: Knowledge) -> None:
    marked = images.check_image(image("PNG", NO), "a.png", ask(knowledge, "google"))
    plain = images.check_image(image("PNG"), "a.png", ask(knowledge, "google"))
    assert (marked[0].answer, plain[0].answer != "disallowed") == ("disallowed", True)


def test_both_signals_with_their_places() -> None:
    data = signed(image("JPEG", NO), "image/jpeg", {"cawg.ai_training": {"use": "allowed"}})
    said = images.said_by(data, "a.jpg", on=ON)
    assert [(one.signal, one.allowed, one.place) for one in said.statements] == [
        ("plus-datamining", False, "a.jpg XMP"),
        ("c2pa-training-mining", True, "a.jpg C2PA"),
    ]
    assert said.notes == ("c2pa-signer-not-listed",)


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_note_has_its_sentence(lang: str, root: Path) -> None:
    from typing import get_args

    said = load_sentences(root, lang)  # type: ignore[arg-type]
    codes = [one for part in get_args(xmp.Note) for one in (get_args(part) or (part,))]
    codes += get_args(c2pa.Note)
    from withhold.verdict import Reason

    for code in codes:
        assert "a.jpg" in said.say(Reason(code=f"image-{code}", facts={"where": "a.jpg"}))


def test_notes_are_reasons(knowledge: Knowledge) -> None:
    (verdict,) = images.check_image(b"GIF89a", "a.gif", ask(knowledge, "google"))
    assert "image-not-jpeg-png-webp" in [one.code for one in verdict.reasons]


def test_open_image(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    assert images.open_image(tmp_path / "a.png") == b"x"
    with pytest.raises(BadInput):
        images.open_image(tmp_path / "b.png")


# Marking ----------------------------------------------------------------------------------------


def filled(folder: Path) -> list[Path]:
    """Three images, one of them marked, one broken; and what is passed over."""
    (folder / "sub").mkdir()
    (folder / ".git").mkdir()
    for name, data in (
        ("a.JPG", image("JPEG")),
        ("sub/b.png", image("PNG", NO)),
        ("sub/c.webp", image("WEBP")[:-9]),
        ("d.txt", b"x"),
        (".git/e.png", image("PNG")),
    ):
        (folder / name).write_bytes(data)
    (folder / "f.png").symlink_to(folder / "sub/b.png")
    return mark_images.images_in([folder, folder / "a.JPG"])


def test_which_files(tmp_path: Path) -> None:
    names = [one.relative_to(tmp_path).as_posix() for one in filled(tmp_path)]
    assert names == ["a.JPG", "sub/b.png", "sub/c.webp"]
    for path in (tmp_path / "none", tmp_path / ".git" / ".." / "empty"):
        with pytest.raises(BadInput):
            mark_images.images_in([path])


def test_marking_and_the_way_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    files = filled(tmp_path)
    before = {one: one.read_bytes() for one in files}
    done = mark_images.mark(files, "no-training", home, NOW)
    assert [one.state for one in done.outcomes] == ["marked", "says-so", "refused"]
    assert files[0].read_bytes() != before[files[0]]
    assert {one: one.read_bytes() for one in files[1:]} == {one: before[one] for one in files[1:]}
    (run,) = done.runs
    undo.rollback(home, run)
    assert {one: one.read_bytes() for one in files} == before


def test_many_bytes_are_several_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark_images, "AT_ONCE", 1)
    home = tmp_path / "home"
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(image("JPEG"))
    done = mark_images.mark(mark_images.images_in([tmp_path]), "no-training", home, NOW)
    assert len(set(done.runs)) == 2
    for run in reversed(done.runs):
        undo.rollback(home, run)
    assert (tmp_path / "a.jpg").read_bytes() == (tmp_path / "b.jpg").read_bytes() == image("JPEG")


def test_files_of_several_folders_through_a_link(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.jpg").write_bytes(image("JPEG"))
    (tmp_path / "z").symlink_to(tmp_path / "y")
    files = [tmp_path / "x/a.jpg", tmp_path / "z/a.jpg"]
    done = mark_images.mark(files, "no-training", home, NOW)
    assert [one.state for one in done.outcomes] == ["marked", "marked"]
    assert xmp.read((tmp_path / "y/a.jpg").read_bytes()).data_mining


def test_where_the_way_back_cannot_be_kept_nothing_is_written(tmp_path: Path) -> None:
    files = filled(tmp_path)
    before = files[0].read_bytes()
    (tmp_path / "home").write_bytes(b"a file, no folder")
    with pytest.raises(WithholdError):
        mark_images.mark(files, "no-training", tmp_path / "home", NOW)
    assert files[0].read_bytes() == before


def test_looking_writes_nothing_and_nothing_to_do_keeps_nothing(tmp_path: Path) -> None:
    files = filled(tmp_path)
    before = [one.read_bytes() for one in files]
    looked = mark_images.look(files, "no-training")
    assert [one.state for one in looked.outcomes] == ["marked", "says-so", "refused"]
    assert [one.read_bytes() for one in files] == before
    assert mark_images.mark(files[1:], "no-training", tmp_path / "home", NOW).runs == ()
    assert not (tmp_path / "home").exists()


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from withhold.errors import MissingExtra

    monkeypatch.setitem(sys.modules, "exiv2", None)
    with pytest.raises(MissingExtra) as raised:
        written.needs()
    assert "withhold[images]" in raised.value.tip
