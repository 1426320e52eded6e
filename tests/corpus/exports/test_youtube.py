"""YouTube's sample, in Spanish, and My Activity: counted with csv, json and zipfile only.

The rule for the share of text-bearing paths: a cell is the member's words if it stands in one of
the columns named in ``WORDS``. The other files hold other people's words (subscriptions, music, the
videos of a playlist), what was watched and searched for, ids, or settings; they are named in
``OTHER``, so that a new file fails here.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Options
from withhold.exports.youtube import READER

pytestmark = pytest.mark.real

WORDS = {
    "canales/canal.csv": "Título del canal (original)",
    "comentarios/comentarios.csv": "Texto del comentario",
    "listas de reproducción/Listas de reproducción.csv":
        "Título de la lista de reproducción (original)",
    "mensajes del chat en directo/mensajes del chat en directo.csv":
        "Texto del mensaje del chat en directo",
    "metadatos del vídeo/textos de vídeo.csv": "Segmentos de texto del título del vídeo 1",
    "metadatos del vídeo/vídeos.csv": "Título del vídeo (original)",
}  # fmt: skip
OTHER = {
    "canales/Ajustes de moderación de la comunidad del canal.csv",
    "canales/configuraciones de la URL del canal.csv",
    "canales/configuración de la página del canal.csv",
    "canales/datos de la función del canal.csv",
    "historial/historial-de-búsqueda.json", "historial/historial-de-reproducciones.json",
    "listas de reproducción/Watch later-vídeos.csv", "listas de reproducción/blabla.csv",
    "listas de reproducción/test.csv", "metadatos del vídeo/grabaciones de vídeo.csv",
    "music (library and uploads)/music library songs.csv", "suscripciones/suscripciones.csv",
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(corpus: Path) -> Path:
    return next((corpus / "exports" / "youtube").rglob("*.zip"))


def cells(archive: Path) -> Iterator[tuple[str, str]]:
    """The member's words in each file, by the rule."""
    with zipfile.ZipFile(archive) as packed:
        for path, column in WORDS.items():
            text = packed.read(path).decode("utf-8-sig")
            for row in csv.DictReader(io.StringIO(text)):
                cell = row[column]
                if cell:
                    yield path, json.loads(cell)["text"] if cell[0] == "{" else cell


def posts_of(archive: Path) -> tuple[list[Post], Notes]:
    notes = Notes()
    with Files([archive], notes) as files:
        return list(READER.read(files, notes, Options())), notes


def test_it_is_recognised_by_its_listing_alone(archive: Path) -> None:
    with Files([archive], Notes()) as files:
        assert set(files.paths) == set(WORDS) | OTHER
        by_names, by_columns = READER.names(files.paths), READER.structure(files)
    assert by_names is not None
    assert by_columns is not None
    assert by_columns.marks == 8


def test_no_other_sample_is_taken_for_a_takeout(corpus: Path) -> None:
    """But Google's own companion, of which the prompts to Gemini are read."""
    looked = 0
    for top in sorted((corpus / "exports").iterdir()):
        if not top.is_dir() or top.name == "youtube":
            continue
        for one in [top, *top.iterdir(), *top.rglob("*.zip")]:
            with Files([one], Notes()) as files:
                found = READER.names(files.paths), READER.structure(files)
            expected = top.name == "google-takeout"
            assert [hit is not None for hit in found] == [expected, expected], one
            looked += 1
    assert looked > 30


def test_counts_equal_the_rows(archive: Path) -> None:
    """A post per row; the texts of a video are in the post of that video."""
    counts: dict[str, int] = {}
    for path, _ in cells(archive):
        if path != "metadatos del vídeo/textos de vídeo.csv":
            counts[path] = counts.get(path, 0) + 1
    posts, notes = posts_of(archive)
    read = {path: one.posts for path, one in notes.understood.items() if one.posts}
    assert read == counts
    assert len(posts) == sum(counts.values()) == 10
    assert sum(post.kind == "comment" for post in posts) == 5


def test_every_word_of_the_member_comes_out_in_a_post(archive: Path) -> None:
    posts, _ = posts_of(archive)
    by_path: dict[str, list[str]] = {}
    for post in posts:
        by_path.setdefault(post.source.path, []).append(post.text)
    by_path["metadatos del vídeo/textos de vídeo.csv"] = by_path["metadatos del vídeo/vídeos.csv"]
    said = list(cells(archive))
    came = [words for path, words in said if any(words in text for text in by_path[path])]
    assert (len(came), len(said)) == (11, 11)


def test_audiences_are_those_of_the_items(archive: Path) -> None:
    posts, notes = posts_of(archive)
    said = {(post.kind, post.audience, post.audience_by) for post in posts}
    assert said == {
        ("comment", "unknown", "none"), ("post", "private", "item-field"),
        ("video", "private", "item-field"), ("profile", "public", "item-field"),
    }  # fmt: skip
    assert {one.why for one in notes.not_understood} == {"bad-date"}


def test_the_prompts_to_gemini_are_counted_with_json(corpus: Path) -> None:
    folder = corpus / "exports" / "google-takeout"
    entries = [entry for path in folder.rglob("*.json")
               for entry in json.loads(path.read_text("utf-8"))]  # fmt: skip
    prompts = [one["title"] for one in entries if one["products"] == ["Gemini Apps"]]
    posts, notes = posts_of(folder)
    assert [post.raw for post in posts] == prompts
    assert [(post.platform, post.kind, post.audience) for post in posts] == [
        ("google", "ai-chat", "private")
    ]
    assert notes.not_understood == []


def test_pictures_of_google_photos_are_nobodys(corpus: Path) -> None:
    with Files([corpus / "exports" / "google-photos"], Notes()) as files:
        assert READER.names(files.paths) is None
        assert READER.structure(files) is None
