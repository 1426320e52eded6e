"""Markdown to passages: headings, lists with their lead, tables, links, places in the source."""

from __future__ import annotations

import time

import pytest

from tests.unit.policies.passages_of import passage, texts
from withhold.policies.passages import document_of

POLICY = """Acme Privacy Policy
===================

Last updated: 3 May 2025

What we do
----------

We use what you post to:

*   train [our models](https://acme.example/ai "why");
*   keep **Acme** safe, that is:
    *   against spam
    *   against bots

    More on that.
*   nothing else.

### Choices

You may say no.

Ende
----

Bye.
"""


def test_headings_stand_in_a_stack() -> None:
    assert passage("We use what you post to:", POLICY).headings == (
        "Acme Privacy Policy",
        "What we do",
    )
    assert passage("You may say no.", POLICY).headings == (
        "Acme Privacy Policy",
        "What we do",
        "Choices",
    )
    assert passage("Bye.", POLICY).headings == ("Acme Privacy Policy", "Ende")
    assert passage("What we do", POLICY).headings == ("Acme Privacy Policy",)


def test_an_item_has_the_sentence_its_list_hangs_on() -> None:
    first = passage("train our models;", POLICY)
    assert (first.kind, first.lead) == ("item", "We use what you post to:")
    assert first.links == (("our models", "https://acme.example/ai"),)
    assert passage("nothing else.", POLICY).lead == "We use what you post to:"


def test_a_nested_item_has_both_leads() -> None:
    nested = passage("against bots", POLICY)
    assert nested.lead == "We use what you post to: keep Acme safe, that is:"
    assert passage("More on that.", POLICY).lead == "We use what you post to:"
    assert passage("You may say no.", POLICY).lead == ""


@pytest.mark.parametrize(
    ("before", "lead"),
    [
        ("It is so. We never do the following.", "We never do the following."),
        ("It is so. We will not", "We will not"),
        ("Folgendes tun wir nicht.", "Folgendes tun wir nicht."),
        ("This stands for itself.", ""),
        ("**How we share**", ""),
    ],
)
def test_a_list_hangs_only_on_what_is_not_done(before: str, lead: str) -> None:
    assert passage("train models", f"{before}\n\n* train models\n").lead == lead


def test_paragraphs_with_letters_below_a_lead_are_items() -> None:
    text = "You may not:\n\n(a) copy it;\n\n(b) train on it.\n\nThank you.\n\n(c) by itself\n"
    assert passage("(b) train on it.", text).lead == "You may not:"
    assert passage("(b) train on it.", text).kind == "item"
    assert passage("(c) by itself", text).kind == "paragraph"


def test_places_in_the_source_are_exact() -> None:
    for crlf in (False, True):
        text = POLICY.replace("\n", "\r\n") if crlf else POLICY
        found = document_of(text, "markdown").passages
        assert len(found) == 14
        for one in found:
            cut = text[one.start : one.end]
            assert cut == cut.strip()
            for word in one.text.split():
                assert word.strip(";:.") in cut, (word, cut)
            if one.text == "against bots":
                assert cut == "against bots"
            if one.kind == "heading":
                assert cut == one.text


def test_a_row_is_a_passage_with_the_words_of_its_header() -> None:
    text = "| Why | What |\n| --- | --- |\n| To train AI | Posts |\n| Safety | |\n"
    assert texts(document_of(text, "markdown")) == [
        "Why; What",
        "Why: To train AI; What: Posts",
        "Why: Safety",
    ]


def test_several_points_in_a_cell_are_passages_beside_the_first_cell() -> None:
    text = "| Data | Use |\n|---|---|\n"
    text += "| Posts | * To show them<br>* To train [AI](/ai)<br><br>Ever. |\n"
    found = [one for one in document_of(text, "markdown").passages if one.kind == "row"]
    assert [one.text for one in found] == [
        "Data; Use",
        "Posts",
        "To show them",
        "To train AI",
        "Ever.",
    ]
    assert found[3].lead == "Data: Posts"
    assert found[3].links == (("AI", "/ai"),)
    assert text[found[3].start : found[3].end].startswith("| Posts |")


def test_an_escaped_bar_parts_no_cells() -> None:
    assert texts(document_of("| a \\| b | c |\n|--|--|\n| d | e |", "markdown"))[0] == "a | b; c"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("**How we train**", "heading"),
        ("**Remov****ing content**", "heading"),
        ("**We never train on it.**", "paragraph"),
        ("**We use it to:**", "paragraph"),
        ("**Bold** and not", "paragraph"),
        ("#### Sub #", "heading"),
        ("    ### Indented", "heading"),
    ],
)
def test_a_short_line_in_bold_is_a_heading(line: str, kind: str) -> None:
    assert [one.kind for one in document_of(line, "markdown").passages] == [kind]


