"""My Activity: of all that Google notes, only what was said to Gemini."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from tests.archives.made.truth import hits, reading
from tests.archives.made.youtube import activity, cell, prompt
from withhold.exports.youtube import READER

FOLDER = "Takeout/My Activity/Gemini Apps"
SEARCH = {"header": "Search", "title": "Searched for secrets", "products": ["Search"],
          "time": "2024-02-01T08:30:00.000Z"}  # fmt: skip
ANSWER = "<p>It is <b>sunny</b>.</p>"
DATE = "Nov 13, 2025, 9:50:57 AM CDT"


def test_prompts_are_chats_with_an_ai_and_searches_are_nothing(tmp_path: Path) -> None:
    spoken = SEARCH | {"title": "Said weather", "header": "Assistant", "products": ["Assistant"]}
    said = prompt("Prompted what is tea?", ANSWER), prompt("Prompted bye")
    body = activity(SEARCH, spoken, *said)
    posts, notes = reading(READER, {"MyActivity.json": body}, tmp_path)
    assert [(post.platform, post.kind, post.audience, post.audience_by, post.text)
            for post in posts] == [
        ("google", "ai-chat", "private", "platform-default", "what is tea?"),
        ("google", "ai-chat", "private", "platform-default", "bye"),
    ]  # fmt: skip
    assert notes.understood["MyActivity.json"].others == 1
    assert notes.not_understood == []


def test_answers_are_kept_only_when_asked_for(tmp_path: Path) -> None:
    body = activity(prompt("Prompted what is tea?", ANSWER))
    posts, _ = reading(READER, {"MyActivity.json": body}, tmp_path, others=True)
    assert [(post.authored, post.text) for post in posts] == [
        ("own", "what is tea?"), ("others", "It is sunny."),
    ]  # fmt: skip


def test_a_verb_in_another_language_is_known_by_its_answer(tmp_path: Path) -> None:
    body = activity(
        prompt("Eingegebener Prompt: Tee?", ANSWER, header="Gemini-Apps"),
        prompt("Gemini verwendet"),
    )
    posts, _ = reading(READER, {f"{FOLDER}/MeineAktivitäten.json": body}, tmp_path)
    assert [post.text for post in posts] == ["Eingegebener Prompt: Tee?"]


def test_activity_of_another_product_is_not_read(tmp_path: Path) -> None:
    files = {
        "Takeout/My Activity/Search/MyActivity.json": activity(SEARCH),
        "Takeout/My Activity/Maps/MyActivity.html": cell("Maps", f"Viewed x<br>{DATE}").encode(),
    }
    posts, notes = reading(READER, files, tmp_path)
    assert posts == []
    assert set(notes.ignored.values()) == {"not-published"}


def test_pages_are_read_cell_by_cell(tmp_path: Path) -> None:
    page = "<html><body>" + "".join((
        cell("Search", f"Searched for tea<br>{DATE}<br>"),
        cell("Gemini Apps", f"Prompted what is<br>tea &amp; milk?<br>{DATE}<br>{ANSWER}"),
        cell("Gemini Apps", "Prompted no date"),
        cell("Gemini Apps", f"Prompted utc<br>{DATE[:-3]}UTC<br>"),
    )) + "</body></html>"  # fmt: skip
    posts, notes = reading(READER, {f"{FOLDER}/MyActivity.html": page.encode()}, tmp_path)
    assert [(post.text, post.zone) for post in posts] == [
        ("what is\ntea & milk?", "unknown"), ("no date", "none"), ("utc", "offset"),
    ]  # fmt: skip
    assert posts[0].created is not None
    assert posts[0].created.isoformat() == "2025-11-13T09:50:57+00:00"
    assert [(one.why, one.at) for one in notes.not_understood] == [("bad-date", "cell 3")]


def test_a_long_page_is_never_held_whole(tmp_path: Path) -> None:
    cells = (cell("Gemini Apps", f"Prompted n{n}<br>{DATE}<br>" + "z" * 900) for n in range(2000))
    body = "".join(cells).encode()
    posts, notes = reading(READER, {f"{FOLDER}/MyActivity.html": body}, tmp_path)
    assert [post.text for post in posts] == [f"n{n}" for n in range(2000)]
    assert notes.not_understood == []


def test_it_is_recognised(tmp_path: Path) -> None:
    assert hits(READER, {"MyActivity.json": activity(SEARCH)}, tmp_path) == (1, 1)
    page = {"x.html": cell("Maps", "x").encode()}
    assert hits(READER, page, tmp_path / "b") == (0, 1)
    assert hits(READER, {"x.json": b'[{"title": "a.jpg"}]'}, tmp_path / "c") == (0, 0)


@pytest.mark.parametrize(
    "odd",
    [None, 3, [], "x", {}, {"header": 3, "products": 5}, prompt("", ""), prompt("Prompted "),
     prompt("Prompted x", time="0000"), {**prompt("Prompted x"), "title": 4},
     {**prompt("Prompted x"), "safeHtmlItem": [4, {"html": 5}]}],
)  # fmt: skip
def test_one_odd_entry_hides_no_other(odd: Any, tmp_path: Path) -> None:
    body = activity(prompt("Prompted a"), odd, prompt("Prompted b"))
    posts, _ = reading(READER, {"MyActivity.json": body}, tmp_path)
    assert [post.text for post in posts if post.text != "x"] == ["a", "b"]


@pytest.mark.parametrize(
    "date",
    ["Nov 31, 2025, 9:50:57 AM CDT", "Foo 3, 2025, 9:50:57 AM CDT",
     "Nov 3, 0000, 9:50:57 AM CDT", "13.11.2025, 09:50:57 MEZ"],
)  # fmt: skip
def test_a_date_that_is_none_costs_the_time_only(date: str, tmp_path: Path) -> None:
    page = cell("Gemini Apps", f"Prompted hi<br>{date}<br>").encode()
    posts, notes = reading(READER, {f"{FOLDER}/MyActivity.html": page}, tmp_path)
    assert [(post.text, post.created) for post in posts] == [("hi", None)]
    assert [one.why for one in notes.not_understood] == ["bad-date"]


def test_a_cell_without_end_is_given_up_and_noted(tmp_path: Path) -> None:
    body = b'<p class="mdl-typography--title"><div class="outer-cell mdl-cell">' + b"y" * 5_000_000
    posts, notes = reading(READER, {f"{FOLDER}/MyActivity.html": body}, tmp_path)
    assert posts == []
    assert [one.why for one in notes.not_understood] == ["too-long"]


def test_a_cell_of_a_million_breaks_is_read_quickly(tmp_path: Path) -> None:
    page = cell("Gemini Apps", f"Prompted hi<br>{DATE}<br>" + "x<br>" * 700_000).encode()
    start = perf_counter()
    posts, _ = reading(READER, {f"{FOLDER}/MyActivity.html": page}, tmp_path)
    assert [post.text for post in posts] == ["hi"]
    assert perf_counter() - start < 20


def test_the_styles_that_stand_first_hide_nothing(tmp_path: Path) -> None:
    style = "<html><head><style>" + ".a { color: red }\n" * 10_000 + "</style></head><body>"
    page = (style + cell("Gemini Apps", f"Prompted hi<br>{DATE}<br>")).encode()
    assert hits(READER, {"x/y.html": page}, tmp_path / "a") == (0, 1)
    posts, _ = reading(READER, {f"{FOLDER}/MyActivity.html": page}, tmp_path)
    assert [post.text for post in posts] == ["hi"]


@pytest.mark.parametrize(
    ("clock", "hour"), [("12:09:00 AM", 0), ("12:09:00 PM", 12), ("1:09:00 PM", 13)]
)
def test_noon_and_midnight(clock: str, hour: int, tmp_path: Path) -> None:
    page = cell("Gemini Apps", f"Prompted hi<br>Dec 3, 2025, {clock} CET<br>").encode()
    posts, _ = reading(READER, {f"{FOLDER}/MyActivity.html": page}, tmp_path)
    assert posts[0].created is not None
    assert (posts[0].created.month, posts[0].created.hour) == (12, hour)


def test_a_first_prompt_may_be_long(tmp_path: Path) -> None:
    body = activity(prompt("Prompted " + "long " * 20_000), prompt("Prompted bye"))
    files = {f"{FOLDER}/MyActivity.json": body}
    posts, notes = reading(READER, files, tmp_path)
    assert [len(post.text) for post in posts] == [99_999, 3]
    assert notes.not_understood == []
    assert hits(READER, {"a/b.json": body}, tmp_path / "b") == (0, 1)
