"""The consent filter as a step of a datatrove pipeline.

    ConsentFilter(unknown="drop", token="MyBot", batch_size=1000)

What was said rides in ``doc.metadata`` (``url``, ``crawl_time``, ``robots``, ``headers`` ...) and
never as text: datatrove drops documents whose text is empty, and an empty robots.txt refuses
nothing. A document that is dropped has its reason, ``(False, "no:GPTBot:robots:12")``, which
datatrove counts and hands to the exclusion writer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from withhold.adapters.rows import batch_of
from withhold.errors import MissingExtra
from withhold.traces.deciding.columns import NAMES, OURS, known
from withhold.traces.deciding.decide import decide

if TYPE_CHECKING:
    from datatrove.data import Document
try:
    from datatrove.pipeline.filters.base_filter import BaseFilter
except ImportError as why:
    raise MissingExtra("a step of datatrove needs datatrove", "pip install datatrove") from why


class ConsentFilter(BaseFilter):  # type: ignore[misc]  # datatrove has no types
    """Keeps documents that nobody refused; takes what ``withhold.decide`` takes.

    ``columns`` maps our names to keys of the metadata. A key that no document so far had is a
    missing column and stops the pipeline with BadInput; one that others had is not known here.
    """

    name = "withhold consent"

    def __init__(
        self,
        exclusion_writer: Any = None,
        batch_size: int = 1_000,
        *,
        columns: dict[str, str] | None = None,
        **asked: Any,
    ) -> None:
        """``asked``: ``use``, ``token``, ``honour``, ``unknown`` (must be said), ``when`` ..."""
        super().__init__(exclusion_writer, batch_size)
        self.columns = known(columns or {})
        self.asked = asked
        self._wanted = frozenset(self.columns.get(one, one) for one in NAMES)
        self._keys: dict[str, None] = {}  # of these, what any document so far had

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Whether a document is kept, and if not why."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: Sequence[Document]) -> list[bool | tuple[bool, str]]:
        """The same for many: each robots.txt is read once."""
        there = (key for doc in batch for key in doc.metadata if key in self._wanted)
        self._keys.update(dict.fromkeys(there))
        values = {key: [doc.metadata.get(key) for doc in batch] for key in self._keys}
        decided = decide(batch_of(values, self.columns), **self.asked)
        keep, reason = (decided.column(name).to_pylist() for name in (OURS[0], OURS[2]))
        return [True if so else (False, why) for so, why in zip(keep, reason, strict=True)]
