"""The overview: a card for each account and site, the one next step, and what waits; the plan."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborNode

from tests.unit import made
from tests.unit.faces.web.own_home import NOW, Home, read
from withhold.catalog.load import Knowledge
from withhold.errors import BadInput
from withhold.exports.post import Post
from withhold.faces.web import overview
from withhold.keep.post_taking import NewArchive
from withhold.verbs.check import Asking
from withhold.verbs.owner import from_store
from withhold.verbs.watch import look_again, read_last, save
from withhold.words import Account, Observation

OPEN, BARE, SHUT = (Account(platform=one, audience="public") for one in ("acme", "bolt", "calm"))
ODD = Account(platform="acme", name="a/<b>ب", audience="followers")


def known(**more: Any) -> Knowledge:
    """Acme trains and has a switch, Bolt trains and has none, Calm says that it does not."""
    return made.knowledge(
        made.platform("acme", control=[made.control()], **more),
        made.platform("bolt", practice=[made.practice(actor="bolt")]),
        made.platform("calm", practice=[made.practice("promise", actor="calm", says="no")]),
    )


def owner(
    tmp_path: Path, *accounts: Account, place: str = "DE", when: str = "2024-07-01", **more: Any
) -> Home:
    """On a day on which nothing of what is known was overdue, unless another is said."""
    return Home(tmp_path, *accounts, place=place, knowledge=known(**more), when=when)


def cards(home: Home, lang: str = "en") -> dict[str, LexborNode]:
    """The cards by their headings."""
    found = home.seen("/", lang).css("li.card")
    return {" ".join(one.css_first("h3").text().split()): one for one in found}


def words(node: LexborNode) -> str:
    return read(node.html or "")


def test_with_nothing_stored_the_first_run_begins_unless_it_is_put_off(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.went("/").to == "/first"
    said = home.text("/?later=1")
    assert "Nothing of yours is stored here yet." in said
    assert {one.attributes["href"] for one in home.seen("/?later=1").css("main a")} >= {
        "/first",
        "/posts",
    }


def test_after_everything_was_forgotten_it_begins_anew(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN)
    assert home.page("/")
    with home.desk.writing() as store:
        store.forget.everything(NOW)
    assert home.went("/").to == "/first"


def test_each_card_has_the_fixed_sentence_with_its_strength_and_since_when(tmp_path: Path) -> None:
    found = cards(owner(tmp_path, OPEN, BARE, SHUT))
    assert set(found) == {"Acme", "Bolt", "Calm"}
    acme, calm = words(found["Acme"]), words(found["Calm"])
    assert "MAY Acme, training its AI: posts (public) Acme says it may. Open since" in acme
    assert found["Acme"].css_first(".headline time").attributes["datetime"] == "2024-01-01"
    assert "NO, promised Calm, training its AI: posts (public) Calm says it does not." in calm
    assert "Open since" not in calm


def test_the_answers_of_an_account_are_never_merged_into_one(tmp_path: Path) -> None:
    more = [
        made.practice(),
        made.practice("sells", use="licence-to-third-party", says="no"),
        made.practice("chats", content=["ai-chat"], audience=["private"], says="silent"),
    ]
    acme = cards(owner(tmp_path, OPEN, practice=more))["Acme"]
    marks = [words(one) for one in acme.css(".answers > li > p > .mark")]
    assert marks == ["MAY", "NOT KNOWN"], "what asks for something; a no is counted"
    assert "2 more answers" in words(acme)


def test_what_does_not_fit_on_a_card_is_counted_with_the_way_to_it(tmp_path: Path) -> None:
    uses = ("train-ai", "licence-to-third-party")
    more = [
        made.practice(f"{actor}-{use}", actor=actor, use=use)
        for actor in ("acme", "partner", "scrapeco")
        for use in uses
    ]
    acme = cards(owner(tmp_path, OPEN, practice=more))["Acme"]
    assert [words(one) for one in acme.css(".answers .mark")] == ["MAY", "NOT KNOWN"]
    assert "6 more answers" in words(acme)
    assert acme.css_first("p > a[href='/account?key=acme']")


def test_an_answer_opens_to_its_reason_with_source_quote_and_day(tmp_path: Path) -> None:
    source = made.source(quote="We train on what you post.", title="Privacy <policy>")
    acme = cards(owner(tmp_path, OPEN, source={"policy": source}))["Acme"]
    opened = acme.css_first("details")
    assert "open" not in opened.attributes
    said = words(opened)
    assert "We train on what you post." in said
    assert "Privacy <policy>" in said
    assert "1 June 2024" in said
    assert opened.css_first("a[href^=https]").attributes["href"] == "https://acme.example/policy"


def test_the_next_step_leads_to_its_page_and_no_control_is_said_aloud(tmp_path: Path) -> None:
    found = cards(owner(tmp_path, OPEN, BARE, SHUT))
    step = found["Acme"].css_first(".next-step")
    assert "Use switch, switch off, 1 min" in words(step)
    assert step.css_first("a").attributes["href"] == "/account/step?key=acme&control=switch"
    assert "No switch and no form closes what stands open there." in words(found["Bolt"])
    assert "No step is known that would close anything more." in words(found["Calm"])


def test_a_name_may_hold_anything_and_stays_a_text(tmp_path: Path) -> None:
    home = owner(tmp_path, ODD)
    found = cards(home)
    assert set(found) == {"Acme (a/<b>ب)"}
    href = found["Acme (a/<b>ب)"].css_first("h3 a").attributes["href"]
    assert href == "/account?key=acme%3Aa%2F%3Cb%3E%D8%A8"
    assert not home.seen("/").css("h3 b")


def test_when_it_was_last_looked_at_is_said_and_what_is_overdue(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN, BARE, when="2026-03-01")
    with home.desk.writing() as store:
        on = date(2026, 2, 3)
        seen = Observation(control="acme/switch", value="off", on=on, how="told", account="acme")
        store.observations.record(seen, NOW)
    found = cards(home)
    assert "You last recorded something on 3 February 2026." in words(found["Acme"])
    assert "NO, told" in words(found["Acme"])
    assert "You have not recorded anything yet." in words(found["Bolt"])
    assert "last checked on 1 June 2024: a re-check is overdue" in words(found["Bolt"])


def test_without_a_place_nothing_is_answered_but_asked_for(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN, place="")
    said = home.text("/")
    assert "Where you live is not known yet, and the answers depend on it." in said
    assert "MAY" not in said
    assert home.seen("/").css_first(".note a").attributes["href"] == "/settings#where"
    assert home.went("/plan").to == "/"


def test_an_account_of_a_platform_that_nobody_knows_hides_no_other(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN, Account(platform="dusk", audience="public"))
    found = cards(home)
    assert "Nothing is known here of this platform. That is not a no." in words(found["dusk"])
    assert "Acme says it may" in words(found["Acme"])
    assert home.page("/plan")


def test_the_german_page_is_german(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN)
    said = home.text("/", "de")
    assert "Nächster Schritt" in said
    assert "offen seit" in said.lower()
    assert "Next step" not in said


# Sites --------------------------------------------------------------------------------------------


def test_a_site_is_read_from_its_folder_and_no_server_is_asked(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN)
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / "robots.txt").write_text("User-agent: ScrapeBot\nDisallow: /\n")
    with home.desk.writing() as store:
        store.own.add_site("https://ada.example", str(folder))
        store.own.add_site("https://far.example")
    found = cards(home)
    assert "Not looked at yet" in words(found["https://far.example"])
    assert "As its files stood on" in words(found["https://ada.example"])
    form = found["https://far.example"].css_first("form")
    assert (form.attributes["method"], form.attributes["action"]) == ("post", "/site/look")
    fields = {one.attributes["name"]: one.attributes["value"] for one in form.css("input")}
    assert fields == {"csrf": "word", "url": "https://far.example"}


# What waits ---------------------------------------------------------------------------------------


def asking(home: Home, knowledge: Knowledge, when: date) -> Asking:
    return Asking(place="DE", when=when, knowledge=knowledge, seen=from_store(home.home).seen)


def test_what_changed_since_the_last_look_is_told_with_the_worse_named(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN)
    assert "You have not yet let the dashboard watch" in home.text("/")
    quiet = made.knowledge(made.platform("acme", practice=[made.practice(says="no")]))
    save(home.home, look_again(from_store(home.home), asking(home, quiet, date(2024, 2, 1)), {}))
    said = home.text("/")
    assert "Changed since 1 February 2024: 1 worse." in said
    assert "WORSE Acme: posts (public). Acme, training its AI: was NO (promised), is MAY." in said


def test_a_look_without_news_says_so(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN)
    save(home.home, look_again(from_store(home.home), asking(home, known(), date(2024, 6, 30)), {}))
    assert "Nothing changed since 30 June 2024." in home.text("/")


def test_what_the_last_look_told_stays_until_the_next(tmp_path: Path) -> None:
    """A look keeps what it found, and has told nobody who did not open Watch."""
    home = owner(tmp_path, OPEN)
    quiet = made.knowledge(made.platform("acme", practice=[made.practice(says="no")]))
    save(home.home, look_again(from_store(home.home), asking(home, quiet, date(2024, 2, 1)), {}))
    look(home, known())
    said = home.text("/")
    assert "Nothing changed since 1 July 2024." in said
    assert "What the look of 1 July 2024 told: Changed since 1 February 2024: 1 worse." in said
    assert "WORSE Acme: posts (public). Acme, training its AI: was NO (promised), is MAY." in said
    assert "Der Blick vom 1. Juli 2024 ergab: Geändert seit" in home.text("/", "de")
    look(home, known())
    assert "1 worse" not in home.text("/"), "it is told once"


def test_what_changed_after_a_look_stands_before_what_it_told(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN, BARE)
    acme = made.platform("acme", control=[made.control()])
    bolt = made.platform("bolt", practice=[made.practice(actor="bolt", says="no")])
    quiet = made.platform("acme", practice=[made.practice(says="no")])
    save(
        home.home,
        look_again(
            from_store(home.home),
            asking(home, made.knowledge(quiet, bolt), date(2024, 2, 1)),
            {},
        ),
    )
    look(home, made.knowledge(acme, bolt))
    found = [words(one) for one in home.seen("/").css(".changes > li")]
    assert [one.split(":")[0] for one in found] == ["WORSE Bolt", "WORSE Acme"]


def look(home: Home, knowledge: Knowledge) -> None:
    """A look of the first of July that is kept with what it told."""
    last = read_last(home.home)
    when = date(2024, 7, 1)
    save(home.home, look_again(from_store(home.home), asking(home, knowledge, when), last), NOW)


def stored(home: Home, *audiences: Any) -> None:
    posts = [
        (
            "acme",
            Post(
                id=str(n),
                platform="acme",
                audience=audience,
                audience_by="item-field",
                text=f"Post {n}",
                created=datetime(2024, 3, 1, tzinfo=UTC),
                precision="day",
            ),
        )
        for n, audience in enumerate(audiences)
    ]
    with home.desk.writing() as store:
        store.posts.take(NewArchive(platform="acme", layout="json", digest="d" * 64), posts, NOW)


def test_posts_are_counted_in_the_background(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN)
    stored(home, "public", "public", "private")
    first = overview.show(home.ask("/"))
    assert first.refresh == 2 or first.values["posts"]  # type: ignore[union-attr]
    said = home.text("/")
    assert "Posts stored: 3." in said
    assert "Of these, 2 stand open to at least one company." in said


def test_only_posts_are_something_too(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN, place="")
    stored(home, "public")
    with home.desk.writing() as store:
        store.own.remove_account("acme")
    said = home.text("/")
    assert "Posts stored: 1. How many of them stand open cannot be said" in said


# The plan -----------------------------------------------------------------------------------------


def test_the_plan_says_minutes_effect_what_each_closes_and_what_nothing_closes(
    tmp_path: Path,
) -> None:
    home = owner(tmp_path, OPEN, BARE)
    page = home.seen("/plan")
    assert words(page.css_first(".top-line")) == "1 minute: 1 switch; 1 platform offers nothing"
    step = words(page.css_first("li.step"))
    assert "Acme: switch off, 1 min" in step
    assert "closes: It does train." in step
    assert "whether it reaches back is not stated; can be undone" in step
    assert words(page.css_first(".none h3")) == "Bolt"
    assert "It does train." in words(page.css_first(".none"))


def test_the_plan_is_saved_as_a_list_and_as_a_calendar(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN)
    text, dates = home.file("/plan/file?form=md"), home.file("/plan/file?form=ics")
    assert (text.name, dates.name) == ("withhold-plan.md", "withhold-plan.ics")
    assert "- [ ] **Acme**: “Use switch” switch off, 1 min" in text.body.decode()
    assert dates.body.startswith(b"BEGIN:VCALENDAR")
    assert b"SUMMARY:Acme: Use switch\\, switch off" in dates.body
    with pytest.raises(BadInput):
        home.get("/plan/file?form=exe")


def test_what_is_kept_is_made_anew_when_the_store_changes(tmp_path: Path) -> None:
    home = owner(tmp_path, OPEN)
    assert set(cards(home)) == {"Acme"}
    with home.desk.writing() as store:
        store.own.add_account(replace(BARE), NOW)
    assert set(cards(home)) == {"Acme", "Bolt"}
