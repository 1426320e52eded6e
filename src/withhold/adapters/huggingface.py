"""The consent filter for Hugging Face ``datasets``.

    kept = data.filter(consent(unknown="drop"), batched=True)
    told = data.map(consent(unknown="drop", adds=True), batched=True)

The first gives a mask, the second adds the columns ``withhold_keep``, ``_answer``, ``_reason`` and
``_policy``. What it returns can be pickled, so ``num_proc`` works.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from withhold.adapters.rows import batch_of, can_be_asked
from withhold.traces.deciding.columns import OURS, known
from withhold.traces.deciding.decide import decide


class Consent:
    """A function of batches, with what it was asked."""

    def __init__(self, columns: dict[str, str], adds: bool, asked: dict[str, Any]) -> None:
        self.columns, self.adds, self.asked = columns, adds, asked

    def __call__(self, batch: Mapping[str, Sequence[Any]]) -> Any:
        """A mask, or the four columns, for a batch of columns."""
        decided = decide(batch_of(batch, self.columns), **self.asked)
        if self.adds:
            return {name: decided.column(name).to_pylist() for name in OURS}
        return decided.column(OURS[0]).to_pylist()


def consent(*, adds: bool = False, columns: dict[str, str] | None = None, **asked: Any) -> Consent:
    """For ``Dataset.filter(..., batched=True)``, or with ``adds`` for ``Dataset.map``.

    ``asked`` is what ``withhold.decide`` takes: ``unknown`` must be said. Raises BadInput at once
    for what cannot be asked.
    """
    can_be_asked(asked)
    return Consent(known(columns or {}), adds, asked)
