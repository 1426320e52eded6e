"""No word of the frame is written into a template or the code where no translator finds it.

The guide is rendered in a language that nobody speaks: every message, phrase and sentence is
turned round and put in brackets. What then still stands outside brackets must be a fact: a name,
an id, an address, a text of the made-up knowledge.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from tests.unit import folder
from tests.unit.faces.guide.rendered import fragments, guide, pages
from withhold.catalog.load import default_root, load
from withhold.catalog.sentences import Sentences
from withhold.faces.guide import edition as editions
from withhold.faces.guide.edition import HERE, Edition
from withhold.faces.report.rows import Speaker

TEMPLATES = sorted((Path(str(HERE)) / "templates").glob("*.html"))
GAP = re.compile(r"(%\(\w+\)s|\{\w*\})")
BETWEEN = re.compile(r"[,;:·›#()“”\[\]…|/\n]|\s–\s")
DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
TURNED = re.compile(r"⟦[^⟦⟧]*⟧")
OWN_NAMES = {
    *("withhold", "robots.txt", "User-agent", "Disallow", "CC0 1.0", "JSON", "CSV"),
    *("English", "German", "Deutsch", "shield", "company-scrapeco"),
}
"""What is called so in every language, what Babel names, and ids made of others."""
FACTS = {
    *("id", "name", "en", "de", "cite", "url", "quote", "status", "version", "token", "by"),
    *(
        "aliases",
        "refuses",
        "admits",
        "of",
        "fallback",
        "governs",
        "looked_at",
        "title",
        "members",
        "practices",
        "about",
    ),
}
"""Keys of knowledge whose values are shown as they are. What is a value of a closed list is not
among them: it has a word of its own."""
SHOWN = (
    "aria-label",
    "data-none",
    "data-many",
    "data-trouble",
    "data-label",
    "placeholder",
    "alt",
    "title",
)
NOT_OURS = "script, style, code, time, q, blockquote, .url, .path, article.explained, svg"


def turned(text: str) -> str:
    """A text in the language that nobody speaks; its gaps stay."""
    parts = [part if GAP.fullmatch(part) else part[::-1] for part in GAP.split(text)]
    return f"⟦{''.join(parts)}⟧"


def outside(text: str) -> str:
    """What stands outside all brackets."""
    while (left := TURNED.sub(" ", text)) != text:
        text = left
    return text


def facts(text: str) -> Iterator[str]:
    """The names, ids and texts in a file of knowledge."""

    def walk(value: Any, key: str) -> Iterator[str]:
        if isinstance(value, dict):
            for name, one in value.items():
                if key in ("source", "covers", "country", "us_state", "de_state"):
                    yield name
                yield from walk(one, name)
        elif isinstance(value, list):
            for one in value:
                yield from walk(one, key)
        elif key in FACTS and isinstance(value, str):
            yield value

    yield from walk(tomllib.loads(text), "")


def pieces(text: str) -> Iterator[str]:
    """What stands between signs, without case: names, ids, clauses."""
    for piece in BETWEEN.split(DAY.sub(" ", text)):
        if re.search(r"[A-Za-z]{2}", piece):
            yield " ".join(piece.split()).strip(" .–*+-").lower()


def leftovers(texts: Iterable[str], known: frozenset[str]) -> list[str]:
    """The pieces of texts that are neither turned round nor a fact."""
    return [one for one in pieces(outside("\n".join(texts))) if one not in known]


def visible(tree: HTMLParser) -> Iterator[str]:
    """Texts and labels that a person sees or hears."""
    for node in tree.css(NOT_OURS):
        node.decompose()
    for node in tree.root.traverse(include_text=True) if tree.root else ():
        if node.tag == "-text":
            yield node.text_content or ""
        else:
            yield from (node.attributes.get(name) or "" for name in SHOWN)
            if node.tag == "meta" and node.attributes.get("name") == "description":
                yield node.attributes.get("content") or ""


@pytest.fixture
def strange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Editions whose messages, phrases and sentences are turned round."""
    with (Path(str(HERE)) / "locale" / "guide.pot").open("rb") as stream:
        template = read_po(stream)
    catalogue = Catalog(locale="eo")
    for one in template:
        if one.id:
            catalogue.add(str(one.id), turned(str(one.id)))
    with (tmp_path / "eo.po").open("wb") as stream:
        write_po(stream, catalogue)
    compiled = editions.translations("eo", tmp_path)
    plain = Edition.__init__

    def made(self: Edition, *args: Any, **more: Any) -> None:
        plain(self, *args, **more)
        self.__dict__["translations"] = compiled
        self.phrases = {name: turned(text) for name, text in self.phrases.items()}
        tables = msgspec.to_builtins(self.sentences)
        self.sentences = msgspec.convert(
            {
                name: {code: turned(text) for code, text in table.items()}
                if isinstance(table, dict)
                else table
                for name, table in tables.items()
            },
            Sentences,
        )
        self.speaker = Speaker(self.knowledge, self.sentences)

    monkeypatch.setattr(Edition, "__init__", made)


