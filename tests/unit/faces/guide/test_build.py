"""The whole guide of made-up folders that lack something, or hold what nobody expects.

Every page stands, says in a sentence what is missing, and lets nothing through as markup. The
pages are read by selectolax, which nothing in ``src/`` uses for them.
"""

from __future__ import annotations

import json
import shutil
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit import folder
from tests.unit.faces.guide.rendered import HTMLParser, faults, guide, pages, text
from withhold.catalog.load import load
from withhold.errors import MissingExtra
from withhold.faces.guide import build

ACME = "platforms/acme.toml"
EVERY = ("de", "fr", "gb", "us", "us-pa")


def edit(root: Path, *changes: tuple[str, str], file: str = ACME) -> None:
    for old, new in changes:
        folder.change(root, file, old, new)


def drop(root: Path, start: str, end: str, file: str = ACME) -> None:
    """Takes away what stands from the first ``start`` to the first ``end`` after it."""
    text = (root / file).read_text(encoding="utf-8")
    at = text.index(start)
    (root / file).write_text(text[:at] + text[text.index(end, at) :], encoding="utf-8")


def drop_folder(root: Path, *names: str) -> None:
    for name in names:
        shutil.rmtree(root / name)
        (root / name).mkdir()


# The worlds -----------------------------------------------------------------------------------


def without_source(root: Path) -> None:
    edit(root, ('sources = ["policy"]\nwhat = { en = "Acme', 'sources = []\nwhat = { en = "Acme'))


def without_control(root: Path) -> None:
    drop(root, "[[control]]", "[[shield]]")
    edit(root, ("tier = 1\n", "tier = 1\ncontrol = []\n"), ('["train", "switch"]', '["train"]'))
    (root / "history/acme.toml").unlink()


def without_practice(root: Path) -> None:
    without_control(root)
    drop(root, "[[practice]]", "[[shield]]")
    edit(root, ("tier = 1\n", "tier = 1\npractice = []\n"))
    edit(root, ('["acme/train", "scrapeco/scrape"]', '["scrapeco/scrape"]'), file="laws/act.toml")
    text = (root / ACME).read_text(encoding="utf-8")
    (root / ACME).write_text(text[: text.index("[[dispute]]")], encoding="utf-8")


def without_any_fact(root: Path) -> None:
    without_practice(root)
    text = (root / ACME).read_text(encoding="utf-8")
    (root / ACME).write_text(text[: text.index("[[shield]]")], encoding="utf-8")
    drop_folder(root, "laws")


def without_platforms(root: Path) -> None:
    drop_folder(root, "platforms", "history")
    edit(root, ('["acme/train", "scrapeco/scrape"]', '["scrapeco/scrape"]'), file="laws/act.toml")


def without_the_rest(root: Path) -> None:
    drop_folder(root, "claims", "signals", "laws", "crawlers")


def without_anything(root: Path) -> None:
    without_platforms(root)
    without_the_rest(root)
    drop_folder(root, "actors")


def of_one_place(root: Path) -> None:
    drop(root, "[group.EU]", "[country]", "places.toml")
    drop(root, "FR = ", "[us_state]", "places.toml")
    drop(root, "US-PA", "\n", "places.toml")
    places = (root / "places.toml").read_text(encoding="utf-8")
    (root / "places.toml").write_text(f"group = {{}}\n{places}", encoding="utf-8")
    edit(root, ('not_places = ["EU"]\n', ""))
    edit(root, ('places = ["EU"]', 'places = ["DE"]'), file="laws/act.toml")


def with_a_law_that_forbids_nothing(root: Path) -> None:
    drop(root, "[[forbids]]", "[source.text]", "laws/act.toml")


def with_a_law_about_nothing_known(root: Path) -> None:
    edit(root, ("acme/train", "acme/was-never"), file="laws/act.toml")


def with_other_scripts(root: Path) -> None:
    edit(root, ('kind = "official"\nseen', 'kind = "official"\ntitle = "سياسة الخصوصية"\nseen'))
    edit(root, ('name = "Acme"', 'name = "知乎"'))


