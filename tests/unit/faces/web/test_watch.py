"""Watch: what the last look told, what comes and waits, what policies said look by look."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest

from tests.unit import made
from tests.unit.faces.web.own_home import Home, known, read
from tests.unit.faces.web.watch_made import ACME, AT, acme, at_acme, denies, told
from tests.unit.verbs.policies_made import CAPTCHA, DENIES, TRAINS, Clock, Web, page
from withhold.catalog.load import default_root
from withhold.catalog.policies import document
from withhold.errors import NotFound, NothingToCheck
from withhold.faces.web import watch
from withhold.faces.web.render import html
from withhold.faces.web.views import Page
from withhold.faces.web.words import words_of
from withhold.keep import Store
from withhold.keep.policy_seen import Outcome
from withhold.verbs.watch import SiteLook
from withhold.verbs.watch_policies import run
from withhold.words import LANGS, Account

POLICY = "linkedin/privacy-policy"


def test_where_nothing_is_owned_there_is_nothing_to_look_at_and_the_way_to_begin(
    tmp_path: Path,
) -> None:
    of = Home(tmp_path)
    page = of.seen("/watch")
    assert "Nothing was looked at yet" in of.text("/watch")
    assert "/first" in [one.attributes["href"] for one in page.css("main a")]
    assert page.css("form[action='/watch/look']") == []
    with pytest.raises(NothingToCheck):
        of.send("/watch/look", fetch="0")


def test_what_waits_is_looked_up_anew_when_something_was_written_and_until_then_said_to_be(
    tmp_path: Path,
) -> None:
    of = at_acme(tmp_path)
    of.seen("/watch")
    with Store.open(of.home) as store:
        store.own.set("name", "Ada")
    ask = of.ask("/watch")
    page = watch.show(ask)
    assert isinstance(page, Page)
    assert page.values["waits"] is not None  # what was so before
    assert page.refresh
    assert words_of("watch", "en")["being_counted"] in html(ask, page)
    assert words_of("watch", "en")["being_counted"] not in of.text("/watch")


def test_before_the_first_look_it_says_that_and_offers_to_look(tmp_path: Path) -> None:
    of = at_acme(tmp_path)
    assert "Nothing was looked at yet" in of.text("/watch")
    assert len(of.seen("/watch").css("form[action='/watch/look']")) == 1


def test_what_changed_is_told_before_and_after_graded_with_its_reasons(tmp_path: Path) -> None:
    of = at_acme(tmp_path)
    told(of, denies())
    first = of.text("/watch")
    assert "First look; from now on changes are told." in first
    assert "there is nothing to compare it with" in first
    told(of, acme())
    page = of.seen("/watch")
    said = read(page.css_first("ul.changes > li.worse").html or "")
    assert said.startswith("WORSE Acme (a<b>): posts (public). Acme, training its AI: ")
    assert "was NO (promised), is MAY." in said
    assert "Now: Acme says it may" in said
    assert "Before (1 July 2024): Acme says it does not" in said
    assert "It does train." in said
    link = page.css_first("ul.changes > li.worse > p > a")
    assert link.attributes["href"] == "/account?key=acme%3Aa%3Cb%3E"
    assert "Changed since 1 July 2024: 1 worse." in of.text("/watch")


def test_a_look_without_a_change_says_so_and_what_could_not_be_seen_stays(tmp_path: Path) -> None:
    of = at_acme(tmp_path)
    told(of, acme())
    unseen = SiteLook(site="https://ada.example", why="not fetched; --sites fetches your own sites")
    told(of, acme(), unseen, SiteLook(site="https://b.example", why="no answer <i>"))
    said = of.text("/watch")
    assert "no answer and no fact of yours changed" in said
    assert "https://ada.example: it was not asked" in said
    assert "--sites fetches" not in said
    assert "https://b.example: no answer <i>" in said
    assert "sie wurde nicht gefragt" in of.text("/watch", "de")


def test_a_look_whose_telling_was_not_kept_or_was_forgotten_gives_its_day_only(
    tmp_path: Path,
) -> None:
    of = at_acme(tmp_path)
    told(of, acme())
    other = Account(platform="acme", name="other")
    with Store.open(of.home) as store:
        store.own.add_account(other, AT)
    told(of, acme())
    with Store.open(of.home) as store:
        store.forget.account(other.key, AT)
        assert store.watched.told() == ""
    assert "The last look was on 1 July 2024; what it told was not kept" in of.text("/watch")


def test_a_telling_of_another_version_counts_as_none(tmp_path: Path) -> None:
    of = at_acme(tmp_path)
    told(of, acme())
    with Store.open(of.home) as store:
        store.watched.replace(store.watched.all(), '{"at": 5}')
    assert "what it told was not kept" in of.text("/watch")


# What comes and waits -------------------------------------------------------------------------


def test_what_is_announced_and_what_is_due_is_asked_for_today_without_any_look(
    tmp_path: Path,
) -> None:
    coming = made.practice("more", since=date(2024, 9, 1))
    of = at_acme(
        tmp_path, knowledge=acme(practice=[made.practice(), coming], control=[made.control()])
    )
    with Store.open(of.home) as store:
        old = made.observation(on=date(2024, 1, 5), account=ACME.key)
        store.observations.record(old, AT)
    page, said = of.seen("/watch"), of.text("/watch")
    assert "1 September 2024 (in 62 days): Acme" in said
    assert "It does more." in said
    waits = page.css_first("#due ~ ul.changes > li")
    assert "said no when you last saw it, on 5 January 2024" in read(waits.html or "")
    assert waits.css_first("a").attributes["href"] == (
        "/account/step?key=acme%3Aa%3Cb%3E&control=switch"
    )


def test_where_nothing_comes_and_nothing_waits_that_is_said(tmp_path: Path) -> None:
    said = at_acme(tmp_path).text("/watch")
    assert "Nothing is known to come" in said
    assert "No date of a letter and no second look at a switch is due." in said


def test_facts_that_are_overdue_are_told_apart_since_they_are_not_the_owners_work(
    tmp_path: Path,
) -> None:
    of = at_acme(tmp_path, when="2026-01-01")
    page = of.seen("/watch")
    assert "No date of a letter" in of.text("/watch")
    assert any("Acme: 1 fact was due" in read(one.html or "") for one in page.css("details li"))


def policies(tmp_path: Path, *bodies: bytes) -> Home:
    """A home in which LinkedIn's policy was looked at once for each body, a day apart."""
    of = Home(tmp_path, Account(platform="linkedin"), place="DE")
    clock = Clock()
    web = Web(clock)
    owner, one = document(default_root(), POLICY)
    web.lay(one.url, *bodies)
    with Store.open(of.home) as store:
        for _ in bodies:
            run([(owner, one)], web, store, clock, sleep=lambda _: None)  # type: ignore[arg-type]
            clock.at += timedelta(days=1)
    return of


