"""Files of mail that a person names, and what became of each message, for programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from withhold.errors import BadInput
from withhold.faces.cli.evidence import size
from withhold.faces.cli.import_kinds import MAIL
from withhold.faces.report.plain import printable
from withhold.verbs.request_filing import Filing
from withhold.verbs.request_replies import AT_MOST

SCHEMA = "withhold/replies/1"
_FILES_AT_MOST = 10_000


def paths_of(names: tuple[str, ...]) -> Iterator[Path]:
    """Every file of mail; of a folder all below it that are mail by their names."""
    for name in names:
        path = Path(name)
        if not path.exists():
            raise BadInput(f"{printable(name)}: there is no such file", "look at its name")
        if not path.is_dir():
            yield path
            continue
        found = sorted(
            one for one in path.rglob("*") if one.suffix.lower() in MAIL and one.is_file()
        )
        if not found:
            raise BadInput(
                f"{printable(name)}: no mail in it", "files of mail end in .eml or .mbox"
            )
        if len(found) > _FILES_AT_MOST:
            raise BadInput(
                f"{printable(name)}: {len(found):,} files", f"at most {_FILES_AT_MOST:,} at once"
            )
        yield from found


def body_of(path: Path) -> bytes:
    """The octets of a file; BadInput where it is too large or cannot be read."""
    try:
        if not path.is_file():
            raise BadInput(f"{printable(str(path))}: is no file", "a file of mail, or a folder")
        if path.stat().st_size > AT_MOST:
            raise BadInput(
                f"{printable(str(path))}: larger than {size(AT_MOST)}",
                "export the one thread, or single messages as .eml",
            )
        return path.read_bytes()
    except OSError as why:
        raise BadInput(
            f"{printable(str(path))}: cannot be read ({why.strerror})", "look at its name"
        ) from why


def document(done: list[Filing], dry_run: bool) -> dict[str, Any]:
    """``withhold/replies/1``."""
    return {
        "schema": SCHEMA,
        "dry_run": dry_run,
        "messages": [
            {
                "file": one.came.file,
                "n": one.came.number,
                "message_id": one.came.message.message_id,
                "from": one.came.message.from_address,
                "subject": one.came.message.subject,
                "day": str(one.came.message.day) if one.came.message.day else None,
                "sha256": one.came.message.sha256,
                "attachments": [
                    {"name": each.name, "size": each.size, "sha256": each.sha256}
                    for each in one.came.message.attachments
                ],
                "trouble": list(one.came.message.trouble),
                "case": one.case or None,
                "how": one.how or None,
                "reply": one.number or None,
                "already": one.already,
                "doubt": one.came.match.doubt or None,
                "could_be": list(one.came.could_be),
                "suggested": one.came.suggestion.outcome or None,
                "sure": one.came.suggestion.sure,
                "because": one.came.suggestion.because,
            }
            for one in done
        ],
    }
