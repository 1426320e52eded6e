"""What the checklist is made of says what ``withhold plan`` says, for everybody everywhere.

The plan is asked again for each kind of account, in another place of each group than the one the
file was written from, and in each language of menus.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from tests.unit import made
from withhold.catalog.load import Knowledge, default_root, load
from withhold.faces.guide.edition import Edition
from withhold.faces.guide.steps import document, documents, menu_languages
from withhold.faces.report.plans import as_json, top_line
from withhold.verbs.check import Asking
from withhold.verbs.compare import alike
from withhold.verbs.owner import Owner
from withhold.verbs.plan import Plan, plan
from withhold.words import Account

WHEN = date(2026, 11, 25)
PLATFORMS = (
    "linkedin",
    "facebook",
    "tiktok",
    "tumblr",
    "x",
    "reddit",
    "pinterest",
    "wordpress-com",
)
SIX = ("personal-public", "personal-followers", "business-public", "page-public")
SIX += ("minor-public", "minor-followers")
ROOT = default_root()


@cache
def known() -> Knowledge:
    return load(ROOT, PLATFORMS)


@cache
def groups() -> list[tuple[str, ...]]:
    return alike(known())


def planned(platform: str, variant: str, place: str, lang: str = "") -> Plan:
    """The plan itself, asked for one person."""
    kind, _, audience = variant.partition("-")
    account = Account(platform=platform, kind=kind, audience=audience, lang=lang)  # type: ignore[arg-type]
    asking = Asking(place=place, when=WHEN, knowledge=known())
    return plan(Owner(place=place, accounts=(account,)), asking)


@cache
def edition(lang: str) -> Edition:
    return Edition(lang, WHEN, known(), ROOT)


@cache
def written(lang: str) -> dict[str, Any]:
    """Platform -> its file, read by a JSON reader."""
    plans = {
        platform: {
            tuple(variant.split("-")): [planned(platform, variant, g[0]) for g in groups()]
            for variant in SIX
        }
        for platform in PLATFORMS
    }
    found = dict(documents(plans, edition(lang)))  # type: ignore[arg-type]
    assert set(found) == {f"checklist/{one}.json" for one in PLATFORMS}
    return {path[10:-5]: json.loads(body) for path, body in found.items()}


def text(html: str) -> str:
    return " ".join(LexborHTMLParser(f"<body>{html}").text(separator=" ").split())


def everybody() -> Iterator[tuple[str, str, int, str]]:
    for platform, variant, (number, group) in product(PLATFORMS, SIX, enumerate(groups())):
        yield platform, variant, number, group[-1]


def said(plan_: Plan, lang: str) -> dict[str, Any]:
    """What ``withhold plan --format json`` says."""
    of = edition(lang)
    return json.loads(as_json(plan_, of.speaker, of.phrases, lang))  # type: ignore[no-any-return]


@pytest.mark.parametrize("lang", ["en", "de"])
def test_everybody_gets_the_steps_of_their_own_plan(lang: str) -> None:
    asked = 0
    for platform, variant, number, place in everybody():
        file = written(lang)[platform]
        chosen = file["plans"][file["chosen"][variant][number]]
        expected = said(planned(platform, variant, place), lang)
        for name in ("steps", "last_resorts"):
            assert len(chosen[name]) == len(expected[name]), (platform, variant, place)
            for one, step in zip(chosen[name], expected[name], strict=True):
                for field in ("id", "kind", "want", "minutes", "before", "act", "url"):
                    assert one[field] == step[field], (platform, variant, place, field)
                asked += 1
    assert asked > 400


@pytest.mark.parametrize("lang", ["en", "de"])
def test_and_what_each_step_reaches_and_leaves(lang: str) -> None:
    seen = set()
    for platform, variant, number, place in everybody():
        file = written(lang)[platform]
        which = file["chosen"][variant][number]
        if (platform, which) in seen:
            continue
        seen.add((platform, which))
        expected = said(planned(platform, variant, place), lang)
        for name in ("steps", "last_resorts"):
            for one, step in zip(file["plans"][which][name], expected[name], strict=True):
                tree = LexborHTMLParser(f"<body>{one['html']}")
                for mark in ("closes", "narrows", "leaves", "cost", "note", "effect"):
                    wanted = step["effect_text" if mark == "effect" else mark]
                    wanted = [wanted] if isinstance(wanted, str) else wanted
                    found = [" ".join(node.text().split()) for node in tree.css(f".{mark}")]
                    assert found == [edition(lang).plain_dates(one) for one in wanted if one]


@pytest.mark.parametrize("lang", ["en", "de"])
def test_and_what_nothing_closes(lang: str) -> None:
    for platform, variant, number, place in everybody():
        file = written(lang)[platform]
        chosen = file["plans"][file["chosen"][variant][number]]["no_control"]
        expected = said(planned(platform, variant, place), lang)["no_control"]
        assert (chosen is None) == (expected == []), (platform, variant, place)
        if chosen:
            tree = LexborHTMLParser(f"<body>{chosen['html']}")
            assert chosen["nothing_offered"] == expected[0]["nothing_offered"]
            found = [" ".join(node.text().split()) for node in tree.css(".open")]
            assert found == [edition(lang).plain_dates(one) for one in expected[0]["open"]]
            if expected[0]["helps"]:
                assert edition(lang).plain_dates(expected[0]["helps"]) in text(chosen["html"])


@pytest.mark.parametrize("menu", ["en", "de", "fr", "tlh"])
def test_words_are_those_of_the_menu_language(menu: str) -> None:
    """``tlh`` is a language the guide does not speak of: the page asks for the empty name."""
    looked = 0
    for platform, variant, number, place in everybody():
        file = written("en")[platform]
        chosen = file["plans"][file["chosen"][variant][number]]
        for one, step in zip(
            chosen["steps"], planned(platform, variant, place, menu).steps, strict=True
        ):
            words = one["words"].get(menu, one["words"][""])
            tree = LexborHTMLParser(f"<body>{words}")
            assert [node.text() for node in tree.css(".path li")] == list(step.path)
            label = tree.css_first(".label")
            assert (label.text() if label else "") == step.label, (platform, one["id"])
            if label:
                assert label.attributes["lang"] == step.label_lang
                looked += 1
            assert bool(tree.css(".url a")) == step.url.startswith(("http", "mailto:"))
    assert looked > 100


def test_a_platform_is_counted_by_account_blog_or_site() -> None:
    per = {platform: written("en")[platform]["per"] for platform in PLATFORMS}
    assert per == dict.fromkeys(PLATFORMS, "account") | {"tumblr": "blog", "wordpress-com": "site"}


def test_a_file_says_what_it_is() -> None:
    for platform, file in written("de").items():
        assert file["schema"] == "withhold/checklist-data/1"
        assert (file["platform"], file["name"]) == (platform, known().platforms[platform].name)
        assert list(file["chosen"]) == list(SIX)
        numbers = {one for row in file["chosen"].values() for one in row}
        assert numbers == set(range(len(file["plans"]))), "no plan stands there for nobody"


def test_the_words_of_the_top_line_are_there_for_the_script() -> None:
    """The front page counts by ``rank`` and ``kind``; both come from the plan."""
    for platform in PLATFORMS:
        one = planned(platform, "personal-public", "DE")
        file = written("en")[platform]
        number = next(n for n, group in enumerate(groups()) if "DE" in group)
        chosen = file["plans"][file["chosen"]["personal-public"][number]]
        assert sum(step["minutes"] for step in chosen["steps"]) == one.minutes
        assert [step["rank"] for step in chosen["steps"]] == sorted(
            step["rank"] for step in chosen["steps"] if step["before"] is None
        )
        assert bool(chosen["steps"]) == (str(one.minutes) in top_line(one, edition("en").phrases))


# Made up --------------------------------------------------------------------------------------


def test_the_same_plan_stands_once_and_bytes_are_the_same_again() -> None:
    acme = made.platform(control=[made.control(), made.control("form", kind="form")])
    small = made.knowledge(acme)
    of = Edition("en", made.WHEN, small, ROOT)
    asking = Asking(place="DE", when=made.WHEN, knowledge=small)
    one = plan(Owner(accounts=(made.account(),)), asking)
    variants = {("personal", "public"): [one, one], ("page", "public"): [one, replace(one)]}
    body = document("acme", variants, of)  # type: ignore[arg-type]
    read = json.loads(body)
    assert len(read["plans"]) == 1
    assert read["chosen"] == {"personal-public": [0, 0], "page-public": [0, 0]}
    again = Edition("en", made.WHEN, small, ROOT)
    assert document("acme", variants, again) == body  # type: ignore[arg-type]


def test_menu_languages_are_those_of_any_label_or_path_english_first() -> None:
    labels = {"label": {"de": "A", "fr": "B"}, "path": {"ja": ["C"], "en": ["D"]}}
    acme = made.platform(control=[made.control(**labels)])
    of = Edition("de", made.WHEN, made.knowledge(acme), ROOT)
    assert menu_languages(of) == ["en", "de", "fr", "ja"]
    nothing = made.knowledge(made.platform())
    assert menu_languages(Edition("de", made.WHEN, nothing, ROOT)) == []
