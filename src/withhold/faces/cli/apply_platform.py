"""``withhold apply PLATFORM``: the settings that it offers, and what helps where it offers none."""

from __future__ import annotations

import re

from withhold.catalog import find
from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting
from withhold.faces.cli.show import Paper
from withhold.faces.report.by_hand import act, capital, spoken, words_of
from withhold.facts import Control, Platform

_SLUG = re.compile(r"[A-Za-z0-9-]{1,60}")


def is_platform(said: str, setting: Setting) -> bool:
    """Whether it is a platform's id or alias; what has a dot or a scheme is a site."""
    return bool(_SLUG.fullmatch(said)) and find.platform_named(setting.root, said) != ""


def is_no_control(step: str, setting: Setting) -> bool:
    """Whether ``platform/control`` is how knowledge says that there is none."""
    name, _, control = step.partition("/")
    slug = find.platform_named(setting.root, name)
    if not slug:
        return False
    platform = setting.knowledge([slug], crawlers=False).platforms[slug]
    return any(one.id == control.partition("@")[0] for one in _none(platform))


def show_platform(said: str, setting: Setting) -> int:
    """Prints each setting with the command that shows it; then what no setting closes."""
    slug = find.platform(setting.root, said.partition("/")[0])
    platform = setting.knowledge([slug], crawlers=False).platforms[slug]
    words = words_of(setting.lang, setting.phrases)
    out = Paper()
    offered = [one for one in platform.control if one.kind != "none"]
    out.put(platform.name, style="bold underline")
    for control in offered:
        out.put(f"{_named(control, setting.lang)}: {act(control, words)}", 4, head="  -")
        out.copy(f"withhold apply {slug}/{control.id}", 6)
    none = _none(platform)
    if none or not offered:
        out.put(words["none_offered"] if not offered else words["none_for_rest"])
    for control in none:
        for text in (control.helps, control.note):
            if text:
                out.put(spoken(text, words, setting.lang).text, 4, head="  -")
    out.put(words["by_letter"])
    out.copy(f"withhold apply {slug} --letter", 6)
    out.put(words["disclaimer"], style="dim")
    return 0


def one_of(said: str, setting: Setting) -> BadInput:
    """What to say where a platform was named and one of its settings is needed."""
    slug = find.platform(setting.root, said)
    platform = setting.knowledge([slug], crawlers=False).platforms[slug]
    offered = [one.id for one in platform.control if one.kind != "none"]
    if not offered:
        return BadInput(f"{platform.name} offers no setting", f"what helps: withhold apply {slug}")
    return BadInput(
        f"{platform.name} has {len(offered)} settings: which?",
        " or ".join(f"{slug}/{one}" for one in offered[:4]),
    )


def _none(platform: Platform) -> list[Control]:
    return [one for one in platform.control if one.kind == "none"]


def _named(control: Control, lang: str) -> str:
    label = control.label.get(lang) or control.label.get("en", "")
    return f"“{label}”" if label else capital(control.id.replace("-", " "))
