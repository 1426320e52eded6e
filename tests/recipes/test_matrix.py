"""Every recipe with every variant of its page: what is said is so, and nothing else is pressed.

60 runs of this file and of ``test_mutations.py`` belong to ``make test``, all of them to
``make recipes``.
"""

from __future__ import annotations

import pytest

from tests.recipes import runs
from tests.recipes.conftest import Keep
from tests.recipes.field import Field
from tests.recipes.runs import Planned

SAMPLE = runs.sample()


def marked(all_of_them: list[Planned]) -> list[object]:
    """The runs as parameters; those that are not in the sample with the mark ``matrix``."""
    return [
        pytest.param(one, id=one.name, marks=() if one.name in SAMPLE else (pytest.mark.matrix,))
        for one in all_of_them
    ]


@pytest.mark.system
@pytest.mark.parametrize("planned", marked(runs.matrix()))
def test_what_is_said_is_so(planned: Planned, field: Field, keep: Keep) -> None:
    played, _, _ = field.ours(planned)
    keep(played)
    assert not played.judged.faults, (played.judged.faults, planned.true.why, played.said)
