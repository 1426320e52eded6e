"""What a person reads stands in English and German from the first day."""

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
        texts = {"what": practice.what, "condition": practice.condition, "note": practice.note}
        if practice.says == "conditional" and not practice.condition:
            yield Finding(file=file, thing=practice.id, message="condition: under which?")
        yield from _both(file, practice.id, texts, must="what")
    for file, _, control in finding.controls(knowledge):
        texts = {"cost": control.cost, "helps": control.helps, "note": control.note}
        yield from _both(file, control.id, texts, must="helps" if control.kind == "none" else "")
    for platform in knowledge.platforms.values():
        file = f"platforms/{platform.id}.toml"
        for shield in platform.shield:
            yield from _both(file, "shield", {"what": shield.what}, must="what")
        for dispute in platform.dispute:
            yield from _both(file, dispute.id, {"text": dispute.text}, must="text")
    for law in knowledge.laws.values():
        texts = {"name": law.name, "what": law.what, "note": law.note}
        yield from _both(f"laws/{law.id}.toml", law.id, texts, must="what")


def _both(file: str, thing: str, texts: dict[str, dict[str, str]], must: str) -> Iterator[Finding]:
    for name, text in texts.items():
        if not text and name != must:
            continue
        for lang in ("en", "de"):
            if not text.get(lang, "").strip():
                yield Finding(file=file, thing=thing, message=f"{name}: no text in {lang}")
