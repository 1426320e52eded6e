"""A new recipe to fill in, and the page of ours that it is run on in the tests.

What the control's file says already (address, label, what says no) stands in it; all else says
``FILL-IN``, and ``knowledge lint`` names each line until nothing does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from string import Template

from withhold.catalog.safe import host_of
from withhold.facts import Control, Platform
from withhold.words import LANGS

SHOWN_ONLY = ("form", "email", "robots")
"""Kinds of control that nobody can read as on or off: they are shown, never run."""
PAGE_LANGUAGES = ("en", "de", "fr", "pt-BR", "ja", "ar")
"""Languages in which a page of ours is served to a recipe."""
_EMPTY = "FILL-IN"

_HEAD = Template("""\
#:schema ../schema/recipe.json
# How $control is found on its page.
# Every field: docs/reference/knowledge.md#recipe; the way: docs/how-to/add-a-recipe.md. How far it
# reaches, for whom and where it is offered stands in platforms/$platform.toml, not here.
format = 1
id = "$id"
control = "$control"
domains = [$host]
want = $want
needs = ["login"]
checked = { how = "source", on = $today }
# domains: hosts, whole; a run that leaves them stops. want: what says no; of an audience `on` or
# `off` where the page has a switch for it. needs: also password-again, two-factor, e-mail-link,
# admin, evidence. kinds = ["app"] where it is in an app only.
# checked: `source` texts describe the page; `replica` it ran on the page of ours; `page` and `live`
# it was tried on a saved or the real page, with by = "whom". Never more than was done.

# What the owner should know beforehand; take it out where there is nothing.
[note]
$texts

""")

_TARGETS = Template("""\
# The setting, in whichever of these roles the page has it (also menuitemcheckbox). Words as on
# the page, whole; `...` at an end stands for more. A second anchor tells it from others: heading
# (of its section), near (a text in its row) or attribute. `seen` lists the languages whose words a
# source shows: all others are said to be guesses. reads = "opposite" where the page's ON is `off`.
[target.switch]
role = ["switch", "checkbox", "radiogroup", "combobox"]
names = $names
heading = $empties
seen = [$seen]

# Who is logged in, as the page shows it; take it out, and `account`, where the page does not.
# [target.member]
# role = ["link", "button"]
# names = { en = ["Photo of ..."] }

# A button that saves, or that means it when the page asks again. Only `save` and `navigate` are
# ever pressed, and never a word of `forbidden` in menu-words.toml.
# [target.confirm]
# role = ["button"]
# names = { en = ["Save"], de = ["Speichern"] }
# act = "save"

# What shows that this is the page: path, heading, text or target; all that is given has to hold.
[[sign.here]]
path = "$path"

[[sign.login]]
path = "/FILL-IN"

# Also: challenge, confirm-password, gone (the page says that it is not offered), other-variant, and
# names of your own for `if`.
# [[sign.asks]]
# target = "confirm"

# For a person, step by step. Also: press, choose, expect, human.
[[show]]
do = "open"
url = "$url"

[[show]]
do = "set"
target = "switch"

# The four hands of a window: all four, or none of them (a recipe for showing only).
[[read]]
do = "open"
url = "$url"

[[read]]
do = "expect"
sign = "here"

[[read]]
do = "read"
target = "switch"

[[set]]
do = "set"
target = "switch"

# [[set]]
# do = "if"
# sign = "asks"
# then = [{ do = "press", target = "confirm" }]

[[set]]
do = "await-write"

# Read in a fresh load: the click is not the result.
[[verify]]
do = "reload-fresh"

[[verify]]
do = "expect"
sign = "here"

[[verify]]
do = "read"
target = "switch"

# Where the act cannot be undone: no `undo`, but a table [undo_not] that says why, by language.
[[undo]]
do = "set"
target = "switch"
to = "before"

[[undo]]
do = "await-write"
""")

_SHOW = Template("""\
# For a person, step by step: nothing here is ever run, and nothing is typed for the owner.
[[show]]
do = "open"
url = "$url"

