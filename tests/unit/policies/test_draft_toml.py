"""Drafts parse as TOML, claim nothing, and are refused by the lint until a person finished them."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit import made
from withhold.catalog.lint import lint
from withhold.catalog.load import default_root
from withhold.errors import BadKnowledge
from withhold.policies.clause import Clause, Decided, Offered
from withhold.policies.document import Document
from withhold.policies.draft_toml import drafts, quote_of, toml_of
from withhold.policies.reading import Reading
from withhold.policies.same_practice import About

SEEN = date(2026, 8, 22)
HOSTILE = 'Ends "here"\\ \x00\x1b[31m\x7f\nsecond = "line" \ud800 \u2028 ]]'


def clause(**more: Any) -> Clause:
    """A sentence of ours."""
    return Clause(
        **{"sentence": "We train our models on posts.", "says": "yes", "whose": "people"} | more
    )


def drafted(
    *clauses: Clause, seen: date | None = SEEN, url: str = "https://acme.example/p", **document: Any
) -> str:
    """The TOML of clauses of acme's policy."""
    known = made.knowledge()
    reading = Reading(
        document=Document(**{"title": "Privacy", "lang": "en"} | document), clauses=clauses
    )
    about = About(owner=known.platforms["acme"], knowledge=known)
    return toml_of(drafts(reading, about, seen), reading, url=url, seen=seen)


def test_a_draft_has_a_source_and_a_practice_for_each_thing_that_is_said() -> None:
    text = drafted(
        clause(),
        clause(sentence="Once more the same."),
        clause(says="no", content=("message",), sentence="Not on messages."),
    )
    found = tomllib.loads(text)
    assert list(found["source"]) == ["policy-2026-08-22", "policy-2026-08-22-2"]
    assert [one["quote"] for one in found["source"].values()] == [
        "We train our models on posts.",
        "Not on messages.",
    ]
    first, second = found["practice"]
    assert (first["says"], first["sources"], first["known_since"]) == (
        "yes",
        ["policy-2026-08-22"],
        SEEN,
    )
    assert (second["says"], second["content"], second["default"]) == ("no", ["message"], "none")
    assert "# also: Once more the same." in text


def test_nothing_is_claimed_that_a_person_has_to_decide() -> None:
    (practice,) = tomllib.loads(drafted(clause()))["practice"]
    assert practice["what"] == {"en": "", "de": ""}
    assert practice["content"] == practice["audience"] == ["FILL-IN"]
    (source,) = tomllib.loads(drafted(clause(), url="", seen=None))["source"].values()
    assert source["url"] == source["kind"] == source["seen"] == "FILL-IN"
    assert "verified" not in drafted(clause()).replace("Nothing is verified", "")


def test_ids_are_free_in_the_file_they_are_for() -> None:
    known = made.knowledge(made.platform(practice=[made.practice("own-models")]))
    about = About(owner=known.platforms["acme"], knowledge=known)
    reading = Reading(document=Document(lang="en"), clauses=(clause(), clause(says="no")))
    ids = [one.practice.id for one in drafts(reading, about, SEEN)]
    assert ids == ["own-models-2", "not-own-models"]


@pytest.mark.parametrize(
    "more", [{"restricts_reader": True}, {"whose": "customers"}, {"actor": "customer"}]
)
def test_what_is_no_practice_on_peoples_content_is_not_drafted(more: dict[str, Any]) -> None:
    assert "practice" not in tomllib.loads(drafted(clause(**more)))


def test_places_are_those_of_the_sentence_then_of_the_document() -> None:
    (own,) = tomllib.loads(drafted(clause(places=("US",)), places=("EU",)))["practice"]
    (of_all,) = tomllib.loads(drafted(clause(), places=("EU",)))["practice"]
    (none,) = tomllib.loads(drafted(clause(not_places=("GB",))))["practice"]
    assert (own["places"], of_all["places"], none["places"]) == (["US"], ["EU"], ["WORLD"])
    assert none["not_places"] == ["GB"]


def test_a_quote_has_at_most_25_words_in_one_piece_with_what_decides() -> None:
    words = [f"w{number}" for number in range(60)]
    sentence = " ".join(words)
    at = sentence.index("w40")
    long = clause(sentence=sentence, why=(Decided(part="verb", words="w40", start=at, end=at + 3),))
    assert quote_of(clause()) == "We train our models on posts."
    assert quote_of(long).split() == words[34:59]
    assert quote_of(clause(sentence=sentence)).split() == words[:25]
    end = sentence.index("w59")
    late = clause(
        sentence=sentence, why=(Decided(part="verb", words="w59", start=end, end=end + 3),)
    )
    assert quote_of(late).split() == words[35:]


def test_hostile_sentences_and_titles_stay_texts() -> None:
    text = drafted(clause(sentence=HOSTILE, control=Offered(words=HOSTILE)), title=HOSTILE)
    found = tomllib.loads(text)
    (source,) = found["source"].values()
    assert source["quote"].startswith('Ends "here"\\')
    assert set(found) == {"source", "practice"}
    assert len(found["practice"]) == 1


def test_lint_refuses_a_draft_and_takes_it_once_it_is_filled_in(tmp_path: Path) -> None:
    root = tmp_path / "knowledge"
    shutil.copytree(default_root(), root)
    path = root / "platforms" / "tumblr.toml"
    before = path.read_text(encoding="utf-8")
    first = before.index("[[practice]]")
    reading = Reading(
        document=Document(title="Privacy", lang="en"),
        clauses=(clause(), clause(says="conditional", places=("DE",))),
    )
    known = made.knowledge()
    about = About(owner=known.platforms["acme"], knowledge=known)
    text = toml_of(drafts(reading, about, SEEN), reading, url="", seen=SEEN)
    text = text.replace('actor = "acme"', 'actor = "automattic"')

    def put(draft: str) -> list[str]:
        sources, practices = _apart(draft)
        whole = f"{before[:first]}{sources}\n{before[first:]}\n{practices}\n"
        path.write_text(whole, encoding="utf-8")
        found = lint(root, date(2026, 11, 26))
        return [f"{one.message}" for one in found if one.file == "platforms/tumblr.toml"]

    with pytest.raises(BadKnowledge, match="kind: expected one of archived"):
        put(text)
    text = text.replace('kind = "FILL-IN"', 'kind = "archived"')
    with pytest.raises(BadKnowledge, match="content"):
        put(text)
    text = text.replace('content = ["FILL-IN"]', 'content = ["post"]')
    with pytest.raises(BadKnowledge, match="audience"):
        put(text)
    text = text.replace('audience = ["FILL-IN"]', 'audience = ["public"]')
    refused = put(text)
    assert "what: no text in en" in refused
    assert "condition: no text in de" in refused
    assert "url: expected a web address" in refused
    text = text.replace('url = "FILL-IN"', 'url = "https://example.org/privacy"')
    text = text.replace('{ en = "", de = "" }', '{ en = "It trains.", de = "Es trainiert." }')
    assert put(text) == []


def _apart(draft: str) -> tuple[str, str]:
    """The sources of a draft and its practices: in a file of knowledge they stand apart."""
    blocks = draft.split("\n\n")
    sources = [one for one in blocks if one.startswith("[source")]
    return "\n\n".join(sources), "\n\n".join(one for one in blocks if one.startswith("[[practice"))
