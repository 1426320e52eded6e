"""What a command that was stopped has left: told by ``doctor``, with what takes it away.

SKIP where the next command makes up for it and nothing is lost; FAIL where files of the owner's
are neither as they were nor as they were to be, which somebody has to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from withhold.errors import WithholdError

if TYPE_CHECKING:
    from withhold.faces.cli.setting import Setting
    from withhold.keep import Store

Line = tuple[str, str, str]
_NAMED = 3
"""Names that are told one by one."""


def lines(setting: Setting) -> Iterator[Line]:
    """Of the store, of runs that change files, of settings in a window, of uploads."""
    if setting.has_store():
        from withhold.keep import Store

        try:
            with Store.read(setting.home) as store:
                yield from _of_store(store)
        except WithholdError:
            return  # what is wrong with it was told before
    yield from _runs(setting)
    yield from _windows(setting)
    yield from _uploads(setting)


def _of_store(store: Store) -> Iterator[Line]:
    if store.wipe_is_due:
        yield "SKIP", "wipe", "forgotten, not yet wiped from the file; the next command wipes it"
    if left := _left_to_search(store):
        posts = "1 post is" if left == 1 else f"{left} posts are"
        yield (
            "SKIP",
            "import",
            f"stopped: {posts} not looked through yet; the same import goes on",
        )
    if half := store.evidence.left_over():
        yield (
            "SKIP",
            "evidence",
            f"left by a command that was stopped: {_listed(half)}; the next that keeps evidence "
            "takes it away",
        )
    if warcs := store.responses.left_over():
        yield (
            "SKIP",
            "responses",
            f"of a run that was stopped: {_listed(warcs)}; what is whole in it is kept",
        )


def _left_to_search(store: Store) -> int:
    """Posts that a stopped import did not look through; 0 without the extra that looks."""
    if not store.posts.archives():
        return 0
    try:
        from withhold.reveals.find import RULES
    except ImportError:  # phonenumbers is of the extra archives, without which nothing is taken in
        return 0
    return store.posts.left_to_search(RULES)


def _runs(setting: Setting) -> Iterator[Line]:
    from withhold.reach import undo
    from withhold.reach.undo_folder import left_in

    if half := left_in(setting.home):
        names = [str(one.relative_to(setting.home)) for one in half]
        yield "SKIP", "runs", f"left by a command that was stopped: {_listed(names)}"
    try:
        found = undo.runs(setting.home)
    except WithholdError as why:
        yield "FAIL", "runs", why.message
        return
    for run in found:
        if run.state != "registered":
            continue
        said = f"{run.id} ({run.what}) was stopped"
        undo_it = f"withhold rollback {run.id} undoes it"
        match undo.standing(run):
            case "before":
                yield "SKIP", "run", f"{said} before it changed a file; {undo_it} for good"
            case "after":
                yield "SKIP", "run", f"{said} when every file was written; {undo_it}"
            case "between":
                yield "FAIL", "run", f"{said} in the middle; run it again, or {undo_it}"
            case _:
                yield "SKIP", "run", f"{said}, and its files were changed since; {undo_it}"


def _windows(setting: Setting) -> Iterator[Line]:
    from withhold.reach import journal

    about = {(one.head.control, one.head.account) for one in journal.runs(setting.home)}
    for control, account in sorted(about):
        for one in journal.unfinished(setting.home, control, account):
            yield (
                "FAIL",
                "setting",
                f"{control} ({account}): run {one.head.id} broke off after it had pressed; "
                f"withhold check {control} --window reads it",
            )


def _uploads(setting: Setting) -> Iterator[Line]:
    from withhold.reach.dropped import FOLDER

    folder = setting.home / FOLDER
    found = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    if found:
        yield (
            "SKIP",
            "uploads",
            f"of a dashboard that runs, or was stopped: {_listed(found)}; its next start takes "
            "them away",
        )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