[[show]]
do = "human"

[show.what]
$texts

# Why, where it helps to know; else take it out.
[show.why]
$texts
""")

_REPLICA = Template("""\
# How we imagine the page, from public descriptions; written by hand, not read from the recipe: what
# is copied from there would only show that it agrees with itself. Fields: described.py.
id = "$id"
brand = $brand
host = "$bare_host"
path = "$path"
layout = "cards"
widget = "switch"
style = "button"
start = "$start"
wanted = "$wanted"
login_path = "/FILL-IN"
knows = ["en"]
own_account = false
# layout: cards, table, list, form, client. widget: switch, checkbox, radio, menu. style of a
# switch: button, input, hidden. start and wanted are the page's own states. knows: the languages in
# which the recipe has the words below. own_account: whether the recipe reads who is logged in.

[save]
method = "POST"
path = "/FILL-IN"
after = 0.3

[account]
name = "Mara Kowalski"
tag = "none"

[title]
$words

[heading]
$words

[label]
$words

# What the setting is called in the variant that renames it: words that the recipe does not know.
[renamed]
en = "FILL-IN"

# A setting beside it that must stay as it is.
[[decoy]]
id = "other"
label = $labels
""")


def recipe(platform: Platform, control: Control, today: date) -> str:
    """The text of ``recipes/PLATFORM-CONTROL.toml``."""
    langs = dict.fromkeys((*LANGS, *platform.shown_in))
    url = control.url if host_of(control.url) else f"https://{_EMPTY}"
    known = control.kind == "audience" or not control.want
    said = {
        "id": f"{platform.id}-{control.id}",
        "control": f"{platform.id}/{control.id}",
        "platform": platform.id,
        "host": _quoted(host_of(control.url) or _EMPTY),
        "want": _quoted(_EMPTY if known else control.want),
        "today": str(today),
        "texts": _lines(list(langs)),
        "names": _table({lang: control.label.get(lang, _EMPTY) for lang in langs}, listed=True),
        "empties": _table(dict.fromkeys(langs, _EMPTY), listed=True),
        "seen": '"en"' if control.label_seen and "en" in control.label else "",
        "url": url,
        "path": _path(url),
    }
    rest = _SHOW if control.kind in SHOWN_ONLY else _TARGETS
    return _HEAD.substitute(said) + rest.substitute(said)


def replica(platform: Platform, control: Control) -> str:
    """The text of ``tests/replicas/PLATFORM-CONTROL.toml``: a page of ours for that recipe."""
    url = control.url if host_of(control.url) else f"https://{_EMPTY}"
    wanted = "on" if control.want == "on" or control.kind == "audience" else "off"
    return _REPLICA.substitute(
        {
            "id": f"{platform.id}-{control.id}",
            "brand": _quoted(platform.name),
            "bare_host": host_of(control.url) or _EMPTY,
            "path": _path(url),
            "start": "off" if wanted == "on" else "on",
            "wanted": wanted,
            "words": _lines(PAGE_LANGUAGES),
            "labels": _table(dict.fromkeys(PAGE_LANGUAGES, _EMPTY), listed=False),
        }
    )


def _path(url: str) -> str:
    """The path of an address, without what stands behind ``?`` or ``#``."""
    path = url.partition("://")[2].partition("/")[2].partition("?")[0].partition("#")[0]
    return f"/{path or _EMPTY}"


def _quoted(text: str) -> str:
    """A string of TOML."""
    return json.dumps(text, ensure_ascii=False)


def _lines(langs: Sequence[str]) -> str:
    return "\n".join(f'{lang} = "{_EMPTY}"' for lang in langs)


def _table(words: dict[str, str], *, listed: bool) -> str:
    one = "[{}]" if listed else "{}"
    inside = (f"{lang} = {one.format(_quoted(text))}" for lang, text in words.items())
    return f"{{ {', '.join(inside)} }}"
