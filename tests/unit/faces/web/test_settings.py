"""Settings: what is said of oneself, accounts with the history of their audience, forgetting."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from tests.unit.faces.web.own_home import NOW, Home, read, wrong
from withhold.errors import BadInput, NotFound
from withhold.exports.post import Post
from withhold.faces.web import forget_page
from withhold.faces.web.views import Go
from withhold.keep.post_taking import NewArchive
from withhold.verbs.watch import Looked, Round, save
from withhold.words import Account, Observation

X = Account(platform="x", audience="public", since=date(2015, 3, 1), lang="de")
ODD = Account(platform="tumblr", name="a/<script>ب", audience="followers")
SWITCH = "x/grok-toggle"


def owner(tmp_path: Path, *accounts: Account, place: str = "DE") -> Home:
    return Home(tmp_path, *(accounts or (X, ODD)), place=place)


def main(page: LexborHTMLParser) -> str:
    node = page.css_first("main")
    return read(node.html or "")


# What is said of oneself --------------------------------------------------------------------------


def test_a_place_is_saved_by_name_and_had_back(tmp_path: Path) -> None:
    home = owner(tmp_path)
    assert home.seen("/settings").css_first("#place").attributes["value"] == "Germany (DE)"
    went = home.send("/settings", part="where", place="Pennsylvania", lang="de")
    assert home.settings() == {"place": "US-PA", "lang": "de"}
    assert (went.to, went.said) == ("/settings?lang=de#where", "Place and language are saved.")
    home.undo(went)
    assert home.settings() == {"place": "DE", "lang": ""}


def test_who_one_is_in_letters_is_saved_as_a_whole_and_can_be_emptied(tmp_path: Path) -> None:
    home = owner(tmp_path)
    me = {"name": "Ada ب", "email": "ada@example.org", "address": "Am Weg 1\r\n10115 Berlin"}
    went = home.send("/settings", part="me", **me)
    assert home.settings() == {"place": "DE", **me, "address": "Am Weg 1\n10115 Berlin"}
    home.send("/settings", part="me", name="", email="", address="")
    assert home.settings() == {"place": "DE", "name": "", "email": "", "address": ""}
    home.undo(went)
    assert home.settings()["name"] == ""


@pytest.mark.parametrize(
    ("part", "fields", "field"),
    [
        ("where", {"place": "Narnia", "lang": ""}, "place"),
        ("where", {"place": "", "lang": ""}, "place"),
        ("where", {"place": "DE", "lang": "fr"}, "lang"),
        ("me", {"name": "Ada", "email": "nobody", "address": ""}, "email"),
        ("me", {"name": "A" * 201, "email": "", "address": ""}, "name"),
        ("me", {"name": "", "email": "", "address": "x" * 601}, "address"),
        ("contact", {"contact": "<script>"}, "contact"),
    ],
)
def test_what_cannot_be_used_is_said_beside_it_nothing_is_saved_nothing_lost(
    tmp_path: Path, part: str, fields: dict[str, str], field: str
) -> None:
    home = owner(tmp_path)
    went = home.send("/settings", part=part, **fields)
    assert went.to.endswith(f"#{part}")
    assert home.settings() == {"place": "DE"}
    page = home.seen(went.to)
    assert set(wrong(page)) == {field}
    assert wrong(page)[field]
    for name, typed in fields.items():
        node = page.css_first(f"[name={name}]")
        if node.tag != "select":
            value = node.text() if node.tag == "textarea" else node.attributes["value"] or ""
            assert value == typed


def test_a_section_that_is_none_is_refused(tmp_path: Path) -> None:
    for path in ("/settings", "/settings/undo"):
        with pytest.raises(BadInput):
            owner(tmp_path / path.replace("/", "-")).send(path, part="schema")


def test_settings_say_what_the_program_knows_of_itself(tmp_path: Path) -> None:
    home = owner(tmp_path)
    said = home.text("/settings")
    assert str(home.home) in said
    assert re.search(r"Version of the store \d+ ", said)
    doctor = home.text("/settings/doctor")
    assert "in order store" in doctor
    assert "the chain verifies" in doctor


def test_with_nothing_stored_the_settings_can_be_filled_in(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert "Nothing is stored yet." in home.text("/settings")
    home.send("/settings", part="where", place="FR", lang="")
    assert home.settings()["place"] == "FR"


# Accounts -----------------------------------------------------------------------------------------

NEW = {"platform": "reddit", "name": "", "kind": "personal", "audience": "public"}


def test_an_account_is_added_and_taken_back(tmp_path: Path) -> None:
    home = owner(tmp_path)
    name = "r/<b>ب"
    went = home.send("/settings/account", **NEW | {"name": name, "since": "2020-01-02"})
    assert home.accounts()[f"reddit:{name}"] == Account(
        platform="reddit", name=name, audience="public", since=date(2020, 1, 2)
    )
    assert went.said == f"Reddit ({name}) was added."
    assert not home.seen("/settings").css("main bdi b")
    home.undo(went)
    assert set(home.accounts()) == {"x", ODD.key}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"platform": ""}, "platform"),
        ({"platform": "narnia"}, "platform"),
        ({"platform": "x"}, "name"),
        ({"name": "n" * 201}, "name"),
        ({"name": "a\x1bb"}, "name"),
        ({"kind": "king"}, "kind"),
        ({"audience": "everyone"}, "audience"),
        ({"platform": "chatgpt", "plan": "gold"}, "plan"),
        ({"since": "3000-01-01"}, "since"),
        ({"since": "yesterday"}, "since"),
        ({"was_public": "yes"}, "audience_since"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_beside_it(
    tmp_path: Path, fields: dict[str, str], field: str
) -> None:
    home = owner(tmp_path)
    typed = NEW | {"plan": "", **fields}
    went = home.send("/settings/account", **typed)
    assert set(home.accounts()) == {"x", ODD.key}
    page = home.seen(went.to)
    assert set(wrong(page)) == {field}
    node = page.css_first("#name")
    assert (node.attributes["value"] or "") == typed["name"]


def test_who_could_see_it_over_time_is_kept_and_had_back(tmp_path: Path) -> None:
    home = owner(tmp_path)
    before = home.history("x")
    assert [audience for _, audience in before] == ["public"]
    form = {"key": "x", "kind": "personal", "audience": "followers", "lang": "de"}
    went = home.send("/settings/account", **form, audience_since="2026-05-01", since="2015-03-01")
    assert home.history("x") == [*before, ("2026-05-01", "followers")]
    assert home.accounts()["x"] == replace(X, audience="followers")
    assert home.desk.setting("en").owner.public_until == {"x": date(2026, 5, 1)}
    said = main(home.seen("/settings/account?key=x"))
    assert "since 1 May 2026: only those you approved" in said
    home.undo(went)
    assert (home.history("x"), home.accounts()["x"]) == (before, X)


def test_what_was_public_before_a_day_is_told_as_it_was(tmp_path: Path) -> None:
    home = owner(tmp_path)
    form = {"key": ODD.key, "kind": "personal", "audience": "followers", "was_public": "yes"}
    went = home.send("/settings/account", **form, audience_since="2025-05-01", since="2020-01-01")
    assert home.history(ODD.key) == [("2020-01-01", "public"), ("2025-05-01", "followers")]
    home.undo(went)
    assert [audience for _, audience in home.history(ODD.key)] == ["followers"]


def test_another_plan_leaves_the_history_of_the_audience_alone(tmp_path: Path) -> None:
    home = owner(tmp_path)
    before = home.history("x")
    home.send("/settings/account", key="x", kind="business", audience="public", plan="premium")
    assert home.history("x") == before
    assert (home.accounts()["x"].kind, home.accounts()["x"].plan) == ("business", "premium")


def test_a_removed_account_comes_back_with_all_that_was_said_of_it(tmp_path: Path) -> None:
    home = owner(tmp_path)
    with home.desk.writing() as store:
        store.own.add_account(replace(X, audience="followers"), NOW, date(2026, 1, 5))
    account, history = home.accounts()["x"], home.history("x")
    went = home.send("/settings/account/remove", key="x")
    assert set(home.accounts()) == {ODD.key}
    assert home.history("x") == []
    home.undo(went)
    assert (home.accounts()["x"], home.history("x")) == (account, history)


@pytest.mark.parametrize(
    "values",
    [
        {"account": "{}", "history": "[]"},
        {"account": "nothing", "history": ""},
        {"account": '{"platform": "narnia"}', "history": "[]"},
        {"account": '{"platform": "x", "name": "a\\u0007"}', "history": "[]"},
        {"account": '{"platform": "x"}', "history": '[["3000-01-01", "public"]]'},
        {"account": '{"platform": "x"}', "history": '[["2020-01-01", "everyone"]]'},
    ],
)
def test_an_undo_that_was_tampered_with_changes_nothing(
    tmp_path: Path, values: dict[str, str]
) -> None:
    home = owner(tmp_path)
    before = home.accounts()
    with pytest.raises(BadInput):
        home.send("/settings/account/undo", **values)
    assert home.accounts() == before


def test_an_account_that_is_not_there_is_said(tmp_path: Path) -> None:
    home = owner(tmp_path)
    for call in (
        lambda: home.get("/settings/account?key=reddit"),
        lambda: home.send("/settings/account/remove", key="reddit"),
    ):
        with pytest.raises(NotFound):
            call()


# Forgetting ---------------------------------------------------------------------------------------


def full(tmp_path: Path) -> Home:
    """With an observation and a post of X, and what a look found of it."""
    home = owner(tmp_path)
    post = Post(platform="x", id="1", text="a secret picnic", audience="public")
    with home.desk.writing() as store:
        on = date(2026, 2, 1)
        seen = Observation(control=SWITCH, value="off", on=on, how="told", account="x")
        store.observations.record(seen, NOW)
        store.posts.take(
            NewArchive(platform="x", layout="json", digest="d" * 64), [("x", post)], NOW
        )
        store.own.add_site("https://ada.example")
    looked = {name: Looked(on=on, where="DE") for name in ("x", "https://ada.example")}
    save(home.home, Round(when=on, where="DE", accounts=2, sites=1, keeps=looked))
    return home


def forget(home: Home, **form: str) -> Go:
    return home.send("/settings/forget", **form)


def test_what_goes_and_what_stays_is_said_before_and_counted_after(tmp_path: Path) -> None:
    home = full(tmp_path)
    page = home.seen("/settings/forget?what=account&key=x")
    goes = [read(one.html or "") for one in page.css("main ul")[0].css("li")]
    assert goes == ["1 account", "1 post", "1 observation"]
    assert "digest without its salt" in main(page)
    assert "tombstone" in main(page)
    assert home.page("/settings/forget?what=account&key=x").command == (
        "withhold own forget --account x"
    )
    assert set(home.accounts()) == {"x", ODD.key}, "nothing went by looking"
    went = forget(home, what="account", key="x", sure="yes")
    assert (went.to, went.undo) == ("/settings#accounts", "")
    assert went.said.startswith("Forgotten: 1 account, 1 post, 1 observation.")
    assert set(home.accounts()) == {ODD.key}
    with home.desk.reading() as store:
        assert store.posts.count() == 0
        assert store.observations.all() == []
        assert store.observations.verify().ok
        assert len(list(store.observations.links())) == 1, "its link stays"
        assert "x" not in store.watched.all()


@pytest.mark.parametrize("sure", ["", "no"])
def test_without_the_tick_nothing_is_deleted(tmp_path: Path, sure: str) -> None:
    home = full(tmp_path)
    went = forget(home, what="account", key="x", sure=sure)
    assert "x" in home.accounts()
    assert "the tick was missing" in wrong(home.seen(went.to))["sure"]


def test_a_name_with_script_and_slash_is_forgotten_like_any_other(tmp_path: Path) -> None:
    home = full(tmp_path)
    went = forget(home, what="account", key=ODD.key)
    page = home.seen(went.to)
    assert not page.css("main script")
    assert page.css_first("h1").text() == f"Forget Tumblr ({ODD.name})"
    forget(home, what="account", key=ODD.key, sure="yes")
    assert set(home.accounts()) == {"x"}


def test_a_site_is_forgotten_with_what_the_last_look_found(tmp_path: Path) -> None:
    home = full(tmp_path)
    went = forget(home, what="site", url="https://ada.example", sure="yes")
    assert went.said.startswith("Forgotten: 1 site.")
    with home.desk.reading() as store:
        assert store.own.sites() == []
        assert set(store.watched.all()) == {"x"}


@pytest.mark.parametrize("word", ["", "yes", "forget it"])
def test_everything_needs_the_word(tmp_path: Path, word: str) -> None:
    home = full(tmp_path)
    went = forget(home, what="everything", confirm=word)
    assert "type the word" in wrong(home.seen(went.to))["confirm"]
    assert "x" in home.accounts()


@pytest.mark.parametrize("word", ["forget", "Vergessen", " FORGET "])
def test_everything_is_forgotten_also_in_memory_and_the_first_run_begins(
    tmp_path: Path, word: str
) -> None:
    home = full(tmp_path)
    home.text("/")
    home.desk.put_by({"place": "typed"})
    said = main(home.seen("/settings/forget?what=everything"))
    assert "2 accounts 1 site 1 post 1 observation" in said
    went = forget(home, what="everything", confirm=word)
    assert went.to == "/first"
    assert went.said.startswith("Forgotten: 2 accounts, 1 site, 1 post, 1 observation. Searched ")
    assert home.accounts() == {}
    assert home.settings() == {}
    assert not home.desk.typed
    assert b"picnic" not in b"".join(
        one.read_bytes() for one in home.home.rglob("*") if one.is_file()
    )
    assert home.went("/").to == "/first"


def test_of_many_posts_it_is_done_in_the_background_and_said_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forget_page, "MANY", 0)
    home = full(tmp_path)
    went = forget(home, what="everything", confirm="forget")
    job = home.desk.jobs.of(went.to.removeprefix("/job?id="))
    assert job is not None
    home.desk.jobs.wait()
    assert (job.state, job.to) == ("done", "/first")
    (said,) = job.said
    assert said.startswith("Forgotten: 2 accounts, 1 site, 1 post, 1 observation. Searched ")
    assert said.endswith(": nothing is left.")
    assert home.accounts() == {}


def test_windows_are_offered_where_there_are_some_and_forgotten_alone(tmp_path: Path) -> None:
    home = full(tmp_path)
    assert "what=windows" not in str(home.seen("/settings").html)
    (home.home / "window" / "x").mkdir(parents=True)
    assert "what=windows" in str(home.seen("/settings").html)
    went = forget(home, what="windows", sure="yes")
    assert went.said.startswith("Forgotten: 1 profile of a window.")
    assert not (home.home / "window").exists()
    assert "x" in home.accounts()


@pytest.mark.parametrize(
    "what",
    [
        "what=account&key=reddit",
        "what=account",
        "what=site&url=https://b.example",
        "what=windows",
        "what=responses",
    ],
)
def test_what_is_not_there_cannot_be_forgotten(tmp_path: Path, what: str) -> None:
    with pytest.raises(NotFound):
        full(tmp_path).get(f"/settings/forget?{what}")


def test_forgetting_nothing_in_particular_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        full(tmp_path).get("/settings/forget?what=schema")
    with pytest.raises(NotFound):
        Home(tmp_path / "none").get("/settings/forget?what=everything")
