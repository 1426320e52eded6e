"""The home of the other tests holds what its docstring says, by the word of the commands."""

from __future__ import annotations

import json
from pathlib import Path

from tests.dashboard.hostile import FIELDS, make_hostile_home
from tests.dashboard.made import ACCOUNTS, FAR_SITE, POLICY, SITE, at_home, make_home, owned
from tests.journeys.run import here
from withhold.keep import Store


def test_it_holds_everything(tmp_path: Path) -> None:
    made = make_home(tmp_path / "home")
    found = owned(made.home)
    keys = [f"{one['platform']}:{one['name']}".rstrip(":") for one in found["accounts"]]
    assert tuple(keys) == ACCOUNTS
    assert {one["url"]: one["folder"] for one in found["sites"]} == {
        SITE: str(made.site),
        FAR_SITE: "",
    }
    assert {one["account"]: one["posts"] > 0 for one in found["archives"]} == {
        "reddit:ada_example": True,
        "tumblr:paintings": True,
        "x:ada": True,
    }
    assert {"told", "shown"} <= {one["how"] for one in found["seen"]}
    with at_home(made.home):
        cases = json.loads(here("plan", "--format", "json").ok().out)["requests"]
        assert {one["case"] for one in cases} == {made.sent, made.answered}
        assert "Nothing changed since" in here("watch").ok().out
    with Store.read(made.home) as store:
        assert store.faults() == []
        outcomes = [one.outcome for one in store.policies.looks(POLICY)]
    assert outcomes == ["first", "changed"]


def test_two_homes_do_not_know_each_other(tmp_path: Path) -> None:
    one, other = make_home(tmp_path / "one"), make_home(tmp_path / "other")
    with at_home(one.home):
        here("own", "forget", "--all", "--yes").ok()
    assert owned(one.home)["accounts"] == []
    assert len(owned(other.home)["accounts"]) == len(ACCOUNTS)


def test_every_text_of_the_hostile_home_attacks(tmp_path: Path) -> None:
    """By the file of the store, with nothing of ours between: each field's marker stands in it."""
    made = make_hostile_home(tmp_path / "home")
    files = [one for one in made.home.rglob("*") if one.is_file()]
    held = b"".join(one.read_bytes() for one in files)
    assert [one for one in FIELDS if f"window.ran='{one}'".encode() not in held] == []
    assert len(FIELDS) >= 20
    with Store.read(made.home) as store:
        assert store.faults() == []