def test_each_document_has_its_last_look_and_the_last_change(tmp_path: Path) -> None:
    says = [page(one, name="LinkedIn") for one in (DENIES, TRAINS, TRAINS)]
    of = policies(tmp_path, *says)
    row = of.seen("/watch").css_first("#policies ~ div tbody tr")
    said = read(row.html or "")
    assert said.startswith("LinkedIn Privacy Policy")
    assert "4 November 2026: The same as before." in said
    assert "WORSE 3 November 2026" in said
    link = row.css_first("a").attributes["href"]
    assert link == "/watch/policy?document=linkedin/privacy-policy"


def test_the_history_of_a_document_has_the_sentences_before_and_after(tmp_path: Path) -> None:
    of = policies(tmp_path, *(page(one, name="LinkedIn") for one in (DENIES, TRAINS)))
    address = f"/watch/policy?document={POLICY}"
    seen = of.seen(address)
    heads = [read(one.html or "") for one in seen.css("ol.changes h3")]
    assert heads == ["3 November 2026: WORSE", "2 November 2026"]
    assert [one.text() for one in seen.css("ol.changes > li.worse blockquote")] == [DENIES, TRAINS]
    picture = seen.css_first("figure.timeline svg")
    assert picture.attributes["role"] == "img"
    caption = read(seen.css_first("figcaption").html or "")
    assert "3 November 2026" in caption
    assert caption.count("worse") == 1, "one change has no sums"
    assert "Seen for the first time." in of.text(address)


def test_a_look_that_failed_says_why_and_is_no_change(tmp_path: Path) -> None:
    of = policies(tmp_path, page(DENIES, name="LinkedIn"), CAPTCHA)
    address = f"/watch/policy?document={POLICY}"
    said = of.text(address)
    assert (
        "It could not be seen, so no change is told: a page asks whether somebody is human" in said
    )
    assert of.seen(address).css("li.worse, li.better, li.unclear") == []


def test_a_document_that_was_never_looked_at_is_not_there(tmp_path: Path) -> None:
    of = at_acme(tmp_path)
    with pytest.raises(NotFound) as gone:
        of.get("/watch/policy?document=<b>")
    assert "“<b>”" in gone.value.message
    assert "No policy was fetched yet." in of.text("/watch")


def test_how_to_have_it_look_by_itself_is_a_command_for_each_system(tmp_path: Path) -> None:
    of = Home(tmp_path, Account(platform="linkedin"), place="DE")
    found = of.seen("/watch")
    assert [
        found.css_first(f"#install-{one}").text() for one in ("systemd", "cron", "launchd")
    ] == [
        f"withhold watch --policies --every 1d --install {one} --write"
        for one in ("systemd", "cron", "launchd")
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_every_outcome_of_a_look_and_every_stance_of_terms_has_its_words(lang: str) -> None:
    watching, account = words_of("watch", lang), words_of("account", lang)
    assert {f"outcome_{one}" for one in get_args(Outcome)} <= watching.keys()
    says = {one.automation_terms.says for one in known().platforms.values()}
    assert {f"terms_{one}" for one in says} <= account.keys()
    wants = {
        one.want
        for platform in known().platforms.values()
        for one in platform.control
        if one.kind not in ("none", "audience")
    }
    assert {f"state_{one}" for one in wants} <= account.keys()
