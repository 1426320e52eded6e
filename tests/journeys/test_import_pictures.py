"""An archive whose pictures carry EXIF, imported: each place arrives, is counted and shown."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from tests.archives.made.pictures import WHEN, WHERE, picture, saved
from tests.journeys.archives_made import imported, unpacked, zipped
from tests.journeys.run import flat, here
from withhold.faces.web import posts as pages
from withhold.faces.web.desk import Desk
from withhold.faces.web.render import html
from withhold.faces.web.views import Ask, Page
from withhold.keep import Store

FOLDER = "your_facebook_activity/posts"
DAY = 1_600_000_000
ROUTES = {one.path: one for one in pages.ROUTES}


def archive() -> dict[str, bytes]:
    """Facebook's: a photo as a phone took it, a screenshot, a picture of before 2000, a post."""
    pictures = {
        "photo.jpg": picture(sides="SW", size=600),
        "screenshot.png": saved("PNG", 600),
        "scan.jpg": picture(north=(), taken="1999:12:31 23:59:59", offset=""),
    }
    posts: list[dict[str, Any]] = [{"timestamp": DAY, "data": [{"post": "a day without pictures"}]}]
    for number, name in enumerate(pictures, 1):
        media = {"uri": f"{FOLDER}/media/{name}", "description": f"what {name} shows"}
        said = {"data": [], "attachments": [{"data": [{"media": media}]}]}
        posts.append({"timestamp": DAY + number, **said})
    files = {f"{FOLDER}/media/{name}": body for name, body in pictures.items()}
    return {f"{FOLDER}/your_posts_1.json": json.dumps(posts).encode(), **files}


def pictures_of(home: Path) -> dict[str, tuple[int, Any, str, str, list[str]]]:
    """By name: the number of the post, its picture's place, who says it, when, what it reveals."""
    found = {}
    with Store.read(home) as store:
        numbers = [number for (number,) in store._opened.rows("SELECT id FROM post ORDER BY id")]
        for number, one in zip(numbers, store.posts.read(numbers), strict=True):
            for it in one.post.media:
                kinds = [reveal.kind for reveal in one.reveals]
                name = it.path.rpartition("/")[2]
                found[name] = (number, it.place, it.place_by, it.taken, kinds)
    return found


@pytest.fixture(params=["zip", "folder"])
def taken_in(request: pytest.FixtureRequest, begun: Path, tmp_path: Path) -> Path:
    """A home with it, of somebody whose posts are public."""
    files = archive()
    name = (
        zipped(tmp_path / "facebook.zip", files)
        if request.param == "zip"
        else unpacked(tmp_path / "facebook", files)
    )
    one = imported(name)
    assert (one["platform"], one["posts"], one["new"]) == ("facebook", 4, 4)
    assert [it["why"] for it in one["ignored"]] == ["media"] * 3
    assert one["not_understood"] == []
    here("own", "posts", one["accounts"][0]["account"], "--audience", "public").ok()
    return begun


def test_each_picture_has_what_its_own_file_says(taken_in: Path) -> None:
    south_west = (-WHERE[0], -WHERE[1])
    said = {name: it[1:] for name, it in pictures_of(taken_in).items()}
    assert said == {
        "photo.jpg": (south_west, "exif", WHEN, ["coordinates"]),
        "screenshot.png": (None, "none", "", []),
        "scan.jpg": (None, "none", "1999-12-31T23:59:59", []),
    }


def test_the_place_is_counted_among_what_the_posts_give_away(taken_in: Path) -> None:
    body = json.loads(here("check", "--posts", "--format", "json").ok().out)
    given = {one["standing"]: one for one in body["gives_away"]}
    counted = {standing: it["places_of_pictures"] for standing, it in given.items()}
    assert counted == {"open": 1, "was-open": 0, "open-if-public": 0}
    assert given["open"]["sure"] == [{"kind": "coordinates", "posts": 1}]
    text = flat(here("check", "--posts").ok().out)
    assert "1 carries the place where a picture was taken." in text


def test_the_page_of_the_post_shows_the_place_and_says_whose_word_it_is(taken_in: Path) -> None:
    desk = Desk(taken_in)
    shown = {}
    for name, (number, *_) in pictures_of(taken_in).items():
        ask = Ask(
            desk=desk, setting=desk.setting("en"), path="/posts/post", query={"id": str(number)}
        )
        view = ROUTES[ask.path].get
        assert view
        page = view(ask)
        assert isinstance(page, Page)
        shown[name] = html(ask, page, csrf="word")
    assert "-48.13750, -11.57500" in shown["photo.jpg"]
    assert "place, as the file itself says" in shown["photo.jpg"]
    for name in ("screenshot.png", "scan.jpg"):
        assert "place, as" not in shown[name]
    assert "1999-12-31T23:59:59" in shown["scan.jpg"]


def test_what_was_imported_without_its_pictures_has_their_places_once_it_was_forgotten(
    begun: Path, tmp_path: Path
) -> None:
    """And forgetting takes the numbers off the disk, as SQLite writes them."""
    files = archive()
    posts = {path: body for path, body in files.items() if path.endswith(".json")}
    whole = zipped(tmp_path / "whole.zip", files)
    key = imported(zipped(tmp_path / "posts.zip", posts))["accounts"][0]["account"]

    def places() -> list[Any]:
        return [it[1] for it in pictures_of(begun).values() if it[1]]

    def on_disk() -> bool:
        latitude = struct.pack(">d", -WHERE[0])
        return any(latitude in it.read_bytes() for it in begun.rglob("*") if it.is_file())

    def forget() -> None:
        here("own", "forget", "--account", key, "--yes").ok()

    again = imported(whole)
    assert (again["new"], again["again"], places()) == (0, 4, [])
    forget()
    assert imported(whole)["new"] == 4
    assert places() == [(-WHERE[0], -WHERE[1])]
    assert on_disk()
    forget()
    assert not on_disk()
