"""Where a message belongs: where it is clear, where the person says so, else nowhere."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from withhold.rights.matching import Match
from withhold.rights.replies import Message
from withhold.rights.suggest import Suggestion
from withhold.verbs.request_filing import noted, own_case, where
from withhold.verbs.request_replies import Came

CLEAR = Came(
    file="a.eml",
    number=1,
    message=Message(subject="Re: Objection [wh-222222]"),
    match=Match(case_id="WH-222222", how="reference"),
    suggestion=Suggestion(),
    octets=b"",
)
DOUBTFUL = replace(CLEAR, match=Match(candidates=("WH-222222",), doubt="several-cases"))
OWN = replace(CLEAR, match=Match(case_id="WH-222222", doubt="own"))
BEFORE = replace(CLEAR, filed_before="WH-333333")


@pytest.mark.parametrize(
    ("came", "said", "case", "how", "already"),
    [
        (CLEAR, "", "WH-222222", "reference", False),
        (CLEAR, "WH-444444", "WH-444444", "case", False),
        (DOUBTFUL, "", "", "", False),
        (DOUBTFUL, "WH-222222", "WH-222222", "case", False),
        (OWN, "", "", "", False),
        (OWN, "WH-222222", "WH-222222", "case", False),
        (BEFORE, "WH-444444", "WH-333333", "", True),
    ],
)
def test_where_it_belongs(came: Came, said: str, case: str, how: str, already: bool) -> None:
    found = where(came, said)
    assert (found.case, found.how, found.already) == (case, how, already)
    assert found.number == 0  # nothing was written


def test_only_what_no_one_wrote_by_hand_is_noted_by_itself() -> None:
    assert noted(replace(CLEAR, suggestion=Suggestion(outcome="automatic", sure=True)))
    assert not noted(replace(CLEAR, suggestion=Suggestion(outcome="automatic")))
    assert not noted(replace(CLEAR, suggestion=Suggestion(outcome="granted", sure=True)))


def test_the_case_that_ones_own_letter_names() -> None:
    assert own_case(CLEAR) == "WH-222222"
    assert own_case(replace(CLEAR, message=Message(subject="WH-222222X"))) == ""
