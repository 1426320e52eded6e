"""The other hands of a recipe over the same pages: looking only, putting back, a profile in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recipes.field import Field, Own
from tests.recipes.field import field as opened
from tests.recipes.runs import Planned
from tests.replicas import browsers, certificate, described
from tests.replicas.variants import BY_ID
from withhold.errors import ProfileInUse
from withhold.reach.window import Window

pytestmark = [pytest.mark.system, pytest.mark.matrix]
CHECKED = {"base": "on", "already": "already-no", "dead": "unknown", "login": "needs-you"}


@pytest.mark.parametrize("recipe", described.ids())
def test_a_check_writes_nothing_and_says_what_is_stored(recipe: str, field: Field) -> None:
    for variant, outcome in CHECKED.items():
        played, truth, _ = field.ours(Planned(recipe, BY_ID[variant]), how="check")
        assert played.outcome == outcome, (variant, played)
        assert not truth.written
        assert not [one for one in truth.pressed if one.part in ("setting", "save", "confirm")]
        assert not truth.outside()


@pytest.mark.parametrize("recipe", described.ids())
def test_what_was_set_is_put_back_by_one_write_more(recipe: str, field: Field) -> None:
    planned = Planned(recipe, BY_ID["base"])
    played, truth, result = field.ours(planned)
    assert played.outcome == "verified-no"
    page = field.driven.page()
    run, notes = field.run_of(planned, page, Own(page))
    back = run.undo(result.before)
    assert back.outcome == "on", (back, notes.lines)
    assert truth.stored["setting"] == planned.replica.start
    assert len(truth.written) == 2
    assert not truth.outside()


def test_a_profile_that_is_open_already_is_said_so(tmp_path: Path) -> None:
    if browsers.program() is None:
        pytest.skip("Chromium is not installed")
    with opened(tmp_path) as one:
        made = certificate.made(tmp_path)
        program = browsers.wrapped(tmp_path, one.served.port, made)
        second = Window(tmp_path / "home", "replicas", str(program))
        with pytest.raises(ProfileInUse), second.attach(headless=True):
            pytest.fail("two browsers had one profile")
        truth = one.begun(Planned(described.ids()[0], BY_ID["base"]))
        assert one.driven.page().look().trouble != "browser-gone"
        assert not truth.asked
