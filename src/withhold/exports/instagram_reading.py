"""Reading an Instagram archive, with Threads' part of it: each file once, the account first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from withhold.exports import instagram_flat
from withhold.exports.instagram_account import profile, settings
from withhold.exports.instagram_entries import Telling, entries
from withhold.exports.instagram_files import FLAT, Section, section_of
from withhold.exports.instagram_html import html_posts
from withhold.exports.instagram_labels import labels
from withhold.exports.instagram_said import ai_chats, answers, comments, messages, reported, reposts
from withhold.exports.instagram_threads import threads
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Options

_READ: dict[str, Callable[[Telling, str, Section], Iterator[Post]]] = {
    "comments": comments,
    "messages": messages,
    "ai-chats": ai_chats,
    "reported": reported,
    "answers": answers,
    "reposted": reposts,
    "threads": threads,
    "flat": instagram_flat.flat,
}


def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
    """All posts in file order; at the end each path is understood, ignored or not understood."""
    telling = Telling(files=files, notes=notes, options=options)
    plan = _planned(files, notes)
    if any(section.what == "picture" for section in plan.values()):
        telling.pictured.add("instagram")
    first = {
        path: list(_one(telling, path, section))
        for path, section in plan.items()
        if section.what in ("profile", "threads-profile") or section == _FLAT_PROFILE
    }
    again = [path for path, section in plan.items() if section.what == "again"]
    if again:
        telling.told = set()
    for path in (*(path for path in plan if path not in again), *again):
        yield from first[path] if path in first else _one(telling, path, plan[path])


_FLAT_PROFILE = Section("flat", "profile")


def is_flat(paths: tuple[str, ...]) -> bool:
    """Whether these are files of 2020: ``media.json`` with others beside it, in one folder."""
    beside: dict[str, set[str]] = {}
    known = labels().not_published.flat
    for path in paths:
        if path.endswith(".json"):
            folder, _, name = path.rpartition("/")
            stem = name[:-5].rstrip("_0123456789")
            if stem in known or FLAT.fullmatch(stem):
                beside.setdefault(folder, set()).add(stem)
    return any("media" in found and len(found) >= 3 for found in beside.values())


def _planned(files: Files, notes: Notes) -> dict[str, Section]:
    """What to read, by path, sorted. Notes what is not read."""
    paths = files.paths
    flat = is_flat(paths)
    plan: dict[str, Section] = {}
    for path in paths:
        if files.entries[path].size == 0 and path.endswith((".json", ".html")):
            notes.trouble(path, "empty")
            continue
        found = section_of(files, path, flat)
        if isinstance(found, Section):
            if found.html and path[:-4] + "json" in files.entries:
                notes.ignore(path, "superseded")
            else:
                plan[path] = found
        elif found is None:
            notes.trouble(path, "no-reader")
        else:
            notes.ignore(path, found)
    return plan


def _one(telling: Telling, path: str, section: Section) -> Iterator[Post]:
    """The posts of one file, counted. What is no more than a fault is not understood."""
    notes = telling.notes
    done = notes.read(path)
    before = len(notes.not_understood) + notes.left
    try:
        for post in _posts(telling, path, section):
            done.posts += 1
            yield post
    except OSError as why:
        notes.trouble(path, getattr(why, "why", "damaged"))
    faults = len(notes.not_understood) + notes.left - before
    if faults and not (done.posts or done.settings or done.others):
        notes.understood.pop(path, None)


def _posts(telling: Telling, path: str, section: Section) -> Iterator[Post]:
    what = section.what
    if section.html:
        yield from html_posts(telling, path, section)
    elif what == "settings":
        settings(telling, path, section)
    elif what == "profile":
        yield from profile(telling, path, section, "instagram")
    elif what == "threads-profile":
        yield from profile(telling, path, section, "threads")
    elif section == _FLAT_PROFILE:
        yield from instagram_flat.profile(telling, path)
    elif what in _READ:
        yield from _READ[what](telling, path, section)
    else:
        yield from entries(telling, path, section)
