"""The only sample of Facebook's with values: counted without any code of ours."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from withhold.exports import facebook
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.reader import Options

pytestmark = pytest.mark.real


def test_the_counts_of_the_sample_are_those_of_plain_json(corpus: Path) -> None:
    folder = corpus / "exports" / "facebook" / "pedrofuentes__kawsay"
    entries = json.loads((folder / "posts" / "your_posts_1.json").read_bytes())
    [thread] = [json.loads(path.read_bytes()) for path in folder.rglob("message_1.json")]
    notes = Notes()
    with Files([folder], notes) as files:
        posts = list(facebook.read(files, notes, Options()))
    kinds = [one.kind for one in posts]
    assert "message" not in kinds, "nothing in the archive says which of the two is the member"
    assert len(posts) == sum(isinstance(one, dict) for one in entries) == 3
    assert {one.at for one in notes.not_understood} == {"", "/3"}
    assert notes.understood["messages/inbox/jose_abc/message_1.json"].others == len(
        thread["messages"]
    )
    assert posts[0].text == "Feliz Año Nuevo 🎉 — con José y Жанна"


def test_no_other_platform_is_taken_for_facebook(corpus: Path) -> None:
    """By the folders of the samples, and by the listings of real Instagram and TikTok archives."""
    hits = []
    for folder in sorted((corpus / "exports").glob("*/*")):
        if not folder.is_dir():
            continue
        with Files([folder], Notes()) as files:
            if facebook.names(files.paths) or facebook.structure(files):
                hits.append(folder.parent.name)
        for listing in folder.glob("*_annotated.csv"):
            with listing.open(encoding="utf-8-sig", newline="") as lines:
                paths = {row.get("file_path") or "" for row in csv.DictReader(lines)}
            if facebook.names(sorted(paths)):
                hits.append(f"{folder.parent.name} listing")
    assert hits == ["facebook", "facebook listing"]
