"""A setting read from a page that the owner saved: of which day, what it belies, what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit import made
from tests.unit.recipes.pages import WORDS, recipe
from tests.unit.recipes.saved_pages import chromium, document, switch
from withhold.errors import BadInput
from withhold.keep import Store
from withhold.verbs import saved_page
from withhold.verbs.saved_page import Looked, keep_page, read_page
from withhold.verbs.settings import Chosen
from withhold.words import Account, Observation

TODAY, SAVED = date(2026, 11, 26), date(2026, 11, 20)
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
CONTROL = made.control("training", want="off")
CHOSEN = Chosen(
    platform=made.platform("example", control=[CONTROL]),
    control=CONTROL,
    account=Account(platform="example"),
    recipe=recipe(),
)
OPEN, CLOSED = chromium(switch("true")), chromium(switch("false"))
FOREIGN = chromium(switch("false"), url="https://elsewhere.example/settings/ai")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def read(body: bytes, *seen: Observation, **days: Any) -> tuple[Looked, date]:
    return read_page(CHOSEN, body, WORDS, seen, **({"today": TODAY, "saved": SAVED} | days))


def before(value: str = "off", **more: Any) -> Observation:
    usual = {"control": "example/training", "account": "example", "how": "observed"}
    return Observation(value=value, **(usual | {"on": date(2026, 11, 10)} | more))


def test_what_it_shows_is_of_the_day_of_the_file(store: Store) -> None:
    looked, day = read(CLOSED)
    assert (looked.result.outcome, looked.since, day) == ("already-no", None, SAVED)
    assert store.observations.all() == []  # reading writes nothing


def test_a_file_from_the_future_is_of_today() -> None:
    assert read(CLOSED, saved=date(2027, 1, 1))[1] == TODAY


def test_open_where_it_was_closed_before_is_flipped_back() -> None:
    looked, _ = read(OPEN, before())
    assert looked.since == before()
    assert read(OPEN, before("on"))[0].since is None
    assert read(OPEN, before(how="told"))[0].since is None  # nobody had looked
    assert read(CLOSED, before())[0].since is None


@pytest.mark.parametrize(("day", "belied"), [(20, True), (21, False)])
def test_a_page_from_before_that_look_belies_nothing(day: int, belied: bool) -> None:
    looked, _ = read(OPEN, before(on=date(2026, 11, day)))
    assert (looked.since is not None) is belied


def test_a_recipe_that_is_only_for_showing_reads_nothing() -> None:
    plain = replace(CHOSEN, recipe=replace(CHOSEN.recipe, read=(), set=(), verify=()))
    assert not plain.recipe.runs
    with pytest.raises(BadInput, match="for showing only") as why:
        read_page(plain, CLOSED, WORDS, (), today=TODAY, saved=SAVED)
    assert why.value.tip == "withhold apply example/training --show"


def test_a_file_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_page, "PAGE_AT_MOST", len(CLOSED))
    assert read(CLOSED)[0].result.outcome == "already-no"
    with pytest.raises(BadInput, match="larger than 20 MiB"):
        read(CLOSED + b" ")


def test_it_is_kept_as_shown_with_the_page_beside_it(store: Store) -> None:
    looked, day = read(CLOSED)
    kept = keep_page(store, looked, CLOSED, "page.html", day, NOW)
    assert kept is not None
    assert store.observations.all() == [kept]
    assert (kept.how, kept.value, kept.on, kept.account) == ("shown", "off", SAVED, "example")
    (evidence,) = store.evidence.all()
    assert (evidence.digest, evidence.name) == (kept.evidence, "page.html")
    assert store.evidence.read(kept.evidence) == CLOSED


def test_an_open_switch_is_kept_as_well(store: Store) -> None:
    looked, day = read(OPEN)
    kept = keep_page(store, looked, OPEN, "page.html", day, NOW)
    assert kept is not None
    assert (kept.value, kept.how) == ("on", "shown")


@pytest.mark.parametrize("body", [b"", FOREIGN, document("<p>Hello").encode()])
def test_of_a_page_that_answers_nothing_not_even_the_page_is_kept(
    store: Store, body: bytes
) -> None:
    looked, day = read(body)
    assert looked.result.outcome not in ("already-no", "on")
    assert keep_page(store, looked, body, "page.html", day, NOW) is None
    assert (store.observations.all(), store.evidence.all()) == ([], [])
