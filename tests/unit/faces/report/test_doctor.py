"""Is everything in order: each line has its state and its reason, and a fault is never an OK."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.unit.keep.posts_made import archive, post, take
from withhold.errors import StoreTrouble
from withhold.faces.cli.setting import Setting
from withhold.faces.report import doctor
from withhold.keep import Store
from withhold.words import Observation

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SEEN = Observation(control="acme/switch", account="acme", value="off", on=NOW.date(), how="told")


@pytest.fixture
def setting(made_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Setting:
    """Small knowledge of 2024, and a home in which nothing was written yet."""
    monkeypatch.setenv("WITHHOLD_HOME", str(tmp_path / "home"))
    found = Setting(when="2024-06-02")
    found.root, found.today = made_root, date(2024, 6, 2)
    return found


def lines(setting: Setting) -> dict[str, tuple[str, str]]:
    return {what: (state, why) for state, what, why in doctor.lines(setting)}


def test_before_the_first_use_nothing_fails_and_no_store_is_made(setting: Setting) -> None:
    found = lines(setting)
    assert found["store"] == ("SKIP", f"nothing written down yet in {setting.home}")
    assert found["python"][0] == "OK"
    assert found["knowledge"] == ("OK", "1 platform, 3 product tokens")
    assert not setting.home.exists()


def test_knowledge_that_cannot_be_read_fails_and_the_rest_is_still_looked_at(
    setting: Setting,
) -> None:
    (setting.root / "platforms" / "acme.toml").write_text("id = 7", encoding="utf-8")
    found = lines(setting)
    assert found["knowledge"][0] == "FAIL"
    assert "store" in found


def test_findings_are_counted_with_the_command_that_names_them(setting: Setting) -> None:
    path = setting.root / "platforms" / "acme.toml"
    text = path.read_text(encoding="utf-8")
    long = " ".join(["word"] * 26)  # a quote has at most 25
    path.write_text(text.replace("We may use what you post.", long), encoding="utf-8")
    state, why = lines(setting)["knowledge"]
    assert state == "FAIL"
    assert why.endswith("; 1 finding: withhold knowledge lint")


def test_facts_that_are_due_are_told_and_are_no_fault(setting: Setting) -> None:
    assert "re-checks" not in lines(setting)
    setting.today = date(2036, 1, 1)
    state, why = lines(setting)["re-checks"]
    assert state == "OK"
    assert why.endswith("facts are due for a look: withhold knowledge due")


def test_what_the_store_holds_is_counted(setting: Setting) -> None:
    with Store.open(setting.home) as store:
        store.observations.record(SEEN, NOW)
    found = lines(setting)["store"]
    assert found == ("OK", f"{setting.home}: 1 observation, the chain verifies")
    with Store.open(setting.home) as store:
        take(store, [post("1")])
    assert ", 1 post of 1 archive, " in lines(setting)["store"][1]
    with Store.open(setting.home) as store:
        take(store, [post("2")], of=archive("b"))
    assert ", 2 posts of 2 archives, " in lines(setting)["store"][1]


def test_a_store_whose_evidence_is_gone_is_never_ok(setting: Setting) -> None:
    with Store.open(setting.home) as store:
        digest = store.evidence.keep(b"letter", "a.txt")
    for one in (setting.home / "evidence").rglob(f"*{digest[2:]}*"):
        one.unlink()
    states = [state for state, what, _ in doctor.lines(setting) if what == "store"]
    assert set(states) == {"FAIL"}


def test_a_store_that_cannot_be_opened_says_why(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_: Path) -> Store:
        raise StoreTrouble("it is locked", "wait")

    Store.open(setting.home).close()
    monkeypatch.setattr(Store, "read", locked)
    assert lines(setting)["store"] == ("FAIL", "it is locked")


@pytest.mark.parametrize("there", [True, False])
def test_a_part_that_is_not_there_is_skipped_with_the_line_that_brings_it(
    setting: Setting, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda _: object() if there else None)
    found = lines(setting)
    for extra in ("scale", "documents", "web", "pdf"):
        state, why = found[f"extra [{extra}]"]
        assert state == ("OK" if there else "SKIP")
        assert (f'pip install "withhold[{extra}]"' in why) is not there