def essays() -> Iterator[str]:
    """The titles and summaries of the explanations, which are translated as whole pages."""
    for path in (Path(str(HERE)) / "explained" / "en").glob("*.md"):
        title, _, summary, *_ = path.read_text(encoding="utf-8").splitlines()
        yield from (title.strip("# "), summary)


KNOWN = frozenset(
    piece
    for text in (
        *OWN_NAMES,
        *folder.FILES,
        *essays(),
        *tomllib.loads((default_root() / "reasons" / "en.toml").read_text())["reason"],
        *(fact for text in folder.FILES.values() for fact in facts(text)),
    )
    for piece in pieces(text)
)


def test_what_is_left_is_found() -> None:
    """The search below can fail: a word in a heading, in a label, in code, in half a sentence."""
    page = HTMLParser(
        '<h1>⟦eltit⟧ Acme</h1><div aria-label="Places"><p>⟦a ⟦b⟧ c⟧: Nothing here</p>'
        "<code>id</code><p>Acme, ⟦x⟧ (Germany)</p><dd>toggle</dd></div>"
    )
    assert leftovers(visible(page), KNOWN) == ["places", "nothing here", "toggle"]
    assert turned("%(n)s of {all}") == "⟦%(n)s fo {all}⟧"


def test_nothing_of_the_frame_is_left_in_english(
    strange: None, made_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = guide(made_root, monkeypatch)
    seen, left = 0, {}
    for path, tree in (*pages(found), *fragments(found)):
        for described in tree.css("main > ul:has(a[href$='.csv']), #dictionary ~ *"):
            described.decompose()  # what the data are has a catalogue of its own
        texts = list(visible(tree))
        seen += sum(len(TURNED.findall(text)) for text in texts)
        left[path] = leftovers(texts, KNOWN)
    assert {path: words for path, words in left.items() if words} == {}
    assert seen > 2000
    (words,) = HTMLParser(found["index.html"].decode()).css("[data-words]")
    said = json.loads(words.attributes["data-words"] or "")
    assert leftovers((str(one) for one in said.values()), KNOWN) == []
    kinds = {kind for _, _, kind, _ in json.loads(found["search.json"])}
    assert leftovers(kinds, KNOWN) == []


# Templates ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    jinja = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    source = path.read_text(encoding="utf-8")
    data = "".join(text if kind == "data" else " " for _, kind, text in jinja.lex(source))
    bare = re.sub(r"<[^>]*>", "\n", data)
    words = [one.strip(" :/.·") for one in bare.splitlines() if re.search(r"[A-Za-z]{2}", one)]
    assert set(words) <= {*OWN_NAMES, "withhold.json", "datapackage.json"}
    for name in SHOWN:
        assert not re.search(rf'\s{name}="[^"{{]*[A-Za-z]{{2}}', source)
    tree = jinja.parse(source)
    said = {
        id(call.args[0])
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name == "_"
    }
    for one in tree.find_all(nodes.Const):
        if isinstance(one.value, str) and id(one) not in said:
            assert not re.search(r"[A-Za-z]{2,} [A-Za-z]", one.value), one.value


# Days and numbers -----------------------------------------------------------------------------


@pytest.fixture
def editions_of(made_root: Path) -> dict[str, Edition]:
    """An edition per language, of the made-up folder."""
    knowledge = load(made_root)
    return {one: Edition(one, folder.TODAY, knowledge, made_root) for one in ("en", "de")}


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("en", "since 2024-02-01", "since 1 February 2024"),
        ("de", "seit 2024-02-01", "seit 1. Februar 2024"),
        ("de", "angekündigt für 2024-10: mehr", "angekündigt für Oktober 2024: mehr"),
        ("en", "for 2024-10.", "for October 2024."),
        ("de", "2024-13-45 und 2024-13", "2024-13-45 und 2024-13"),
        ("de", "Richtlinie 2019/790, draft-2024-10-x, RFC 9309", None),
        ("de", "2024-03", "März 2024"),
    ],
)
def test_days_and_months_are_said(
    editions_of: dict[str, Edition], lang: str, text: str, said: str | None
) -> None:
    one = editions_of[lang]
    assert one.plain_dates(text) == (text if said is None else said)
    shown = HTMLParser(f"<p>{one.dated(text)}").css_first("p")
    assert shown is not None
    assert shown.text() == (text if said is None else said)
    for time in shown.css("time"):
        assert re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", time.attributes["datetime"] or "")


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "12,345 · German · Deutsch"), ("de", "12.345 · Deutsch · Deutsch")]
)
def test_numbers_and_languages(editions_of: dict[str, Edition], lang: str, said: str) -> None:
    one = editions_of[lang]
    assert f"{one.number(12345)} · {one.spoken('de')} · {one.native('de')}" == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("nicht bekannt", "Nicht bekannt"), ("xAI sagt", "xAI sagt"), ("öffentlich", "Öffentlich")],
)
def test_a_sentence_begins_with_a_capital_and_a_name_keeps_its_own(text: str, said: str) -> None:
    assert editions.upper_first(editions.Markup(text)) == said


