"""A recipe claims no more than was done, is for a control that is there, and may be run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.catalog.lint.found import found
from withhold.catalog.load import default_root
from withhold.errors import BadKnowledge

FILE = "recipes/acme-switch.toml"
ACME = "platforms/acme.toml"
HEAD = """\
format = 1
id = "acme-switch"
control = "acme/switch"
domains = ["acme.example", "api.acme.example"]
want = "off"
account = "member"
checked = { how = "replica", on = 2024-06-01 }
note = { en = "Once per account.", de = "Einmal je Konto." }

[target.switch]
role = ["switch"]
names = { en = ["Improve Acme"], de = ["Acme verbessern"] }
heading = { en = ["Privacy of ..."], de = ["Datenschutz"] }
seen = ["en"]

[target.member]
role = ["link"]
attribute = { id = "me" }

[target.save]
role = ["button"]
names = { en = ["Save"] }
act = "save"

[[sign.here]]
path = "/settings"

[[sign.asks]]
text = { en = ["Are you sure?"] }
target = "save"
"""
STEPS = """
[[show]]
do = "open"
url = "https://acme.example/settings"

[[show]]
do = "set"
target = "switch"

[[read]]
do = "open"
url = "https://acme.example/settings"

[[read]]
do = "human"
what = { en = "Choose the account.", de = "Wählen Sie das Konto." }
why = { en = "There are several.", de = "Es gibt mehrere." }

[[read]]
do = "read"
target = "switch"

[[set]]
do = "set"
target = "switch"

[[set]]
do = "if"
sign = "asks"
then = [{ do = "press", target = "save" }]

[[set]]
do = "await-write"

[[verify]]
do = "reload-fresh"

[[verify]]
do = "read"
target = "switch"

[[undo]]
do = "set"
target = "switch"
to = "before"

[[undo]]
do = "await-write"
"""
FORM = """\
format = 1
id = "acme-objection"
control = "acme/objection"
domains = ["acme.example"]
want = "sent"
checked = { how = "source", on = 2024-06-01 }

[[show]]
do = "open"
url = "https://acme.example/form"

