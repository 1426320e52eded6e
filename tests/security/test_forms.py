"""Every form in which a text is sought is the one that other programs write."""

from __future__ import annotations

import base64
import html
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.verbs.forgotten_forms import LONGEST, of_text, spans
from withhold.verbs.forgotten_search import Sought

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), min_size=12, max_size=LONGEST
).filter(lambda one: one == one.strip())


@given(TEXTS, st.binary(max_size=5), st.binary(max_size=5))
@pytest.mark.parametrize("written", range(9))
def test_whoever_wrote_it_so_is_found(written: int, text: str, before: bytes, after: bytes) -> None:
    plain = text.encode()
    lying = (
        plain,
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        base64.b64encode(before + plain + after),
        base64.urlsafe_b64encode(before + plain + after),
        json.dumps(text)[1:-1].encode(),
        quote(text, safe="").encode(),
        quote_plus(text).encode(),
        html.escape(text).replace("&#x27;", "&#39;").encode(),
    )[written]
    data = before + lying + after if written not in (3, 4) else lying
    assert any(octets in data for _, octets in of_text(text))


@given(st.lists(st.binary(min_size=15, max_size=60), min_size=1, max_size=20), st.data())
def test_many_at_once_are_found_where_they_are(strings: list[bytes], data: st.DataObject) -> None:
    """Against ``in``, over pieces cut anywhere."""
    there = data.draw(st.lists(st.sampled_from(strings), max_size=5))
    whole = b"".join(data.draw(st.binary(max_size=30)) + one for one in there)
    cut = data.draw(st.integers(0, len(whole)))
    found = {hit.n for hit in Sought(strings).find([whole[:cut], whole[cut:]])}
    assert found == {n for n, one in enumerate(strings) if one in whole}


@given(st.text(max_size=9_000))
def test_spans_are_parts_of_the_text_and_short(text: str) -> None:
    for one in spans(text):
        assert one in text
        assert len(one) <= LONGEST