def test_a_german_page_has_no_date_for_machines(
    made_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among what is shown: texts in knowledge that name a day, and what was announced."""
    for file, old, new in (
        ("crawlers/otherbot.toml", 'https://partner.example/bot" }', 'a list of 2024-05-02" }'),
        ("signals/robots-txt.toml", '"standard"', '"draft, expired 2024-05-03"'),
        ("claims/it-is-said.toml", 'kind = "press"', 'kind = "press"\ntitle = "read 2024-05-04"'),
        (
            "platforms/acme.toml",
            "since = 2024-02-01",
            'since = 2024-02-01\nsince_precision = "month"',
        ),
        ("laws/act.toml", "since = 2024-01-01", "since = 2024-06-01"),
        ("platforms/acme.toml", '"Acme trainiert."', '"Acme trainiert seit 2024-02-01."'),
    ):
        folder.change(made_root, file, old, new)
    found = guide(made_root, monkeypatch, langs=("de",))
    whole = ""
    for path, tree in (*pages(found), *fragments(found)):
        for node in tree.css("script, style, code"):
            node.decompose()
        text = " ".join((tree.body or Node).text(separator=" ").split())
        assert not re.search(r"\d{4}-\d{2}", text), path
        whole += text
    for said in (
        "2. Mai 2024",
        "3. Mai 2024",
        "4. Mai 2024",
        "ab Februar 2024",
        "Stand: 1. Juli 2024",
    ):
        assert said in whole


# From right to left ---------------------------------------------------------------------------


def test_a_page_runs_as_its_language_does(
    editions_of: dict[str, Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = editions_of["en"]
    values = {"head": _Head(), "root": "", "base": "", "shared": "", "others": []}
    assert 'dir="ltr"' in one.render("lost.html", **values)
    one.__dict__["locale"] = Locale("ar")
    assert 'dir="rtl"' in one.render("lost.html", **values)


class _Head:
    """What a page says of itself."""

    title = description = "x"
    path = "404.html"


def test_the_stylesheet_knows_no_left_and_right() -> None:
    css = (Path(str(HERE)) / "static" / "guide.css").read_text(encoding="utf-8")
    physical = r"(?<![\w-])((margin|padding|border|inset)-)?(left|right)\b[\w-]*\s*:"
    sides = r"(text-align|float|clear)\s*:\s*(left|right)"
    assert re.findall(f"{physical}|{sides}", css) == []
    four = re.findall(r"(?:margin|padding|inset):((?:\s+[^\s;]+){4});", css)
    assert [one for one in four if one.split()[1] != one.split()[3]] == []
