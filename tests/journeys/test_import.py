"""The guide's checklist, taken in: every tick and date arrives, and nothing is lost in silence."""

from __future__ import annotations

import copy
import io
import json
import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.run import command, complains, files, flat, here, phrases
from withhold.catalog.load import Knowledge
from withhold.keep.private import FILE

TODAY = datetime.now(UTC).astimezone().date()
SWITCH = "linkedin/ai-training-toggle"
BLOG = "tumblr/third-party-sharing-toggle"
LISTS: dict[str, Any] = {
    "schema": "withhold/checklist/1",
    "guide": str(TODAY - timedelta(days=2)),
    "saved": str(TODAY - timedelta(days=1)),
    "place": "US-PA",
    "lang": "en",
    "menu_lang": "en",
    "kind": "personal",
    "audience": "public",
    "accounts": [
        {"platform": "linkedin", "name": ""},
        {"platform": "tumblr", "name": "paintings"},
        {"platform": "tumblr", "name": "kitchen"},
    ],
    "ticks": [
        {"step": SWITCH, "account": "linkedin", "value": "off", "on": "2025-05-02"},
        {
            "step": f"{BLOG}@paintings",
            "account": "tumblr:paintings",
            "value": "on",
            "on": "2025-06-03",
        },
    ],
}
TOLD = [
    (SWITCH, "linkedin", "off", "2025-05-02"),
    (BLOG, "tumblr:paintings", "on", "2025-06-03"),
]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The checklist as the guide saved it."""
    return written(tmp_path)


def written(folder: Path, name: str = "checklist.json", **more: Any) -> Path:
    """A checklist with some fields in another state."""
    file = folder / name
    file.write_text(json.dumps({**copy.deepcopy(LISTS), **more}), encoding="utf-8")
    return file


def taken(*files: Path, code: int = 0) -> list[dict[str, Any]]:
    """What import answers as JSON, per file."""
    ran = here("import", *files, "--format", "json")
    assert ran.code == code, ran.err
    body = json.loads(ran.out)
    assert (body["schema"], body["archives"]) == ("withhold/import/1", [])
    lists: list[dict[str, Any]] = body["checklists"]
    return lists


def owned() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(here("own", "list", "--format", "json").ok().out)
    return found


def seen() -> list[tuple[str, str, str, str]]:
    """What the store holds, as own list shows it."""
    return [(one["control"], one["account"], one["value"], one["on"]) for one in owned()["seen"]]


def done(verb: str) -> list[tuple[str, str, str, str]]:
    """What status or plan names as done."""
    body = json.loads(here(verb, "--format", "json").ok().out)
    return [(one["control"], one["account"], one["value"], one["on"]) for one in body["done"]]


# The round trip -------------------------------------------------------------------------------


def test_every_tick_and_date_is_shown_by_every_command(home: Path, saved: Path) -> None:
    one = taken(saved)[0]
    assert one["accounts_added"] == ["linkedin", "tumblr:paintings", "tumblr:kitchen"]
    assert (one["accounts_kept"], one["not_understood"]) == ([], [])
    assert (one["guide"], one["saved"]) == (LISTS["guide"], LISTS["saved"])
    assert [(it["control"], it["account"], it["value"], it["on"]) for it in one["recorded"]] == TOLD
    assert [it["id"] for it in one["recorded"]] == ["obs-1", "obs-2"]
    assert seen() == done("status") == done("plan") == TOLD
    owner = owned()
    assert (owner["place"], owner["lang"]) == ("US-PA", "en")
    assert {it["how"] for it in owner["seen"]} == {"told"}
    assert {(it["kind"], it["audience"]) for it in owner["accounts"]} == {("personal", "public")}
    steps = {it["id"] for it in json.loads(here("plan", "--format", "json").out)["steps"]}
    assert SWITCH not in steps
    assert f"{BLOG}@paintings" not in steps
    assert f"{BLOG}@kitchen" in steps


@pytest.mark.parametrize("place", ["US-PA", "DE"])
def test_every_step_of_every_platform_can_be_ticked(
    home: Path, tmp_path: Path, knowledge: Knowledge, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ids, accounts and states that the plan gives are those that import takes."""
    here(
        *("start", "--in", place, "--platforms", " ".join(knowledge.platforms)),
        *("--blogs", "paintings kitchen", "--audience", "public"),
    ).ok()
    plan = json.loads(here("plan", "--format", "json").ok().out)
    steps = [*plan["steps"], *plan["last_resorts"]]
    assert len(steps) > 30
    first = TODAY - timedelta(days=400)
    ticked = [
        (one["id"], one["account"], one["want"], str(first + timedelta(days=number)))
        for number, one in enumerate(steps)
        if one["before"] is None
    ]
    accounts = [{"platform": one["platform"], "name": one["name"]} for one in owned()["accounts"]]
    names = ("step", "account", "value", "on")
    file = written(
        tmp_path,
        place=place,
        accounts=accounts,
        ticks=[dict(zip(names, one, strict=True)) for one in ticked],
    )
    monkeypatch.setenv("WITHHOLD_HOME", str(tmp_path / "another"))
    one = taken(file)[0]
    assert one["not_understood"] == []
    expected = sorted((it[0].partition("@")[0], *it[1:]) for it in ticked)
    assert sorted(seen()) == sorted(done("status")) == sorted(done("plan")) == expected


