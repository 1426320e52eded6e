"""Letters over HTTP: from the choice of whom to a grant, hostile words, and what is sent twice."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.dashboard.asked import Site, at
from tests.dashboard.hostile import make_hostile_home
from tests.dashboard.made import make_home
from withhold.keep import Store

GROUNDS = "I draw for a living, and an imitation of my hand would take my work away."
ANSWER = """From: LinkedIn <privacy@linkedin.com>
To: ada@example.org
Subject: Re: Objection [{reference}]
Date: Tue, 24 Nov 2026 10:12:00 +0000
Message-ID: <answer-2@linkedin.com>
Content-Type: text/plain; charset=utf-8

We will honour your objection. Your posts are no longer used to train our AI models.
"""


class Parts(HTMLParser):
    """What a page is made of: attributes of its scripts, inputs, labels, handlers."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.links: list[str] = []
        self.fields: set[str] = set()
        self.labels: set[str] = set()
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.handlers += [name for name in found if name.startswith("on")]
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "script":
            self.scripts.append(found.get("src", "inline"))
        if tag == "a":
            self.links.append(found.get("href", ""))
        if tag in ("input", "select", "textarea") and found.get("type") != "hidden":
            self.fields.add(found["id"])
        if tag == "label":
            self.labels.add(found.get("for", ""))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path / "home").home


@pytest.fixture
def site(home: Path) -> Iterator[Site]:
    with at(home) as served:
        yield served


def cases(home: Path) -> list[str]:
    with Store.read(home) as store:
        return [one.case.id for one in store.cases.all()]


def written(site: Site, account: str = "studio") -> str:
    """A letter to LinkedIn, from the list of acts to its case; its reference."""
    acts = site.get("/letters/new?platform=linkedin")
    assert "/letters/new?of=linkedin&amp;act=object-training" in acts.text
    form = {"of": "linkedin", "act": "object-training", "name": "Ada", "email": "a@example.org"}
    sent = site.send("/letters/new", **form, account=account, **{"ground-voice": GROUNDS})
    assert sent.status_code == 303
    shown = site.get(sent.headers["location"])
    assert GROUNDS in shown.text
    word = re.findall(r'name="typed" value="([^"]+)"', shown.text)
    made = site.send("/letters/new", do="make", typed=word[0])
    assert made.status_code == 303
    return str(made.headers["location"].partition("id=")[2])


def test_from_whom_to_a_grant(site: Site, home: Path) -> None:
    reference = written(site)
    assert reference in cases(home)
    page = site.get(f"/letters/case?id={reference}")
    assert "It is noted as" in page.text
    assert "It is noted as" not in site.get(f"/letters/case?id={reference}").text  # once
    sent = site.send("/letters/happened", id=reference, state="sent", on="2026-11-20")
    assert sent.headers["location"] == f"/letters/case?id={reference}"
    mail = ("answer.eml", ANSWER.format(reference=reference).encode(), "message/rfc822")
    came = site.send("/letters/replies", files={"mail": mail})
    assert came.headers["location"].startswith(f"/letters/case?id={reference}")
    page = site.get(f"/letters/case?id={reference}")
    assert "Yes, it says: They say yes" in page.text
    site.send("/letters/says", id=reference, reply="1", outcome="granted")
    assert "They say yes. Keep the letter" in site.get(f"/letters/case?id={reference}").text
    bundle = site.get(f"/letters/bundle?id={reference}")
    assert bundle.headers["content-type"] == "application/zip"
    assert bundle.headers["content-disposition"] == f'attachment; filename="{reference}.zip"'
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as packed:
        assert f"{reference}/index.html" in packed.namelist()


@pytest.mark.parametrize("leaks", [False, True])
def test_after_forgetting_a_case_the_home_is_searched(site: Site, home: Path, leaks: bool) -> None:
    """A letter that lies in the home once more is found, and said with its place."""
    with Store.read(home) as store:
        one = next(one for one in store.cases.all() if any(it.evidence for it in one.case.events))
        digest = next(it.evidence for it in one.case.events if it.evidence)[:64]
        letter = store.evidence.read(digest)
    if leaks:
        (home / "left.txt").write_bytes(letter)
    gone = site.send("/letters/forget", id=one.case.id, sure="yes")
    page = site.get(gone.headers["location"]).text
    assert ("something is left in" if leaks else "nothing is left.") in page
    assert ("left.txt" in page) is leaks


def test_undo_of_a_new_case_forgets_it(site: Site, home: Path) -> None:
    reference = written(site)
    page = site.get(f"/letters/case?id={reference}")
    assert 'action="/letters/forget"' in page.text
    gone = site.send("/letters/forget", id=reference, sure="yes")
    assert gone.headers["location"] == "/letters"
    assert reference not in cases(home)
    assert site.get(f"/letters/case?id={reference}").status_code == 404


def test_nothing_is_written_without_the_word_of_the_session(site: Site, home: Path) -> None:
    before = cases(home)
    for path in ("new", "next", "happened", "says", "forget", "replies"):
        refused = site.send(f"/letters/{path}", word="guessed", id=before[0], sure="yes")
        assert refused.status_code == 403, path
    assert cases(home) == before


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_field_has_its_label_and_every_id_is_there_once(home: Path, lang: str) -> None:
    with at(home, lang=lang) as site:
        reference = cases(home)[0]
        for path in (
            "/letters",
            "/letters/new",
            "/letters/new?of=linkedin",
            "/letters/new?of=linkedin&act=object-training",
            "/letters/new?of=openai&act=reserve&party=author",
            f"/letters/case?id={reference}",
            f"/letters/next?id={reference}&letter=reminder",
            f"/letters/next?id={reference}&letter=complaint",
            f"/letters/forget?id={reference}",
            "/evidence",
            "/evidence?kind=asked",
        ):
            page = site.get(path)
            assert page.status_code in (200, 400), path
            parts = Parts(page.text)
            assert parts.fields - parts.labels == set(), path
            assert len(parts.ids) == len(set(parts.ids)), path
            assert f'<html lang="{lang}"' in page.text


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    home = make_hostile_home(tmp_path / "home").home
    with at(home) as site:
        paths = ["/letters", "/letters/new", "/evidence", "/evidence?page=2"]
        paths += [f"/letters/{what}?id={one}" for one in cases(home) for what in ("case", "forget")]
        seen = site.get("/evidence").text
        paths += re.findall(r'href="(/evidence/one[^"]+)"', seen)
        assert len(paths) > 6
        for path in paths:
            page = site.get(path)
            assert page.status_code == 200, path
            parts = Parts(page.text)
            assert parts.handlers == [], path
            assert "inline" not in parts.scripts, path
            assert not [one for one in parts.links if one.startswith("javascript:")], path
