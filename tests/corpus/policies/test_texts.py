"""Every dated version of the data folder becomes passages, whole and with its places exact."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest

from withhold.policies.document import Document
from withhold.policies.passages import document_of

pytestmark = pytest.mark.real
DAYS = {
    "discord/privacy-policy/2026-04-08.md": (date(2025, 8, 29), date(2025, 9, 29)),
    "reddit/privacy-policy@pga/2026-08-20.md": (date(2026, 5, 26), date(2026, 7, 1)),
    "claude-ai/privacy-policy/2026-08-22.md": (None, date(2026, 7, 8)),
    "tumblr/privacy-policy/2026-06-04.md": (date(2026, 6, 3), None),
    "zoom/terms-of-service/2026-08-06.md": (None, date(2023, 8, 11)),
    "wikimedia/terms-of-service/2026-08-11.md": (None, None),
    "tiktok/terms-of-service/2026-07-29.md": (None, None),
    "linkedin/developer-terms/2025-09-23.md": (date(2022, 12, 13), date(2023, 1, 13)),
    "snapchat/privacy-policy/2026-08-05.md": (None, date(2026, 9, 21)),
}
"""By reading the files: last updated, in force. Of Wikimedia only old versions have days; of TikTok
only a month is told."""
REGION = ("EU", "EEA", "GB", "CH")
PLACES = {
    "linkedin/privacy-policy@pga/2026-08-22.md": (REGION, ()),
    "linkedin/privacy-policy/2026-02-20.md": ((), ()),
    "claude-ai/terms-of-service/2025-12-07.md": (("EEA", "CH"), ()),
    "snapchat/terms-of-service/2023-09-15.md": ((), ("US",)),
    "new-york-times/terms-of-service/2025-06-06.md": ((), ()),
    "substack/privacy-policy/2026-06-05.md": ((), ()),
}


@pytest.fixture(scope="module")
def documents(corpus: Path) -> dict[str, tuple[str, Document]]:
    """By file below ``policies/``: its text and what was made of it."""
    root = corpus / "policies"
    found: dict[str, tuple[str, Document]] = {}
    for path in sorted(root.rglob("????-??-??.md")):
        data = path.read_bytes()
        found[str(path.relative_to(root))] = data.decode("utf-8"), document_of(data, "markdown")
    assert len(found) == 546
    return found


def test_nearly_all_of_every_text_is_kept(documents: dict[str, tuple[str, Document]]) -> None:
    least = min((document.kept, name) for name, (_, document) in documents.items())
    assert least[0] > 0.97, least
    assert {note for _, one in documents.values() for note in one.notes} == set()


def test_each_passage_stands_where_it_says(documents: dict[str, tuple[str, Document]]) -> None:
    words = re.compile(r"[a-zA-Z]{4,}")
    marks = re.compile(r"[][*_\\\u00ad\u200b-\u200d\u2060\ufeff]")
    for name, (text, document) in documents.items():
        at = 0
        for one in document.passages:
            assert at <= one.start < one.end <= len(text) or one.kind == "row", name
            at = one.start
            if "&" in (cut := text[one.start : one.end]):
                continue
            if one.kind != "row":
                inside = marks.sub("", re.sub(r"\]\([^()]*\)", "", cut)) + cut
                said = words.findall(marks.sub("", one.text))
                assert [word for word in said if word not in inside] == [], (name, one.start)


def test_languages(documents: dict[str, tuple[str, Document]]) -> None:
    other = {name: one.lang for name, (_, one) in documents.items() if one.lang != "en"}
    assert set(other.values()) == {"fr", "de"}
    assert {name.split("/")[0] for name, lang in other.items() if lang == "fr"} == {
        "facebook",
        "instagram",
    }
    assert sorted(name for name, lang in other.items() if lang == "de") == [
        "tiktok/privacy-policy/2022-07-11.md",
        "tiktok/terms-of-service/2022-09-05.md",
    ]


@pytest.mark.parametrize("name", DAYS)
def test_days(name: str, documents: dict[str, tuple[str, Document]]) -> None:
    document = documents[name][1]
    assert (document.published, document.in_force) == DAYS[name]


@pytest.mark.parametrize("name", PLACES)
def test_places(name: str, documents: dict[str, tuple[str, Document]]) -> None:
    document = documents[name][1]
    assert (document.places, document.not_places) == PLACES[name]


def test_no_day_lies_long_after_it_was_seen(documents: dict[str, tuple[str, Document]]) -> None:
    for name, (_, document) in documents.items():
        seen = date.fromisoformat(name[-13:-3])
        for day in (document.published, document.in_force):
            assert day is None or -20 * 365 < (day - seen).days < 150, name


def test_the_document_that_was_replaced_has_another_title(
    documents: dict[str, tuple[str, Document]],
) -> None:
    """LinkedIn, recorded by PGA as an ordinary change on 2025-06-10."""
    of = {
        n: one for n, (_, one) in documents.items() if n.startswith("linkedin/privacy-policy@pga")
    }
    before = {one.title for name, one in of.items() if name[-13:-3] < "2025-06-10"}
    after = {one.title for name, one in of.items() if name[-13:-3] >= "2025-06-10"}
    assert before
    assert after
    assert not before & after


def test_it_takes_little_time(documents: dict[str, tuple[str, Document]]) -> None:
    """About 9 ms of this machine for 60 kB; four times that is the most."""
    some = [text for text, _ in list(documents.values())[::20]]
    began = time.process_time()
    for text in some:
        document_of(text, "markdown")
    assert (time.process_time() - began) / sum(map(len, some)) * 60_000 < 0.036