def test_twice_is_no_doubling(home: Path, saved: Path) -> None:
    taken(saved)
    before = files(home)
    again, third = taken(saved, saved)
    assert files(home) == before
    for one in (again, third):
        assert (one["recorded"], one["accounts_added"]) == ([], [])
        assert [it["id"] for it in one["already"]] == ["obs-1", "obs-2"]
        assert one["accounts_kept"] == ["linkedin", "tumblr:paintings", "tumblr:kitchen"]
    assert seen() == TOLD


def test_what_is_there_is_kept_and_said(begun: Path, tmp_path: Path) -> None:
    here("own", "add", "account", "linkedin", "--kind", "page", "--audience", "followers").ok()
    before = owned()["accounts"]
    file = written(tmp_path, place="DE", kind="business")
    text = flat(here("import", file).ok().out)
    assert "your US-PA is kept (the file says DE)" in text
    assert "kept as they are: linkedin, tumblr:paintings, tumblr:kitchen" in text
    owner = owned()
    assert owner["place"] == "US-PA"
    assert owner["accounts"] == before


def test_an_audience_step_changes_the_audience(home: Path, tmp_path: Path) -> None:
    day = str(TODAY - timedelta(days=30))
    tick = {"step": "instagram/private-account", "account": "instagram", "value": "followers"}
    accounts = [{"platform": "instagram", "name": ""}]
    taken(written(tmp_path, accounts=accounts, ticks=[{**tick, "on": day}]))
    owner = owned()
    assert [one["audience"] for one in owner["accounts"]] == ["followers"]
    assert owner["public_until"] == {"instagram": day}


def test_forgetting_takes_it_back(home: Path, saved: Path) -> None:
    text = flat(here("import", saved).ok().out)
    assert "withhold status" in text
    assert "withhold own forget --observation obs-1" in text
    here("own", "forget", "--observation", "obs-1", "--yes").ok()
    assert seen() == TOLD[1:]
    assert "the chain verifies" in here("doctor").ok().out


def test_a_dry_run_says_the_same_and_writes_nothing(home: Path, saved: Path) -> None:
    ran = here("import", saved, saved, "--dry-run", "--format", "json").ok()
    first, second = json.loads(ran.out)["checklists"]
    assert not home.exists()
    assert {it["id"] for it in first["recorded"]} == {None}
    assert second["recorded"] == []
    assert "Nothing was written" in here("import", saved, "--dry-run").ok().out
    assert not home.exists()
    real = taken(saved)[0]
    assert [{**it, "id": None} for it in real["recorded"]] == first["recorded"]
    assert real["accounts_added"] == first["accounts_added"]


def test_the_text_names_all_that_it_did(begun: Path, tmp_path: Path) -> None:
    here("done", SWITCH, "--on", "2025-05-02").ok()
    here("own", "add", "account", "x", "--audience", "public").ok()
    tick = {"step": "twitter/protect-posts", "account": "twitter", "value": "followers"}
    file = written(
        tmp_path,
        lang="de",
        ticks=[*LISTS["ticks"], {**tick, "on": "2025-05-02"}],
        **{f"field-{number:02}": 1 for number in range(12)},
    )
    text = flat(here("import", file, "--lang", "en").ok().out)
    assert f"recorded before, not again: {SWITCH} (linkedin): off, 2025-05-02 [obs-1]" in text
    assert f"you say so: {BLOG} (tumblr:paintings): on, 2025-06-03 [obs-3]" in text
    assert "twitter is called x here" in text
    assert "x: you said something newer of its audience (public), and that stays" in text
    assert "left out: /field-00, /field-01," in text
    assert "/field-09 (+2)" in text
    assert "place: US-PA, as before" in text
    assert "language: de" in text
    assert {one["platform"]: one["audience"] for one in owned()["accounts"]}["x"] == "public"


def test_the_text_says_that_there_was_nothing_to_use(home: Path, tmp_path: Path) -> None:
    ran = here("import", written(tmp_path, place="", lang="", accounts=[], ticks=[]))
    assert "nothing to add" in ran.out
    assert ran.code == 2


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_real_command_in_both_formats(home: Path, saved: Path, form: str) -> None:
    ran = command("import", saved, "--format", form).ok()
    assert ran.err == ""
    assert SWITCH in ran.out


