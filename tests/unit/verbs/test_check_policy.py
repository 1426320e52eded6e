"""Silence is said only of a text that was read; a document is known by its address or its title."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit import made
from withhold.policies.clause import Clause
from withhold.policies.document import Document
from withhold.policies.passage import Passage
from withhold.policies.reading import Reading
from withhold.verbs.check_policy import Policy, check_policy, hold_against, owner_of
from withhold.verbs.policy_text import PolicyText

LONG = "We keep your account details for as long as you have an account with us. " * 20
TRAINS = "We use the posts that you publish to train our artificial intelligence models."


def text(data: str, **more: Any) -> PolicyText:
    return PolicyText(**{"name": "p.md", "kind": "markdown", "data": data} | more)


@pytest.mark.parametrize(
    ("data", "standing"),
    [
        (f"# Privacy Policy\n\n{LONG}\n\n{TRAINS}", "says"),
        (f"# Privacy Policy\n\n{TRAINS}", "says"),
        (f"# Privacy Policy\n\n{LONG}", "silent"),
        ("# One thing first\n\nPlease tell us how old you are.", "short"),
        ("# Just a moment...\n\nWe check that you are a person.", "captcha"),
        ("# Page not found\n\nIt may have moved.", "error-page"),
        ("", "empty"),
        ("\n \n", "empty"),
    ],
)
def test_silence_is_said_only_of_what_was_read(data: str, standing: str) -> None:
    assert check_policy(text(data)).standing == standing


SCRIPT = "<script src=/challenge-platform.js></script>"


@pytest.mark.parametrize("as_bytes", [True, False])
@pytest.mark.parametrize(
    ("page", "standing"),
    [
        ("<title>Acme</title><h1>One moment</h1><div class=g-recaptcha></div>", "captcha"),
        ("<title>Log in to Acme</title><p>Your address, your word.</p>", "login-wall"),
        ("<title>Before you continue</title><p>Accept all</p>", "consent-page"),
        ("<title>404</title><p>There is nothing here.</p>", "error-page"),
        (f"<title>Acme</title><div id=root></div>{SCRIPT}", "script-only"),
        ("<title>Acme</title><body></body>", "empty"),
        (f"<title>Privacy Policy</title>{SCRIPT}<h1>Privacy Policy</h1><p>{LONG}</p>", "silent"),
        (f"<title>Log in to Acme</title><p>{TRAINS}</p>", "says"),
    ],
)
def test_what_stands_in_the_place_of_a_policy_is_told_as_that(
    page: str, standing: str, as_bytes: bool
) -> None:
    whole = f"<!doctype html><html>{page}</html>"
    data = whole.encode() if as_bytes else whole
    served = PolicyText(name="p.html", kind="html", data=data)
    assert check_policy(served).standing == standing


def test_of_what_was_read_in_part_nothing_is_called_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    long = text(f"# Privacy Policy\n\n{LONG}\n\n{TRAINS}")
    monkeypatch.setattr("withhold.policies.passages.LONGEST", len(LONG))
    assert check_policy(long).standing == "partly-read"
    early = text(f"# Privacy Policy\n\n{TRAINS}\n\n{LONG}")
    assert check_policy(early).standing == "says"


def test_a_language_that_is_not_read_is_not_silent() -> None:
    french = (
        "Nous gardons les données de votre compte tant que vous avez un compte chez nous. " * 30
    )
    assert check_policy(text(f"# Confidentialité\n\n{french}")).standing == "not-read"


def test_words_are_those_of_the_passages() -> None:
    assert check_policy(text("# Two words\n\nThree more words")).words == 5


def test_practices_and_restrictions_are_apart_and_each_said_once() -> None:
    one = Clause(sentence="We train.", says="yes")
    again = Clause(sentence="We do train.", says="yes")
    never = Clause(sentence="You may not train.", says="no", restricts_reader=True)
    policy = Policy(
        text=text(""),
        reading=Reading(document=Document(), clauses=(one, never, again)),
        standing="says",
        words=1,
    )
    assert policy.practices == [(one, 2)]
    assert policy.restrictions == [(never, 1)]


# Which document it is ---------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Acme's documents: its policy, and a notice for the EU."""
    folder = tmp_path / "policies"
    folder.mkdir()
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "acme.toml").write_text("", encoding="utf-8")
    (folder / "acme.toml").write_text(
        """
of = "acme"
[[document]]
id = "privacy-policy"
kind = "privacy"
title = "Acme Privacy Policy"
url = "https://www.acme.example/legal/privacy"
url_seen = 2024-06-01
url_from = "declaration"
tracked = [{ collection = "contrib", path = "Acme/Privacy Policy.md" }]
[[document]]
id = "eu-notice"
kind = "notice"
title = "Acme European Notice"
url = "https://www.acme.example/legal/eu"
url_seen = 2024-06-01
url_from = "declaration"
places = ["EU"]
""",
        encoding="utf-8",
    )
    return tmp_path


