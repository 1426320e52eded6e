"""What a recipe may never do is found before it runs."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec
import pytest

from tests.unit.recipes.pages import URL, WORDS, recipe
from withhold.catalog import safe
from withhold.catalog.menu_words import may_press
from withhold.facts import Control, Verified
from withhold.steps import Recipe


def test_a_recipe_that_holds_has_no_troubles() -> None:
    assert safe.troubles(recipe(), WORDS) == []


@pytest.mark.parametrize(
    ("kind", "want", "recipes", "same"),
    [
        ("toggle", "off", "off", True),
        ("toggle", "off", "on", False),
        ("toggle", "on", "on", True),
        ("toggle", "on", "off", False),
        ("audience", "followers", "on", True),
        ("audience", "followers", "off", True),
        ("audience", "followers", "followers", True),
        ("audience", "followers", "private", False),
        ("form", "sent", "sent", True),
        ("form", "sent", "off", False),
        ("email", "sent", "on", False),
    ],
)
def test_a_recipe_wants_what_says_no_at_its_control(
    kind: Literal["toggle", "audience", "form", "email"], want: str, recipes: str, same: bool
) -> None:
    control = Control(
        id="training",
        kind=kind,
        covers={},
        sources=[],
        want=want,
        verified=Verified(how="source", on=date(2026, 11, 26)),
    )
    said = safe.other_want(recipe(want=recipes), control)
    assert (said == "") is same
    assert same or want in said


def _target(**more: Any) -> dict[str, Any]:
    base = {"role": ["switch"], "names": {"en": ["Train AI"]}, "heading": {"en": ["AI"]}}
    return {**msgspec.to_builtins(recipe().target), "switch": {**base, **more}}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"format": 2}, "format 2"),
        ({"verify": []}, "all four or none"),
        ({"undo": []}, "all four or none"),
        ({"read": [], "set": [], "verify": []}, "undo without read"),
        ({"read": [{"do": "open", "url": "https://evil.example/"}]}, "none of www.example.org"),
        ({"read": [{"do": "open", "url": "https://www.example.org.evil.net/"}]}, "none of"),
        ({"read": [{"do": "open", "url": "https://www.example.org@evil.net/"}]}, "none of"),
        ({"read": [{"do": "open", "url": URL}]}, "reads nothing"),
        ({"read": [{"do": "read", "target": "nobody"}]}, "no target `nobody`"),
        ({"set": [{"do": "set", "target": ""}]}, "set: no target ``"),
        ({"verify": [{"do": "read", "target": "switch"}]}, "reload-fresh"),
        ({"set": [{"do": "set", "target": "switch"}]}, "does not wait"),
        ({"set": [{"do": "press", "target": "member"}]}, "not marked navigate or save"),
        ({"target": _target(names={"en": ["Delete my account"]})}, "never pressed"),
        ({"target": _target(names={"ja": ["アカウントを削除"]})}, "never pressed"),
        ({"target": _target(heading={})}, "second anchor"),
        ({"target": _target(role=["link"])}, "hold no state"),
        ({"want": "followers"}, "a setting that is read is on or off"),
        ({"want": "sent"}, "a setting that is read is on or off"),
        (
            {"read": [{"do": "read", "target": "switch"}, {"do": "open", "url": URL}]},
            "read: begins with open",
        ),
        ({"sign": {"gone": [{"path": "/x"}]}}, "no sign `here`"),
        ({"sign": {"here": [{}]}}, "asks for nothing"),
        ({"account": "nobody"}, "account: no target"),
        ({"read": [{"do": "open", "url": URL}] * 50}, "at most 40"),
        (
            {"read": [{"do": "set", "target": "switch"}, {"do": "read", "target": "switch"}]},
            "only set and undo may",
        ),
    ],
)
def test_troubles(changed: dict[str, Any], said: str) -> None:
    assert any(said in one for one in safe.troubles(recipe(**changed), WORDS))


@pytest.mark.parametrize(
    "step",
    [
        {"do": "type", "target": "switch", "text": "x"},
        {"do": "eval", "script": "1"},
        {"do": "open", "url": "http://www.example.org/"},
        {"do": "open", "url": "javascript:alert(1)"},
        {"do": "expect", "sign": "here", "within": 300},
        {"do": "press", "target": "save", "twice": True},
        {"do": "if", "sign": "here", "then": [{"do": "if", "sign": "here", "then": []}]},
        {},
    ],
)
def test_what_is_no_step_is_not_read(step: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        recipe(read=[step])


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/a?b#c", "www.example.org"),
        ("https://WWW.Example.org", "www.example.org"),
        ("https://www.example.org:8443/", "www.example.org"),
        ("https://a@www.example.org/", ""),
        ("https://www.example.org\\@evil.net/", ""),
        ("http://www.example.org/", ""),
        ("data:text/html,x", ""),
        ("about:blank", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    assert safe.host_of(url) == host


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("Payments shown to friends", True),
        ("Pay now", False),
        ("Yes, I agree.", False),
        ("I disagree", True),
        ("DELETE", False),
        ("アカウントを削除する", False),
        ("", True),
    ],
)
def test_words_that_are_never_pressed(name: str, may: bool) -> None:
    assert may_press(name, WORDS) is may


def test_what_a_foreign_recipe_would_press_is_told() -> None:
    made: Recipe = recipe()
    assert safe.presses(made) == ["Train AI on my posts", "KI mit Beiträgen trainieren", "Save"]
