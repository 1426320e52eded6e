"""300 mutants by seed, and some with a look-alike: a page redesigned is set right or left alone."""

from __future__ import annotations

import pytest

from tests.recipes import runs
from tests.recipes.conftest import Keep
from tests.recipes.field import Field
from tests.recipes.runs import Planned
from tests.recipes.test_matrix import marked
from tests.replicas import mutate


@pytest.mark.system
@pytest.mark.parametrize("planned", marked([*runs.mutants(), *runs.twins()]))
def test_right_or_not_at_all(planned: Planned, field: Field, keep: Keep) -> None:
    played, _, _ = field.ours(planned)
    keep(played)
    assert not played.judged.faults, (
        played.judged.faults,
        mutate.kinds(planned.seed),
        played.said,
    )
