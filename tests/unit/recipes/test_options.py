"""Options of a menu are its own; accounts that a page shows are counted once each."""

from __future__ import annotations

from tests.unit.recipes.pages import HOST, URL, nodes
from withhold.recipes import match
from withhold.recipes.page import Look
from withhold.steps import Target

OFF = {"en": ["Off"]}


def two_menus() -> Look:
    """Two native menus, each with options of the same words."""
    return Look(
        address=URL,
        nodes=nodes(
            {"role": "combobox", "name": "Research", "value": "On"},
            {"role": "option", "name": "On", "parent": 1},
            {"role": "option", "name": "Off", "parent": 1},
            {"role": "combobox", "name": "Training", "value": "On"},
            {"role": "option", "name": "On", "parent": 4},
            {"role": "option", "name": "Off", "parent": 4},
        ),
    )


def test_an_option_is_looked_for_in_its_own_menu() -> None:
    assert match.option(two_menus(), 1, OFF).index == 3
    assert match.option(two_menus(), 4, OFF).index == 6


def test_a_menu_that_holds_none_finds_what_was_opened_elsewhere_unless_it_is_there_twice() -> None:
    empty = {"role": "combobox", "name": "Training", "value": "On"}
    opened = {"role": "option", "name": "Off"}
    assert match.option(Look(address=URL, nodes=nodes(empty, opened)), 1, OFF).index == 2
    both = Look(address=URL, nodes=nodes(empty, opened, opened))
    assert match.option(both, 1, OFF).why == "two-matches"


def test_a_link_and_the_text_in_it_are_one_name() -> None:
    me = Target(role=["link", "text"], names={"en": ["@..."]})
    look = Look(
        address=URL,
        nodes=nodes(
            {"role": "link", "name": "@mara"},
            {"role": "text", "name": "@mara", "parent": 1},
            {"role": "text", "name": "@elsewhere", "host": "other.example.net"},
        ),
    )
    assert match.names_of(me, look, [HOST]) == ["@mara"]
