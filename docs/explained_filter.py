"""What the fields of ``withhold/filter/1`` mean, in a sentence each."""

from __future__ import annotations

_FILE = {
    "name": "As it was given, without passwords.",
    "size": "Octets; -1 where it is not known.",
    "sha256": "Of the whole file; empty for an address, which is not hashed.",
}
_PART = {
    "file": "Its name in the folder.",
    "rows": "How many records.",
    "sha256": "Of the whole file.",
}
FILTER = {
    "made": "The day of the run.",
    "timed": "Whether the records say when they were crawled. False: there was no column "
    "`crawl_time`, so nobody knows of which day the robots.txt beside each is.",
    "knowledge": "By what knowledge it was decided.",
    "knowledge.version": "Of this program.",
    "knowledge.sha256": "Over the files of `crawlers`, `signals` and `actors`: the same sum, the "
    "same knowledge.",
    "knowledge.crawlers": "How many product tokens were known.",
    "settings": "What was asked.",
    "settings.use": "`train-ai`, `search` or `ai-input`.",
    "settings.when": "The day that was asked for, or null.",
    "settings.as": "The asker's product token; empty without a name.",
    "settings.honour": "`addressed`, `any-training-refusal`, `any-refusal`; see "
    "[the how-to](../how-to/filter-a-dataset.md).",
    "settings.unknown": "`drop` or `keep`.",
    "settings.kind": "`page` or `image`.",
    "settings.map": "Our names of columns and the table's.",
    "settings.map.url": "The column that was taken for `url`, and so on for the others.",
    "settings.robots_table[]": "The tables of bodies by hash.",
    "settings.also_current[]": "The tables of robots.txt of now.",
    "inputs[]": "What was read; of `--again` the parts of the earlier run.",
    "again": "SHA-256 of the manifest whose parts were filtered again; else empty.",
    "rows": "`in` = `kept` + `dropped` = `allowed` + `disallowed` + `unknown`.",
    "rows.in": "Records that were read: kept and dropped ones.",
    "rows.kept": "Those in the parts.",
    "rows.dropped": "Those that are not.",
    "rows.allowed": "Refused by nobody, as far as the record tells.",
    "rows.disallowed": "Refused.",
    "rows.unknown": "Of which it is not known.",
    "rows.unreadable": "Rows or lines that could not be read; in none of the other numbers.",
    "reasons": "How many records had which reason, without its line; the most frequent first.",
    "reasons.allowed": "One such reason.",
    "parts[]": "The files of what was kept.",
    "dropped[]": "The files of what was not, where `--dropped` asked for them.",
    "says": "What this does not show: say it along.",
    **{
        f"{owner}[].{key}": text
        for owner in ("settings.robots_table", "settings.also_current", "inputs")
        for key, text in _FILE.items()
    },
    **{f"{owner}[].{key}": text for owner in ("parts", "dropped") for key, text in _PART.items()},
}
