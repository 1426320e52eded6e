"""Reports of invented and of example owners, for the tests of reports."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.run import OWNER
from withhold.faces.cli.report import told_of
from withhold.faces.cli.setting import Setting
from withhold.faces.report.whole_blocks import Block, Section
from withhold.faces.report.whole_telling import Options, Telling

DAY = "2026-09-01"


def example(lang: str = "en", owner: Path = OWNER, **options: bool) -> Telling:
    """Everything of the example's owner, or of that of another file, on one day."""
    setting = Setting(lang=lang, owner_file=str(owner), when=DAY)
    return told_of(setting, Options(**options))


def owned(folder: Path, *accounts: str, place: str = "DE", sites: str = "") -> Path:
    """An owner's file: accounts as ``tumblr`` or ``tumblr:name``, sites as TOML."""
    said = [f'place = "{place}"']
    for one in accounts:
        platform, _, name = one.partition(":")
        named = f"name = '''{name}'''\n" if name else ""
        said.append(f'[[account]]\nplatform = "{platform}"\naudience = "public"\n{named}')
    file = folder / "owner.toml"
    file.write_text("\n".join([*said, sites]), encoding="utf-8")
    return file


def parts(section: Section) -> list[Section]:
    """A section and all below it."""
    return [section, *(each for one in section.parts for each in parts(one))]


def blocks(section: Section, form: str) -> list[Block]:
    """All blocks of one form in a section and below it."""
    return [one for part in parts(section) for one in part.blocks if one.form == form]
