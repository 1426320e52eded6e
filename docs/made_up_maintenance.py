"""A made-up ``withhold/links/1`` and ``withhold/flips/1`` in which every list holds something."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Any

from withhold.catalog.facts_changed import Changed
from withhold.catalog.source_links import Link, Named
from withhold.faces.report import flips as flips_said
from withhold.faces.report import links as links_said
from withhold.facts import Source
from withhold.verbs.check_links import Asked, Seen
from withhold.verbs.flip_cells import Said
from withhold.verbs.flip_rules import Broken
from withhold.verbs.flips import Flip, Flips
from withhold.verbs.link_grades import Graded
from withhold.words import Span


def links(day: date) -> Any:
    """One address that moved for good, named by one file."""
    named = Named(
        file="platforms/x.toml", source="terms", kind="official", seen=day, alone=("own-models",)
    )
    link = Link(url="https://example.org/terms", named=(named,))
    graded = Graded(grade="moved", status=200, title="Terms", address="https://example.org/new")
    seen = Seen(url=link.url, on=datetime.combine(day, time(), UTC), graded=graded)
    return json.loads(
        links_said.as_json([Asked(link=link, seen=seen)], day, links_said.words_of("en"))
    )


def flips(day: date) -> Any:
    """One answer that flips, by one fact, with one rule that is not met."""
    source = Source(url="https://example.org/terms", kind="official", seen=day)
    span = (Span(day, None),)
    cause = Changed(
        what="practice",
        folder="platforms",
        owner="x",
        id="own-models",
        before=None,
        after=None,
        fields=("says",),
        kept="overwritten",
        old=(source,),
        new=(source,),
        file_before="platforms/x.toml#own-models",
        file_after="platforms/x.toml#own-models",
    )
    flip = Flip(
        what="answer",
        platform="x",
        actor="x",
        use="train-ai",
        when=day,
        before=Said("allowed", None, span),
        after=Said("disallowed", "promised", span),
        kinds=("post",),
        audience=("public",),
        places=("DE",),
        plans=("",),
        account_kinds=("personal",),
        done="toggle",
        causes=(cause,),
        broken=(Broken(rule="kept", why="overwritten", about=("x/own-models",)),),
    )
    found = Flips(flips=(flip,), changed=(cause,), asked=1)
    return json.loads(flips_said.as_json(found, day, flips_said.words_of("en")))
