"""After a fault: what is lost, doubled, broken, left over, and what ``withhold doctor`` says."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.faults import oracle
from tests.faults.children import CRASHED, Ran, begin, command_line
from tests.faults.plan import Plan, first_of, less, same, too_slow
from tests.faults.world import World

COLUMNS = ("lost", "doubled", "chain", "doctor", "left")


@dataclass
class Found:
    """What was wrong, by column; nothing is what it should be."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    chain: list[str] = field(default_factory=list)
    doctor: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    too_slow: bool = False
    """A policy was not fetched in time: no fault, but said, since less could be compared."""

    def lines(self) -> list[str]:
        """All of it, with its column."""
        return [f"{name}: {one}" for name in COLUMNS for one in getattr(self, name)]


def doctor(world: World) -> Ran:
    """What it says. Of knowledge nothing is read: no fault touches it, and it takes a second."""

    def first() -> None:
        from withhold.faces.report import doctor as said

        said._knowledge = lambda *_: iter(())  # type: ignore[assignment]

    return begin(
        command_line(("doctor",)), world.home, world.work, world.streams / "doctor", first=first
    ).wait()


def at_once(world: World, plan: Plan, ran: Ran, found: Found) -> bool:
    """What a run left when it died or ended; whether its work was done by then."""
    verb = plan.verb
    try:
        now = oracle.rows_of(world.home)
        found.chain += oracle.chain_faults(world.home)
        found.chain += oracle.search_faults(world.home)
        gone = oracle.evidence_faults(world.home)
    except (oracle.Broken, OSError) as why:
        found.chain.append(f"the store cannot be read: {why}")
        return False
    if not verb.takes_away:  # what is forgotten goes before it is told to be
        found.lost += gone
    stays = plan.before - (plan.before - plan.end)
    if missing := less(stays, now):
        found.lost.append(f"was there before: {first_of(missing)}")
    allowed = plan.before | plan.end | (plan.again if verb.repeats else plan.end)
    if more := less(now, allowed):
        found.doubled.append(f"at its end: {first_of(more)}")
    files = oracle.files_of(*verb.written(world))
    for name, sum_ in files.items():
        known = (plan.before_files.get(name), plan.stable.get(name))
        if name in plan.stable and sum_ not in known and not name.endswith(".log"):
            found.lost.append(f"{name} is neither as before nor as it was to be")
    if verb.acknowledged(ran.out, ran.err) or ran.code in verb.codes:
        if missing := less(plan.end, now):
            found.lost.append(f"was acknowledged: {first_of(missing)}")
        if verb.takes_away and (still := less(now, plan.end)):
            found.lost.append(f"was told to be forgotten: {first_of(still)}")
        if ran.code in verb.codes and (names := plan.names - set(files)):
            found.lost.append(f"was acknowledged: {first_of(sorted(names))}")
    if ran.code in verb.codes:
        failures_are_told(world, ran.out, found)
    _asks_doctor(world, found, bool(gone))
    return is_done(world, plan, now)


def is_done(world: World, plan: Plan, now: oracle.Rows) -> bool:
    """Whether the same command begins anew. One whose round is open goes on with it: its last
    look may be there already."""
    return same(now, plan.end) and not oracle.open_rounds(world.home)


def failures_are_told(world: World, out: str, found: Found) -> None:
    """Of each policy that the latest round could not see, who ended well says so in ``out``."""
    found.too_slow |= too_slow(oracle.rows_of(world.home))
    silent = [one for one in oracle.failed_looks(world.home) if f"not seen: {one}:" not in out]
    found.lost += [f"{one} was not seen, and that was not told" for one in silent]


def _asks_doctor(world: World, found: Found, gone: bool) -> None:
    """It ends as it should, and speaks of everything that a fault left behind."""
    said = doctor(world)
    half = oracle.half_done(world.home)  # a thing that somebody has to decide: it fails
    if said.code != (1 if gone or half else 0):
        found.doctor.append(f"ended with {said.code}: {said.out[-300:]}{said.err[-200:]}")
    elif half and "was stopped in the middle" not in said.out:
        found.doctor.append(f"does not speak of the run: {said.out[-300:]}")
    elif not gone and "the chain verifies" not in said.out:
        found.doctor.append(f"does not speak of the chain: {said.out[-300:]}")
    things = [("temporary", one) for one in oracle.temporary(world.home)]
    things += [("unlisted", one) for one in oracle.unlisted(world.home)]
    things += [("mark", one) for one in oracle.marks(world.home)]
    things += [
        ("run", one.parent.name)
        for one in world.home.glob("runs/*/manifest.json")
        if b'"registered"' in one.read_bytes()
    ]
    for kind, what in things:
        word = "wipe" if kind == "mark" else what.rsplit("/")[-1]
        if word not in said.out:
            found.doctor.append(f"is silent about {kind} {what}")


def told_in_one_line(ran: Ran, plan: Plan, found: Found) -> None:
    """A run that could not do its work says so in a line and a tip, and ends with another code."""
    if ran.killed or ran.code in plan.verb.codes:
        return
    if ran.code == CRASHED or "Traceback" in ran.err or "withhold: " not in ran.err:
        found.lost.append(f"ended with {ran.code} and did not say why: {ran.err[-400:]}")


def goes_on(
    world: World, plan: Plan, port: int, done: bool, found: Found, *, twice: bool = False
) -> None:
    """The same command again: what it comes to must be what an undisturbed run comes to."""
    verb = plan.verb
    ran = begin(verb.run(world, port), world.home, world.work, world.streams / "again").wait()
    if not verb.ended_well(ran.code, ran.err):
        found.lost.append(f"does not go on: {ran.code} {ran.err[-300:]}")
    if verb.then and (argv := verb.then(ran.err)):
        world.ran(*argv)  # where the file is there already this says so, and writes nothing
    try:
        now = oracle.rows_of(world.home)
        found.chain += oracle.chain_faults(world.home)
        found.lost += oracle.evidence_faults(world.home)
        failures_are_told(world, ran.out, found)
        found.lost += [f"{one} is not ended" for one in oracle.open_rounds(world.home)]
        unlisted, marks = oracle.unlisted(world.home), oracle.marks(world.home)
    except (oracle.Broken, OSError) as why:
        found.chain.append(f"the store cannot be read: {why}")
        return
    expected = plan.again if verb.repeats and done else plan.end
    if twice:  # after two looks this is the third, of which only the chain is judged
        expected = now
    if missing := less(expected, now):
        found.lost.append(f"after the same command: {first_of(missing)}")
    if more := less(now, expected):
        found.doubled.append(f"after the same command: {first_of(more)}")
    files = oracle.files_of(*verb.written(world))
    other = [name for name, sum_ in plan.stable.items() if files.get(name) != sum_]
    if other or not plan.names <= set(files):
        found.lost.append(f"files: {first_of(other or sorted(plan.names - set(files)))}")
    if strange := sorted(set(files) - plan.names):
        found.left.append(f"files: {first_of(strange)}")
    found.left += oracle.temporary(world.home, *verb.written(world))
    found.left += [one for one in unlisted if one.startswith("evidence")]
    found.left += [f"mark {one}" for one in marks]
    found.left += oracle.too_open(world.home)
    _asks_doctor(world, found, gone=False)