def held(root: Path, title: str, places: tuple[str, ...] = ("WORLD",), **of_text: Any) -> Policy:
    """A reading held against acme, whose only practice rests on an archived text."""
    archive = (
        "https://github.com/OpenTermsArchive/contrib-versions/blob/main/Acme/Privacy%20Policy.md"
    )
    platform = made.platform(
        source={"policy": made.source(url=archive, kind="archived")},
        practice=[made.practice(places=list(places))],
    )
    known = made.knowledge(platform)
    clause = Clause(sentence="We train on it.", says="no", whose="people")
    reading = Reading(
        document=Document(title=title, lang="en", passages=(Passage(text="Text."),)),
        clauses=(clause,),
    )
    policy = Policy(text=text("", **of_text), reading=reading, standing="says", words=1)
    return hold_against(policy, platform, known, root, made.WHEN)


def test_by_its_address_wherever_it_is_served_in_the_end(root: Path) -> None:
    address = "http://acme.example/legal/eu/"
    found = held(root, "Another Title Here", asked=address, url="https://acme.example/x")
    assert found.document is not None
    assert (found.of, found.document.id) == ("acme", "eu-notice")


def test_by_its_very_title_of_a_file_only(root: Path) -> None:
    found = held(root, "ACME privacy policy")
    assert found.document is not None
    assert found.document.id == "privacy-policy"
    assert held(root, "Privacy Policy").document is None
    assert held(root, "Acme Privacy Policy", asked="https://other.example/p").document is None


def test_places_that_are_listed_count_where_the_text_names_none(root: Path) -> None:
    notice = held(root, "Acme European Notice", places=("EU",)).against
    policy = held(root, "Acme Privacy Policy", places=("EU",)).against
    assert notice is not None
    assert policy is not None
    assert notice.compared[0].stand == "contradicts"
    assert policy.compared[0].stand == "look"  # for whom it is neither says


def test_what_rests_on_it_is_found_where_it_is_archived(root: Path) -> None:
    platform = made.platform(
        source={
            "policy": made.source(
                url="https://github.com/OpenTermsArchive/contrib-versions/blob/main/Acme/Privacy%20Policy.md"
            ),
            "other": made.source(
                url="https://github.com/OpenTermsArchive/pga-versions/blob/main/Acme/Privacy%20Policy.md"
            ),
        },
        practice=[made.practice(use="ranking"), made.practice("ads", use="ads", sources=["other"])],
    )
    reading = Reading(
        document=Document(title="Acme Privacy Policy", lang="en", passages=(Passage(text="T."),))
    )
    policy = Policy(text=text(""), reading=reading, standing="silent", words=1)
    found = hold_against(policy, platform, made.knowledge(platform), root, made.WHEN).against
    assert found is not None
    assert found.unstated == ("train",)


def test_an_address_that_is_listed_says_whose_it_is(root: Path) -> None:
    listed = text("", asked="https://acme.example/legal/privacy", url="https://acme.example/x")
    assert owner_of(listed, root) == "acme"
    assert owner_of(text("", asked="https://acme.example/news"), root) == ""
    assert owner_of(text(""), root) == ""


def test_the_day_of_a_document_that_holds_later_is_its_own(root: Path) -> None:
    reading = Reading(document=Document(in_force=date(2030, 1, 1), lang="en"))
    policy = Policy(text=text(""), reading=reading, standing="silent", words=1)
    known = made.knowledge()
    found = hold_against(policy, known.platforms["acme"], known, root, made.WHEN).against
    assert found is not None
    assert found.day == date(2030, 1, 1)