# Guides that are older or newer ------------------------------------------------------------------


def test_an_older_guide_is_taken_in_with_one_line(home: Path, tmp_path: Path) -> None:
    days = {90: "", 91: "91 days old"}
    for age, word in days.items():
        ran = here("import", written(tmp_path, guide=str(TODAY - timedelta(days=age)))).ok()
        assert len(ran.err.splitlines()) == bool(word)
        assert word in ran.err
    assert seen() == TOLD


def test_a_step_that_is_gone_and_another_name_of_a_platform(home: Path, tmp_path: Path) -> None:
    lost = {"step": "linkedin/a-switch-of-2019", "account": "linkedin", "value": "off"}
    ticks = [
        {**lost, "on": "2019-05-02"},
        {"step": "twitter/grok-toggle", "account": "twitter", "value": "off", "on": "2025-05-02"},
        *LISTS["ticks"],
    ]
    accounts = [*LISTS["accounts"], {"platform": "twitter"}]
    one = taken(written(tmp_path, ticks=ticks, accounts=accounts))[0]
    assert one["renamed"] == {"twitter": "x"}
    assert [it["path"] for it in one["not_understood"]] == ["/ticks/0/step"]
    assert "linkedin/a-switch-of-2019" in one["not_understood"][0]["why"]
    assert "x" in {it["platform"] for it in owned()["accounts"]}
    assert sorted(seen()) == sorted([*TOLD, ("x/grok-toggle", "x", "off", "2025-05-02")])


def test_a_slug_that_was_retired_leads_to_its_new_one(
    home: Path, tmp_path: Path, lib: Path
) -> None:
    retired = lib / "withhold" / "knowledge" / "history" / "retired.toml"
    retired.write_text('[slug]\nlinkedin-2003 = "linkedin"\n', encoding="utf-8")
    tick = {**LISTS["ticks"][0], "step": "linkedin-2003/ai-training-toggle"}
    file = written(
        tmp_path,
        accounts=[{"platform": "linkedin-2003"}],
        ticks=[{**tick, "account": "linkedin-2003"}],
    )
    one = json.loads(command("import", file, "--format", "json", lib=lib).ok().out)
    assert one["checklists"][0]["renamed"] == {"linkedin-2003": "linkedin"}
    assert one["checklists"][0]["not_understood"] == []
    assert seen() == TOLD[:1]


def test_a_newer_schema_is_refused_with_its_name(home: Path, tmp_path: Path) -> None:
    file = written(tmp_path, schema="withhold/checklist/2")
    complains(here("import", file), 2, "withhold/checklist/2", "update withhold")
    assert not home.exists()


# Edited by hand ----------------------------------------------------------------------------------

TICK = LISTS["ticks"][0]
OTHER = LISTS["ticks"][1]
EDITED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a German date": ({"ticks": [{**TICK, "on": "2.5.2025"}, OTHER]}, ["/ticks/0/on"]),
    "a day to come": (
        {"ticks": [{**TICK, "on": str(TODAY + timedelta(days=1))}, OTHER]},
        ["/ticks/0/on"],
    ),
    "a day long ago": ({"ticks": [{**TICK, "on": "1925-05-02"}, OTHER]}, ["/ticks/0/on"]),
    "a state in capitals": ({"ticks": [{**TICK, "value": "OFF"}, OTHER]}, ["/ticks/0/value"]),
    "a truth value": ({"ticks": [{**TICK, "value": True}, OTHER]}, ["/ticks/0/value"]),
    "no state": (
        {"ticks": [{one: TICK[one] for one in ("step", "account", "on")}, OTHER]},
        ["/ticks/0"],
    ),
    "another account": ({"ticks": [{**TICK, "account": "reddit"}, OTHER]}, ["/ticks/0"]),
    "a step with a typo": (
        {"ticks": [{**TICK, "step": "linkedin/ai-trainig-toggle"}, OTHER]},
        ["/ticks/0/step"],
    ),
    "ticks as one object": ({"ticks": [[TICK], OTHER]}, ["/ticks/0"]),
    "an escape in a blog's name": (
        {"accounts": [{"platform": "tumblr", "name": "a\x1b[2Jb"}, *LISTS["accounts"][1:]]},
        ["/accounts/0/name", "/ticks/0/account"],
    ),
    "a platform with a typo": (
        {"accounts": [{"platform": "linkedln", "name": ""}, *LISTS["accounts"][1:]]},
        ["/accounts/0/platform", "/ticks/0/account"],
    ),
    "a place by name": ({"place": "Pennsylvania", "ticks": [OTHER]}, ["/place"]),
    "a kind that is none": ({"kind": "artist", "ticks": [OTHER]}, ["/kind"]),
}


