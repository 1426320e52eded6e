"""A made-up ``withhold/forget/1``."""

from __future__ import annotations

import json
from typing import Any

from withhold.faces.cli.own_forget import document
from withhold.keep import Forgotten
from withhold.verbs.forgetting import Gone
from withhold.verbs.forgotten import Held, Left, Proof


def forgotten() -> Any:
    """Everything went, and two places are left."""
    stored = Forgotten(accounts=1, sites=1, cases=1, posts=1, observations=1, evidence=1)
    left = Left(what="a post", file="a", member="b", offset=1, form="utf-8", row="post")
    proof = Proof(
        scope="everything",
        left=(left,),
        left_in_all=1,
        held=(Held(where="b", n=1),),
        unread=("c",),
        outside=("d",),
        linked=1,
    )
    body = document(Gone(stored=stored, runs=1, windows=1, responses=1), proof)
    return json.loads(json.dumps(body))  # tuples are lists there
