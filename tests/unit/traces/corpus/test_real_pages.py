"""A real page: its words as Common Crawl took them out, looked for in the page as it was served."""

from __future__ import annotations

from pathlib import Path

import pytest

from withhold.traces.corpus.found import Needle, Record
from withhold.traces.corpus.ladder import Ladder
from withhold.traces.corpus.literal import Engine
from withhold.traces.corpus.needles import of_text
from withhold.traces.corpus.records import records

pytestmark = pytest.mark.real


def every(path: Path) -> list[Record]:
    with path.open("rb") as stream:
        return [one for one in records(stream, path.name) if isinstance(one, Record)]


@pytest.mark.parametrize("way", ["hyperscan", "windows", "ahocorasick"])
def test_each_paragraph_of_a_page_is_found_in_its_html_and_nowhere_else(
    corpus: Path, way: Engine
) -> None:
    page = next(
        one for one in every(corpus / "warc/ccwhirlwind-whirlwind.warc.wet.gz") if one.texts
    )
    lines = {line for line in page.texts[0].decode().split("\n") if len(line) > 120}
    needles = [one for one in (of_text(line, line) for line in lines) if isinstance(one, Needle)]
    assert needles
    ladder = Ladder(needles, way)
    found = [
        (hit.needle, hit.rung, hit.url)
        for one in every(corpus / "warc/ccwhirlwind-whirlwind.warc.gz")
        for hit in ladder.hits(one)
    ]
    assert sorted(found) == sorted((one.id, "span", page.url) for one in needles)
    others = [
        *every(corpus / "warc/resiliparse-warcfile.warc.gz"),
        *every(corpus / "warc/jwarc-cc.warc.gz"),
    ]
    assert len(others) > 10
    assert [hit for one in others for hit in ladder.hits(one)] == []