@pytest.mark.parametrize("name", EDITED)
def test_an_edit_hides_nothing_else(home: Path, tmp_path: Path, name: str) -> None:
    more, paths = EDITED[name]
    one = taken(written(tmp_path, **more))[0]
    assert [it["path"] for it in one["not_understood"]] == paths
    assert all(it["why"] for it in one["not_understood"])
    assert TOLD[1] in seen()
    assert TOLD[0] not in seen()


@pytest.mark.parametrize("name", EDITED)
@pytest.mark.parametrize("lang", ["en", "de"])
def test_and_it_is_told_in_words(home: Path, tmp_path: Path, name: str, lang: str) -> None:
    more, paths = EDITED[name]
    ran = here("import", written(tmp_path, **more), "--lang", lang).ok()
    text = flat(ran.out)
    assert phrases(lang)["import_not_understood"].format(n=len(paths)) in text
    for path in paths:
        assert f"{path}: " in text
    assert "\x1b" not in ran.out
    assert "{" not in ran.out


def test_the_file_speaks_its_language_where_the_owner_chose_none(
    home: Path, tmp_path: Path
) -> None:
    assert "Weiter: withhold status" in here("import", written(tmp_path, lang="de")).ok().out
    assert owned()["lang"] == "de"


def test_both_languages_have_every_sentence_with_the_same_gaps() -> None:
    english, german = (
        {key: text for key, text in phrases(lang).items() if key.startswith("import_")}
        for lang in ("en", "de")
    )
    assert english.keys() == german.keys()
    for key, text in english.items():
        gaps = {part.partition("}")[0] for part in text.split("{")[1:]}
        assert gaps == {part.partition("}")[0] for part in german[key].split("{")[1:]}


# What is no checklist ----------------------------------------------------------------------------


def archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("notes/one.bin", b"\0")
    return held.getvalue()


NONE: dict[str, bytes] = {
    "empty": b"",
    "binary": bytes(range(256)) * 8,
    "a zip of something else": archive(),
    "a list 10,000 deep": b"[" * 10_000 + b"]" * 10_000,
    "an object 10,000 deep": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "10 MB": b'{"schema": "withhold/checklist/1", "x": "' + b"y" * 10_000_000 + b'"}',
    "a plan": b'{"schema": "withhold/plan/1", "steps": []}',
    "half a file": json.dumps(LISTS).encode()[:200],
    "a page": b"<!doctype html><p>checklist",
}


@pytest.mark.parametrize("name", NONE)
def test_no_checklist_ends_with_one_line_and_a_tip(home: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / "given"
    file.write_bytes(NONE[name])
    ran = here("import", file)
    complains(ran, 2, "given")
    assert not home.exists()


def test_nor_is_a_folder_a_pipe_or_what_is_not_there(home: Path, tmp_path: Path) -> None:
    complains(here("import", tmp_path), 2, "nothing is in it")
    complains(here("import", tmp_path, "--case", "WH-222222"), 2, "no mail in it", ".eml or .mbox")
    os.mkfifo(tmp_path / "pipe")
    complains(here("import", tmp_path / "pipe"), 2, "is no checklist of the guide")
    complains(here("import", tmp_path / "gone.json"), 2, "gone.json: there is no such file")
    assert not home.exists()


def test_a_file_that_may_not_be_read(home: Path, saved: Path) -> None:
    saved.chmod(0)
    complains(command("import", saved, as_if_not_root=True), 2, "cannot be read")


def test_one_file_that_is_none_and_no_other_is_taken_in(
    home: Path, saved: Path, tmp_path: Path
) -> None:
    other = tmp_path / "archive.zip"
    other.write_bytes(archive())
    complains(here("import", saved, other), 2, "archive and checklist at once")
    assert not home.exists()


def test_a_checklist_of_which_nothing_is_understood(home: Path, tmp_path: Path) -> None:
    file = written(tmp_path, place="", lang="", accounts=7, ticks=[7])
    ran = here("import", file, "--format", "json")
    assert ran.code == 2
    assert "nothing in it was understood" in ran.err
    one = json.loads(ran.out)["checklists"][0]
    assert [it["path"] for it in one["not_understood"]] == ["/accounts", "/ticks/0"]
    assert not home.exists()


def test_a_file_without_a_name_to_print(home: Path, tmp_path: Path) -> None:
    written(tmp_path).rename(tmp_path / "a\nb\x1b.json")
    ran = here("import", tmp_path / "a\nb\x1b.json").ok()
    assert "\x1b" not in ran.out
    assert seen() == TOLD


def test_a_damaged_store_is_left_as_it_is(begun: Path, saved: Path) -> None:
    file = begun / FILE
    assert file.is_file()
    file.write_bytes(b"no database")
    complains(here("import", saved), 1)
    assert file.read_bytes() == b"no database"
