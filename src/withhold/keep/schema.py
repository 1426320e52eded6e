"""The tables of the store, one migration after the other. Imported only when one is due.

A migration that was released is never changed; the next one is added below and SCHEMA counts it.
``application_id`` and ``user_version`` sit in the header of the file, so that opening a store
needs neither the table of migrations nor sqlite_utils (65 to 85 ms).
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("withhold")


@migrations()
def m001_accounts_observations_evidence(db: Database) -> None:
    """What the owner has, what was seen, and what proves it."""
    db.executescript(
        """
        CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

        CREATE TABLE account (
            key TEXT PRIMARY KEY,
            platform TEXT NOT NULL,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            audience TEXT NOT NULL,
            plan TEXT NOT NULL,
            lang TEXT NOT NULL,
            since TEXT,
            adult INTEGER NOT NULL CHECK (adult IN (0, 1)),
            UNIQUE (platform, name)
        ) STRICT;
        CREATE TABLE audience_change (
            account TEXT NOT NULL REFERENCES account (key) ON DELETE CASCADE,
            audience TEXT NOT NULL,
            "on" TEXT NOT NULL,
            PRIMARY KEY (account, "on")
        ) STRICT;
        CREATE TABLE site (url TEXT PRIMARY KEY, folder TEXT NOT NULL) STRICT;
        CREATE TABLE confirmation (
            id INTEGER PRIMARY KEY,
            control TEXT NOT NULL,
            seen TEXT NOT NULL CHECK (seen IN ('as-written', 'different')),
            words TEXT NOT NULL,
            "on" TEXT NOT NULL
        ) STRICT;

        -- AUTOINCREMENT: sqlite_sequence remembers the length, so a lost end is noticed
        CREATE TABLE observation (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            recorded_at TEXT NOT NULL,
            prev TEXT NOT NULL,
            salted TEXT NOT NULL,
            digest TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE payload (
            seq INTEGER PRIMARY KEY REFERENCES observation (seq),
            salt BLOB NOT NULL CHECK (length(salt) = 32),
            body TEXT NOT NULL
        ) STRICT;
        CREATE TABLE tombstone (
            seq INTEGER PRIMARY KEY REFERENCES observation (seq),
            "on" TEXT NOT NULL,
            why TEXT NOT NULL
        ) STRICT;
        CREATE TABLE evidence (
            digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
            name TEXT NOT NULL,
            size INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE unfinished (what TEXT PRIMARY KEY) STRICT;

        CREATE TRIGGER observation_follows BEFORE INSERT ON observation
        WHEN NEW.seq IS NOT 1 + coalesce((SELECT max(seq) FROM observation), 0)
            OR NEW.prev IS NOT coalesce(
                (SELECT digest FROM observation ORDER BY seq DESC LIMIT 1),
                '0000000000000000000000000000000000000000000000000000000000000000')
        BEGIN SELECT RAISE(ABORT, 'an observation follows the last one'); END;
        CREATE TRIGGER observation_stays BEFORE UPDATE ON observation
        BEGIN SELECT RAISE(ABORT, 'observations are append-only'); END;
        CREATE TRIGGER observation_is_kept BEFORE DELETE ON observation
        BEGIN SELECT RAISE(ABORT, 'observations are append-only'); END;
        CREATE TRIGGER payload_stays BEFORE UPDATE ON payload
        BEGIN SELECT RAISE(ABORT, 'a payload is forgotten or kept, never changed'); END;
        CREATE TRIGGER payload_needs_tombstone BEFORE DELETE ON payload
        WHEN NOT EXISTS (SELECT 1 FROM tombstone WHERE seq = OLD.seq)
        BEGIN SELECT RAISE(ABORT, 'forgetting leaves a tombstone'); END;
        CREATE TRIGGER tombstone_stays BEFORE UPDATE ON tombstone
        BEGIN SELECT RAISE(ABORT, 'tombstones are append-only'); END;
        CREATE TRIGGER tombstone_is_kept BEFORE DELETE ON tombstone
        BEGIN SELECT RAISE(ABORT, 'tombstones are append-only'); END;
        """
    )


@migrations()
def m002_responses_of_sites(db: Database) -> None:
    """Files of WARC records, and where in them the responses lie that a server can confirm."""
    db.executescript(
        """
        CREATE TABLE warc (
            name TEXT PRIMARY KEY,
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            size INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE response (
            site TEXT NOT NULL,
            asked TEXT NOT NULL,
            url TEXT NOT NULL,
            etag TEXT NOT NULL,
            last_modified TEXT NOT NULL,
            warc TEXT NOT NULL,
            "offset" INTEGER NOT NULL,
            size INTEGER NOT NULL,
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            PRIMARY KEY (site, asked)
        ) STRICT, WITHOUT ROWID;
        """
    )


@migrations()
def m003_cases(db: Database) -> None:
    """Which links of the chain are records of a case; what they say is their payload."""
    db.executescript(
        """
        CREATE TABLE case_record (seq INTEGER PRIMARY KEY REFERENCES observation (seq)) STRICT;
        CREATE TRIGGER case_record_stays BEFORE UPDATE ON case_record
        BEGIN SELECT RAISE(ABORT, 'cases are append-only'); END;
        CREATE TRIGGER case_record_is_kept BEFORE DELETE ON case_record
        BEGIN SELECT RAISE(ABORT, 'cases are append-only'); END;
        """
    )


def bring_up_to_date(db: Database, application: int, schema: int) -> None:
    """Applies what is due. Inside the caller's transaction: all of it or nothing."""
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {application:d}")
    db.execute(f"PRAGMA user_version = {schema:d}")
