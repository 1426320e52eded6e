"""Writers that are wrong on purpose: the harness has to find out, or its zeros say nothing."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from tests.faults.children import Body
from tests.faults.verbs import Verb
from tests.faults.world import World

_LONG = 0.15
"""Seconds in which a kill can meet what is wrong."""


def _seen(world: World) -> None:
    from withhold.keep import Store
    from withhold.words import Observation

    now = datetime.now(UTC)
    one = Observation(control="acme/switch", account="acme", value="off", on=now.date(), how="told")
    with Store.open(world.home) as store:
        store.observations.record(one, now)


def _says_before_it_does(world: World, port: int) -> Body:
    del port

    def body() -> None:
        print("Recorded: all of it", flush=True)
        time.sleep(_LONG)
        _seen(world)

    return body


def _does_it_again(world: World, port: int) -> Body:
    del port

    def body() -> None:
        _seen(world)
        time.sleep(_LONG)
        print("Recorded: all of it", flush=True)

    return body


def _half_a_file(world: World, port: int) -> Body:
    del port

    def body() -> None:
        out = world.work / "out"
        out.mkdir(exist_ok=True)
        (out / f".{time.monotonic_ns()}.half").write_bytes(b"x")
        with (out / "list.txt").open("wb", buffering=0) as file:
            for _ in range(15):
                file.write(b"a line of it\n")
                time.sleep(_LONG / 15)
        for one in out.glob(".*.half"):
            if time.monotonic_ns() - int(one.name.split(".")[1]) < 10 * _LONG * 1e9:
                one.unlink()
        print("Recorded: all of it", flush=True)

    return body


def _a_chain_with_a_hole(world: World, port: int) -> Body:
    del port

    def body() -> None:
        import sqlite3
        from contextlib import closing

        _seen(world)
        with closing(sqlite3.connect(world.home / "withhold.db")) as db, db:
            db.execute("DROP TRIGGER observation_stays")
            db.execute("UPDATE observation SET recorded_at = '2020-01-01T00:00:00.000000+00:00'")
        time.sleep(_LONG)
        print("Recorded: all of it", flush=True)

    return body


BROKEN = {
    "lost": Verb(name="says before it does", argv=(), says="Recorded", body=_says_before_it_does),
    "doubled": Verb(name="does it again", argv=(), says="Recorded", body=_does_it_again),
    "half": Verb(name="half a file", argv=(), says="Recorded", body=_half_a_file, outs=("out",)),
    "chain": Verb(name="a chain with a hole", argv=(), says="Recorded", body=_a_chain_with_a_hole),
}
