"""What is recorded, what it counts for, and how it is taken back."""

from __future__ import annotations

import hashlib
import json
import stat
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.run import command, files, flat, here, started
from withhold.keep import Store

SWITCH = "linkedin/ai-training-toggle"


def verdicts(*args: str) -> list[dict[str, Any]]:
    """What check answers."""
    found: list[dict[str, Any]] = json.loads(here("check", *args, "--format", "json").ok().out)[
        "verdicts"
    ]
    return found


def about(found: list[dict[str, Any]], actor: str, kind: str, audience: str) -> dict[str, Any]:
    """The one verdict on this content."""
    fit = [
        one
        for one in found
        if one["actor"] == actor
        and one["use"] in ("train-ai",)
        and kind in one["content"]["kinds"]
        and audience in one["content"]["audience"]
    ]
    assert len(fit) == 1, fit
    return fit[0]


def test_a_told_switch_counts_as_told_from_its_day(begun: Path) -> None:
    here("done", SWITCH, "--on", "2025-05-02").ok()
    one = about(verdicts("linkedin"), "linkedin", "post", "public")
    assert (one["answer"], one["strength"]) == ("disallowed", "told")
    assert one["open"] == [{"since": "2024-09-18", "until": "2025-05-02"}]
    before = about(verdicts("linkedin", "--when", "2025-05-01"), "linkedin", "post", "public")
    assert before["answer"] == "allowed"


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "You say you switched it off on 2025-05-02"),
        ("de", "Sie sagen, Sie haben es am 2025-05-02 ausgeschaltet"),
    ],
)
def test_a_told_switch_shows_the_fixed_sentence(begun: Path, lang: str, sentence: str) -> None:
    here("done", SWITCH, "--on", "2025-05-02").ok()
    shown = flat(here("check", "linkedin", "--lang", lang).ok().out)
    assert sentence in shown
    assert "NO, told" in shown or "NEIN, gesagt" in shown


def test_how_it_was_recorded_is_said_in_the_language_asked_for(begun: Path) -> None:
    assert "(gesagt)" in here("done", SWITCH, "--lang", "de").ok().out
    assert "(told)" in here("done", SWITCH, "--lang", "en").ok().out


def test_it_is_not_planned_again(begun: Path) -> None:
    assert f"withhold done {SWITCH}" in flat(here("plan").out)
    here("done", SWITCH, "--on", "2025-05-02").ok()
    plan = here("plan").ok().out
    assert f"withhold done {SWITCH}" not in flat(plan)
    assert f"{SWITCH}: off, 2025-05-02 (told)" in flat(plan.split("DONE BEFORE")[1])


def test_forgetting_the_observation_takes_it_back(begun: Path) -> None:
    before = verdicts("linkedin")
    recorded = here("done", SWITCH).ok()
    assert "own forget --observation obs-1" in recorded.err
    assert verdicts("linkedin") != before
    here("own", "forget", "--observation", "obs-1", "--yes").ok()
    assert verdicts("linkedin") == before
    assert "the chain verifies" in here("doctor").ok().out
    assert "obs-1" not in here("own", "list").ok().out


def test_one_blog_is_not_the_other(begun: Path) -> None:
    here("done", "tumblr/third-party-sharing-toggle@kitchen", "--on", "2025-02-14").ok()
    answers = {
        one["content"]["account"]: one["answer"]
        for one in verdicts("tumblr")
        if one["actor"] == "openai" and "public" in one["content"]["audience"]
    }
    assert answers == {"tumblr:kitchen": "disallowed", "tumblr:paintings": "allowed"}
    plan = flat(here("plan").out)
    assert "Tumblr (paintings): switch on" in plan
    assert "Tumblr (kitchen): switch on" not in plan


def test_an_objection_of_an_earlier_year_is_recorded_not_repeated(home: Path) -> None:
    here("own", "set", "place", "DE").ok()
    here("own", "add", "account", "facebook", "--audience", "public").ok()
    assert "withhold done facebook/objection-form" in flat(here("plan").out)
    here("done", "facebook/objection-form", "--on", "2025-06-01").ok()
    one = about(verdicts("facebook"), "meta", "post", "public")
    assert (one["answer"], one["strength"]) == ("disallowed", "asked")
    plan = flat(here("plan").out)
    assert "withhold done facebook/objection-form" not in plan
    assert "facebook/objection-form: sent, 2025-06-01 (told)" in plan


