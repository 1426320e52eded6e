"""Which documents there are of whom, by name and by address; nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit import folder
from withhold.catalog import policies
from withhold.errors import BadKnowledge, NotFound

ACME = """\
of = "acme"

[[document]]
id = "privacy-policy"
kind = "privacy"
title = "Acme Privacy Policy"
url = "https://www.acme.example/legal/privacy"
tracked = [{ collection = "contrib", path = "Acme/Privacy Policy.md" }]

[[document]]
id = "terms"
kind = "terms"
title = "Acme Terms"
url = "https://shared.example/terms?of=acme"
"""
PARTNER = """\
of = "partner"

[[document]]
id = "notice"
kind = "notice"
title = "Partner on training"
url = "https://shared.example/notice/"
"""


@pytest.fixture
def root(made_root: Path) -> Path:
    """The clean folder with the documents of a platform and of a company."""
    (made_root / "policies").mkdir()
    (made_root / "policies" / "acme.toml").write_text(ACME, encoding="utf-8")
    (made_root / "policies" / "partner.toml").write_text(PARTNER, encoding="utf-8")
    return made_root


def names(root: Path, ids: list[str] | None = None) -> list[str]:
    return [f"{owner}/{one.id}" for owner, one in policies.documents(root, ids)]


def test_all_documents_by_owner_in_the_order_of_the_file(root: Path) -> None:
    assert names(root) == ["acme/privacy-policy", "acme/terms", "partner/notice"]


@pytest.mark.parametrize("said", ["acme", " ACME ", "Old Acme", "acme.example"])
def test_the_documents_of_one_by_id_or_alias(root: Path, said: str) -> None:
    assert names(root, [said]) == ["acme/privacy-policy", "acme/terms"]


def test_the_documents_of_nobody_are_none(root: Path) -> None:
    assert names(root, []) == []


def test_one_that_is_known_and_lists_nothing_gives_none(root: Path) -> None:
    (root / "policies" / "partner.toml").unlink()
    assert names(root, ["partner"]) == []


def test_an_owner_that_is_not_known_is_said_with_what_may_have_been_meant(root: Path) -> None:
    with pytest.raises(NotFound) as why:
        policies.documents(root, ["acne"])
    assert str(why.value) == "unknown platform or company: acne"
    assert why.value.tip == "did you mean acme or anyone?"


def test_a_folder_without_documents_gives_none(made_root: Path) -> None:
    assert names(made_root) == []
    assert policies.of_url(made_root, "https://other.example/") == ("", "")


def test_a_document_by_name(root: Path) -> None:
    owner, found = policies.document(root, " Old Acme/Privacy-Policy")
    assert (owner, found.title) == ("acme", "Acme Privacy Policy")
    assert [(one.collection, one.path) for one in found.tracked] == [
        ("contrib", "Acme/Privacy Policy.md")
    ]
    assert (found.places, found.lang, found.url_seen) == (["WORLD"], "en", None)


@pytest.mark.parametrize(
    ("said", "message", "tip"),
    [
        ("acme/privcy-policy", "acme/privcy-policy", "did you mean acme/privacy-policy?"),
        ("acme/zzz", "acme/zzz", "there are acme/privacy-policy, acme/terms"),
        ("acme", "acme", "there are acme/privacy-policy, acme/terms"),
    ],
)
def test_a_document_that_is_not_there(root: Path, said: str, message: str, tip: str) -> None:
    with pytest.raises(NotFound) as why:
        policies.document(root, said)
    assert str(why.value) == f"unknown document: {message}"
    assert why.value.tip == tip


def test_a_document_of_one_that_lists_nothing_says_where_they_stand(root: Path) -> None:
    (root / "policies" / "partner.toml").unlink()
    with pytest.raises(NotFound) as why:
        policies.document(root, "partner/notice")
    assert "knowledge/policies/" in why.value.tip


@pytest.mark.parametrize(
    ("url", "belongs"),
    [
        ("https://www.acme.example/legal/privacy", ("acme", "privacy-policy")),
        ("http://acme.example/legal/privacy/#training", ("acme", "privacy-policy")),
        ("https://ACME.example/legal/privacy", ("acme", "privacy-policy")),
        ("https://shared.example/terms?of=acme", ("acme", "terms")),
        # another page, or another text at that page: whose, but not which
        ("https://acme.example/legal/privacy?lang=de", ("acme", "")),
        ("https://acme.example/blog", ("acme", "")),
        # two owners serve there: not said
        ("https://shared.example/terms", ("", "")),
        ("https://shared.example/other", ("", "")),
        ("https://sub.acme.example/legal/privacy", ("", "")),
        ("https://acme.example.evil.example/legal/privacy", ("", "")),
        ("https://nobody.example/", ("", "")),
        ("acme.example/legal/privacy", ("", "")),
        ("file:///legal/privacy", ("", "")),
        ("https://[half", ("", "")),
        ("", ("", "")),
    ],
)
def test_whose_an_address_is(root: Path, url: str, belongs: tuple[str, str]) -> None:
    assert policies.of_url(root, url) == belongs


def test_a_host_that_is_an_alias_of_a_platform_is_that_platform(root: Path) -> None:
    (root / "policies" / "acme.toml").unlink()
    assert policies.of_url(root, "https://www.acme.example/legal/privacy") == ("acme", "")


def test_a_file_is_named_after_its_owner(root: Path) -> None:
    folder.change(root, "policies/acme.toml", 'of = "acme"', 'of = "partner"')
    with pytest.raises(BadKnowledge, match=r"policies/acme.toml: of: expected `acme`"):
        policies.documents(root)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "privacy"', 'kind = "secret"', "policies/acme.toml:5: document"),
        ('title = "Acme Terms"\n', "", "policies/acme.toml:10: document[1]: missing field `title`"),
        ('kind = "terms"', 'kind = "terms"\nwho = "me"', "unknown field"),
        ('id = "terms"', 'id = "The Terms"', "expected a slug"),
    ],
)
def test_what_does_not_hold_is_said_in_one_line(root: Path, old: str, new: str, said: str) -> None:
    folder.change(root, "policies/acme.toml", old, new)
    with pytest.raises(BadKnowledge) as why:
        policies.documents(root)
    assert said in str(why.value)
    assert "\n" not in str(why.value)
