"""Character references, also those that no character has."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from withhold.exports import markup
from withhold.html_references import unescaped
from withhold.policies.no_policy import not_a_policy
from withhold.policies.passages import document_of
from withhold.rights import mail_text
from withhold.traces.corpus import html_text

LONG = "9" * 5000


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a &amp; b &#228;&#xE4; &nosuch;", "a & b ää &nosuch;"),
        (f"a &#{LONG}; b", "a \ufffd b"),
        (f"a &#{LONG}abc", "a \ufffdabc"),
        ("&#" + "0" * 5000 + "65; b", "A b"),
        ("&#00000000; &#1114112;", "\ufffd \ufffd"),
        ("&#55357;&#56832;", "\ufffd\ufffd"),
        ("none", "none"),
    ],
)
def test_each_is_a_character_or_none(written: str, meant: str) -> None:
    assert unescaped(written) == meant


def test_a_page_with_a_number_of_5000_digits_is_read() -> None:
    page = (
        f"<title>T &#{LONG};</title><p title='&#{LONG};'><a href='&#{LONG};'>We</a> say &#{LONG};."
    )
    document = document_of(page, "html")
    assert [one.text for one in document.passages] == ["We say \ufffd."]
    assert not_a_policy(document, page.encode()) == ""


@pytest.mark.parametrize(
    "text_of",
    [
        markup.text_of,
        mail_text.of_html,
        lambda page: html_text.page_text(page.encode()).decode(),
        lambda page: html_text.xml_text(page.encode()).decode(),
    ],
)
def test_a_post_a_mail_and_a_corpus_with_such_a_number_are_read(
    text_of: Callable[[str], str],
) -> None:
    assert "said &#" not in (found := text_of(f"<p>We said &#{LONG}; here</p>"))
    assert found.split() == ["We", "said", "\ufffd", "here"]
