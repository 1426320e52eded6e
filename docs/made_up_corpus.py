"""A made-up ``withhold/corpus/1`` in which every list holds something."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from withhold.faces.report.corpus_said import Told, words_of
from withhold.faces.report.corpus_values import as_json
from withhold.reach.engines import Done
from withhold.traces.corpus.found import Needle, Refused
from withhold.verbs.corpus_needles import Sought
from withhold.verbs.prove_corpus import FileRead, Place, Searched

_PLACE = Place(
    needle="line 1",
    rung="near",
    file="a.warc.gz",
    record="urn:uuid:0",
    url="https://example.org/",
    date="2026-01-01T00:00:00Z",
    crawl="CC-MAIN-2026-01",
    offset=0,
    at=0,
    count=1,
    of=1,
    near=0.5,
)


class _Searched(Searched, frozen=True, kw_only=True):
    """Without the files of parts."""

    def places(self) -> Iterator[Place]:
        """The one."""
        yield _PLACE


def corpus() -> Any:
    """One needle in one record of a file that is cut."""
    searched = _Searched(
        sought=Sought(
            needles=(Needle(id="line 1"),),
            refused=(Refused(needle="line 2", why="short"),),
            excerpts={"line 1": "a", "line 2": "b"},
        ),
        files=(
            FileRead(
                name="a.warc.gz",
                records=1,
                unreadable=1,
                octets=1,
                why={"cut": 1},
                first={"cut": 1},
            ),
        ),
        folder="",
        parts=(Done(part="0", file="", sha256="", rows=1, counts={"rung:near": 1}),),
        crawls={"CC-MAIN-2026-01": 1},
        beyond={"line 1": 1},
    )
    return json.loads(as_json(Told(searched=searched, words=words_of("en"))))
