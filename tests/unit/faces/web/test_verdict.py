"""A verdict on a page: the mark with its strength, and all that it rests on, opened by a click."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from tests.unit import made
from tests.unit.faces.web.own_home import Home, read
from withhold.catalog.load import Knowledge
from withhold.faces.web.render import html
from withhold.faces.web.verdicts import grouped, rows_of
from withhold.faces.web.views import Page
from withhold.faces.web.words import words_of
from withhold.verdict import Reason, Verdict
from withhold.words import Observation

PAGE = """{% extends "frame.html" %}{% from "verdict.html" import verdict %}
{% block main %}{% for one in shown %}{{ verdict(one, 4, on=true) }}{% endfor %}{% endblock %}"""


def shown(
    tmp_path: Path, *verdicts: Verdict, known: Knowledge, lang: str = "en", when: str = "2024-07-01"
) -> LexborHTMLParser:
    """A page with these verdicts, as a browser has it."""
    home = Home(tmp_path, knowledge=known, when=when)
    ask = home.ask("/", lang=lang)
    html(ask, Page(template="trouble.html", title="", values={"message": "", "tip": ""}))
    pages = home.desk.edition(lang, ask.setting.when)._desk_pages  # type: ignore[attr-defined]
    pages.loader.loaders.append(_One(PAGE))
    page = Page(template="these.html", title="These", values={"shown": rows_of(ask, verdicts)})
    return LexborHTMLParser(html(ask, page))


class _One:
    """A loader of one template."""

    has_source_access = True

    def __init__(self, text: str) -> None:
        self._text = text

    def get_source(self, environment: Any, name: str) -> tuple[str, None, None]:
        from jinja2 import TemplateNotFound

        if name != "these.html":
            raise TemplateNotFound(name)
        return self._text, None, None

    def load(self, environment: Any, name: str, globals: Any = None) -> Any:
        source, _, _ = self.get_source(environment, name)
        code = environment.compile(source, name)
        return environment.template_class.from_code(environment, code, globals or {})


def with_quote(**more: Any) -> Knowledge:
    """Acme trains by a text with a title and a quote, and has a switch."""
    source = made.source(title="Terms of Acme", quote="we may train", **more)
    return made.knowledge(
        made.platform("acme", source={"policy": source}, control=[made.control()])
    )


def test_it_says_who_what_for_of_what_and_the_fixed_sentence_with_since_when(
    tmp_path: Path,
) -> None:
    known = with_quote()
    page = shown(tmp_path, made.ask(known), known=known)
    head = page.css_first("section.said-allowed h4")
    assert read(head.html or "") == "MAY Acme, training its AI · Acme"
    text = read(page.css_first("section.said").html or "")
    assert "posts (public)" in text
    assert "Acme says it may. Open since 1 January 2024." in text


def test_it_opens_to_the_practice_its_reason_and_whose_words_those_are(tmp_path: Path) -> None:
    known = with_quote()
    page = shown(tmp_path, made.ask(known), known=known)
    opened = page.css_first("section.said > details")
    assert "open" not in opened.attributes
    text = read(opened.html or "")
    assert "MAY train Open since 1 January 2024." in text
    assert "Acme says it may: It does train." in text
    assert "reason says-yes · rests on platforms/acme.toml#train" in text
    assert "last checked 1 June 2024 · to be checked again by 28 November 2024" in text
    assert "official, 1 June 2024: Terms of Acme" in text
    assert opened.css_first("blockquote").text() == "we may train"
    link = opened.css_first(".sources a")
    assert link.attributes["href"] == "https://acme.example/policy"
    assert "noreferrer" in (link.attributes["rel"] or "").split()


def test_what_should_have_been_checked_again_says_so(tmp_path: Path) -> None:
    known = with_quote()
    late = made.ask(known, when=date(2026, 1, 1))
    page = shown(tmp_path, late, known=known, when="2026-01-01")
    assert read(page.css_first(".rests .late").html or "") == (
        "should have been checked again by 28 November 2024"
    )
    said = read(page.css_first(".headline").html or "")
    assert "last checked 1 June 2024; a re-check is overdue" in said


def test_a_no_is_never_without_its_strength_and_a_weak_one_looks_weak(tmp_path: Path) -> None:
    known = with_quote()
    told = made.ask(known, made.observation())
    page = shown(tmp_path, told, known=known)
    assert read(page.css_first("section.said-weak .mark").html or "") == "NO, told"
    assert page.css_first(".headline").text().startswith("You say you switched it off on")
    observed = made.ask(known, made.observation(how="observed"))
    page = shown(tmp_path, observed, known=known)
    assert read(page.css_first("section.said-disallowed .mark").html or "") == "NO, read back"


def test_each_practice_keeps_its_own_answer_so_the_half_that_is_closed_is_seen(
    tmp_path: Path,
) -> None:
    known = made.knowledge(
        made.platform(
            "acme", practice=[made.practice(), made.practice("licence")], control=[made.control()]
        )
    )
    page = shown(tmp_path, made.ask(known, made.observation()), known=known)
    marks = [
        (one.css_first("code").text(), read(one.css_first(".mark").html or ""))
        for one in page.css(".practice > p")
    ]
    assert sorted(marks) == [("licence", "MAY"), ("train", "NO, told")]


def test_verdicts_that_read_the_same_stand_together_with_the_reasons_of_both(
    tmp_path: Path,
) -> None:
    known = with_quote()
    first = made.ask(known)
    limit = Reason(code="not-public", facts={"name": "Bolt"}, rests_on="platforms/bolt.toml")
    other = replace(first, kinds=("photo",), audience=("followers",), limits=(limit,))
    ask = Home(tmp_path, knowledge=known, when="2024-07-01").ask("/")
    alike = rows_of(ask, [first, other])
    assert [one.contents for one in alike] == [["posts (public)", "photos (followers only)"]]
    assert [one.id for one in alike[0].practices] == ["train"]
    before = {one["code"] for one in rows_of(ask, [first])[0].limits}
    assert {one["code"] for one in alike[0].limits} == {*before, "not-public"}


def test_what_a_policy_was_seen_to_say_since_stands_at_once_and_not_only_when_opened(
    tmp_path: Path,
) -> None:
    known = with_quote()
    behind = Reason(
        code="policy-differs",
        facts={
            "name": "Acme",
            "date": "2024-06-20",
            "sentence": "We never train <b>on</b> it.",
            "known": "train",
        },
    )
    page = shown(tmp_path, replace(made.ask(known), limits=(behind,)), known=known)
    said = page.css_first("section.said > p.late").text()
    assert "We never train <b>on</b> it." in said
    assert "20 June 2024" in said
    assert "What this does not say" in read(page.css_first("details").html or "")


def test_of_a_site_no_span_is_told_since_only_the_day_of_the_reading_is_known(
    tmp_path: Path,
) -> None:
    known = with_quote()
    of_site = replace(made.ask(known), site="ada.example", platform="", account="")
    page = shown(tmp_path, of_site, known=known)
    assert "Open since" not in read(page.css_first("section.said").html or "")
    assert "ada.example" in page.css_first("h4").text()


def test_words_of_others_are_inert_and_only_web_addresses_are_links(tmp_path: Path) -> None:
    known = with_quote(url="javascript:alert(1)")
    evil = "\x1b[31m<script>alert(1)</script> https"
    known = made.knowledge(
        made.platform(
            "acme",
            source={"policy": made.source(url="javascript:alert(1)", title=evil, quote=evil)},
        )
    )
    page = shown(tmp_path, made.ask(known), known=known)
    opened = page.css_first("section.said details")
    assert opened.css("script, a") == []
    assert "<script>alert(1)</script>" in opened.css_first("blockquote").text()
    assert "\x1b" not in (opened.html or "")
    assert "javascript:alert(1)" in opened.text()


def test_they_are_grouped_by_answer_the_strongest_no_first(tmp_path: Path) -> None:
    known = made.knowledge(
        made.platform("acme", control=[made.control()]),
        made.platform("bolt", practice=[made.practice(actor="bolt", says="silent")]),
        made.platform("calm", practice=[made.practice(actor="calm", says="no")]),
    )
    seen: Observation = made.observation()
    about = {one: made.content(account=made.account(one)) for one in ("bolt", "calm")}
    verdicts = [
        made.ask(known, who="calm", about=about["calm"]),
        made.ask(known, who="bolt", about=about["bolt"]),
        made.ask(known, seen),
        made.ask(known),
    ]
    ask = Home(tmp_path, knowledge=known, when="2024-07-01").ask("/", lang="de")
    groups = grouped(rows_of(ask, verdicts), words_of("account", "de"))
    assert [(one.answer, [each.verdict.strength for each in one.shown]) for one in groups] == [
        ("allowed", [None]),
        ("disallowed", ["promised", "told"]),
        ("unknown", [None]),
    ]
    assert [one.title for one in groups] == [
        "Was sie dürfen",
        "Was verneint ist",
        "Was nicht bekannt ist",
    ]
