"""The page of an account: what is so, what makes it no, what its platform says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit import made
from tests.unit.faces.web.account_made import ACME, ODD, WHEN, at_acme, known
from tests.unit.faces.web.own_home import NOW, read
from withhold.errors import BadInput, NotFound
from withhold.keep import Store
from withhold.words import Account


def test_it_says_whose_kind_audience_with_its_past_place_and_day(tmp_path: Path) -> None:
    of = at_acme(tmp_path, ACME)
    with Store.open(of.home) as store:
        store.own.add_account(ACME, NOW, date(2020, 1, 1))
        private = Account(platform="acme", audience="private", plan="pro", lang="de")
        store.own.add_account(private, NOW, date(2023, 5, 1))
    said = of.text("/account?key=acme")
    assert "Run by Acme" in said
    assert "Kind of account personal" in said
    assert "private since 1 May 2023 before that: public since 1 January 2020" in said
    assert "Plan pro" in said
    assert "Language of its menus German" in said
    assert "Asked for Germany, 1 July 2024" in said


def test_the_answers_stand_under_what_they_are_and_open_to_their_reasons(tmp_path: Path) -> None:
    practices = [
        made.practice(),
        made.practice("promise", says="no", content=["message"], audience=["private"]),
    ]
    of = at_acme(tmp_path, knowledge=known(made.control(), practice=practices))
    page = of.seen("/account?key=acme")
    heads = [one.text() for one in page.css("main h3")]
    assert heads.index("What they may do") < heads.index("What is refused")
    verdicts = [read(one.html or "") for one in page.css("section.said h4")]
    assert verdicts == [
        f"{mark} Acme, training its AI" for mark in ("MAY", "NO, promised", "NOT KNOWN")
    ]
    assert len(page.css("section.said > details")) == 3


def test_another_day_and_every_use_are_asked_for_in_a_form_that_keeps_what_was_said(
    tmp_path: Path,
) -> None:
    practices = [made.practice(), made.practice("ads", use="ads")]
    of = at_acme(tmp_path, knowledge=known(practice=practices), when="2023-12-31")
    before = of.text("/account?key=acme")
    assert "These are the answers for 31 December 2023, not for today." in before
    assert "MAY Acme, training its AI" not in before
    of.when = WHEN
    assert "MAY Acme, advertising" not in of.text("/account?key=acme")
    page = of.page("/account?key=acme&all=1")
    assert page.command == "withhold check acme --when 2024-07-01 --all"
    seen = of.seen("/account?key=acme&all=1")
    assert "MAY Acme, advertising" in of.text("/account?key=acme&all=1")
    assert "checked" in seen.css_first("input[name=all]").attributes
    assert seen.css_first("input[name=when]").attributes["value"] == "2024-07-01"


def test_a_day_that_is_none_is_said_beside_the_field_and_today_is_answered(tmp_path: Path) -> None:
    of = at_acme(tmp_path, when="")
    page = of.seen("/account?key=acme&when=yesterday")
    field = page.css_first("input[name=when]")
    assert field.attributes["aria-invalid"] == "true"
    hint = page.css_first(f"#{field.attributes['aria-describedby']}").text()
    assert "“yesterday” is no day that has been" in hint


def test_where_no_control_exists_that_is_said_aloud_with_what_helps(tmp_path: Path) -> None:
    helps = {"en": "Post less there.", "de": "Posten Sie dort weniger."}
    of = at_acme(tmp_path, knowledge=known(made.control("none", kind="none", helps=helps)))
    said = of.text("/account?key=acme")
    assert "NO CONTROL Acme offers no switch and no form against this." in said
    assert said.count("Post less there.") >= 1
    assert "It does train." in said
    assert "Ways to say no" not in said
    assert "KEINE EINSTELLUNG" in of.text("/account?key=acme", "de")


def test_a_control_has_its_words_its_reach_and_how_far_it_was_seen(
    tmp_path: Path,
) -> None:
    practices = [made.practice(), made.practice("licence", use="licence-to-third-party")]
    covers = {"train": "full", "licence": "not"}
    of = at_acme(
        tmp_path,
        Account(platform="acme", audience="public", lang="de"),
        knowledge=known(
            made.control(
                covers=covers,
                path={"de": ["Einstellungen", "KI"], "en": ["Settings", "AI"]},
                effect="forward-only",
            ),
            practice=practices,
        ),
    )
    step = of.seen("/account?key=acme").css_first("#control-switch")
    assert step.css_first("h4 q").text() == "Nutze switch"
    assert step.css_first("h4 q").attributes["lang"] == "de"
    assert [one.text() for one in step.css(".path li")] == ["Einstellungen", "KI"]
    text = read(step.html or "")
    assert "closes: It does train." in text
    assert "What it leaves open: 1 It does licence." in text
    assert "from now on; what was used stays used" in text
    assert "after descriptions" in text
    assert "in your plan" in text
    assert "Nothing is recorded of it." in text
    assert step.css("a")[-1].attributes["href"] == "/account/step?key=acme&control=switch"


def test_a_control_of_another_place_is_kept_apart_and_one_that_is_over_is_not_offered(
    tmp_path: Path,
) -> None:
    of = at_acme(
        tmp_path,
        knowledge=known(
            made.control(),
            made.control("far", places=["US"]),
            made.control("over", until=date(2024, 2, 1)),
        ),
    )
    page = of.seen("/account?key=acme")
    assert [one.attributes["id"] for one in page.css("main > ul.steps > li")] == ["control-switch"]
    assert [one.attributes["id"] for one in page.css("details .steps > li")] == ["control-far"]


def test_a_way_that_the_plan_does_not_ask_for_is_folded_unless_it_is_recorded(
    tmp_path: Path,
) -> None:
    beside = made.control("beside", covers={"ads": "full"})
    practices = [made.practice(), made.practice("ads", use="ads")]
    knowledge = known(made.control(), beside, practice=practices)
    page = at_acme(tmp_path, knowledge=knowledge).seen("/account?key=acme")
    assert [one.attributes["id"] for one in page.css("main > ul.steps > li")] == ["control-switch"]
    folded = page.css_first("main > ul.steps + details")
    assert "Ways that your plan does not ask for now: 1" in folded.text()
    assert folded.css_first("#control-beside") is not None
    assert "open" not in folded.attributes


def test_what_it_says_it_does_is_a_table_with_default_and_day_now_and_elsewhere(
    tmp_path: Path,
) -> None:
    of = at_acme(
        tmp_path,
        knowledge=known(
            practice=[
                made.practice(default="on"),
                made.practice("shown", known_since=date(2024, 3, 1)),
                made.practice("abroad", places=["US"]),
                made.practice("past", until=date(2024, 2, 1)),
            ]
        ),
    )
    page = of.seen("/account?key=acme")
    first = page.css_first("#practices ~ div table")
    rows = [read(one.html or "") for one in first.css("tbody tr")]
    assert len(rows) == 2
    assert "It does train. says it may · train Acme, training its AI on by default" in rows[0]
    assert "1 January 2024" in rows[0]
    assert "not known; a source shows it on 1 March 2024" in rows[1]
    assert "It does abroad." in read(page.css_first("#practices ~ details").html or "")


def test_what_only_others_report_or_the_platform_says_of_another_is_told_as_theirs(
    tmp_path: Path,
) -> None:
    sources = {"policy": made.source(), "paper": made.source(kind="press")}
    practices = [
        made.practice("sold", actor="partner", use="licence-to-third-party"),
        made.practice("seen", sources=["paper"]),
    ]
    of = at_acme(tmp_path, knowledge=known(practice=practices, source=sources))
    rows = [read(one.html or "") for one in of.seen("/account?key=acme").css("#practices ~ div tr")]
    assert any("It does sold. may, says Acme · sold" in one for one in rows)
    assert any("It does seen. may, others report · seen" in one for one in rows)


def test_the_history_is_a_picture_with_its_table_and_never_a_picture_alone(tmp_path: Path) -> None:
    page = at_acme(tmp_path).seen("/account?key=acme")
    picture = page.css_first("figure.timeline svg")
    assert picture.attributes["role"] == "img"
    assert "What Acme said, and when" in (picture.attributes["aria-label"] or "")
    assert "style=" not in (picture.html or "")
    table = page.css_first("figure.timeline ~ details table")
    assert "It does train." in table.text()


def test_letters_and_posts_of_the_account_are_one_click_away(tmp_path: Path) -> None:
    page = at_acme(tmp_path, ODD)
    address = "/account?key=acme%3Aa%2Fb%3F%3Ci%3E%D8%A8%26c"
    seen = page.seen(address)
    links = [one.attributes["href"] for one in seen.css("main a")]
    assert "/letters/new?key=acme%3Aa%2Fb%3F%3Ci%3E%D8%A8%26c" in links
    assert "No archive of this account was given yet" in page.text(address)
    assert seen.css("main i") == []
    assert "a/b?<i>ب&c" in seen.css_first("h1").text()
    command = page.page(address).command
    assert command.startswith("withhold check 'acme:a/b?<i>ب&c'")


def test_an_account_that_is_not_there_and_a_place_that_is_not_known_say_what_to_do(
    tmp_path: Path,
) -> None:
    with pytest.raises(NotFound) as gone:
        at_acme(tmp_path).get("/account?key=bolt")
    assert "“bolt”" in gone.value.message
    assert "overview" in gone.value.tip
    with pytest.raises(BadInput) as nowhere:
        at_acme(tmp_path / "b", place="").get("/account?key=acme")
    assert "Settings" in nowhere.value.tip


@pytest.mark.parametrize("lang", ["en", "de"])
def test_what_the_page_does_not_answer_is_on_it(tmp_path: Path, lang: str) -> None:
    of = at_acme(tmp_path, Account(platform="acme"), knowledge=known(tier=2))
    page = of.page("/account?key=acme", lang)
    assert len(page.covers_not) == 5
    assert all(one in of.text("/account?key=acme", lang) for one in page.covers_not)
