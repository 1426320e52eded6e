"""The tables of the store, one migration after the other. Imported only when one is due.

A migration that was released is never changed; the next one is added below and SCHEMA counts it.
``application_id`` and ``user_version`` sit in the header of the file, so that opening a store
needs neither the table of migrations nor sqlite_utils (``bench/start.py``).
"""

from __future__ import annotations

from withhold.keep.tables import Database, Migrations

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


@migrations()
def m004_posts(db: Database) -> None:
    """What archives hold: posts, their media, what they give away, and a search over their words.

    The owner's word on who could see the posts of a time stands beside them and never in them.
    ``searched`` says up to which post which rules were applied. ``post_asked`` holds all that the
    question depends on, so that posts are grouped without reading a word of them.
    """
    db.executescript(
        """
        CREATE TABLE archive (
            id INTEGER PRIMARY KEY,
            platform TEXT NOT NULL,
            account TEXT NOT NULL,
            layout TEXT NOT NULL,
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            exported TEXT NOT NULL,
            read_at TEXT NOT NULL,
            reader TEXT NOT NULL,
            posts INTEGER NOT NULL,
            report TEXT NOT NULL,
            UNIQUE (account, digest)
        ) STRICT;

        -- AUTOINCREMENT: an id is never given twice, so that ``searched`` misses no post
        CREATE TABLE post (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL,
            key TEXT NOT NULL,
            archive INTEGER NOT NULL REFERENCES archive (id),
            platform TEXT NOT NULL,
            kind TEXT NOT NULL,
            authored TEXT NOT NULL,
            audience TEXT NOT NULL,
            audience_by TEXT NOT NULL,
            state TEXT NOT NULL,
            day TEXT NOT NULL,
            created INTEGER,
            precision TEXT NOT NULL,
            zone TEXT NOT NULL,
            text TEXT NOT NULL,
            raw TEXT NOT NULL,
            url TEXT NOT NULL,
            url_by TEXT NOT NULL,
            community TEXT NOT NULL,
            reply_to TEXT NOT NULL,
            part TEXT NOT NULL,
            path TEXT NOT NULL,
            at TEXT NOT NULL,
            UNIQUE (account, key)
        ) STRICT;
        CREATE INDEX post_asked ON post
            (account, platform, kind, audience, audience_by, authored, state, day);
        CREATE TABLE media (
            post INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE ON UPDATE CASCADE,
            number INTEGER NOT NULL,
            path TEXT NOT NULL,
            lat REAL,
            lon REAL,
            place_by TEXT NOT NULL,
            taken TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (post, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE reveal (
            post INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE ON UPDATE CASCADE,
            media INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            kind TEXT NOT NULL,
            sure INTEGER NOT NULL CHECK (sure IN (0, 1)),
            PRIMARY KEY (post, media, start, "end", kind)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE searched (rules TEXT PRIMARY KEY, upto INTEGER NOT NULL) STRICT;
        CREATE TABLE said_audience (
            account TEXT NOT NULL,
            since TEXT NOT NULL,
            until TEXT NOT NULL,
            audience TEXT NOT NULL,
            "on" TEXT NOT NULL,
            PRIMARY KEY (account, since)
        ) STRICT;
        CREATE VIRTUAL TABLE post_text USING fts5 (
            text, content = 'post', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
        );
        """
    )


@migrations()
def m005_policies(db: Database) -> None:
    """Which links of the chain are looks at policies, in which round; one a document and round."""
    db.executescript(
        """
        -- AUTOINCREMENT: what was looked at in a round never counts for a later one
        CREATE TABLE policy_round (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            documents TEXT NOT NULL,
            begun TEXT NOT NULL,
            ended TEXT NOT NULL
        ) STRICT;
        CREATE TABLE policy_record (
            seq INTEGER PRIMARY KEY REFERENCES observation (seq),
            round INTEGER NOT NULL REFERENCES policy_round (id),
            document TEXT NOT NULL,
            UNIQUE (round, document)
        ) STRICT;
        CREATE INDEX policy_record_of ON policy_record (document, seq);
        CREATE TRIGGER policy_record_stays BEFORE UPDATE ON policy_record
        BEGIN SELECT RAISE(ABORT, 'looks at policies are append-only'); END;
        CREATE TRIGGER policy_record_needs_tombstone BEFORE DELETE ON policy_record
        WHEN NOT EXISTS (SELECT 1 FROM tombstone WHERE seq = OLD.seq)
        BEGIN SELECT RAISE(ABORT, 'forgetting leaves a tombstone'); END;
        """
    )


def bring_up_to_date(db: Database, application: int, schema: int) -> None:
    """Applies what is due. Inside the caller's transaction: all of it or nothing."""
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {application:d}")
    db.execute(f"PRAGMA user_version = {schema:d}")
