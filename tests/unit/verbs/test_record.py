"""done: what a step means for this owner, and nothing claimed beyond what was said."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit import made
from withhold.errors import BadInput, NotFound
from withhold.keep import Store
from withhold.verbs.record import Said, record, understand
from withhold.words import Account

KNOWN = made.knowledge(
    made.platform(
        control=[
            made.control(),
            made.control("blog-switch", scope="blog"),
            made.control("form", kind="form"),
            made.control("private", kind="audience"),
            made.control("words", want="minimise"),
            made.control("nothing", {"train": "not"}, kind="none"),
        ]
    )
)
ONE = (made.account(),)
BLOGS = (made.account(name="art"), made.account(name="notes"))


def _said(step: str, accounts: tuple[Account, ...] = ONE, value: str = "", **more: Any) -> Said:
    return understand(step, accounts, KNOWN, made.SEEN, value, **more)


@pytest.mark.parametrize(
    ("step", "value", "written"),
    [
        ("acme/switch", "", "off"),
        ("acme/switch", "on", "on"),
        ("acme/words", "minimise", "minimise"),
        ("acme/form", "", "sent"),
        ("acme/form", "confirmed", "confirmed"),
        ("acme/form", "refused", "refused"),
        ("acme/private", "", "followers"),
    ],
)
def test_a_step_is_done_in_the_state_that_says_no_unless_said(
    step: str, value: str, written: str
) -> None:
    seen = _said(step, value=value).observation
    assert (seen.control, seen.value, seen.on, seen.how, seen.account) == (
        step,
        written,
        made.SEEN,
        "told",
        "acme",
    )


@pytest.mark.parametrize(
    ("step", "value", "how"),
    [
        ("acme/form", "confirmed", "shown"),
        ("acme/form", "refused", "shown"),
        ("acme/form", "sent", "told"),
        ("acme/switch", "off", "told"),
    ],
)
def test_only_an_answer_is_shown_by_a_letter(step: str, value: str, how: str) -> None:
    assert _said(step, value=value, with_letter=True).observation.how == how
    assert _said(step, value=value).observation.how == "told"


@pytest.mark.parametrize(
    ("step", "accounts", "account"),
    [
        ("acme/switch", (), "acme"),
        ("acme/switch", ONE, "acme"),
        ("acme/switch", BLOGS[:1], "acme:art"),
        ("acme/switch", BLOGS, "acme"),
        ("acme/switch@art", BLOGS, "acme:art"),
        ("acme/blog-switch@notes", BLOGS, "acme:notes"),
        ("acme/blog-switch", BLOGS[:1], "acme:art"),
    ],
)
def test_the_account_it_was_done_on(step: str, accounts: tuple[Account, ...], account: str) -> None:
    assert _said(step, accounts).observation.account == account


def test_a_switch_of_each_blog_needs_its_name() -> None:
    with pytest.raises(BadInput, match="is set for each blog: which one") as found:
        _said("acme/blog-switch", BLOGS)
    assert found.value.tip == "acme/blog-switch@art or acme/blog-switch@notes"


def test_an_account_that_is_not_yours_is_refused() -> None:
    with pytest.raises(NotFound, match="no account acme:other of yours"):
        _said("acme/switch@other", BLOGS)


@pytest.mark.parametrize("step", ["acme/swich", "acme/", "acme", "acme/nothing"])
def test_a_step_that_is_not_offered_is_not_guessed(step: str) -> None:
    with pytest.raises(NotFound, match=r"^unknown step: ") as found:
        _said(step)
    assert found.value.tip


def test_a_near_step_is_said() -> None:
    with pytest.raises(NotFound) as found:
        _said("acme/swich")
    assert "acme/switch" in found.value.tip


@pytest.mark.parametrize(
    ("step", "value", "tip"),
    [
        ("acme/switch", "sent", "--state off"),
        ("acme/switch", "maybe", "--state off"),
        ("acme/form", "off", "--state confirmed"),
        ("acme/private", "public", "--state followers"),
        ("acme/words", "quiet", "--state minimise"),
    ],
)
def test_a_state_that_it_cannot_have_is_refused(step: str, value: str, tip: str) -> None:
    with pytest.raises(BadInput) as found:
        _said(step, value=value)
    assert found.value.tip == tip


def test_what_was_done_is_written_down(tmp_path: Path) -> None:
    now = datetime(2024, 6, 2, tzinfo=UTC)
    letter = tmp_path / "letter.txt"
    letter.write_text("granted", encoding="utf-8")
    with Store.open(tmp_path / "home") as store:
        said = _said("acme/form", value="confirmed", with_letter=True)
        written = record(store, said, now, letter)
        assert (written.value, written.how) == ("confirmed", "shown")
        assert written.evidence
        assert written.id
        assert [one.id for one in store.observations.all()] == [written.id]
        with pytest.raises(BadInput, match="cannot be read"):
            record(store, said, now, tmp_path / "gone.txt")


def test_evidence_whose_name_is_no_utf_8_is_kept(tmp_path: Path) -> None:
    letter = Path(os.fsdecode(os.fsencode(tmp_path) + b"/brief f\xfcr sie.txt"))
    letter.write_text("granted", encoding="utf-8")
    with Store.open(tmp_path / "home") as store:
        record(store, _said("acme/form"), datetime(2024, 6, 2, tzinfo=UTC), letter)
        assert [one.name for one in store.evidence.all()] == ["brief f?r sie.txt"]


def test_going_private_changes_the_account(tmp_path: Path) -> None:
    now = datetime(2024, 6, 2, tzinfo=UTC)
    account = made.account(since=date(2020, 1, 1))
    with Store.open(tmp_path / "home") as store:
        store.own.add_account(account, now)
        record(store, _said("acme/private", tuple(store.own.accounts())), now)
        (closed,) = store.own.accounts()
        assert closed.audience == "followers"
        assert store.own.public_until("acme") == made.SEEN


@pytest.mark.parametrize(
    ("step", "audience"),
    [
        ("acme/private", "followers"),
        ("acme/one-post", "public"),
        ("acme/older-posts", "public"),
        ("acme/in-part", "followers"),
    ],
)
def test_what_does_not_close_the_account_leaves_its_audience(
    tmp_path: Path, step: str, audience: str
) -> None:
    known = made.knowledge(
        made.platform(
            control=[
                made.control("private", kind="audience"),
                made.control("one-post", kind="audience", scope="post"),
                made.control("older-posts", {"train": "part"}, kind="audience"),
                made.control("in-part", {"licence": "part"}, kind="audience"),
            ]
        )
    )
    now = datetime(2024, 6, 2, tzinfo=UTC)
    with Store.open(tmp_path / "home") as store:
        store.own.add_account(made.account(audience="public"), now)
        written = record(
            store, understand(step, tuple(store.own.accounts()), known, made.SEEN), now
        )
        assert written.value == "followers"
        assert [one.audience for one in store.own.accounts()] == [audience]


HALVES = made.knowledge(
    made.platform(
        control=[
            made.control("default", kind="audience", posts="new"),
            made.control("past", {"train": "part"}, kind="audience", posts="older"),
        ]
    )
)


@pytest.mark.parametrize("order", [("default", "past"), ("past", "default")])
def test_new_and_older_posts_close_the_account_together(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    now = datetime(2024, 6, 30, tzinfo=UTC)
    days = {"default": date(2024, 6, 2), "past": date(2024, 6, 20)}
    with Store.open(tmp_path / "home") as store:
        store.own.add_account(made.account(audience="public"), now, date(2020, 1, 1))
        for step, audience in zip(order, ("public", "followers"), strict=True):
            accounts = tuple(store.own.accounts())
            record(store, understand(f"acme/{step}", accounts, HALVES, days[step]), now)
            assert [one.audience for one in store.own.accounts()] == [audience]
        assert store.own.public_until("acme") == days["past"]


def test_a_half_of_another_account_closes_none(tmp_path: Path) -> None:
    now = datetime(2024, 6, 30, tzinfo=UTC)
    with Store.open(tmp_path / "home") as store:
        for name in ("a", "b"):
            store.own.add_account(made.account(name=name, audience="public"), now)
        for step in ("default@a", "past@b"):
            accounts = tuple(store.own.accounts())
            record(store, understand(f"acme/{step}", accounts, HALVES, made.SEEN), now)
        assert {one.audience for one in store.own.accounts()} == {"public"}


@pytest.mark.parametrize("audience", ["public", "unknown"])
def test_before_the_first_day_of_all_nothing_is_said(tmp_path: Path, audience: str) -> None:
    now = datetime(2024, 6, 2, tzinfo=UTC)
    with Store.open(tmp_path / "home") as store:
        store.own.add_account(made.account(audience=audience), now)
        accounts = tuple(store.own.accounts())
        record(store, understand("acme/private", accounts, KNOWN, date.min), now)
        assert store.own.audience_history("acme") == [(date.min, "followers")]


@pytest.mark.parametrize("audience", ["public", "unknown"])
def test_an_account_known_only_from_later_was_public_until_the_step(
    tmp_path: Path, audience: str
) -> None:
    """Otherwise what was open before would be claimed closed."""
    later = datetime(2025, 1, 1, tzinfo=UTC)
    with Store.open(tmp_path / "home") as store:
        store.own.add_account(made.account(audience=audience), later)
        record(store, _said("acme/private", tuple(store.own.accounts())), later)
        assert store.own.public_until("acme") == made.SEEN
        history = dict(store.own.audience_history("acme"))
        assert history[date(2024, 5, 31)] == "public"
        assert history[made.SEEN] == "followers"
