"""Character references, also those that no character has."""

from __future__ import annotations

import pytest

from withhold.policies.no_policy import not_a_policy
from withhold.policies.passages import document_of
from withhold.policies.references import unescaped

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
