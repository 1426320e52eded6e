"""Every control says how far it reaches into known practices; kind none closes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from withhold.catalog.lint import finding
from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge


def check(knowledge: Knowledge, root: Path, today: date) -> Iterator[Finding]:
    """Findings of this check."""
    for file, _, practice in finding.practices(knowledge):
        if practice.says in ("silent", "no") and practice.default != "none":
            message = f"default: who says {practice.says} has no switch; expected `none`"
            yield Finding(file=file, thing=practice.id, message=message)
    for file, platform, one in finding.controls(knowledge):
        known = {practice.id for practice in platform.practice}
        for name, coverage in one.covers.items():
            if name not in known:
                yield Finding(file=file, thing=one.id, message=f"covers unknown practice {name!r}")
            if one.kind == "none" and coverage != "not":
                message = f"kind none cannot cover {name!r}"
                yield Finding(file=file, thing=one.id, message=message)
        if not one.covers:
            yield Finding(file=file, thing=one.id, message="covers nothing: name the practices")
        if one.kind != "none" and not one.want:
            yield Finding(file=file, thing=one.id, message="want: which state says no?")
        if one.kind in ("form", "email") and one.want != "sent":
            yield Finding(file=file, thing=one.id, message="want of a form or e-mail is `sent`")
        if one.kind == "audience" and one.want not in ("followers", "private", "group"):
            yield Finding(file=file, thing=one.id, message="want of kind audience is an audience")
        if one.kind == "audience" and not one.cost:
            yield Finding(file=file, thing=one.id, message="cost: going private costs reach")
        if one.kind != "none" and not one.minutes:
            yield Finding(file=file, thing=one.id, message="minutes: how long does it take?")
    for platform in knowledge.platforms.values():
        named = {one.id for one in platform.practice} | {one.id for one in platform.control}
        for dispute in platform.dispute:
            for name in dispute.about:
                if name not in named:
                    file = f"platforms/{platform.id}.toml"
                    yield Finding(file=file, thing=dispute.id, message=f"about unknown {name!r}")