def test_a_section_inside_an_item_is_a_section() -> None:
    text = (
        "1.  Data\n    ----\n\n    We keep it.\n\n    *   a\n\n    After.\n\n"
        "2.  ### Use\n\n    We use it.\n"
    )
    assert passage("We keep it.", text).headings == ("Data",)
    assert passage("After.", text).kind == "paragraph"
    assert passage("We use it.", text).headings == ("Data", "Use")


def test_a_heading_without_words_waits_for_them() -> None:
    text = "# P\n\n### \n\nHow we use it\n\nWe do.\n\n### \n\nThis is a sentence.\n"
    assert passage("We do.", text).headings == ("P", "How we use it")
    assert passage("This is a sentence.", text).kind == "paragraph"


def test_a_paragraph_above_a_rule_is_no_heading() -> None:
    long = "We say much. " * 40
    assert [one.kind for one in document_of(f"{long}\n---\n", "markdown").passages] == ["paragraph"]


def test_quotes_rules_and_fences_leave_only_words() -> None:
    text = "> We say\n> so.\n\n* * *\n\n---\n\n```\ncode here\n```\n"
    document = document_of(text, "markdown")
    assert texts(document) == ["We say so.", "code here"]
    assert document.kept == 1.0


def test_a_link_over_several_blocks_keeps_its_address() -> None:
    text = "[\n\nLearn more\n\n](https://acme.example/more)\n\nNext.\n"
    assert passage("Learn more", text).links == (("Learn more", "https://acme.example/more"),)


def test_nothing_is_dropped_silently() -> None:
    document = document_of(POLICY, "markdown")
    assert document.kept == pytest.approx(1.0, abs=0.001)
    assert document_of(POLICY + "\n" + "x" * 11_000_000, "markdown").kept < 0.95


@pytest.mark.parametrize(
    "text",
    [
        "we train " * 2_000_000,
        "\n".join(" " * (2 * (n % 900)) + "* a" for n in range(10_000)),
        "* " * 100_000 + "x",
        ">" * 100_000 + "x",
        "[" * 500_000,
        "[a](b " * 200_000,
        "[![a](b)" * 200_000,
        "*" * 2_000_000,
        "<a " * 500_000,
        "|a" * 500_000,
        "| -" + " " * 19_000 + "x",
        "(effective " * 100_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    """Each is some hundred times as long as a policy; a quadratic step would take minutes."""
    began = time.process_time()
    document = document_of(text, "markdown")
    assert time.process_time() - began < 10
    assert all(len(one.text) <= 20_000 for one in document.passages)
    assert all(len(one.lead) <= 15_000 for one in document.passages)


@pytest.mark.parametrize("data", [b"", b"\x00\x00", b"\xff\xfe\xfa# a\x80 we", "\ud800 we \udfff"])
def test_bytes_that_are_no_text_raise_nothing(data: bytes | str) -> None:
    document_of(data, "markdown")


def test_broken_letters_are_told() -> None:
    document = document_of(b"We say \xff it", "markdown")
    assert document.notes == ("broken-letters",)
    assert document_of(b" \n\x00", "markdown").notes == ("empty",)


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff# Our terms\n\nWe say so.",
        "\ufeff# Our terms\r\n\r\nWe say so.",
        "\ufeff# Our terms\r\rWe say so.",
        b"\xef\xbb\xbf# Our terms\n\nWe say so.",
        "\ufeff# Our terms\n\nWe say so.".encode("utf-16-le"),
        "# Our terms\r\rWe say so.",
    ],
)
def test_a_byte_order_mark_or_a_line_s_end_hides_no_heading(data: str | bytes) -> None:
    document = document_of(data, "markdown")
    assert [(one.text, one.kind) for one in document.passages] == [
        ("Our terms", "heading"),
        ("We say so.", "paragraph"),
    ]
    if isinstance(data, str):
        first = document.passages[0]
        assert data[first.start : first.end] == "Our terms"


def test_half_of_a_character_is_none_that_could_be_written() -> None:
    """Python lets a text hold one, and no file, no store and no terminal takes it."""
    document = document_of("We say \ud83d so.", "markdown")
    assert [one.text for one in document.passages] == ["We say \ufffd so."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "  \n", "\r"])
def test_a_table_has_its_header_however_its_lines_end(end: str) -> None:
    lines = ("| Data | Use |", "|---|---|", "| Posts | Training |", "", "| A | B |")
    said = [one.text for one in document_of(end.join(lines), "markdown").passages]
    assert said == ["Data; Use", "Data: Posts; Use: Training", "A; B"]
