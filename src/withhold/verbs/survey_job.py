"""The survey as a job of the engines: captures of WARC or Parquet to rows, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from withhold.errors import BadInput
from withhold.reach.engines import Part, digest_of
from withhold.reach.remote import opened, shown
from withhold.traces.corpus.warc_records import crawl_of
from withhold.traces.surveying.capture import Capture, Left
from withhold.traces.surveying.known import Known
from withhold.traces.surveying.rows import ROWS, Surveyed, schema
from withhold.traces.surveying.table_captures import columns, table_captures
from withhold.traces.surveying.warc_captures import warc_captures

TABLES = (".parquet", ".pq")
WARCS = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")


class SurveyJob:
    """What is asked of each capture; ``crawl`` stands where the input names none."""

    def __init__(
        self, tokens: tuple[str, ...], path: str, mapping: Mapping[str, str], crawl: str
    ) -> None:
        self.tokens, self.path, self.mapping, self.crawl = tokens, path, dict(mapping), crawl
        self.digest = digest_of("survey", tokens, path, self.mapping, crawl)
        self._left: Mapping[str, int] = {}
        self._known = Known(tokens, path)  # of this process

    def schema(self) -> Any:
        """See ``traces.surveying.rows``."""
        return schema()

    def batches(self, part: Part) -> Iterator[Any]:
        """One row for each capture, in the order of the file."""
        surveyed = Surveyed(self._known)
        yield from surveyed.batches(self._captures(part))
        self._left = surveyed.left

    def counts(self, batch: Any) -> Mapping[str, int]:
        """Captures by state, and how often a policy was decided."""
        import pyarrow.compute as pc

        counted = pc.value_counts(batch.column("state")).to_pylist()
        decided = len(batch) - batch.column("says").null_count
        return {"decided": decided} | {one["values"]: one["counts"] for one in counted}

    def also(self, part: Part) -> Mapping[str, int]:
        """Records that gave no row, by why."""
        del part
        return self._left

    def _captures(self, part: Part) -> Iterator[Capture | Left]:
        with opened(part.name) as stream:
            if part.name.partition("?")[0].lower().endswith(TABLES):
                yield from self._of_table(stream, part)
            else:
                yield from warc_captures(stream, shown(part.name), self.crawl)

    def _of_table(self, stream: Any, part: Part) -> Iterator[Capture | Left]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            file = pq.ParquetFile(stream)
            taken = columns(file.schema_arrow.names, self.mapping, shown(part.name))
            groups = range(max(part.first, 0), part.last + 1 if part.last >= 0 else 0)
            groups = groups if part.first >= 0 else range(file.num_row_groups)
            wanted = list(dict.fromkeys(taken.values()))
            crawl = self.crawl or crawl_of(part.name)
            for batch in file.iter_batches(ROWS, row_groups=list(groups), columns=wanted):
                yield from table_captures(batch, taken, crawl)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as why:
            raise BadInput(
                f"{shown(part.name)}: cannot be read to its end", "is it whole? copy it again"
            ) from why
