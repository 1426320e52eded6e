"""The consent filter for Spark data frames.

    fields = consent_schema(df.schema)
    told = df.mapInArrow(consent(unknown="drop"), fields)

Each batch gets the four columns behind its own; ``drops=True`` leaves out the rows that are not
kept. The workers need ``withhold[arrow]``. ``withhold filter --engine spark`` also writes parts, a
manifest and a card.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from withhold.adapters.rows import can_be_asked
from withhold.traces.deciding.columns import OURS, known
from withhold.traces.deciding.decide import decide


def consent(
    *, drops: bool = False, columns: dict[str, str] | None = None, **asked: Any
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """For ``DataFrame.mapInArrow``; ``asked`` is what ``withhold.decide`` takes.

    Raises BadInput at once for what cannot be asked, and on the workers for missing columns.
    """
    can_be_asked(asked)
    named = known(columns or {})

    def decided(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            found = decide(batch, columns=named, **asked)
            yield found.filter(found.column(OURS[0])) if drops else found

    return decided


def consent_schema(schema: Any) -> Any:
    """The schema of what comes out, for a data frame's ``schema``."""
    made = type(schema)([field for field in schema.fields if field.name not in OURS])
    for name in OURS:
        made = made.add(name, "boolean" if name == OURS[0] else "string")
    return made
