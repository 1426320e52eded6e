"""Tables of a survey from its parts, by DuckDB: joins and sums only, never a parser.

Every table is sorted and written beside its place, then renamed. DuckDB uses the disk where the
memory does not suffice; its settings here let it load nothing from the network.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from withhold.errors import BadInput, MissingExtra, WithholdError

HOSTS = """
SELECT surt_host_name, host, crawl, best.fetched AS fetched, best.status AS status,
       best.state AS state, best.policy_hash AS policy_hash, best.notes AS notes,
       captures, policies
FROM (
    SELECT surt_host_name, host, crawl,
           max(struct_pack(good := state = 'read', fetched := fetched, status := status,
                           policy_hash := policy_hash, state := state, notes := notes)) AS best,
           count(*)::INTEGER AS captures,
           count(DISTINCT policy_hash) FILTER (state = 'read')::INTEGER AS policies
    FROM captures GROUP BY surt_host_name, host, crawl
)
ORDER BY surt_host_name, host, crawl
"""
"""Of several captures of a host in a crawl the last that was read decides, else the last."""

POLICIES = """
SELECT policy_hash, told.token AS token, told.answer AS answer, told.statement AS statement,
       told.rule AS rule, told.why AS why, told.own_group AS own_group
FROM (
    SELECT policy_hash, unnest(any_value(says)) AS told
    FROM captures WHERE says IS NOT NULL GROUP BY policy_hash
)
ORDER BY policy_hash, token
"""

ROWS = """-- One row for each host, crawl and token; run it in this folder: duckdb < rows.sql
SELECT h.surt_host_name, h.host, h.crawl, h.fetched, h.status, h.state, h.policy_hash, t.token,
       CASE h.state WHEN 'read' THEN coalesce(own.answer, star.answer)
                    WHEN 'no-file' THEN 'allowed' ELSE 'unknown' END AS answer,
       CASE h.state WHEN 'read' THEN coalesce(own.statement, star.statement) END AS statement,
       CASE h.state WHEN 'read' THEN coalesce(own.rule, star.rule) END AS rule,
       CASE h.state WHEN 'read' THEN coalesce(own.why, star.why) ELSE h.state END AS why,
       own.token IS NOT NULL AS own_group
FROM 'hosts.parquet' h
CROSS JOIN 'tokens.parquet' t
LEFT JOIN 'policies.parquet' own ON own.policy_hash = h.policy_hash AND own.token = t.token
LEFT JOIN 'policies.parquet' star ON star.policy_hash = h.policy_hash AND star.token = '*'
ORDER BY h.surt_host_name, h.host, h.crawl, t.token
"""

AGGREGATES = """
WITH counted AS (
    SELECT crawl, state, policy_hash, count(*) AS hosts FROM hosts GROUP BY ALL
), star AS (
    SELECT c.crawl, sum(c.hosts) AS hosts,
           coalesce(sum(c.hosts) FILTER (c.state IN ('read', 'no-file')), 0) AS known,
           coalesce(sum(c.hosts) FILTER (p.answer = 'disallowed'), 0) AS disallowed
    FROM counted c
    LEFT JOIN policies p ON p.policy_hash = c.policy_hash AND p.token = '*'
    GROUP BY c.crawl
), own AS (
    SELECT c.crawl, p.token, sum(c.hosts) AS own_group,
           coalesce(sum(c.hosts) FILTER (p.answer = 'disallowed'), 0) AS by_own,
           coalesce(sum(c.hosts) FILTER (s.answer = 'disallowed'), 0) AS by_star
    FROM counted c
    JOIN policies p ON p.policy_hash = c.policy_hash AND p.token <> '*'
    JOIN policies s ON s.policy_hash = c.policy_hash AND s.token = '*'
    GROUP BY c.crawl, p.token
)
SELECT star.crawl, t.token, star.hosts::BIGINT AS hosts, star.known::BIGINT AS known,
       coalesce(own.own_group, 0)::BIGINT AS own_group,
       (star.disallowed - coalesce(own.by_star, 0) + coalesce(own.by_own, 0))::BIGINT
           AS disallowed,
       round(coalesce(
           (star.disallowed - coalesce(own.by_star, 0) + coalesce(own.by_own, 0)) / star.known, 0
       ), 6)::DOUBLE AS share
