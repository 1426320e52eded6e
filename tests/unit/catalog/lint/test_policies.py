"""The documents of a platform are looked at as strictly as any other fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.lint.found import found
from tests.unit.catalog.test_policies import ACME, PARTNER

FILE = "policies/acme.toml"
SEEN = 'url_seen = 2024-06-30\nurl_from = "declaration"\n'


@pytest.fixture
def root(made_root: Path) -> Path:
    """The clean folder with the documents of a platform and of a company."""
    (made_root / "policies").mkdir()
    (made_root / "policies" / "acme.toml").write_text(ACME, encoding="utf-8")
    (made_root / "policies" / "partner.toml").write_text(PARTNER, encoding="utf-8")
    return made_root


def test_what_holds_has_no_finding(root: Path) -> None:
    assert found(root) == []
    assert found(root, (FILE, 'title = "Acme Terms"\n', f'title = "Acme Terms"\n{SEEN}')) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "terms"', 'id = "privacy-policy"', "privacy-policy: id used twice"),
        (
            "https://shared.example/terms?of=acme",
            "https://acme.example/legal/privacy/",
            "terms: url: also stands for acme/privacy-policy",
        ),
        ("https://www.acme", "http://www.acme", "privacy-policy: url: expected one https address"),
        ("/legal/privacy", "/legal privacy", "privacy-policy: url: expected one https address"),
        ('kind = "terms"', 'kind = "terms"\nplaces = ["XX"]', "terms: unknown place 'XX'"),
        ('kind = "terms"', 'kind = "terms"\nplaces = []', "terms: places: for whom?"),
        ('"contrib"', '"atlantis"', "privacy-policy: unknown collection 'atlantis'"),
        ("Policy.md", "Policy", "privacy-policy: tracked: expected `Service/Terms.md`"),
        ("Acme/Privacy", "Acme/x/Privacy", "privacy-policy: tracked: expected `Service/Terms.md`"),
        ('kind = "privacy"', 'kind = "help"', "privacy-policy: help: a page that is tracked"),
        (
            'title = "Acme Terms"\n',
            'title = "Acme Terms"\nurl_seen = 2024-06-30\n',
            "terms: url_seen and url_from: both",
        ),
        (
            'title = "Acme Terms"\n',
            'title = "Acme Terms"\nurl_from = "policy"\n',
            "terms: url_seen and url_from: both",
        ),
        (
            'title = "Acme Terms"\n',
            f'title = "Acme Terms"\n{SEEN.replace("2024-06-30", "2024-07-02")}',
            "terms: url_seen 2024-07-02 lies in the future",
        ),
        (
            'url = "https://shared.example/terms?of=acme"\n',
            'url = "https://shared.example/terms"\n'
            'tracked = [{ collection = "contrib", path = "Acme/Privacy Policy.md" }]\n',
            "terms: tracked: Acme/Privacy Policy.md also stands for acme/privacy-policy",
        ),
    ],
)
def test_one_change_one_finding(root: Path, old: str, new: str, said: str) -> None:
    findings = found(root, (FILE, old, new))
    assert len(findings) == 1
    assert findings[0].startswith(FILE)
    assert said in findings[0]
    assert findings[0].endswith("[policies]")


def test_an_owner_that_is_not_there_is_found(root: Path) -> None:
    text = ACME.replace('of = "acme"', 'of = "ghost"').split("[[document]]")
    gone = text[0] + "[[document]]" + text[2].replace("?of=acme", "?of=ghost")
    (root / "policies" / "ghost.toml").write_text(gone, encoding="utf-8")
    assert found(root) == [
        "policies/ghost.toml:1: of: unknown platform or actor 'ghost' [policies]"
    ]


def test_an_owner_without_a_document_is_found(root: Path) -> None:
    (root / "policies" / "partner.toml").write_text(
        'of = "partner"\ndocument = []\n', encoding="utf-8"
    )
    assert found(root) == ["policies/partner.toml:1: no document [policies]"]
