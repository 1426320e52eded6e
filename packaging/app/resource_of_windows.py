"""What Windows shows of a program under Properties > Details: the version resource."""

from __future__ import annotations

import re
from pathlib import Path

_ENGLISH, _UNICODE = 0x0409, 1200


def write(path: Path, version: str, program: str) -> Path:
    """As PyInstaller reads it (Windows: VS_VERSIONINFO): four numbers, and words in English."""
    found = [int(one) for one in re.findall(r"\d+", version)[:4]]
    numbers = tuple(found + [0] * (4 - len(found)))
    words = {
        "CompanyName": "withhold",
        "FileDescription": "withhold",
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": "Apache License 2.0",
        "OriginalFilename": f"{program}.exe",
        "ProductName": "withhold",
        "ProductVersion": version,
    }
    said = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in words.items())
    table = f"StringTable('{_ENGLISH:04X}{_UNICODE:04X}', [{said}])"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0,\n"
        "    OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([{table}]),\n"
        f"    VarFileInfo([VarStruct('Translation', [{_ENGLISH}, {_UNICODE}])])])\n",
        encoding="utf-8",
    )
    return path