HOSTILE = "</q></style><script>alert(1)</script><img src=x onerror=alert(1)>\\\" & '"
SHOWN = "</q></style><script>alert(1)</script><img src=x onerror=alert(1)>\" & '"


def with_markup(root: Path) -> None:
    """Wherever a text of others can stand."""
    edit(root, ("We may use what you post.", HOSTILE), ("Acme trains.", f"Acme. {HOSTILE}"))
    edit(root, ("Improve Acme", HOSTILE), ('name = "Acme"', f'name = "Acme {HOSTILE}"'))
    edit(root, ("Ask Acme.", HOSTILE), ("One says all", HOSTILE), ("It refuses all.", HOSTILE))
    edit(root, ("label = { en", f'path = {{ en = ["{HOSTILE}"] }}\nlabel = {{ en'))
    edit(root, ('en = "Germany"', f'en = "Germany {HOSTILE}"'), file="places.toml")
    edit(root, ("It is said.", HOSTILE), ("a newspaper", HOSTILE), file="claims/it-is-said.toml")
    edit(root, ("The Act", HOSTILE), ("Act, s. 1", HOSTILE), file="laws/act.toml")
    edit(root, ("A file.", HOSTILE), ('name = "robots', f'name = "{HOSTILE}robots'),
         file="signals/robots-txt.toml")  # fmt: skip


def with_addresses_that_act(root: Path) -> None:
    edit(root, ("https://acme.example/policy", "javascript:alert(1)"))
    edit(root, ("minutes = 5\n", 'minutes = 5\nurl = "data:text/html,<script>1</script>"\n'))
    edit(root, ("[source.policy]", '[export]\nurl = "JaVaScRiPt:alert(2)"\n\n[source.policy]'))
    edit(root, ("https://law.example/act", " javascript:alert(3)"), file="laws/act.toml")


def with_a_strange_label(root: Path) -> None:
    edit(root, ('de = "Acme verbessern" }', 'xx = "Zzz" }\npath = { xx = ["Aaa", "Bbb"] }'))


def with_an_empty_label(root: Path) -> None:
    edit(root, ("Improve Acme", ""), ("Acme verbessern", ""))


def with_a_day_that_is_none(root: Path) -> None:
    edit(root, ("Acme trains.", "From 2024-13-45 on Acme trains %(much)s {more}."))


def with_corrections(root: Path) -> None:
    (root / "history/corrections.toml").write_text(
        '[[correction]]\nfact = "acme/train"\non = 2024-06-15\ntext = { en = "It said A." }\n'
        '[[correction]]\nfact = "acme/was-never"\non = 2024-06-20\ntext = { en = "It said B." }\n',
        encoding="utf-8",
    )


def with_nothing_odd(root: Path) -> None:
    """The clean folder."""


