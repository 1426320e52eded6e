"""Posts get place and time of their pictures, whatever the archive is packed in."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import withhold.exports
from tests.archives.made.packings import Member, written, zip_of
from tests.archives.made.pictures import WHEN, WHERE, picture, saved
from withhold.exports import notes as notebook
from withhold.exports import parts, pictures
from withhold.exports.exif import EXIF_WITHIN
from withhold.exports.notes import PER_FILE, Notes
from withhold.exports.parts import Files
from withhold.exports.pictures import Pictures
from withhold.exports.post import Media, Post
from withhold.exports.streams import Allowance, TooLarge


def looked_at(name: Path, *media: Media, notes: Notes | None = None) -> tuple[Media, ...]:
    """The media of a post of this archive, once its pictures were looked at."""
    said = Notes() if notes is None else notes
    with Files([name], said) as files:
        return Pictures(files, said)(Post(platform="facebook", id="1", media=media)).media


def of(*paths: str) -> list[Media]:
    return [Media(path=path) for path in paths]


def found(path: str) -> Media:
    return Media(path=path, place=WHERE, place_by="exif", taken=WHEN)


# What a picture gets ---------------------------------------------------------------------------


def test_a_picture_is_found_by_its_path_or_the_end_of_it(tmp_path: Path) -> None:
    name = written(
        tmp_path / "a.zip",
        {
            "top/media/here.JPG": picture() + bytes(2 * EXIF_WITHIN),
            "top/media/bare.png": saved("PNG"),
            "top/a/same.jpg": picture(),
            "top/b/same.jpg": picture(),
            "top/clip.mp4": picture(),
        },
    )
    none = of("media/bare.png", "gone.jpg", "same.jpg", "clip.mp4", "https://h.example/here.JPG",
              "../../etc/here.JPG", "", "jpg")  # fmt: skip
    media = looked_at(name, *of("media/here.JPG", "top/a/same.jpg"), *none)
    assert media[:2] == (found("media/here.JPG"), found("top/a/same.jpg"))
    assert media[2:] == tuple(none)


def test_what_the_archive_says_is_kept_and_what_it_lacks_is_added(tmp_path: Path) -> None:
    name = written(
        tmp_path / "a.zip",
        {"a.jpg": picture(), "b.jpg": picture(north=()), "c.jpg": picture(taken="")},
    )
    recorded = Media(path="a.jpg", place=(1.0, 2.0), place_by="record", text="a heron")
    dated = Media(path="a.jpg", taken="2019")
    media = looked_at(name, recorded, dated, *of("b.jpg", "c.jpg"))
    assert media == (
        Media(path="a.jpg", place=(1.0, 2.0), place_by="record", taken=WHEN, text="a heron"),
        Media(path="a.jpg", place=WHERE, place_by="exif", taken="2019"),
        Media(path="b.jpg", taken=WHEN),
        Media(path="c.jpg", place=WHERE, place_by="exif"),
    )


def test_a_post_without_pictures_is_the_same(tmp_path: Path) -> None:
    notes, post = Notes(), Post(platform="x", id="2")
    bare = Post(platform="x", id="3", media=(Media(path="a.jpg"),))
    with Files([written(tmp_path / "a.zip", {"a.jpg": saved("JPEG")})], notes) as files:
        look = Pictures(files, notes)
        assert look(post) is post
        assert look(bare) is bare


@pytest.mark.parametrize(
    ("path", "there"),
    [("a/b.JPG", True), ("a.heic", True), ("a.jpg.json", False), ("a.mp4", False)],
)
def test_whether_an_archive_has_pictures(path: str, there: bool, tmp_path: Path) -> None:
    with Files([written(tmp_path / "a.zip", {"a.txt": b"a", path: b""})], Notes()) as files:
        assert Pictures(files, Notes()).there == there


# However it is packed --------------------------------------------------------------------------


def tar_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for path, body in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    return out.getvalue()


def folder(name: Path, files: dict[str, bytes]) -> Path:
    name.mkdir()
    for path, body in files.items():
        (name / path).write_bytes(body)
    return name


def zipped(method: int) -> Callable[[Path, dict[str, bytes]], Path]:
    return lambda name, files: written(name, files, method)


def tarred(name: Path, files: dict[str, bytes]) -> Path:
    name.write_bytes(tar_of(files))
    return name


def packed(name: Path, files: dict[str, bytes]) -> Path:
    name.write_bytes(gzip.compress(tar_of(files)))
    return name


@pytest.mark.parametrize(
    ("pack", "told"),
    [
        (zipped(zipfile.ZIP_STORED), True),
        (zipped(zipfile.ZIP_DEFLATED), True),
        (zipped(zipfile.ZIP_BZIP2), False),
        (tarred, True),
        (packed, False),
        (folder, True),
    ],
    ids=["stored", "deflated", "bzip2", "tar", "tar.gz", "folder"],
)
def test_where_a_picture_is_near_it_is_looked_at(
    pack: Callable[[Path, dict[str, bytes]], Path], told: bool, tmp_path: Path
) -> None:
    notes = Notes()
    name = pack(tmp_path / "a", {"a.txt": b"a", "a.jpg": picture(), "z.txt": b"z"})
    media = looked_at(name, *of("a.jpg"), notes=notes)
    assert media == ((found("a.jpg"),) if told else tuple(of("a.jpg")))
    assert not notes.not_understood


def test_a_packed_tar_is_never_unpacked_again_for_its_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them would be reached from the beginning: of n pictures that is n times n."""
    name = packed(tmp_path / "a.tar.gz", {f"{n}.jpg": picture() for n in range(20)})
    opened: list[object] = []
    with Files([name], Notes()) as files:
        monkeypatch.setattr(gzip, "open", lambda *said: opened.append(said))
        look = Pictures(files, Notes())
        look(Post(platform="mastodon", id="1", media=tuple(of(*files.paths))))
    assert not opened


