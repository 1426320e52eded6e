"""The frame's messages: every one is collected, in step, and said in German.

What the templates and the code say is found here by their syntax trees; the catalogues were
written by Babel's extractors, which share no code with that.
"""

from __future__ import annotations

import ast
import importlib.util
import io
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from withhold.faces.guide.edition import HERE, translations

GUIDE = Path(str(HERE))
LOCALE = GUIDE / "locale"
REPO = Path(__file__).resolve().parents[4]
GAP = re.compile(r"%\(\w+\)s|\{\w+\}")
REFUSED = {
    "en": r"protect\w*|safe\w*|secure\w*|guarantee\w*|illegal\w*|violat\w*|consented|score\w*",
    "de": r"\w*schütz\w*|(un)?sicher\w*|garant\w*|illegal\w*|versto(ß|ss)\w*|eingewilligt|punkte"
    r"|note|du|dir|dich|dein\w*|einfach nur",
}
JINJA = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def in_code() -> Iterator[str]:
    """What ``_("...")`` and ``say("...")`` say in the code of the guide."""
    for path in GUIDE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in ("_", "say"):
                    yield str(node.args[0].value)


def in_templates() -> Iterator[str]:
    """What ``_("...")`` says in the templates."""
    for path in (GUIDE / "templates").glob("*.html"):
        for call in JINJA.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "_":
                assert isinstance(call.args[0], nodes.Const), f"{path.name}: {call.args[0]}"
                yield str(call.args[0].value)


SAID = {*in_code(), *in_templates()}


def catalogue(name: str) -> Catalog:
    """A file of ``locale/``."""
    with (LOCALE / name).open("rb") as stream:
        return read_po(stream)


def messages(name: str) -> dict[str, Message]:
    """English -> its entry in a file of ``locale/``."""
    return {str(one.id): one for one in catalogue(name) if one.id}


LANGUAGES = sorted(path.name for path in LOCALE.glob("*.po"))


def test_there_is_something_to_say() -> None:
    assert "de.po" in LANGUAGES
    assert len(SAID) > 300
    assert {"Where do you live?", "Say where you live: the answer depends on it."} <= SAID


@pytest.mark.parametrize("name", ["guide.pot", *LANGUAGES])
def test_every_message_stands_in_every_catalogue_and_no_other(name: str) -> None:
    found = catalogue(name)
    assert {str(one.id) for one in found if one.id} == SAID, "make messages"
    assert not found.obsolete


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_message_is_translated(name: str) -> None:
    for english, entry in messages(name).items():
        said = str(entry.string)
        assert said.strip(), english
        assert not entry.fuzzy, english
        assert sorted(GAP.findall(said)) == sorted(GAP.findall(english)), english
        assert re.findall(r"^\s|\s$", said) == re.findall(r"^\s|\s$", english), english
        bare = GAP.sub("", said)
        assert english == GAP.sub("", english) or not re.search(r"[{}]|%\(", bare), english


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_translation_is_the_one_that_is_said(name: str) -> None:
    """Through the catalogue that the pages are written with."""
    compiled = translations(name.removesuffix(".po"))
    for english, entry in messages(name).items():
        assert compiled.gettext(english) == entry.string


def test_no_word_comforts_or_frightens() -> None:
    texts = {"en": SAID, "de": {str(one.string) for one in messages("de.po").values()}}
    for lang, said in texts.items():
        for text in said:
            found = re.search(rf"\b(?:{REFUSED[lang]})\b", text, re.IGNORECASE)
            assert found is None, f"{found} in {text}"
            assert "!" not in text


def test_german_has_german_quotation_marks() -> None:
    for english, entry in messages("de.po").items():
        said = str(entry.string)
        assert english.count("“") == said.count("„") == said.count("“"), said
        assert english.count("”") == english.count("“")
        assert "”" not in said


# How the catalogues are kept ------------------------------------------------------------------

HEAD = '# Plain words.\nmsgid ""\nmsgstr ""\n"Language: fr\\n"\n'
OLD = f"""{HEAD}
#: old.py
#, python-format
msgid "%(n)s places"
msgstr "%(n)s lieux"

msgid "The list of everything that you do use here."
msgstr "La liste."

msgid "gone"
msgstr "parti"
"""
REWORDED = "The list of everything that you use here."


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """``docs/messages.py``."""
    spec = importlib.util.spec_from_file_location("messages", REPO / "docs" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def entries(text: str) -> dict[str, Message]:
    """English -> its entry in a catalogue that was written."""
    return {str(one.id): one for one in read_po(io.BytesIO(text.encode("utf-8"))) if one.id}


def today() -> Catalog:
    """The messages of a made-up day."""
    found = Catalog()
    for message in ("%(n)s places", REWORDED, "new", "day"):
        found.add(message, None, [("new.py", 7)])
    return found


def test_the_catalogues_are_what_make_messages_writes(
    script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main(["--check"]) == 0, capsys.readouterr().out


def test_a_translation_stays_what_is_new_is_empty_what_is_gone_goes(script: ModuleType) -> None:
    found = entries(script.updated(today(), OLD))
    assert set(found) == {"%(n)s places", REWORDED, "new", "day"}
    assert found["%(n)s places"].string == "%(n)s lieux"
    assert found["new"].string == found["day"].string == ""
    assert not found["%(n)s places"].fuzzy


def test_what_was_reworded_keeps_its_translation_as_uncertain(
    script: ModuleType, tmp_path: Path
) -> None:
    text = script.updated(today(), OLD)
    found = entries(text)[REWORDED]
    assert found.fuzzy
    assert found.string == "La liste."
    (tmp_path / "fr.po").write_text(text, encoding="utf-8")
    compiled = translations("fr", tmp_path)
    assert compiled.gettext(REWORDED) == REWORDED, "what is uncertain is not said"
    assert compiled.gettext("%(n)s places") == "%(n)s lieux"


def test_a_second_time_changes_nothing_and_the_head_stays(script: ModuleType) -> None:
    once = script.updated(today(), OLD)
    assert script.updated(today(), once) == once
    assert once.startswith(HEAD)


def test_differences_stay_small(script: ModuleType) -> None:
    """No line numbers, no day, sorted: a message that moves in its file changes nothing."""
    moved = today()
    for one in moved:
        one.locations = [(file, line + 40) for file, line in one.locations]
    text = script.updated(today(), OLD)
    assert script.updated(moved, OLD) == text
    ids = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    assert ids == sorted(ids)
    for name in ("guide.pot", *LANGUAGES):
        kept = (LOCALE / name).read_text(encoding="utf-8")
        assert not re.search(r"^#: .*:\d", kept, re.MULTILINE)
        assert "Date" not in kept.partition("\n\n")[0]