def test_a_granted_objection_is_promised_only_with_its_letter(home: Path, tmp_path: Path) -> None:
    here("own", "set", "place", "DE").ok()
    here("own", "add", "account", "facebook", "--audience", "public").ok()
    form, confirmed = "facebook/objection-form", ("--state", "confirmed", "--on", "2025-06-03")
    here("done", form, *confirmed).ok()
    assert about(verdicts("facebook"), "meta", "post", "public")["strength"] == "told"
    letter = tmp_path / "letter.eml"
    letter.write_text("We will honour your objection.")
    here("done", form, *confirmed, "--evidence", letter).ok()
    assert about(verdicts("facebook"), "meta", "post", "public")["strength"] == "promised"


def test_evidence_is_kept_private_and_forgotten_with_its_observation(
    begun: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_bytes(b"the letter \xff\x00")
    here("done", SWITCH, "--evidence", letter).ok()
    kept = begun / "evidence" / hashlib.sha256(letter.read_bytes()).hexdigest()
    assert kept.read_bytes() == letter.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    here("own", "forget", "--observation", "obs-1", "--yes").ok()
    assert list(kept.parent.iterdir()) == []
    assert b"the letter" not in (begun / "withhold.db").read_bytes()


def test_a_saved_page_is_not_taken_for_a_reading(begun: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>anything")
    here("done", SWITCH, "--evidence", page).ok()
    one = about(verdicts("linkedin"), "linkedin", "post", "public")
    assert one["strength"] == "told"  # nobody read the page: never more than was seen


def test_going_private_changes_the_account_and_leaves_what_was(home: Path) -> None:
    here("own", "set", "place", "US-PA").ok()
    here(
        *("own", "add", "account", "instagram", "--audience", "public", "--since", "2020-01-01")
    ).ok()
    here("done", "instagram/private-account", "--on", "2025-03-01").ok()
    owner = json.loads(here("own", "list", "--format", "json").out)
    assert owner["accounts"][0]["audience"] == "followers"
    assert owner["public_until"] == {"instagram": "2025-03-01"}
    one = about(verdicts("instagram"), "meta", "post", "followers")
    assert one["answer"] == "disallowed"
    assert "was-public" in [limit["code"] for limit in one["limits"]]


def test_forgetting_all_leaves_nothing_to_read(begun: Path) -> None:
    here("done", SWITCH).ok()
    here("own", "add", "site", "https://hidden-place.example").ok()
    said = here("own", "forget", "--all", "--yes").ok().out
    assert said.startswith("forgotten: ")
    left = b"".join(one.read_bytes() for one in begun.rglob("*") if one.is_file())
    for word in (b"paintings", b"hidden-place", b"ai-training-toggle"):
        assert word not in left
    assert "the chain verifies" in here("doctor").ok().out


def test_forgetting_without_a_terminal_needs_its_flag(begun: Path) -> None:
    before = files(begun)
    assert "--yes" in here("own", "forget", "--all").err
    assert files(begun) == before


def test_two_at_once_lose_nothing(begun: Path) -> None:
    each = 4
    day = date(2025, 1, 1)
    running = []
    for number in range(each):
        on = str(day + timedelta(days=number))
        running.append(started("done", SWITCH, "--on", on))
        running.append(started("done", "tumblr/third-party-sharing-toggle@kitchen", "--on", on))
    ended = [(one.communicate(timeout=60), one.returncode) for one in running]
    assert [code for _, code in ended] == [0] * each * 2, ended
    with Store.read(begun) as store:
        seen = [(one.control, one.on) for one in store.observations.all()]
        assert store.observations.verify().ok
    assert len(set(seen)) == len(seen) == each * 2


def test_a_confirmed_label_prints_text_that_names_nobody(begun: Path) -> None:
    said = command("knowledge", "confirm", SWITCH, "--different", "Train on me").ok().out
    assert "Train on me" in said
    assert "Use my data for training content creation AI models" in said
    for private in ("paintings", "kitchen", "US-PA", str(begun)):
        assert private not in said
    with Store.read(begun) as store:
        assert [one.words for one in store.confirmations.all()] == ["Train on me"]
