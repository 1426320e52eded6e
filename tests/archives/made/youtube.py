"""Takeouts with YouTube, made in four languages: folders, files, columns and values differ."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import Any, NamedTuple

from tests.archives.made.truth import Truth

CHANNEL = "UCabcdefghijklmnopqrstuv"
WORDS = ["hello, you", "línea “uno”", "日本 🙂", 'he said "no"', "two\nlines", "{not json", "a;b"]


class Tongue(NamedTuple):
    """One language of a Takeout, by hand from listings of real ones."""

    top: str
    comments: tuple[str, list[str]]
    videos: tuple[str, list[str]]
    playlists: tuple[str, list[str]]
    channel: tuple[str, list[str]]
    public: str
    unlisted: str
    private: str


TONGUES = {
    "en": Tongue(
        "Takeout/YouTube and YouTube Music",
        ("comments/comments.csv", ["Comment ID", "Channel ID", "Comment Create Timestamp", "Price",
                                   "Parent Comment ID", "Post ID", "Video ID", "Comment Text",
                                   "Top-Level Comment ID"]),
        ("video metadata/videos.csv", ["Video ID", "Approx Duration (ms)",
                                       "Video Description (Original)", "Channel ID",
                                       "Video Title (Original)", "Privacy", "Video State",
                                       "Video Create Timestamp", "Video Publish Timestamp",
                                       "Tag 1", "Tag 2"]),
        ("playlists/playlists.csv", ["Playlist ID", "Add new videos to top",
                                     "Playlist Title (Original)", "Playlist Create Timestamp",
                                     "Playlist Visibility"]),
        ("channels/channel.csv", ["Channel ID", "Channel Title (Original)", "Channel Visibility"]),
        "Public", "Unlisted", "Private",
    ),
    "es": Tongue(
        "Takeout/YouTube y YouTube Music",
        ("comentarios/comentarios.csv", ["ID de comentario", "ID de canal",
                                         "Marca de tiempo de creación del comentario", "Precio",
                                         "ID de comentario principal", "ID de la publicación",
                                         "ID de vídeo", "Texto del comentario",
                                         "ID de comentario de nivel superior"]),
        ("metadatos del vídeo/vídeos.csv", ["ID de vídeo", "Duración aproximada (ms)",
                                            "Descripción del vídeo (original)", "ID de canal",
                                            "Título del vídeo (original)", "Privacidad",
                                            "Estado del vídeo",
                                            "Marca de tiempo de creación del vídeo",
                                            "Marca de tiempo de publicación del vídeo",
                                            "Etiqueta 1", "Etiqueta 2"]),
        ("listas de reproducción/Listas de reproducción.csv",
         ["ID de lista de reproducción", "Añadir vídeos nuevos al principio",
          "Título de la lista de reproducción (original)",
          "Marca de tiempo de creación de la lista de reproducción",
          "Visibilidad de la lista de reproducción"]),
        ("canales/canal.csv", ["ID de canal", "Título del canal (original)",
                               "Visibilidad del canal"]),
        "Público", "Oculto", "Privado",
    ),
    "de": Tongue(
        "Takeout/YouTube und YouTube Music",
        ("Kommentare/Kommentare.csv", ["Kommentar-ID", "Kanal-ID",
                                       "Zeitstempel der Erstellung des Kommentars", "Preis",
                                       "Übergeordnete Kommentar-ID", "Beitrags-ID", "Video-ID",
                                       "Kommentartext", "Kommentar-ID der obersten Ebene"]),
        ("Video-Metadaten/Videos.csv", ["Video-ID", "Ungefähre Dauer (ms)",
                                        "Videobeschreibung (Original)", "Kanal-ID",
                                        "Videotitel (Original)", "Datenschutz", "Videostatus",
                                        "Zeitstempel bei Videoerstellung",
                                        "Zeitstempel bei Videoveröffentlichung", "Tag: 1",
                                        "Tag: 2"]),
        ("Playlists/Playlists.csv", ["Playlist-ID", "Neue Videos oben",
                                     "Playlist-Titel (Original)", "Zeit", "Sicht"]),
        ("Kanäle/Kanal.csv", ["Kanal-ID", "Channel Title (Original)", "Channel Visibility"]),
        "Öffentlich", "Nicht gelistet", "Privat",
    ),
    "nl": Tongue(
        "Takeout/YouTube en YouTube Music",
        ("reacties/reacties.csv", ["Reactie-ID", "Kanaal-ID", "Aanmaaktijdstempel reactie",
                                   "Prijs", "ID van bovenliggende reactie", "Bericht-ID",
                                   "Video-ID", "Reactietekst", "Hoogste"]),
        ("videometadata/video_s.csv", ["Video-ID", "Geschatte duur (ms)",
                                       "Videobeschrijving (origineel)", "Kanaal-ID",
                                       "Videotitel (origineel)", "Privacy", "Videostatus",
                                       "Tijdstempel aanmaaktijd video",
                                       "Tijdstempel publicatietijd video", "Tag 1", "Tag 2"]),
        ("playlists/playlists.csv", ["Playlist-ID", "Nieuwe video's bovenaan toevoegen",
                                     "Playlist-titel (Origineel)", "Playlist tijdstempel maken",
                                     "Zichtbaarheid van playlist"]),
        ("kanalen/kanaal.csv", ["Kanaal-ID", "(Originele) kanaaltitel", "Kanaalzichtbaarheid"]),
        "Openbaar", "Verborgen", "Privé",
    ),
}  # fmt: skip


def sheet(header: list[str], *rows: list[Any]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(header)
    table.writerows(rows)
    return out.getvalue().encode() + b"\r\n\r\n\r\n"


def made(seed: int, count: int, tongue: str = "en") -> tuple[dict[str, bytes], list[Truth]]:
    """A Takeout in one language, and what must come out of it, in no order."""
    dice = random.Random(f"{tongue} {seed}")  # noqa: S311
    words = TONGUES[tongue]
    comments, videos, lists, truth = [], [], [], []
    for number in range(count):
        when = f"20{dice.randrange(10, 26)}-0{dice.randrange(1, 10)}-1{dice.randrange(10)}"
        created = f"{when}T10:20:30+00:00"
        text = f"{dice.choice(WORDS)} {number}"
        said = [json.dumps({"text": text}), json.dumps({"takeoutSegments": [{"text": text}]}),
                ",".join((json.dumps({"text": text[:3]}),
                          json.dumps({"text": text[3:], "link": {"url": "x"}}))),
                text.replace("{", "")][number % 4]  # fmt: skip
        ident = f"Ugx{number:023}"
        comments.append([ident, CHANNEL, created, 0, "", "", "dQw4w9WgXcQ", said, ""])
        kept = text if number % 4 < 3 else text.replace("{", "")
        truth.append(Truth(ident, "comment", "own", "unknown", "none", "live", created, kept))
        if number % 3 == 0:
            video = f"vid{number:08}"
            seen = (words.public, words.unlisted, words.private, "¿?")[number // 3 % 4]
            audience = ("public", "private", "private", "unknown")[number // 3 % 4]
            by = "none" if audience == "unknown" else "item-field"
            videos.append([video, 1000, f"About {number}", CHANNEL, f"Title {number}", seen, "ok",
                           "2009-01-01T00:00:00Z", created, "cats", ""])  # fmt: skip
            truth.append(
                Truth(video, "video", "own", audience, by, "live", created,
                      f"Title {number}\n\nAbout {number}\n\n#cats")
            )  # fmt: skip
    lists.append(["PLaaaaaaaaaaaaaaaa", "x", "My list", "2020-01-02T03:04:05Z", words.private])
    known = tongue != "de"  # of German playlists only the title's column is known
    truth.append(
        Truth("PLaaaaaaaaaaaaaaaa", "post", "own", "private" if known else "unknown",
              "item-field" if known else "none", "live",
              "2020-01-02T03:04:05+00:00" if known else "", "My list")
    )  # fmt: skip
    truth.append(
        Truth(CHANNEL, "profile", "own", "public", "item-field", "live", "", "Ada's channel")
    )
    files = {
        f"{words.top}/{words.comments[0]}": sheet(words.comments[1], *comments),
        f"{words.top}/{words.videos[0]}": sheet(words.videos[1], *videos),
        f"{words.top}/{words.playlists[0]}": sheet(words.playlists[1], *lists),
        f"{words.top}/{words.channel[0]}": sheet(
            words.channel[1], [CHANNEL, "Ada's channel", words.public]
        ),
        f"{words.top}/videos/Title 0.mp4": b"\0\0\0\x18ftyp",
        "Takeout/archive_browser.html": b"<html></html>",
    }
    return files, truth


def activity(*entries: dict[str, Any]) -> bytes:
    return json.dumps(list(entries), ensure_ascii=False).encode()


def prompt(text: str, answer: str = "", **more: Any) -> dict[str, Any]:
    entry = {"header": "Gemini Apps", "title": text, "time": "2024-02-01T08:30:00.000Z",
             "products": ["Gemini Apps"]}  # fmt: skip
    return entry | ({"safeHtmlItem": [{"html": answer}]} if answer else {}) | more


def cell(product: str, body: str) -> str:
    """One cell of MyActivity.html, as other products have it."""
    return (
        '<div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp"><div class="mdl-grid">'
        f'<div class="header-cell mdl-cell mdl-cell--12-col"><p class="mdl-typography--title">'
        f'{product}<br></p></div><div class="content-cell mdl-cell mdl-cell--6-col '
        f'mdl-typography--body-1">{body}</div></div></div>'
    )