# What is damaged or hostile --------------------------------------------------------------------


def test_a_picture_that_cannot_be_read_is_noted_and_the_others_are_looked_at(
    tmp_path: Path,
) -> None:
    name, notes = tmp_path / "a.zip", Notes()
    whole = zip_of(
        Member(b"a.jpg", picture()),
        Member(b"bad.jpg", picture(), method=8, packed=b"\xff" * 50),
        Member(b"sum.jpg", picture(), crc=7),
    )
    name.write_bytes(whole)
    media = looked_at(name, *of("bad.jpg", "a.jpg", "bad.jpg", "sum.jpg"), notes=notes)
    assert media == (*of("bad.jpg"), found("a.jpg"), *of("bad.jpg"), found("sum.jpg"))
    assert [(one.path, one.why) for one in notes.not_understood] == [("bad.jpg", "damaged")]


def test_pictures_that_cannot_be_read_hide_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of troubles has an end, and of an archive whose disk failed there are thousands."""
    monkeypatch.setattr(pictures, "REMEMBERED", 1)
    monkeypatch.setattr(notebook, "AT_MOST", PER_FILE + 10)
    paths = [f"{n}.jpg" for n in range(PER_FILE + 50)]
    bad = (Member(one.encode(), picture(), method=8, packed=b"\xff" * 50) for one in paths)
    name, notes = tmp_path / "a.zip", Notes()
    name.write_bytes(zip_of(*bad))
    looked_at(name, *of(*paths, *paths), notes=notes)
    notes.trouble("posts.json", "not-json")
    assert [one.path for one in notes.not_understood] == [*paths[:PER_FILE], "posts.json"]
    assert notes.left == 50, "each is counted once, in however many posts it stands"


def test_a_picture_in_many_posts_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "REMEMBERED", 2)
    name = written(tmp_path / "a.zip", {f"{n}.jpg": picture() for n in range(3)})
    read: list[str] = []
    glance = Files.glance

    def counted(self: Files, path: str) -> object:
        read.append(path)
        return glance(self, path)

    monkeypatch.setattr(Files, "glance", counted)
    media = looked_at(name, *of(*["0.jpg"] * 100, "1.jpg", "2.jpg", "2.jpg", "0.jpg"))
    assert [one.place for one in media] == [WHERE] * 104
    assert read == ["0.jpg", "1.jpg", "2.jpg", "0.jpg"], "no more than two are remembered"


def test_glances_take_nothing_of_what_reading_may_take_and_end(tmp_path: Path) -> None:
    name = written(tmp_path / "a.zip", {f"{n}.jpg": picture() for n in range(9)})
    notes = Notes()
    with Files([name], notes) as files:
        files._allowance = Allowance(0)
        files._glanced = Allowance(3 * len(picture()))
        media = of(*(f"{n}.jpg" for n in range(9)))
        post = Pictures(files, notes)(Post(platform="x", id="1", media=tuple(media)))
        with pytest.raises(TooLarge), files.open("0.jpg") as stream:
            stream.read()
    assert post.media == (*(found(f"{n}.jpg") for n in range(3)), *media[3:])
    said = [(one.path, one.why, one.at) for one in notes.not_understood]
    assert said == [("a.zip", "ratio", "pictures")]


def test_files_of_one_name_do_not_cost_more_than_each_is_worth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "SAME_NAMES", 10)
    few = {f"{n}/few.jpg": picture() for n in range(10)}
    many = {f"{n}/many.jpg": picture() for n in range(11)}
    name = written(tmp_path / "a.zip", few | many)
    tails = ("7/few.jpg", "7/many.jpg", "top/7/few.jpg")
    with Files([name], Notes()) as files:
        assert [files.only(one) for one in tails] == ["7/few.jpg", "7/many.jpg", ""]
    below = written(
        tmp_path / "b.zip", {f"top/{path}": body for path, body in (few | many).items()}
    )
    with Files([below], Notes()) as files:
        assert [files.only(one) for one in tails] == ["top/7/few.jpg", "", "top/7/few.jpg"]


def test_hostile_pictures_of_a_whole_archive_end_soon(tmp_path: Path) -> None:
    """Pictures that unpack to all that is looked at, and hold nothing."""
    count = 300
    body = b"\xff\xd8" + b"\xff\xe0\xff\xff" + bytes(EXIF_WITHIN * 4)
    files = {f"{n}.jpg": body for n in range(count)}
    name, notes = written(tmp_path / "a.zip", files), Notes()
    began = time.process_time()
    media = looked_at(name, *of(*files), notes=notes)
    assert time.process_time() - began < 10
    assert media == tuple(of(*files))
    assert not notes.not_understood


# In an archive ---------------------------------------------------------------------------------


def test_an_archive_gives_its_pictures_places_and_lists_them_as_media(tmp_path: Path) -> None:
    folder = "your_facebook_activity/posts"
    media = f"{folder}/media"
    record = {"latitude": 1.5, "longitude": 2.5, "taken_timestamp": 1_500_000_000}
    about = {"photo_metadata": {"exif_data": [record]}}

    def post(number: int, **more: object) -> dict[str, object]:
        it = {"uri": f"{media}/{number}.jpg", **more}
        said = [{"data": [{"media": it}]}]
        return {"timestamp": 1_600_000_000 + number, "data": [], "attachments": said}

    posts = [post(1), post(2, media_metadata=about), post(3), post(4)]
    name = written(
        tmp_path / "a.zip",
        {
            f"{folder}/your_posts_1.json": json.dumps(posts).encode(),
            f"{media}/1.jpg": picture(),
            f"{media}/2.jpg": picture(),
            f"{media}/3.jpg": saved("JPEG"),
            f"{media}/unused.jpg": picture(),
        },
    )
    with withhold.exports.open(name) as archive:
        found = {one.path[-5:]: one for post in archive.posts() for one in post.media}
        assert archive.complete
    said = {path: (one.place, one.place_by) for path, one in found.items()}
    assert said == {
        "1.jpg": (WHERE, "exif"),
        "2.jpg": ((1.5, 2.5), "record"),
        "3.jpg": (None, "none"),
        "4.jpg": (None, "none"),
    }
    assert found["1.jpg"].taken == WHEN
    assert found["2.jpg"].taken == "2017-07-14T02:40:00+00:00"
    media_files = {f"{media}/{one}.jpg" for one in (1, 2, 3, "unused")}
    assert archive.ignored == dict.fromkeys(media_files, "media")
    assert [one.path for one in archive.understood] == [f"{folder}/your_posts_1.json"]
    assert not archive.not_understood