FROM star CROSS JOIN tokens t LEFT JOIN own ON own.crawl = star.crawl AND own.token = t.token
ORDER BY star.crawl, t.token
"""
"""What ``*`` is told counts for every host; a token's own groups take their hosts out of it."""

SHEET = r"""
SELECT regexp_replace(crawl, '^[=+@\t\r-]', '''\0') AS crawl, * EXCLUDE (crawl)
FROM aggregates ORDER BY aggregates.crawl, token
"""
"""For a table program: a name that looks like a formula gets a leading ``'``."""

SUMS = """
SELECT (SELECT count(*) FROM hosts), (SELECT count(DISTINCT policy_hash) FROM policies),
       (SELECT coalesce(sum(captures - 1), 0)::BIGINT FROM hosts),
       (SELECT count(*) FROM hosts WHERE policies > 1)
"""
STATES = "SELECT state, count(*) FROM hosts GROUP BY state ORDER BY state"
CRAWLS = "SELECT DISTINCT crawl FROM hosts ORDER BY crawl"


class Joined:
    """The tables of a folder; ``parts`` is where the files of captures are."""

    def __init__(self, out: Path, parts: Path) -> None:
        if set("*?[{") & set(str(parts)):
            raise BadInput(f"{out}: DuckDB takes this for a pattern", "a folder without * ? [ {")
        self._out = out
        with _told(out):
            self._beside = Path(tempfile.mkdtemp(prefix=".joining-", dir=out))
        try:
            import duckdb

            self._base = duckdb.connect(
                config={
                    "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false",
                    "temp_directory": str(self._beside),
                    "preserve_insertion_order": "false",
                }
            )
            files = _quoted(parts / "part-*.parquet")
            self._base.execute(f"CREATE VIEW captures AS FROM read_parquet({files})")
        except ImportError as why:
            self.close()
            tip = 'pip install "withhold[scale]"'
            raise MissingExtra("joining tables needs an extra", tip) from why
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Joined:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
        self.close()

    def close(self) -> None:
        """Nothing half-written stays."""
        shutil.rmtree(self._beside, ignore_errors=True)

    def table(self, name: str, question: str) -> None:
        """``NAME.parquet`` is what the question finds, and from then on a view of that name."""
        self._write(question, f"{name}.parquet", "FORMAT parquet, COMPRESSION zstd")
        path = _quoted(self._out / f"{name}.parquet")
        self._base.execute(f"CREATE VIEW {name} AS FROM read_parquet({path})")

    def csv(self, name: str, question: str) -> None:
        """``NAME.csv`` is what the question finds."""
        self._write(question, f"{name}.csv", "FORMAT csv, HEADER")

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """What a question finds, here."""
        with _told(self._out):
            return list(self._base.execute(question).fetchall())

    def of_list(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table of texts from a list."""
        made = ", ".join(f"{one} VARCHAR" for one in columns)
        marks = ", ".join("?" * len(columns))
        self._base.execute(f"CREATE TEMP TABLE given_{name} ({made})")
        if rows:
            self._base.executemany(f"INSERT INTO given_{name} VALUES ({marks})", rows)  # noqa: S608
        self.table(name, f"FROM given_{name} ORDER BY ALL")

    def _write(self, question: str, file: str, how: str) -> None:
        beside = self._beside / file
        with _told(self._out):
            self._base.execute(f"COPY ({question}) TO {_quoted(beside)} ({how})")
            beside.replace(self._out / file)


def long_rows(out: Path) -> str:
    """``ROWS`` with the folder's name in it, to be run from anywhere."""
    found = ROWS
    for name in ("hosts", "tokens", "policies"):
        found = found.replace(f"'{name}.parquet'", _quoted(out / f"{name}.parquet"))
    return found.partition("\n")[2]


def _quoted(path: Path) -> str:
    """A path as SQL takes it."""
    return "'" + str(path).replace("'", "''") + "'"


@contextlib.contextmanager
def _told(out: Path) -> Iterator[None]:
    """Trouble of the disk or the memory in one line."""
    try:
        yield
    except OSError as why:
        raise WithholdError(f"{out}: cannot be written ({why.strerror})", "make room") from why
    except Exception as why:
        if type(why).__module__.partition(".")[0] not in ("duckdb", "_duckdb"):
            raise
        said = str(why).partition("\n")[0][:300]
        raise WithholdError(f"{out}: DuckDB says: {said}", "make room, and run it again") from why
