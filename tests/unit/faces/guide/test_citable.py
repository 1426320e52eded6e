"""A page per fact, at an address that stays. What there is to cite is counted by tomllib alone."""

from __future__ import annotations

import getpass
import os
import re
import socket
import tomllib
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.unit import made
from withhold.catalog.load import Correction, default_root, load
from withhold.faces.guide import citable, reference
from withhold.faces.guide.edition import Edition
from withhold.faces.guide.page import Page

WHEN = date(2026, 11, 25)
ROOT = default_root()


@cache
def edition(lang: str = "en", url: str = "", to: str = "") -> Edition:
    return Edition(lang, WHEN, load(ROOT), ROOT, url, to)


@cache
def pages(lang: str = "en", url: str = "", to: str = "") -> dict[str, Page]:
    found = list(citable.pages(edition(lang, url, to)))
    by_path = {one.path: one for one in found}
    assert len(by_path) == len(found), "no two facts share an address"
    return by_path


def of_files(folder: str) -> list[tuple[str, dict[str, list[dict[str, object]]]]]:
    return [
        (file.stem, tomllib.loads(file.read_text(encoding="utf-8")))
        for file in sorted((ROOT / folder).glob("*.toml"))
        if file.stem not in ("retired", "corrections")
    ]


def test_every_fact_of_knowledge_has_a_page_and_nothing_else_has() -> None:
    expected: set[str] = set()
    counted: Counter[str] = Counter()
    for slug, said in (*of_files("platforms"), *of_files("history")):
        for kind in ("practice", "control", "dispute"):
            for one in said.get(kind, []):
                expected.add(f"facts/{slug}/{one['id']}/")
                counted[kind] += 1
        for number, _ in enumerate(said.get("shield", []), start=1):
            expected.add(f"facts/{slug}/shield{'' if number == 1 else f'-{number}'}/")
            counted["shield"] += 1
    for slug, said in of_files("actors"):
        for one in said.get("practice", []):
            expected.add(f"facts/company-{slug}/{one['id']}/")
            counted["practice"] += 1
    assert set(pages()) == expected
    assert counted == Counter(one.kind for one in citable.facts(edition()))
    assert sum(counted.values()) > 500


def test_what_stands_in_history_is_marked_as_superseded() -> None:
    marked = {one.ref for one in citable.facts(edition()) if one.superseded}
    expected = {
        f"{slug}/{one['id']}"
        for slug, said in of_files("history")
        for kind in ("practice", "control")
        for one in said.get(kind, [])
    }
    assert marked == expected


FOREVER = """
facts/linkedin/own-generative-models/
facts/linkedin/own-generative-models-eu/
facts/linkedin/ai-training-toggle/
facts/linkedin/objection-form/
facts/linkedin/shield/
facts/facebook/public-posts/
facts/facebook/friends-only/
facts/facebook/shield-3/
facts/reddit/google-training/
facts/tumblr/third-party-sharing-toggle/
facts/tumblr/midjourney-licensee/
facts/x/grok-toggle/
facts/x/eu-undertaking/
facts/tiktok/us-licence/
facts/youtube/third-party-training-toggle/
companies/openai/
companies/common-crawl/
crawlers/gptbot/
crawlers/applebot-extended/
laws/gdpr-art-21/
signals/robots-txt/
claims/article-x-trains-grok/
reasons/policy-silent/
"""


@pytest.mark.parametrize("lang", ["en", "de"])
def test_these_addresses_stay_whatever_else_changes(lang: str) -> None:
    """Somebody may have cited them: a page is added to this list, never taken off."""
    of = edition(lang)
    there = set(pages(lang))
    for section in (reference.companies, reference.crawlers, reference.signals):
        there |= {one.path for one in section(of)}
    for section in (reference.laws, reference.claims):
        there |= {one.path for one in section(of)}
    there |= {one.path for one in reference.reasons(of, [])}
    assert [one for one in FOREVER.split() if one not in there] == []


# How it is cited ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "en",
            "withhold, “X: control grok-toggle”, guide of 25 November 2026, "
            "https://guide.example/ai/facts/x/grok-toggle/",
        ),
        (
            "de",
            "withhold, „X: Einstellung grok-toggle“, Ratgeber vom 25. November 2026, "
            "https://guide.example/ai/deutsch/facts/x/grok-toggle/",
        ),
    ],
)
def test_a_citation_has_title_day_and_address(lang: str, expected: str) -> None:
    page = pages(lang, "https://guide.example/ai/")["facts/x/grok-toggle/"]
    assert page.values["cite"] == expected


