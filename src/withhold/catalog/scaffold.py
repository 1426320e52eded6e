"""A new file of knowledge to fill in: every field that is needed, with what it means."""

from __future__ import annotations

import re
from datetime import date

from withhold.errors import BadInput

_PLATFORM = """#:schema ../schema/platform.json
id = "{slug}"
name = "{name}"
operator = "FILL-IN"            # a file in knowledge/actors/
tier = 2
aliases = []
audiences = ["public"]          # who can see a post there
automation_terms = {{ says = "not-looked-up" }}

[source.terms]                  # whose words
url = "https://FILL-IN"
kind = "official"               # official | archived | regulator | research | press | blog
seen = {today}
quote = ""                      # at most 25 words, literally

[[practice]]                    # what they say they do
id = "own-generative-models"
says = "silent"                 # yes | no | conditional | silent; silence is never a no
use = "train-ai"
actor = "FILL-IN"
content = ["post"]
audience = ["public"]
default = "none"
known_since = {today}           # or since = the day it came into force
sources = ["terms"]
what = {{ en = "FILL-IN", de = "FILL-IN" }}

[[control]]                     # how to say no, and how far that reaches
id = "no-switch"
kind = "none"                   # toggle | form | email | audience | robots | none
covers = {{ own-generative-models = "not" }}
helps = {{ en = "FILL-IN", de = "FILL-IN" }}
sources = ["terms"]
verified = {{ how = "source", on = {today} }}
"""

_ACTOR = """#:schema ../schema/actor.json
id = "{slug}"
name = "{name}"

[source.about]
url = "https://FILL-IN"
kind = "official"
seen = {today}
"""

_CRAWLER = """#:schema ../schema/crawler.json
id = "{slug}"
token = "{token}"               # as RFC 9309, 2.2.1 allows: letters, - and _
operator = "FILL-IN"            # a file in knowledge/actors/
token_kind = "fetcher"          # fetcher | control | library
purpose = "training"
honours = {{ says = "not-stated", looked_at = "FILL-IN" }}
what = {{ en = "FILL-IN", de = "FILL-IN" }}

[source.docs]
url = "https://FILL-IN"
kind = "official"
seen = {today}
"""

_KINDS = {"platform": _PLATFORM, "actor": _ACTOR, "crawler": _CRAWLER}


def scaffold(kind: str, slug: str, today: date) -> str:
    """The text of a new file of a kind; raises BadInput for a slug that cannot be one."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise BadInput(f"{slug} is not a slug", "lower-case letters, digits and single hyphens")
    name = slug.replace("-", " ").title()
    token = slug.replace(" ", "-")
    return _KINDS[kind].format(slug=slug, name=name, token=token, today=today)
