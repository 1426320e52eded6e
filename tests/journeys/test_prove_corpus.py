"""Is it in there? An owner with an archive, and corpora of every form with texts planted."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from tests.journeys.corpora_made import (
    ARCHIVE,
    BODY,
    TEXT,
    URL,
    asked,
    hits,
    lines,
    needles_in,
    table,
)
from tests.journeys.run import complains, here
from tests.unit.traces.corpus.warcs_made import page, warc, zstd


@pytest.fixture
def owner(home: Path) -> Path:
    """Somebody whose Reddit archive was taken in: two posts, two comments."""
    here("import", ARCHIVE).ok()
    return home


@pytest.fixture
def needles(tmp_path: Path) -> Path:
    return needles_in(tmp_path / "mine.txt")


# What is found ----------------------------------------------------------------------------------


def test_the_posts_of_an_archive_are_found_by_id_address_and_words(
    owner: Path, tmp_path: Path
) -> None:
    given = lines(
        tmp_path / "dump.jsonl",
        {"name": "t1_k1k1k1", "body": "[deleted]"},
        {"url": URL.rstrip("/"), "text": "A page about something else entirely."},
        {"id": "77", "text": f"Somebody wrote: {BODY.upper()} Did you?"},
        {"id": "78", "text": "Nothing of anybody."},
    )
    found = asked(given)
    assert hits(found) == [
        ("reddit:t1_k1k1k1", "id", 0),
        ("reddit:t3_1a2b3c", "url", 1),
        ("reddit:t3_9x8y7z", "span", 2),
    ]
    assert (found["records"], found["needles"], found["found"]) == (4, 4, 3)
    assert [(one["rung"], one["hits"]) for one in found["rungs"]] == [
        ("id", 1),
        ("url", 1),
        ("span", 1),
    ]
    assert found["files"] == [
        {
            "name": str(given),
            "octets": given.stat().st_size,
            "records": 4,
            "unreadable": 0,
            "whole": True,
            "why": [],
        }
    ]
    assert found["refused"] == []


FORMS = ("warc.gz", "warc", "wet", "jsonl.zst", "csv", "parquet", "txt.gz", "html", "folder")


@pytest.mark.parametrize("form", FORMS)
def test_a_planted_text_is_found_in_every_form(form: str, needles: Path, tmp_path: Path) -> None:
    broken = TEXT.replace(" ", "\n", 1).replace("'", "\u2019")
    row = {"url": "https://other.example/", "text": f"Before. {broken} After."}
    pages = [page(0), page(1, f"Before. {TEXT.replace('heron', '<b>heron</b>')} After.")]
    path = tmp_path / f"planted.{form}"
    if form == "warc.gz":
        path.write_bytes(warc(pages))
    elif form == "warc":
        path.write_bytes(gzip.decompress(warc(pages)))
    elif form == "wet":
        text = (
            f"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n{{}}\r\n\r\n{TEXT}"
        )
        path.write_text(text.format(f"Content-Length: {len(TEXT)}") + "\r\n\r\n", newline="")
    elif form == "jsonl.zst":
        path.write_bytes(zstd((json.dumps(row) + "\n").encode()))
    elif form == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, row)
        writer.writeheader()
        writer.writerow(row)
        path.write_text(out.getvalue(), "utf-8")
    elif form == "parquet":
        table(path, [row])
    elif form == "txt.gz":
        path.write_bytes(gzip.compress(f"{'word ' * 400_000}{broken}{' word' * 9}".encode()))
    elif form == "html":
        path.write_text(f"<!doctype html><script>{TEXT[:9]}</script><p>{TEXT}</p>", "utf-8")
    else:
        (path / "deep" / "er").mkdir(parents=True)
        lines(path / "deep" / "er" / "a.jsonl", row)
        (path / "README").write_text(TEXT, "utf-8")  # not of the files of a corpus
    found = asked(path, "--needles", needles)
    assert [(one["needle"], one["rung"]) for one in found["hits"]] == [("line 1", "span")]
    assert found["files"][0]["unreadable"] == 0


def test_a_text_across_two_pieces_of_a_long_file_is_found_once(
    needles: Path, tmp_path: Path
) -> None:
    path = tmp_path / "long.txt"
    for before in range((1 << 20) - 200, (1 << 20) + 40, 37):
        path.write_text("x" * before + f" {TEXT} " + "y" * 500_000, "utf-8")
        found = asked(path, "--needles", needles)
        assert [one["needle"] for one in found["hits"]] == ["line 1"], before


def test_a_text_that_stands_twice_is_told_twice(needles: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(f"{TEXT}\n{'word ' * 500_000}\n{TEXT}\n", "utf-8")
    first, second = asked(path, "--needles", needles)["hits"]
    assert first["offset"] == 0
    assert second["offset"] > 1 << 20


def test_addresses_and_hosts_of_a_list(needles: Path, tmp_path: Path) -> None:
    given = lines(
        tmp_path / "a.jsonl",
        {"url": "http://www.ada.example/blog/heron/#top", "text": "a"},
        {"url": "https://heron.example:443/any/page?x=1", "text": "b"},
        {"url": "https://heron.example.org/", "text": "c"},
    )
    found = asked(given, "--needles", needles)
    assert hits(found) == [("line 2", "url", 0), ("line 3", "host", 1)]
    assert [(one["needle"], one["text"]) for one in found["refused"]] == [("line 5", "abc")]


def test_sites_are_looked_for_by_their_host(home: Path, tmp_path: Path) -> None:
    here("own", "add", "site", "https://ada.example/").ok()
    given = lines(
        tmp_path / "a.jsonl",
        {"url": "https://ada.example/1", "text": "a"},
        {"url": "https://second.example/2", "text": "b"},
    )
    assert hits(asked(given)) == [("ada.example", "host", 0)]
    assert len(asked(given, "--site", "https://second.example/x/y")["hits"]) == 2


def test_pictures_are_found_in_pages_that_were_captured(home: Path, tmp_path: Path) -> None:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (320, 240), "white")
    draw = ImageDraw.Draw(picture)
    for n in range(40):
        box = (n * 37 % 300, n * 53 % 220)
        draw.ellipse((*box, box[0] + 60, box[1] + 45), fill=(n * 6, 255 - n * 5, n * 97 % 255))
    picture.save(tmp_path / "mine.png")
    smaller = io.BytesIO()
    picture.resize((200, 150)).save(smaller, "JPEG", quality=70)
    given = tmp_path / "a.warc.gz"
    url = "https://example.org/a.jpg"
    given.write_bytes(warc([(url, smaller.getvalue(), {"Content-Type": "image/jpeg"}), page(1)]))
    (one,) = asked(given, "--image", tmp_path / "mine.png")["hits"]
    assert (one["needle"], one["rung"], one["url"]) == ("mine.png", "image", url)
    assert 0.87 < one["near"] <= 1


def test_posts_of_one_account_or_none(owner: Path, needles: Path, tmp_path: Path) -> None:
    given = lines(tmp_path / "a.jsonl", {"name": "t1_k1k1k1", "body": TEXT})
    assert len(asked(given, "--needles", needles)["hits"]) == 2
    assert hits(asked(given, "--needles", needles, "--no-posts")) == [("line 1", "span", 0)]
    assert asked(given, "--account", "reddit:ada_example")["needles"] == 4
    complains(
        here("prove", "corpus", given, "--account", "reddit:bob"), 2, "bob", "reddit:ada_example"
    )


# What is not -------------------------------------------------------------------------------------


def test_nothing_found_is_never_not_used(needles: Path, tmp_path: Path) -> None:
    given = lines(tmp_path / "a.jsonl", {"text": "Nothing of anybody."}, {"text": "Nor this."})
    for lang, said in (("en", "does not show"), ("de", "zeigt nicht")):
        ran = here("prove", "corpus", given, "--needles", needles, "--lang", lang).ok()
        text = " ".join(ran.out.split())
        assert said in text
        assert "2 " in text
    assert asked(given, "--needles", needles)["hits"] == []


def test_what_could_not_be_read_is_said_with_what_was(needles: Path, tmp_path: Path) -> None:
    whole = warc([page(n, TEXT) for n in range(3)])
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "cut.warc.gz").write_bytes(whole[:-40])
    (folder / "empty.txt").write_bytes(b"")
    (folder / "no.parquet").write_bytes(b"PAR1 and no more")
    (folder / "odd.csv").write_text("colour,size\nred,1\n")
    lines(folder / "rows.jsonl", {"text": TEXT})
    with (folder / "rows.jsonl").open("a") as more:
        more.write("no object\n")
    found = asked(folder, "--needles", needles)
    assert len(found["hits"]) == 3  # of two pages that are whole, and of the row
    said = {
        Path(one["name"]).name: (
            one["records"],
            one["unreadable"],
            one["whole"],
            [(why["code"], why["first"]) for why in one["why"]],
        )
        for one in found["files"]
    }
    assert said["rows.jsonl"] == (1, 1, True, [("not-an-object", 1)])
    assert said["empty.txt"] == (0, 0, True, [("empty", 0)])
    assert said["no.parquet"] == (0, 1, False, [("damaged", 0)])
    assert said["odd.csv"] == (0, 1, False, [("no-columns", 0)])
    assert said["cut.warc.gz"][:2] == (3, 1)
    text = here("prove", "corpus", folder, "--needles", needles, "--jobs", "1").ok().out
    for name in ("cut.warc.gz", "empty.txt", "no.parquet", "odd.csv", "rows.jsonl"):
        assert f"{name}:" in text.partition("What was not read")[2], name


def test_a_table_without_known_columns_ends_with_those_it_has(
    needles: Path, tmp_path: Path
) -> None:
    given = table(tmp_path / "a.parquet", [{"q": TEXT, "w": 1}])
    ran = here("prove", "corpus", given, "--needles", needles, "--jobs", "1")
    complains(ran, 2, "q, w", "--map text=")
    assert len(asked(given, "--needles", needles, "--map", "text=q")["hits"]) == 1
    ran = here("prove", "corpus", given, "--needles", needles, "--map", "text=nope")
    complains(ran, 2, "no column nope", "q, w")
    complains(here("prove", "corpus", given, "--map", "text"), 2, "role=column")


def test_without_anything_to_look_for_it_says_what_to_do(home: Path, tmp_path: Path) -> None:
    given = lines(tmp_path / "a.jsonl", {"text": TEXT})
    complains(here("prove", "corpus", given), 3, "withhold import FILE", "--needles FILE")
    complains(here("prove", "corpus", tmp_path / "none"), 2, "is not there")
    (tmp_path / "folder").mkdir()
    complains(here("prove", "corpus", tmp_path / "folder"), 3, "withhold prove corpus FILE")
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe\xff")
    complains(here("prove", "corpus", given, "--needles", bad), 2, "not UTF-8")


def test_a_list_of_which_nothing_can_be_looked_for_is_told(home: Path, tmp_path: Path) -> None:
    given = lines(tmp_path / "a.jsonl", {"text": TEXT})
    (tmp_path / "short.txt").write_text("abc\n")
    ran = here("prove", "corpus", given, "--needles", tmp_path / "short.txt")
    complains(ran, 2, "none of 1 can be looked for", "too short", "50")
