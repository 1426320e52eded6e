"""Answers are kept by the rules that a path meets: few, and the same as without keeping any."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.traces.logs.test_in_force import at, one
from withhold.traces.logs import in_force
from withhold.traces.logs.in_force import InForce


def test_what_is_kept_of_answers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_force, "KNOWN_AT_MOST", 10)
    rules = "".join(f"Disallow: /art/{n}/\n" for n in range(100))
    force = InForce([one("06-01", f"User-agent: *\n{rules}".encode())])
    for n in range(100):
        assert force.standing("GPTBot", f"/art/{n}/x", at("06-04 00:00")).line == n + 2
    assert sum(len(answers) for _, answers in force._told.values()) <= 10
    force.standing("GPTBot", "/art/7/" + "x" * 100_000, at("06-04 00:00"))
    assert len(repr(force._told)) < 10_000


RULES = [
    *("/", "/a", "/a/b", "/a/b/c$", "/*.pdf", "/a*z", "/*b=", "", "/robots", "/%61/x", "*"),
    *("/a/b*", "/*?"),
]
PATHS = [
    *(
        "/",
        "/a",
        "/a/b",
        "/a/b/c",
        "/a/b/c/",
        "/x.pdf",
        "/a/x.pdf",
        "/a/1z",
        "/?b=1",
        "/robots.txt",
    ),
    *("/%72obots.txt", "/robots", "/%61/x", "/q", "/a/b/c?z", "/z"),
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(["Allow", "Disallow"]), st.sampled_from(RULES))),
        min_size=1,
        max_size=4,
    ),
    st.permutations(PATHS),
)
def test_what_was_answered_before_changes_no_answer(
    files: list[list[tuple[str, str]]], paths: list[str]
) -> None:
    dated = []
    for day, rules in enumerate(files, 1):
        said = "".join(f"{verb}: {rule}\n" for verb, rule in rules)
        body = f"User-agent: GPTBot\n{said}\nUser-agent: *\nDisallow: /{day}\n".encode()
        dated.append(one(f"06-{day:02}", body))
    force = InForce(dated)
    for day in range(1, len(files) + 2):
        for hour in ("01", "23"):
            when = at(f"06-{day:02} {hour}:00")
            for path in paths:
                assert force.standing("GPTBot", path, when) == InForce(dated).standing(
                    "GPTBot", path, when
                )
