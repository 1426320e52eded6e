"""Pages of others: settings that a person saved, policies in every format."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from tests.fuzz.tables import UNIT
from tests.fuzz.target import Target
from withhold.catalog.recipes import menu_words
from withhold.policies import versions
from withhold.policies.reading import Reading, read_document
from withhold.recipes.saved import open_saved, read_saved
from withhold.steps import MenuWords, Recipe

Form = Literal["html", "markdown", "text", "pdf"]
DOMAINS = ("www.example.org",)
_SAID = "# Privacy policy\n\nWe use your posts to train our AI models.\n"


@cache
def recipe() -> Recipe:
    """The small recipe of the unit tests."""
    from tests.unit.recipes.pages import recipe as made

    return made()


@cache
def words() -> MenuWords:
    """What ships."""
    return menu_words()


def saved(body: bytes) -> None:
    """A page or a trouble; a state is shown only where the recipe's page was seen."""
    page = open_saved(body, DOMAINS)
    result = read_saved(recipe(), body, words())
    assert result.saved
    msgspec.convert(msgspec.to_builtins(result), type(result))
    if page.trouble:
        assert result.outcome == "unknown", result
    else:
        assert urlsplit(page.address).hostname in DOMAINS


def off_stays_off(body: bytes) -> None:
    """Whatever stands behind a page whose switch reads ON, it is never said to be off."""
    from tests.unit.recipes.saved_pages import chromium, switch

    noise = body.decode("utf-8", "replace")
    result = read_saved(recipe(), chromium(switch("true") + noise), words())
    assert result.outcome != "already-no" or "switch" in noise.lower() or "<" in noise


def policy(form: Form, body: bytes) -> None:
    """Passages in order and clauses that stand in them; the same twice is no change."""
    found = read_document(body, form)
    clauses(found)
    same = versions.compare(found, found)
    assert not same.noticed, same.grade


def appended(body: bytes) -> None:
    """What is said in a text is still said where something follows it."""
    text = body.decode("utf-8", "replace")
    before = read_document(_SAID, "markdown")
    after = read_document(f"{_SAID}\n{text}", "markdown")
    clauses(after)
    assert before.practices
    versions.compare(before, after)
    versions.compare(after, before)


def clauses(found: Reading) -> None:
    """What holds of the clauses of any document."""
    assert found.document.passages or "empty" in found.document.notes
    assert 0 <= found.document.kept <= 1
    texts = [one.text for one in found.document.passages]
    for one in found.clauses:
        assert one.sentence.strip()
        assert any(one.sentence in text for text in texts), one.sentence


def _saved() -> Iterator[bytes]:
    from tests.unit.recipes.saved_pages import canonical, chromium, firefox, mhtml, switch

    yield from (chromium(switch()), chromium(switch("true")), firefox(switch(), canonical()))
    yield from (
        mhtml(switch()),
        mhtml("<iframe src='cid:f'></iframe>", frames_url(), ("f", "", "x")),
    )
    select = "<select aria-label='Train AI on my posts'><option selected>On<option>Off</select>"
    yield from (chromium(select), chromium("<h2>AI</h2><input type=checkbox checked>"))
    yield chromium("<template shadowrootmode=open><slot></slot></template>" + switch())


def frames_url() -> str:
    """Where the pages of the unit tests are from."""
    return f"https://{DOMAINS[0]}/settings/ai"


def _sentences() -> Iterator[str]:
    said = tomllib.loads((UNIT / "policies" / "sentences.toml").read_text("utf-8"))
    for kind in ("yes", "no", "conditional", "reader", "nothing"):
        yield from said[kind][::6]


def _policies(form: Form) -> Iterator[bytes]:
    found = list(_sentences())
    heading = {"html": "<h1>Privacy policy</h1>", "markdown": "# Privacy policy", "text": "PRIVACY"}
    for at in range(0, len(found), 3):
        parts = found[at : at + 3]
        if form == "html":
            parts = [f"<p>{one}</p>" for one in parts]
        yield "\n\n".join([heading[form], *parts]).encode()
    yield b"<ul><li>train<li>models</ul><table><tr><th>a<td>b</table>"
    yield b"- one\n  - two\n\n| a | b |\n|---|---|\n| c | d |\n\n1. x\n"
    yield "Wir verwenden Ihre Beitr\u00e4ge, um unsere KI-Modelle zu trainieren.".encode()
    yield b"Last updated: 1 January 2024. Effective 2024-02-30."


def _pdfs() -> Iterator[bytes]:
    from tests.unit.document_files import objects

    text = b"BT /F1 12 Tf 72 700 Td (We use your posts to train AI.) Tj ET"
    stream = b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text)
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>"
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    yield objects(b"<</Type/Catalog/Pages 2 0 R>>", tree, page, stream, font)


def _policy(form: Form, seeds: Callable[[], Iterator[bytes]], words: str) -> Target:
    return Target(
        name=f"policy-{form}",
        law="passages, and clauses that stand in them; the same twice is no change",
        once=partial(policy, form),
        seeds=seeds,
        dictionary=words,
    )


TARGETS = (
    Target(
        name="saved-page",
        law="a page or a trouble; what could not be read is never called off",
        once=saved,
        seeds=_saved,
        longest=8192,
    ),
    Target(
        name="saved-on",
        law="text behind a switch that reads ON never makes it off",
        once=off_stays_off,
        seeds=lambda: (b"Off", b"Train AI on my posts", b"aria-checked=false"),
        dictionary="saved-page",
    ),
    _policy("html", partial(_policies, "html"), "policy"),
    _policy("markdown", partial(_policies, "markdown"), "policy"),
    _policy("text", partial(_policies, "text"), "policy"),
    _policy("pdf", _pdfs, "pdf"),
    Target(
        name="policy-appended",
        law="any text behind a policy; both ways compared",
        once=appended,
        seeds=partial(_policies, "markdown"),
        dictionary="policy",
    ),
)