World = Callable[[Path], None]
SAYS: dict[World, list[tuple[str, str]]] = {
    with_nothing_odd: [("us-pa/acme/", "Acme says it may"), ("facts/acme/train/", "Acme trains.")],
    without_source: [
        ("facts/acme/train/", "This fact lost its source. Do not rely on it"),
        ("facts/acme/train/", "no source is left: this must be looked at"),
    ],
    without_control: [
        ("platforms/acme/", "No control is known, and that none exists was not looked up."),
        ("us-pa/acme/", "Acme: no control closes this"),
    ],
    without_practice: [
        *((f"{place}/acme/", "Not known is not a no") for place in EVERY),
        ("us-pa/acme/", "Nothing is known here of what Acme does with what you put there."),
        ("platforms/acme/", "No dated practice is known, so there is nothing to draw."),
        ("platforms/acme/", "Nothing is known here of what it does with what you put there."),
        ("us-pa/", "not known"),
    ],
    without_any_fact: [
        ("platforms/acme/", "No control is known"),
        ("de/", "No law was found here that lets you object to training."),
        ("laws/", "Nothing is known here yet."),
    ],
    without_platforms: [
        ("platforms/", "No platform is known here yet."),
        ("matrix/", "No platform is known here yet."),
        *((f"{place}/", "No platform is known here yet.") for place in EVERY),
    ],
    without_the_rest: [
        *((f"{one}/", "Nothing is known here yet.") for one in ("claims", "signals", "laws")),
        ("crawlers/", "Nothing is known here yet."),
        ("companies/scrapeco/", "No product token is known"),
    ],
    without_anything: [
        ("companies/", "Nothing is known here yet."),
        ("changes/", "Nothing dated is known."),
    ],
    of_one_place: [
        ("places/", "Germany"),
        ("de/acme/", "The law named here forbids it"),
    ],
    with_a_law_that_forbids_nothing: [("laws/act/", "The Act one may object")],
    with_a_law_about_nothing_known: [("laws/act/", "acme/was-never")],
    with_other_scripts: [
        ("facts/acme/train/", "سياسة الخصوصية"),
        ("platforms/acme/", "知乎"),
        ("us-pa/acme/", "知乎"),
    ],
    with_markup: [
        ("facts/acme/train/", SHOWN),
        ("facts/acme/switch/", SHOWN),
        ("facts/acme/shield/", SHOWN),
        ("facts/acme/how-far/", SHOWN),
        ("platforms/acme/", SHOWN),
        ("de/acme/", f"Germany {SHOWN}"),
        ("us-pa/acme/", SHOWN),
        ("claims/it-is-said/", SHOWN),
        ("laws/act/", SHOWN),
        ("signals/robots-txt/", SHOWN),
    ],
    with_addresses_that_act: [
        ("facts/acme/train/", "javascript:alert(1)"),
        ("facts/acme/objection/", "data:text/html,<script>1</script>"),
        ("laws/act/", "javascript:alert(3)"),
        ("platforms/acme/", "JaVaScRiPt:alert(2)"),
    ],
    with_a_strange_label: [("facts/acme/switch/", "Zzz (xx)"), ("platforms/acme/", "Zzz")],
    with_an_empty_label: [("facts/acme/switch/", "Acme: switch switch")],
    with_a_day_that_is_none: [("facts/acme/train/", "From 2024-13-45 on Acme trains %(much)s")],
    with_corrections: [
        ("facts/acme/train/", "15 June 2024 : It said A."),
        ("data/", "15 June 2024 : acme/train : It said A."),
        ("data/", "20 June 2024 : acme/was-never: It said B."),
    ],
}


@pytest.mark.parametrize("world", SAYS, ids=lambda one: one.__name__)
def test_every_page_stands_and_says_what_is_missing(
    world: World, made_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world(made_root)
    found = guide(made_root, monkeypatch)
    assert faults(found) == []
    for path, sentence in SAYS[world]:
        assert sentence.lower() in text(found, f"{path}index.html").lower(), path
    for path, tree in pages(found):
        assert tree.css_first("title").text().strip(), path
        assert tree.css_first("meta[name=description]").attributes["content"], path
        assert len(tree.css("h1")) == 1, path
    for path, body in found.items():
        if path.endswith(".json"):
            json.loads(body)
        if path.endswith(".xml"):
            ElementTree.fromstring(body)  # noqa: S314 - made here


@pytest.mark.parametrize("world", [with_markup, without_anything], ids=lambda one: one.__name__)
def test_so_in_german(world: World, made_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world(made_root)
    found = guide(made_root, monkeypatch, langs=("de",))
    assert faults(found) == []
    pages = {name: body for name, body in found.items() if name.endswith(".html")}
    assert "url=deutsch/" in pages.pop("index.html").decode("utf-8")
    assert {HTMLParser(one).css_first("html").attributes["lang"] for one in pages.values()} == {
        "de"
    }


@pytest.mark.parametrize("part", ["altair", "babel", "markdown_it", "PIL", "vl_convert"])
def test_without_a_part_of_the_extra_nothing_is_begun(
    part: str, made_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, part, None)
    with pytest.raises(MissingExtra, match=part) as raised:
        build.files(load(made_root), made_root, build.Wanted(when=folder.TODAY))
    assert raised.value.tip == 'pip install "withhold[guide]"'


def test_what_is_not_known_never_reads_as_a_no(
    made_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_practice(made_root)
    found = guide(made_root, monkeypatch)
    for place in EVERY:
        said = text(found, f"{place}/acme/index.html")
        assert "Nothing stands open" not in said
        assert "promised" not in said
