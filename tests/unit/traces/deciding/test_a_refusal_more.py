"""A law: whoever says no once more, wherever it is said, never makes an answer more permissive."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.traces.deciding.made import batch, row
from withhold import decide
from withhold.traces.deciding.asking import Honour

STRICT = {"allowed": 0, "unknown": 1, "disallowed": 2}
TOKENS = ("*", "GPTBot", "CCBot", "MyBot", "Google-Extended", "Applebot", "DuckDuckBot")
LINES = st.sampled_from(
    [
        *(f"User-agent: {token}" for token in TOKENS),
        *("Disallow: /", "Disallow: /p", "Allow: /page", "Allow: /", "Disallow:", ""),
        *("Content-Signal: ai-train=no", "Content-Signal: /page ai-train=yes"),
        *("Content-Usage: train-ai=n", "Content-Usage: /page train-ai=y", "License: /l.xml"),
    ]
)
HEADERS = (
    *("X-Robots-Tag: noai", "X-Robots-Tag: gptbot: noai", "X-Robots-Tag: mybot: noai"),
    *("X-Robots-Tag: noarchive", "TDM-Reservation: 1"),
)
OTHER_HEADERS = ("X-Robots-Tag: nocache", "Content-Usage: train-ai=y", "TDM-Reservation: 0", "A: b")
METAS = tuple(
    f"<meta name={name} content={value}>"
    for name, value in (
        *(("robots", "noai"), ("gptbot", "noai"), ("mybot", "noai")),
        *(("robots", "noarchive"), ("tdm-reservation", "1")),
    )
)
OTHER_METAS = ("<meta name=robots content=nocache>", "<meta name=tdm-reservation content=0>")
RULES = (
    *("Disallow: /", "Content-Signal: ai-train=no", "Content-Usage: train-ai=n"),
    "Disallow: /\nContent-Usage: train-ai=n",
)
GROUPS = st.builds(
    "\n\nUser-agent: {}\n{}\n".format, st.sampled_from(TOKENS), st.sampled_from(RULES)
)


def few(*said: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(said), max_size=3).map(tuple)


@given(
    robots=st.none() | st.lists(LINES, max_size=10).map("\n".join),
    headers=few(*HEADERS, *OTHER_HEADERS),
    metas=few(*METAS, *OTHER_METAS),
    group=GROUPS,
    header=st.sampled_from(HEADERS),
    meta=st.sampled_from(METAS),
    token=st.sampled_from(["", "MyBot", "GPTBot", "Applebot", "Applebot-Extended"]),
    honour=st.sampled_from(get_args(Honour)),
    unknown=st.sampled_from(["drop", "keep"]),
)
def test_a_refusal_more_never_keeps_more(
    robots: str | None,
    headers: tuple[str, ...],
    metas: tuple[str, ...],
    group: str,
    header: str,
    meta: str,
    token: str,
    honour: str,
    unknown: str,
) -> None:
    def said(robots: str | None, headers: tuple[str, ...], metas: tuple[str, ...]) -> Any:
        html = f"<head>{''.join(metas)}</head>"
        return row(robots=robots, headers="\n".join(headers), html=html)

    before, *after = decide(
        batch(
            said(robots, headers, metas),
            said((robots or "") + group, headers, metas) if robots is not None else row(),
            said(robots, (*headers, header), metas),
            said(robots, headers, (*metas, meta)),
        ),
        token=token,
        honour=honour,
        unknown=unknown,
    ).to_pylist()
    for number, one in enumerate(after):
        if number or robots is not None:
            assert STRICT[one["withhold_answer"]] >= STRICT[before["withhold_answer"]]
            assert before["withhold_keep"] or not one["withhold_keep"]
