"""ChatGPT exports, made: one file of conversations or several, shared ones, and the account."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from typing import Any

from tests.archives.made.truth import Truth

USER = {"id": "user-Abc123", "email": "ada@example.org", "chatgpt_plus_user": True}


def uuid(dice: random.Random) -> str:
    digits = f"{dice.getrandbits(128):032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def made(
    seed: int, count: int, parts: int = 1
) -> tuple[dict[str, bytes], list[Truth], list[Truth]]:
    """So many conversations; what the member said, and what everybody said, in file order."""
    dice = random.Random(seed)  # noqa: S311
    talks: list[dict[str, Any]] = []
    shared: list[dict[str, Any]] = []
    own: list[Truth] = []
    everybody: list[Truth] = []
    for number in range(count):
        talk, link = uuid(dice), uuid(dice)
        public = number % 5 == 2
        if public:
            shared.append({"id": link, "conversation_id": talk, "title": "T", "is_anonymous": True})
        audience, by = ("public", "item-field") if public else ("private", "platform-default")
        mapping: dict[str, Any] = {"root": {"id": "root", "message": None, "parent": None,
                                            "children": []}}  # fmt: skip
        for turn in range(1 + number % 3):
            for role in ("system", "user", "assistant"):
                key = uuid(dice)
                seconds = 1_700_000_000 + number * 100 + turn + 0.25
                said = f"{role} {number}.{turn} {dice.choice(['ok', 'Über', '日本'])}"
                content: dict[str, Any] = {"content_type": "text", "parts": [said]}
                if role == "user" and number % 4 == 3:
                    picture = {"content_type": "image_asset_pointer",
                               "asset_pointer": f"file-service://file-{number}"}  # fmt: skip
                    content = {"content_type": "multimodal_text", "parts": [picture, said]}
                mapping[key] = {"id": key, "parent": "root", "children": [], "message": {
                    "id": key, "author": {"role": role}, "create_time": seconds,
                    "content": content}}  # fmt: skip
                created = datetime.fromtimestamp(seconds, UTC).isoformat()
                authored = "own" if role == "user" else "others"
                truth = Truth(key, "ai-chat", authored, audience, by, "live", created, said)
                everybody.append(truth)
                if role == "user":
                    own.append(truth)
        talks.append({"title": f"Talk {number}", "create_time": 1_700_000_000.5, "mapping": mapping,
                      "current_node": "root", "conversation_id": talk, "id": talk})  # fmt: skip
    files: dict[str, Any] = {"user.json": USER, "shared_conversations.json": shared,
                             "message_feedback.json": []}  # fmt: skip
    if parts == 1:
        files["conversations.json"] = talks
    for part in range(parts if parts > 1 else 0):
        size = -(-count // parts)
        files[f"conversations-{part:03d}.json"] = talks[part * size : (part + 1) * size]
    body = {name: json.dumps(one).encode() for name, one in files.items()}
    return body | {"chat.html": b"<html></html>", "file-3.dat": b"\x89PNG"}, own, everybody


LAYOUTS = {
    "json": lambda seed, count: made(seed, count)[0],
    "json in parts": lambda seed, count: made(seed, count, 3)[0],
}
