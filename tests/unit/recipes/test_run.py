"""What a run claims, against what the server saved. The server is the truth, never the page."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.unit.recipes.pages import (
    HOST,
    URL,
    WORDS,
    FakePage,
    Lines,
    Person,
    Server,
    nodes,
    recipe,
    settings,
)
from withhold.recipes.page import Look, Node
from withhold.recipes.result import Result
from withhold.recipes.run import Run


def run(
    server: Server,
    person: Person | None = None,
    lines: Lines | None = None,
    page: FakePage | None = None,
    **more: object,
) -> tuple[Result, FakePage]:
    page = page or FakePage(server)
    made = more.pop("recipe", None) or recipe()
    one = Run(made, page, WORDS, person or Person(), lines or Lines(), pace=0, **more)  # type: ignore[arg-type]
    return one.apply(), page


def test_switched_off_seen_and_read_back() -> None:
    server, person = Server(), Person()
    result, page = run(server, person)
    assert (result.outcome, result.reason) == ("verified-no", "saved")
    assert server.saved == "off"
    assert server.arrived == 1
    assert page.fresh_loads == 2
    assert result.before == "on"
    assert [(one.account, one.words, one.to) for one in person.asked] == [
        ("Mara", "Train AI on my posts", "off")
    ]


def test_already_off_is_not_touched_and_nobody_is_asked() -> None:
    server, person = Server("off"), Person()
    result, page = run(server, person)
    assert result.outcome == "already-no"
    assert page.presses == []
    assert person.asked == []


def test_a_no_of_the_owner_ends_it() -> None:
    server = Server()
    result, page = run(server, Person(yes=False))
    assert (result.outcome, result.reason) == ("refused", "owner-said-no")
    assert page.presses == []
    assert server.saved == "on"


@pytest.mark.parametrize(
    ("server", "outcome", "reason"),
    [
        (Server(answers=500), "on", "write-refused"),
        (Server(stores=False), "on", "not-saved"),
        (Server(sends=False), "on", "not-saved"),
    ],
)
def test_a_switch_that_moved_and_was_not_saved_is_on(
    server: Server, outcome: str, reason: str
) -> None:
    result, _ = run(server)
    assert (result.outcome, result.reason) == (outcome, reason)
    assert server.saved == "on"


def test_what_is_taken_back_after_the_first_load_is_on() -> None:
    server = Server()
    server.reverts_after = 1
    result, _ = run(server)
    assert (result.outcome, result.reason) == ("on", "taken-back")
    assert server.saved == "on"


def test_off_without_a_write_that_was_seen_is_unknown() -> None:
    server = Server()
    page = FakePage(server)
    page.writes = list  # type: ignore[method-assign, assignment]
    result, _ = run(server, page=page)
    assert (result.outcome, result.reason) == ("unknown", "no-write-seen")


def test_what_a_page_shows_that_needs_its_own_store_is_no_proof() -> None:
    page = FakePage(Server())
    page.needs_store, page.loads = True, "reloaded"
    result, _ = run(page.server, page=page)
    assert not page.hidden
    assert (result.outcome, result.reason) == ("unknown", "own-store")
    assert page.server.arrived == 1
    again, _ = run(page.server, page=page)
    assert (again.outcome, again.reason) == ("unknown", "own-store")
    assert page.server.arrived == 1


def test_a_page_that_asks_everybody_to_log_in_is_opened_twice_and_no_more() -> None:
    page = FakePage(Server())
    page.server.draw = lambda _: Look(
        address=f"https://{HOST}/login", nodes=nodes({"role": "heading", "name": "Log in"})
    )
    result, _ = run(page.server, page=page)
    assert (result.outcome, result.reason) == ("needs-you", "login")
    assert page.opened == 2


def test_an_account_that_comes_late_or_twice_is_read_all_the_same() -> None:
    server = Server()
    server.draw = lambda shown: _with_accounts(settings(shown), "@jonas", "@jonas")
    result, page = run(server, account="Mara")
    assert (result.outcome, result.reason, page.presses) == ("needs-you", "account", [])
    server.draw = lambda shown: _with_accounts(settings(shown), "@mara", "@jonas")
    result, page = run(server, account="Mara")
    assert (result.outcome, result.reason, page.presses) == ("needs-you", "account", [])


def _with_accounts(look: Look, *names: str) -> Look:
    """The page with other accounts on it, each once more as the text in the link."""
    more = [
        Node(ref=f"who{at}", role="link", name=one, host=HOST, attributes={"data-me": "1"})
        for at, one in enumerate(names)
    ]
    kept = [one for one in look.nodes if "data-me" not in one.attributes]
    return replace(look, nodes=(*kept, *more))


def test_a_write_of_another_host_is_no_write() -> None:
    from withhold.recipes.page import Write

    page = FakePage(Server())
    page.writes = lambda: (
        [  # type: ignore[method-assign]
            Write(method="POST", host="ads.example.net", path="/", status=200)
        ]
        * len(page.presses)
    )
    result, _ = run(page.server, page=page)
    assert result.outcome == "unknown"


@pytest.mark.parametrize(
    ("look", "outcome", "reason"),
    [
        (Look(address="https://other.example/settings/ai"), "changed", "left-domains"),
        (Look(address=f"http://{HOST}/settings/ai"), "changed", "left-domains"),
        (
            Look(
                address="https://login.example.net/",
                nodes=nodes(
                    {"role": "textbox", "attributes": {"type": "password"}},
                    host="login.example.net",
                ),
            ),
            "needs-you",
            "login",
        ),
        (
            Look(address=f"https://{HOST}/", nodes=nodes({"role": "button", "name": "Log in"})),
            "needs-you",
            "login",
        ),
        (
            Look(
                address=URL,
                nodes=nodes({"role": "iframe", "name": "I'm not a robot", "host": "captcha.net"}),
            ),
            "needs-you",
            "captcha",
        ),
        (
            Look(
                address=URL,
                nodes=nodes({"role": "textbox", "attributes": {"type": "password"}}),
            ),
            "needs-you",
            "password",
        ),
        (
            Look(
                address=URL, nodes=nodes({"role": "text", "name": "Not available in your region."})
            ),
            "not-offered-here",
            "gone",
        ),
        (Look(address=URL), "changed", "not-found"),
        (settings("on", "Train AI on my photos"), "changed", "not-found"),
        (
            settings("on", "Train AI on my posts", {"role": "heading", "name": "Ads", "level": 2},
                     {"role": "switch", "name": "Train AI on my posts", "state": "off"}),
            "on",
            "owner-said-no",
        ),
        (
            settings("on", "Train AI on my posts",
                     {"role": "switch", "name": "Train AI on my posts", "state": "off"}),
            "changed",
            "two-matches",
        ),
        (settings("mixed"), "unknown", "state-unreadable"),
        (Look(address=URL, trouble="redirects"), "changed", "redirects"),
        (Look(address=URL, trouble="offline"), "unknown", "offline"),
        (Look(address=URL, trouble="browser-gone"), "unknown", "browser-gone"),
    ],
)  # fmt: skip
def test_what_a_page_may_be_instead(look: Look, outcome: str, reason: str) -> None:
    server = Server()
    server.draw = lambda _: look
    result, page = run(server, Person(yes=False))
    expected = "refused" if reason == "owner-said-no" else outcome
    assert (result.outcome, result.reason) == (expected, reason)
    assert page.presses == []


def test_somebody_elses_account_stops_it() -> None:
    result, page = run(Server(), account="nora")
    assert (result.outcome, result.reason) == ("needs-you", "account")
    assert page.presses == []
    assert run(Server(), account="mara")[0].outcome == "verified-no"


def test_a_name_inside_a_longer_one_is_not_it() -> None:
    server = Server()
    server.draw = lambda state: settings(state)
    assert run(server, account="mar")[0].reason == "account"


def test_what_lies_over_the_switch_is_for_the_owner() -> None:
    page = FakePage(Server())
    page.covered = True
    result, _ = run(page.server, page=page)
    assert (result.outcome, result.reason) == ("needs-you", "covered")
    assert result.pressed == 0


def test_a_forbidden_word_is_never_pressed() -> None:
    server = Server()
    made = recipe()
    made.target["switch"].names["en"][0] = "Pay for privacy"
    server.draw = lambda state: settings(state, "Pay for privacy")
    result, page = run(server, recipe=made)
    assert (result.outcome, result.reason) == ("refused", "forbidden-word")
    assert page.presses == []


def test_a_button_that_saves_is_pressed_where_it_is_there() -> None:
    server = Server()
    server.draw = lambda state: settings(
        state, "Train AI on my posts", {"role": "button", "name": "Save"}
    )
    result, page = run(server)
    assert result.outcome == "verified-no"
    assert page.presses == ["Train AI on my posts", "Save"]


def test_a_question_that_comes_a_moment_after_the_press_is_answered() -> None:
    server = Server()
    page = FakePage(server)
    asks = {"role": "button", "name": "Save"}

    def draw(state: str) -> Look:
        late = page.presses == ["Train AI on my posts"] and page.waited > 1
        return settings(state, "Train AI on my posts", *([asks] if late else []))

    server.draw = draw
    result, page = run(server, page=page)
    assert result.outcome == "verified-no"
    assert page.presses == ["Train AI on my posts", "Save"]


def menu(state: str) -> Look:
    return Look(
        address=URL,
        nodes=nodes(
            {"role": "heading", "name": "KI", "level": 2},
            {"role": "combobox", "name": "KI mit Beiträgen trainieren", "value": state.title()},
            {"role": "option", "name": "On", "parent": 2},
            {"role": "option", "name": "Off", "parent": 2},
        ),
    )


def test_a_menu_is_read_and_set_by_its_words() -> None:
    server = Server()
    server.draw = menu
    result, page = run(server)
    assert result.outcome == "verified-no"
    assert page.presses == ["Off"]


def test_a_menu_whose_words_are_not_known_is_unknown() -> None:
    server = Server()
    server.draw = lambda _: menu("sometimes")
    assert run(server)[0].reason == "state-unreadable"


def test_a_default_that_is_put_right_later_is_not_believed() -> None:
    """A page that shows OFF first and ON when it has asked its server."""
    page = FakePage(Server())
    page.server.draw = lambda _: settings("on" if page.waited > 0.05 else "off")
    result, _ = run(page.server, Person(yes=False), page=page)
    assert result.before == "on"


def test_undo_puts_back_what_was_found() -> None:
    server = Server("off")
    page = FakePage(server)
    one = Run(recipe(), page, WORDS, Person(), Lines(), pace=0)
    result = one.undo("on")
    assert (result.outcome, result.reason) == ("on", "changed-back")
    assert server.saved == "on"


def test_an_undo_that_was_not_saved_leaves_the_no() -> None:
    server = Server("off", stores=False)
    result = Run(recipe(), FakePage(server), WORDS, Person(), Lines(), pace=0).undo("on")
    assert (result.outcome, result.reason, result.after) == ("already-no", "not-saved", "off")
    assert server.saved == "off"


def test_undo_of_what_is_so_again_presses_nothing() -> None:
    page = FakePage(Server("on"))
    result = Run(recipe(), page, WORDS, Person(), Lines(), pace=0).undo("on")
    assert (result.outcome, page.presses) == ("on", [])


def test_each_press_is_in_the_journal_before_it_is_made() -> None:
    whole = Lines()
    run(Server(), lines=whole)
    assert len(whole.lines) > 10
    for stops in range(len(whole.lines)):
        server, lines = Server(), Lines(stops)
        page = FakePage(server)
        with pytest.raises(KeyboardInterrupt):
            run(server, lines=lines, page=page)
        journalled = any(said.startswith("press ") for _, said in lines.lines)
        assert journalled or not page.presses
        assert journalled or server.saved == "on"


def test_a_check_never_presses() -> None:
    for saved, outcome in (("on", "on"), ("off", "already-no")):
        page = FakePage(Server(saved))
        result = Run(recipe(), page, WORDS, Person(), Lines(), pace=0).check()
        assert (result.outcome, page.presses) == (outcome, [])


def test_what_changed_is_told_without_names() -> None:
    server = Server()
    server.draw = lambda _: settings(
        "on", "Something new for mara@example.org", {"role": "button", "name": "Mara, @mara_b"}
    )
    result, _ = run(server, account="Mara")
    assert result.outcome == "changed"
    assert any("Something new" in line for line in result.row)
    assert not any("mara" in line.casefold() for line in result.row)
