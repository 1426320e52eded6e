"""Claude exports, made: conversations with attachments, projects, the account."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.archives.made.chatgpt import uuid
from tests.archives.made.truth import Truth


def made(seed: int, count: int) -> tuple[dict[str, bytes], list[Truth], int]:
    """So many conversations; what the member said, and how many messages the assistant wrote."""
    dice = random.Random(seed)  # noqa: S311
    start = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)
    talks: list[dict[str, Any]] = []
    own: list[Truth] = []
    others = 0
    for number in range(count):
        messages = []
        for turn in range(2 + number % 4):
            human = turn % 2 == 0
            key, when = uuid(dice), start + timedelta(hours=number, seconds=turn)
            said = f"{number}.{turn} {dice.choice(['ok', 'Über', '日本'])}"
            message: dict[str, Any] = {
                "uuid": key, "sender": "human" if human else "assistant", "text": said,
                "created_at": when.isoformat().replace("+00:00", "Z"), "attachments": [],
                "files": [], "content": [{"type": "text", "text": said}],
            }  # fmt: skip
            if number % 6 == 4:
                message["text"] = ""
            if human and number % 5 == 1:
                message["attachments"] = [{"file_name": "a.txt", "extracted_content": "A paste."}]
                said += "\nA paste."
            messages.append(message)
            others += not human
            if human:
                own.append(Truth(key, "ai-chat", "own", "private", "platform-default", "live",
                                 when.isoformat(), said))  # fmt: skip
        talks.append({"uuid": uuid(dice), "name": f"Talk {number}", "account": {"uuid": "acc"},
                      "created_at": "2024-03-01T12:00:00Z", "chat_messages": messages})  # fmt: skip
    when = "2024-02-03T04:05:06+00:00"
    projects = [
        {"uuid": "p1", "name": "Garden", "description": "Beds", "prompt_template": "Be brief.",
         "is_private": True, "is_starter_project": False, "created_at": when,
         "docs": [{"uuid": "d1", "filename": "plan.txt", "content": "Tomatoes",
                   "created_at": when}]},
        {"uuid": "p2", "name": "Team", "is_private": False, "created_at": when, "docs": []},
        {"uuid": "p3", "name": "How to", "is_starter_project": True, "prompt_template": "x"},
    ]  # fmt: skip
    for key, audience, said in (
        ("p1", "private", "Garden\nBeds\nBe brief."),
        ("d1", "private", "plan.txt\nTomatoes"),
        ("p2", "group", "Team"),
    ):
        own.append(Truth(key, "ai-chat", "own", audience, "item-field", "live", when, said))
    files = {
        "conversations.json": talks, "projects.json": projects,
        "users.json": [{"uuid": "acc", "full_name": "Ada", "email_address": "ada@example.org"}],
        "memories.json": [{"conversations_memory": "Ada gardens."}],
    }  # fmt: skip
    return {name: json.dumps(one).encode() for name, one in files.items()}, own, others


LAYOUTS = {"json": lambda seed, count: made(seed, count)[0]}
