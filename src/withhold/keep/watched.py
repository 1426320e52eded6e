"""What the last look of ``watch`` found, per account and site: the next one is told against it.

No observation and no evidence: what is known was asked again, and this is the answer that was
told. It stands among the settings under names of its own, one row a subject, and is replaced by
the next look; an account or site that is forgotten takes its row along.
"""

from __future__ import annotations

from collections.abc import Mapping

from withhold.keep.opened import Opened

PREFIX = "watched/"
"""Begins the names of these rows."""
NAMES = (PREFIX, "watched0")
"""All names that begin so lie from the first up to, and without, the second."""
TOLD = f"{PREFIX}!told"
"""What the last look told, as it was told; no account or site is called so."""


class Watched:
    """One text per subject: the key of an account, the address of a site, ``""`` for the rest."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def all(self) -> dict[str, str]:
        """What was kept, by subject; nothing where nobody watched yet."""
        rows = self._opened.rows(
            "SELECT name, value FROM setting WHERE name >= ? AND name < ? AND name <> ?",
            *NAMES,
            TOLD,
        )
        return {name.removeprefix(PREFIX): value for name, value in rows}

    def told(self) -> str:
        """What the last look told; empty where nobody watched, or something of it was forgotten."""
        rows = self._opened.rows("SELECT value FROM setting WHERE name = ?", TOLD)
        return str(rows[0][0]) if rows else ""

    def replace(self, bodies: Mapping[str, str], told: str = "") -> None:
        """These and no others, all of them or none; with what was told of them."""
        rows = [(PREFIX + subject, body) for subject, body in bodies.items()]
        rows += [(TOLD, told)] if told else []
        with self._opened.writing() as tables:
            self.forget()
            tables.table("setting").insert_all(
                [{"name": name, "value": body} for name, body in rows], pk="name"
            )

    def forget(self, subject: str | None = None) -> None:
        """One subject, or all; of one that is not there nothing. What was told goes with any."""
        with self._opened.writing() as tables:
            if subject is None:
                tables.table("setting").delete_where("name >= ? AND name < ?", list(NAMES))
            else:
                tables.table("setting").delete_where("name IN (?, ?)", [PREFIX + subject, TOLD])

    def forget_naming(self, observation: str) -> None:
        """The rows of answers that rest on an observation or case; the next look is a first one."""
        with self._opened.writing() as tables:
            tables.table("setting").delete_where("name = ?", [TOLD])
            tables.table("setting").delete_where(
                "name >= ? AND name < ? AND instr(value, ?)",
                [*NAMES, f"observation {observation} ("],
            )