def test_without_an_address_it_is_cited_by_its_path() -> None:
    assert pages()["facts/x/grok-toggle/"].values["cite"].endswith(", facts/x/grok-toggle/")


# How it is corrected --------------------------------------------------------------------------


def test_a_report_says_nothing_of_who_sends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "ada-of-the-desk")
    monkeypatch.setenv("HOME", "/home/ada-of-the-desk")
    text = pages()["facts/linkedin/ai-training-toggle/"].values["report"].text
    assert text.splitlines()[:2] == [
        "fact: linkedin/ai-training-toggle",
        "file: platforms/linkedin.toml#ai-training-toggle",
    ]
    names = [line.partition(":")[0] for line in text.splitlines()]
    assert names == ["fact", "file", "here", "guide of", "last checked",
                     "what I see instead, where, on which day"]  # fmt: skip
    for mine in (getpass.getuser(), socket.gethostname(), str(Path.cwd()), str(ROOT), "ada-of"):
        assert mine not in text
    assert str(os.getpid()) not in text


@pytest.mark.parametrize("lang", ["en", "de"])
def test_a_mail_carries_the_whole_text(lang: str) -> None:
    for path, page in pages(lang, "", "facts@guide.example").items():
        report = page.values["report"]
        link = urlsplit(report.link)
        assert (link.scheme, link.path) == ("mailto", "facts@guide.example")
        said = parse_qs(link.query, strict_parsing=True)
        assert set(said) == {"subject", "body"}
        assert said["body"][0].replace("\r\n", "\n") == report.text.rstrip("\n")
        assert "\n" not in said["body"][0].replace("\r\n", ""), "RFC 6068: lines end in CRLF"
        ref = path.removeprefix("facts/").rstrip("/")
        assert said["subject"] == [f"withhold: {ref}"]
        assert re.fullmatch(r"[\x21-\x7e]+", report.link)


def test_so_does_an_address_with_gaps() -> None:
    to = "https://tracker.example/new?kind=fact&title={title}&text={body}"
    for page in pages("en", "", to).values():
        report = page.values["report"]
        link = urlsplit(report.link)
        assert (link.scheme, link.netloc, link.path) == ("https", "tracker.example", "/new")
        said = parse_qs(link.query, strict_parsing=True)
        assert said["kind"] == ["fact"]
        assert said["text"] == [report.text]
        assert said["title"][0].startswith("withhold: ")
        assert not link.fragment


def test_without_an_address_there_is_only_the_text() -> None:
    report = pages()["facts/x/grok-toggle/"].values["report"]
    assert (report.link, bool(report.text)) == ("", True)


# Made up --------------------------------------------------------------------------------------


def small(**more: object) -> Edition:
    acme = made.platform(
        practice=[
            made.practice(),
            made.practice("lost", sources=[]),
            made.practice("bare", what={}),
        ],
        control=[
            made.control(label={"de": "Nutze"}, recheck_after="90 days"),
            made.control("nothing", kind="none"),
            made.control("wordless", label={}),
        ],
    )
    return Edition("en", made.WHEN, made.knowledge(acme, **more), ROOT)  # type: ignore[arg-type]


def test_a_fact_is_said_in_one_sentence() -> None:
    said = {one.ref: one.text for one in citable.facts(small())}
    assert said == {
        "acme/train": "It does train.",
        "acme/lost": "It does lost.",
        "acme/bare": "acme/bare",
        "acme/switch": "Acme: switch “Nutze”",
        "acme/nothing": "Acme offers no control for this.",
        "acme/wordless": "Acme: switch wordless",
    }


def test_when_it_was_checked_and_is_due() -> None:
    found = {one.ref: (one.checked, one.due) for one in citable.facts(small())}
    assert found["acme/train"] == (date(2024, 6, 1), date(2024, 11, 28))  # 180 days
    assert found["acme/switch"] == (date(2024, 6, 1), date(2024, 8, 30))  # 90 days
    assert found["acme/lost"] == (None, None)


def test_a_correction_stands_on_the_page_of_its_fact() -> None:
    corrected = Correction(fact="acme/train", on=date(2024, 6, 15), text={"en": "It said A."})
    of = small()
    known = made.knowledge(of.knowledge.platforms["acme"])
    of.knowledge = type(known)(
        **{name: getattr(known, name) for name in known.__struct_fields__}
        | {"corrections": (corrected,)}
    )
    found = {one.path: one.values["corrections"] for one in citable.pages(of)}
    assert found["facts/acme/train/"] == [corrected]
    assert not found["facts/acme/lost/"]