[[show]]
do = "human"
what = { en = "Fill it in.", de = "Ausfüllen." }
"""


@pytest.fixture
def root(made_root: Path) -> Path:
    """The clean folder with words of menus and two recipes."""
    for name in ("menu-words.toml", "step-words.toml"):
        shutil.copy(default_root() / name, made_root / name)
    (made_root / "recipes").mkdir()
    (made_root / FILE).write_text(HEAD + STEPS, encoding="utf-8")
    (made_root / "recipes" / "acme-objection.toml").write_text(FORM, encoding="utf-8")
    return made_root


def test_recipes_that_hold_have_no_finding(root: Path) -> None:
    assert found(root) == []


def _said(lines: list[str]) -> list[str]:
    """Findings without file and line; each is of the check that is tested here."""
    assert all(one.startswith(f"{FILE}:") and one.endswith(" [recipes]") for one in lines), lines
    return [one.partition(": ")[2].removesuffix(" [recipes]") for one in lines]


CONTROL = 'control = "acme/switch"'
LANGUAGE = 'audiences = ["public", "followers"]'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "acme-switch"', 'id = "acme-swich"', "id: expected 'acme-switch', the name"),
        ('want = "off"', 'want = "on"', "want: acme/switch says no with off, not with on"),
        (', de = "Einmal je Konto."', "", "note: no text in de"),
        ('en = "Choose the account.", ', "", "read, step 2, what: no text in en"),
        ('de = "Wählen Sie das Konto."', 'de = " "', "read, step 2, what: no text in de"),
        (', de = "Es gibt mehrere."', "", "read, step 2, why: no text in de"),
        ("on = 2024-06-01", "on = 2024-07-02", "checked: 2024-07-02 lies in the future"),
        ('how = "replica"', 'how = "page"', "checked: by page: by whom?"),
        ('how = "replica"', 'how = "live"', "checked: by live: by whom?"),
        ('how = "replica"', 'how = "live", by = " "', "checked: by live: by whom?"),
        ('seen = ["en"]', 'seen = ["en", "fr"]', "switch: seen: no words in fr"),
        ('account = "member"\n', "", "member: target: no step uses it"),
        ("[[sign.asks]]", '[[sign.aks]]\npath = "/x"\n\n[[sign.asks]]', "aks: sign: nothing asks"),
        ('["acme.example", ', '["acme.example", "Acme.example", ', "domains: 'Acme.example' is no"),
        ('["acme.example", ', '["acme.example", "x.example:80", ', "domains: 'x.example:80' is no"),
        ('["acme.example", ', '["acme.example", "x.example/a", ', "domains: 'x.example/a' is no"),
        ('["acme.example", ', '["acme.example", "*.x.example", ', "domains: '*.x.example' is no"),
        ('["acme.example", ', '["acme.example", "localhost", ', "domains: 'localhost' is no host"),
        ('account = "member"', 'account = "member"\nkinds = ["app"]', "kinds: what is in an app"),
        ('de = ["Datenschutz"]', 'gr = ["Datenschutz"]', "switch: unknown language 'gr'"),
        ('de = ["Datenschutz"]', "de = []", "switch: no word in de"),
        ("Privacy of ...", "Privacy ... Acme", "switch: 'Privacy ... Acme' fits nothing"),
        ("Privacy of ...", "…", "switch: '…' fits nothing"),
        ("Are you sure?", "", "asks: '' fits nothing"),
    ],
)
def test_what_does_not_hold_is_found(root: Path, old: str, new: str, said: str) -> None:
    folder.change(root, FILE, old, new)
    (line,) = _said(found(root))
    assert line.startswith(said)


@pytest.mark.parametrize("control", ["acme/swich", "acne/switch", "acme/train"])
def test_a_control_that_is_not_there_is_found(root: Path, control: str) -> None:
    folder.change(root, FILE, CONTROL, f'control = "{control}"')
    assert _said(found(root)) == [
        f"control: the file of {control} is named {control.replace('/', '-')}.toml",
        f"control: unknown control {control!r}",
    ]


def test_a_target_that_only_a_step_or_only_a_sign_names_is_used(root: Path) -> None:
    folder.change(
        root, FILE, 'text = { en = ["Are you sure?"] }\ntarget = "save"\n', 'path = "/x"\n'
    )
    assert found(root) == []
    folder.change(root, FILE, ', target = "save" }', ', target = "member" }')
    assert "save: target: no step uses it" in _said(found(root))
    folder.change(root, FILE, 'path = "/x"\n', 'target = "save"\n')
    assert "save: target: no step uses it" not in _said(found(root))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format = 1", "format = 2", "format 2: this withhold knows up to 1"),
        (
            'url = "https://acme.example/settings"\n\n[[show]]',
            'url = "https://x.example/"\n\n[[show]]',
            "show: opens https://x.example/, which is none of acme.example, api.acme.example",
        ),
        ('[[undo]]\ndo = "await-write"\n', "", "undo: does not wait for the page's write"),
        ('act = "save"', 'act = "none"', "set: presses save, which is not marked"),
        (
            'en = ["Save"]',
            'en = ["Pay now"]',
            "set: presses “Pay now”, a word that is never pressed",
        ),
        ('account = "member"', 'account = "nobody"', "account: no target `nobody`"),
    ],
)
def test_what_may_not_be_run_is_found_before_it_is(
    root: Path, old: str, new: str, said: str
) -> None:
    folder.change(root, FILE, old, new)
    assert any(one.startswith(said) for one in _said(found(root)))


def test_a_sentence_stands_in_the_languages_that_the_platform_names(root: Path) -> None:
    folder.change(root, ACME, LANGUAGE, f'{LANGUAGE}\nshown_in = ["fr"]')
    lines = found(root)
    assert [one.partition(": ")[2] for one in lines if "objection" in one] == [
        "show, step 2, what: no text in fr [recipes]"
    ]
    assert _said([one for one in lines if "objection" not in one]) == [
        "note: no text in fr",
        "read, step 2, what: no text in fr",
        "read, step 2, why: no text in fr",
    ]


def test_a_control_that_says_there_is_none_has_no_recipe(root: Path) -> None:
    path = root / "recipes" / "acme-nothing.toml"
    text = FORM.replace("objection", "nothing")
    path.write_text(text, encoding="utf-8")
    said = [one.partition(": ")[2] for one in found(root)]
    assert said[0] == "control: acme/nothing says that there is no control [recipes]"


def test_a_control_of_the_past_has_no_recipe(root: Path) -> None:
    (root / FILE).unlink()
    text = (HEAD + STEPS).replace("acme-switch", "acme-switch-2023")
    text = text.replace("acme/switch", "acme/switch-2023")
    (root / "recipes" / "acme-switch-2023.toml").write_text(text, encoding="utf-8")
    (line,) = found(root)
    assert line.endswith("control: acme/switch-2023 is superseded: it stands in history/ [recipes]")


@pytest.mark.parametrize(
    ("want", "said"),
    [("sent", []), ("off", ["want: acme/objection says no with sent, not with off"])],
)
def test_what_is_sent_wants_sent(root: Path, want: str, said: list[str]) -> None:
    folder.change(root, "recipes/acme-objection.toml", 'want = "sent"', f'want = "{want}"')
    assert [one.partition(": ")[2].removesuffix(" [recipes]") for one in found(root)] == said


@pytest.mark.parametrize(
    ("want", "said"),
    [
        ("on", []),
        ("off", []),
        ("followers", []),
        (
            "private",
            ["want: acme/go-private says no with followers or on or off, not with private"],
        ),
    ],
)
def test_an_audience_is_a_switch_or_chosen_by_name(root: Path, want: str, said: list[str]) -> None:
    text = FORM.replace("acme-objection", "acme-go-private").replace("sent", want)
    text = text.replace("acme/objection", "acme/go-private")
    (root / "recipes" / "acme-go-private.toml").write_text(text, encoding="utf-8")
    assert [one.partition(": ")[2].removesuffix(" [recipes]") for one in found(root)] == said


def test_what_is_only_shown_cannot_have_been_run(root: Path) -> None:
    folder.change(root, "recipes/acme-objection.toml", '"source"', '"replica"')
    (line,) = found(root)
    assert "checked: by replica: a recipe for showing cannot have been run" in line


def test_the_signs_of_a_run_are_none_of_a_recipe_for_showing(root: Path) -> None:
    path = root / "recipes" / "acme-objection.toml"
    path.write_text(FORM + '\n[[sign.here]]\npath = "/form"\n', encoding="utf-8")
    (line,) = found(root)
    assert line.endswith("here: sign: nothing asks for it [recipes]")


def test_a_sign_that_is_shown_has_to_be_there(root: Path) -> None:
    path = root / "recipes" / "acme-objection.toml"
    path.write_text(FORM + '\n[[show]]\ndo = "expect"\nsign = "done"\n', encoding="utf-8")
    (line,) = found(root)
    assert line.endswith("show: no sign `done` [recipes]")


def test_the_words_of_an_option_are_words_too(root: Path) -> None:
    option = 'do = "choose"\ntarget = "switch"\noption = { en = ["Nobody"], xx = ["Niemand"] }'
    folder.change(root, FILE, '[[show]]\ndo = "set"\ntarget = "switch"', f"[[show]]\n{option}")
    assert _said(found(root)) == ["show: unknown language 'xx'"]


def test_a_finding_stands_at_the_line_of_its_thing(root: Path) -> None:
    folder.change(root, FILE, 'seen = ["en"]', 'seen = ["ja"]')
    folder.change(root, FILE, "Are you sure?", "")
    folder.change(root, FILE, '"replica"', '"live"')
    lines = [int(one.split(":")[1]) for one in found(root)]
    starts = ("checked", "[target.switch]", "[[sign.asks]]")
    assert lines == [folder.line(root, FILE, one) for one in starts]


def test_what_is_left_to_fill_in_is_told_by_its_line_and_nothing_else_is(root: Path) -> None:
    folder.change(root, FILE, 'en = ["Improve Acme"]', 'en = ["FILL-IN"]')
    folder.change(root, FILE, '"api.acme.example"', '\n    "FILL-IN",\n')
    folder.change(root, FILE, 'control = "acme/switch"', 'control = "acme/FILL-IN"')
    with pytest.raises(BadKnowledge, match=rf"^{FILE}:3: control: "):
        found(root)
    folder.change(root, FILE, 'control = "acme/FILL-IN"', '# FILL-IN\ncontrol = "acme/swich"')
    listed = folder.line(root, FILE, '    "FILL-IN",')
    named = folder.line(root, FILE, 'names = { en = ["FILL-IN"]')
    assert found(root) == [
        f"{FILE}:{listed}: is to be filled in or taken out [recipes]",
        f"{FILE}:{named}: names: is to be filled in or taken out [recipes]",
    ]


def test_a_recipe_that_is_none_ends_the_walk(root: Path) -> None:
    folder.change(root, FILE, 'do = "reload-fresh"', 'do = "eval"')
    with pytest.raises(BadKnowledge, match=f"^{FILE}:"):
        found(root)


def test_terms_that_forbid_automation_name_their_source(root: Path) -> None:
    folder.change(root, ACME, ', source = "policy" }', " }")
    (line,) = found(root)
    assert line.endswith("automation_terms: unknown source '' [sources]")
