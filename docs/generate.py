"""Writes docs/reference/ and knowledge/schema/ from the code, so that they say what it does.

``python docs/generate.py`` writes; ``--check`` writes nothing and exits 1 when a file differs.
The output depends on the code, its phrases and ``knowledge/reasons/``: no clock, no facts.
"""

from __future__ import annotations

import inspect
import io
import json
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any, get_args

import click
import made_up
import made_up_bundle
import made_up_corpus
import made_up_filter
import made_up_forgetting
import made_up_logs
import made_up_maintenance
import made_up_survey
import made_up_vault
import msgspec
from explained import (
    CONFLICTS,
    ERRORS,
    EXITS,
    FIELDS,
    FOLDERS,
    FORMATS,
    OUTCOMES,
    OWNER,
    OWNER_FILE,
    REASONS,
    RUN,
    RUN_FILE,
    RUNS,
)
from explained_bundle import BUNDLE, BUNDLE_FILE

from withhold import errors, facts, verdict, words
from withhold.catalog import lint
from withhold.catalog.load import Knowledge
from withhold.catalog.places import Places
from withhold.catalog.schema import schemas
from withhold.catalog.sentences import load_sentences
from withhold.faces.cli import group
from withhold.faces.cli.check import FAIL_CODES
from withhold.faces.cli.check_setting import Looked, document
from withhold.faces.cli.letter_options import LETTER_FORMS
from withhold.faces.cli.show_result import words_of
from withhold.faces.report import by_hand as said
from withhold.faces.report import (
    corpus_values,
    exposure,
    histories,
    logs_values,
    many_sites,
    plans,
    policy,
    rows,
    verdicts,
)
from withhold.reach import journal
from withhold.recipes.result import Reason, Result
from withhold.recipes.said import Labelled, Line, Part
from withhold.steps import Checked, Open, Outcome, Recipe
from withhold.traces.bundles import manifest as bundles
from withhold.verbs import by_hand
from withhold.verbs.conflict import Conflict
from withhold.verbs.owner import OwnerFile
from withhold.verbs.plan import Done, NoControl, Plan, PlanStep
from withhold.verbs.settings import Chosen

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
KNOWLEDGE = ROOT / "knowledge"
SCHEMAS = KNOWLEDGE / "schema"
DAY = date(2026, 1, 1)


def main(args: list[str]) -> int:
    """Writes what differs, or with ``--check`` only says so."""
    wanted = dict(files())
    stale = set(SCHEMAS.glob("*.json")) - wanted.keys()
    differ = [one for one, text in wanted.items() if not one.is_file() or text != _read(one)]
    for path in sorted([*differ, *stale]):
        print(f"{path.relative_to(ROOT)}: {'differs' if path in wanted else 'has no source'}")
    if "--check" in args:
        return 1 if differ or stale else 0
    for path in differ:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
    for path in stale:
        path.unlink()
    return 0


def files() -> Iterator[tuple[Path, str]]:
    """Every generated file with its text."""
    for name, schema in schemas().items():
        yield SCHEMAS / f"{name}.json", json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    for page in (cli, reasons, settings, errors_page, exit_codes, formats, knowledge):
        title, source, lines = page()
        head = [
            f"# {title}",
            "",
            f"Generated from {source} by `make docs`: change it there, not here.",
        ]
        name = page.__name__.removesuffix("_page").replace("_", "-")
        yield REFERENCE / f"{name}.md", "\n".join([*head, "", *lines]).rstrip() + "\n"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


Page = tuple[str, str, list[str]]


# The command line -----------------------------------------------------------------------------


def cli() -> Page:
    """Every command with its arguments and options."""
    lines: list[str] = []
    for path, command in _commands(group, "withhold"):
        lines += [f"{'##' if path.count(' ') < 2 else '###'} {path}", ""]
        lines += [inspect.cleandoc(command.help or "").replace("\b\n", ""), ""]
        shown = [one for one in command.params if not getattr(one, "hidden", False)]
        usage = [one.metavar or f"{one.name}".upper() for one in shown if _is_argument(one)]
        usage = [f"[{one}]" if _optional(shown, one) else one for one in usage]
        if isinstance(command, click.Group):
            usage.append("[COMMAND]" if command.invoke_without_command else "COMMAND")
        taken = " [OPTIONS]" if any(isinstance(one, click.Option) for one in shown) else ""
        lines += ["```text", " ".join([path + taken, *usage]), "```", ""]
        options = [one for one in shown if isinstance(one, click.Option)]
        if options:
            lines += ["| option | takes | meaning |", "|---|---|---|"]
            for one in options:
                names = ", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts))
                lines.append(f"| {names} | {_takes(one)} | {_cell(one.help or '')} |")
            lines.append("")
    return "The command line", "the commands in `src/withhold/faces/cli/`", lines


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner and not inner.hidden:
                yield from _commands(inner, f"{path} {name}")


def _is_argument(one: click.Parameter) -> bool:
    return isinstance(one, click.Argument)


def _optional(shown: list[click.Parameter], usage: str) -> bool:
    found = next(one for one in shown if (one.metavar or f"{one.name}".upper()) == usage)
    return not found.required and not usage.startswith("[")


def _takes(one: click.Option) -> str:
    if one.is_flag:
        return ""
    if isinstance(one.type, click.Choice):
        said = " ".join(f"`{choice}`" for choice in one.type.choices)
    else:
        said = one.metavar or one.type.name.upper()
    return f"{said}, repeatable" if one.multiple else said


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# Reasons, errors, exit codes ------------------------------------------------------------------


def reasons() -> Page:
    """Every code of a reason or limit with when it appears and its sentences."""
    english, german = (
        tomllib.loads(_read(KNOWLEDGE / "reasons" / f"{lang}.toml")) for lang in ("en", "de")
    )
    _complete("reason", english["reason"], [code for part in REASONS.values() for code in part])
    lines = [
        "A code is stable: other programs may rely on it, and it is the rule of a SARIF result.",
        "`{gaps}` are filled from knowledge and from what was observed.",
        "",
        "## The fixed sentences of strength",
        "",
        "They stand beside every `disallowed`, strongest first; no answer stands alone.",
        "",
        "| strength | English | German |",
        "|---|---|---|",
    ]
    for code, text in english["strength"].items():
        lines.append(f"| `{code}` | {_cell(text)} | {_cell(german['strength'][code])} |")
    for part, codes in REASONS.items():
        lines += ["", f"## {part}"]
        for code, when in codes.items():
            lines += ["", f"### {code}", "", when, ""]
            lines += [f"> {_cell(english['reason'][code])}", ">"]
            lines += [f"> {_cell(german['reason'][code])}"]
    _complete("conflict", english["conflict"], list(CONFLICTS))
    lines += ["", "## Conflicts of a site's signals"]
    for code, when in CONFLICTS.items():
        lines += ["", f"### {code}", "", when, ""]
        lines += [f"> {_cell(english['conflict'][code])}", ">"]
        lines += [f"> {_cell(german['conflict'][code])}"]
    return "Reasons and limits", "`knowledge/reasons/` and `docs/explained.py`", lines


def settings() -> Page:
    """How a run over a settings page ends, and why, with the sentences."""
    english, german = words_of("en"), words_of("de")
    _complete("outcome", get_args(Outcome), list(OUTCOMES))
    _complete(
        "reason of a run", get_args(Reason), [code for part in RUNS.values() for code in part]
    )
    lines = [
        "What `check CONTROL --page`, `check CONTROL --window`, `apply CONTROL --window` and",
        "`rollback` say of one control of one account. Codes are stable. Why two fresh loads:",
        "[the click is not the result](../explanation/the-click-is-not-the-result.md).",
        "",
        "## Outcomes",
    ]
    for code, when in OUTCOMES.items():
        lines += ["", f"### {code}", "", when, *_quoted(f"outcome_{code}", english, german)]
    for part, codes in RUNS.items():
        lines += ["", f"## {part}"]
        for code, when in codes.items():
            lines += ["", f"### {code}", "", when, *_quoted(f"reason_{code}", english, german)]
    sources = "`src/withhold/faces/phrases/settings.*.toml` and `docs/explained.py`"
    return "Settings: outcomes and reasons", sources, lines


def _quoted(key: str, english: dict[str, str], german: dict[str, str]) -> list[str]:
    """The sentence in both languages; nothing where the outcome's own sentence says it."""
    if not english[key]:
        return []
    return ["", f"> {_cell(english[key])}", ">", f"> {_cell(german[key])}"]


def errors_page() -> Page:
    """The tree of errors, and a section for each."""
    known = dict(_subclasses(errors.WithholdError))
    _complete("error", known, list(ERRORS))
    tree = (errors.__doc__ or "").split("::", 1)[1].split("\n\nErrors of")[0]
    lines = [
        "An error is one line on stderr and one TIP that names the next step. Answers go to",
        "stdout, so a pipe never holds an error. There is no traceback for these; one is a bug.",
        "",
        "```text",
        inspect.cleandoc(tree),
        "```",
    ]
    for page, kind in known.items():
        lines += ["", f"## {page}", "", f"`{kind.__name__}`, exit code {kind.exit_code}.", ""]
        lines += [inspect.cleandoc(kind.__doc__ or ""), "", ERRORS[page]]
    return "Errors", "`src/withhold/errors.py` and `docs/explained.py`", lines


def _subclasses(
    kind: type[errors.WithholdError],
) -> Iterator[tuple[str, type[errors.WithholdError]]]:
    yield kind.page, kind
    for one in kind.__subclasses__():
        yield from _subclasses(one)


def exit_codes() -> Page:
    """What each exit code means."""
    fail_on = {code: name for name, code in FAIL_CODES}
    kinds: dict[int, list[str]] = {}
    for page, kind in _subclasses(errors.WithholdError):
        kinds.setdefault(kind.exit_code, []).append(f"[{page}](errors.md#{page})")
    _complete("exit code", [*fail_on, *kinds], [one for one in EXITS if one not in (0, 13)])
    lines = ["| code | meaning | from |", "|---|---|---|"]
    for code, text in EXITS.items():
        source = ", ".join(kinds.get(code, ()))
        if code in fail_on:
            source = f"`--fail-on {fail_on[code]}`"
        lines.append(f"| {code} | {text} | {source} |")
    order = ", then ".join(f"{code} ({name})" for name, code in FAIL_CODES)
    lines += [
        "",
        f"Several `--fail-on`: the first that applies of {order}. Without `--fail-on` a check",
        "ends with 0 whatever the answers are. All other codes are reserved.",
    ]
    return "Exit codes", "`src/withhold/errors.py` and `src/withhold/faces/cli/check.py`", lines


# Formats --------------------------------------------------------------------------------------


def formats() -> Page:
    """The JSON documents, the columns of the tables, the owner file."""
    speaker = _speaker()
    phrases = tomllib.loads(_read(ROOT / "src/withhold/faces/phrases/en.toml"))
    odd = Conflict(code="over-the-limit", place="", facts={"size": ""})
    shown = rows.document(
        [_verdict()],
        DAY,
        speaker,
        conflicts=[rows.conflict(odd, "", speaker)],
        evidence=rows.files_of(made_up.EVIDENCE),
    )
    plan = json.loads(plans.as_json(_plan(), speaker, phrases, "en", [made_up.request()]))
    documents = {
        "check": shown,
        "check --posts": made_up.exposure(DAY, _verdict(), speaker),
        "check --policy": made_up.policy(DAY, phrases),
        "check -f": made_up.sites(DAY),
        "watch history": made_up.history(DAY, phrases),
        "plan": plan,
        "apply CONTROL": _by_hand(),
        "check CONTROL --window": document([_looked()], DAY),
        "apply SUBJECT --letter": made_up.offered(),
        "import MAIL": made_up.replies(),
        "prove logs": made_up_logs.logs(DAY),
        "prove corpus": made_up_corpus.corpus(),
        "prove verify": made_up_bundle.verified(),
        "filter": made_up_filter.filtered(DAY),
        "survey": made_up_survey.surveyed(),
        "knowledge check-links": made_up_maintenance.links(DAY),
        "knowledge flips": made_up_maintenance.flips(DAY),
        "vault status": made_up_vault.vault(),
        "own forget": made_up_forgetting.forgotten(),
        "status": _status(),
    }
    files = {
        "check --policy": " FILE",
        "check -f": " sites.txt",
        "watch history": " --files DIR",
        "prove logs": " FILE",
        "prove corpus": " PATH",
        "prove verify": " BUNDLE",
        "filter": " IN OUT",
        "survey": " IN OUT",
        "knowledge flips": " BASE",
        "own forget": " --all",
    }
    lines = [
        "Names of schemas end in a version. A field is added without a new version; it is never",
        "removed or given another meaning without one. Dates are `YYYY-MM-DD`.",
        "",
    ]
    used: set[str] = set()
    for verb, body in documents.items():
        said = f"withhold {verb}{files.get(verb, '')} --format json"
        lines += [f"## {body['schema']}", "", f"`{said}`.", ""]
        lines += ["| field | type | meaning |", "|---|---|---|"]
        for path, kind in _fields(body):
            key = f"{verb} {path}" if f"{verb} {path}" in FIELDS else path
            used.add(key)
            if key not in FIELDS:
                _complete("field", [key], [])
            lines.append(f"| `{path}` | {kind} | {FIELDS[key]} |")
        lines.append("")
    _complete("field", used, list(FIELDS))
    _complete("format", {*verdicts.FORMATS, *LETTER_FORMS, "ics"}, list(FORMATS))
    lines += ["## Other formats", "", "| format | of | what |", "|---|---|---|"]
    for name, (of, text) in FORMATS.items():
        lines.append(f"| `{name}` | {of} | {text} |")
    lines += [
        "",
        "Columns of `csv` and `parquet`: " + ", ".join(f"`{c}`" for c in verdicts.COLUMNS),
        "",
        "Of `check --posts` (`csv`): " + ", ".join(f"`{c}`" for c in exposure.COLUMNS),
        "",
        "Of `check --policy` (`csv`): " + ", ".join(f"`{c}`" for c in policy.COLUMNS),
        "",
        "Of `check -f sites.txt`: " + ", ".join(f"`{c}`" for c in many_sites.COLUMNS),
        "",
        "Of `watch history` (`csv`): " + ", ".join(f"`{c}`" for c in histories.COLUMNS),
        "",
        "Of `prove logs` (`csv`): " + ", ".join(f"`{c}`" for c in logs_values.COLUMNS),
        "",
        "Of `prove corpus` (`csv`): " + ", ".join(f"`{c}`" for c in corpus_values.COLUMNS),
    ]
    run = f"## {journal.Head.__struct_defaults__[0]}"
    kinds: tuple[type, ...] = (journal.Head, journal.Line)
    lines += ["", run, "", RUN_FILE, *_explained(kinds, RUN)]
    lines += ["", f"## {bundles.SCHEMA}", "", BUNDLE_FILE, *_explained((bundles.Manifest,), BUNDLE)]
    lines += ["", "## The owner file", "", OWNER_FILE, *_explained((OwnerFile,), OWNER)]
    return "Formats", "the code that writes them and `docs/explained.py`", lines


def _explained(kinds: tuple[type, ...], texts: dict[str, str]) -> Iterator[str]:
    """A table per struct, in the words of ``texts``."""
    used: set[str] = set()
    for name, schema in _structs({one.__name__: msgspec.json.schema(one) for one in kinds}):
        used |= {name, *(f"{name}.{field}" for field in schema["properties"])}
        for field, one in schema["properties"].items():
            one.setdefault("description", texts.get(f"{name}.{field}", ""))
        schema["description"] = texts[name]
        yield from _table(name.lstrip("_"), schema)
    _complete("field", used, list(texts))


def _fields(body: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Path and type of each value, from a document in which every list holds something."""
    for key, value in body.items():
        where = f"{path}{key}"
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{where}[]", "list of objects"
            yield from _fields(value[0], f"{where}[].")
        elif isinstance(value, dict) and key not in ("label", "companies", "unknown"):
            yield where, "object"
            yield from _fields(value, f"{where}.")
        else:
            yield where, _type_of(value)


def _type_of(value: object) -> str:
    if value is None:
        return "text or null"
    names: dict[type, str] = {
        bool: "true or false",
        int: "number",
        float: "number",
        list: "list",
        dict: "object",
    }
    return names.get(type(value), "text")


def _speaker() -> rows.Speaker:
    """A made-up platform, so that a change of knowledge changes no page."""
    control = facts.Control(
        id="switch",
        kind="toggle",
        covers={"training": "full"},
        sources=["terms"],
        verified=facts.Verified(how="source", on=DAY),
    )
    platform = facts.Platform(
        id="example",
        name="Example",
        operator="example",
        tier=1,
        automation_terms=facts.Automation(says="silent"),
        source={},
        practice=[],
        control=[control],
    )
    known = Knowledge(platforms={"example": platform}, actors={}, places=Places({}, {}))
    return rows.Speaker(known, load_sentences(KNOWLEDGE, "en"))


def _verdict() -> verdict.Verdict:
    source = facts.Source(url="https://example.org", kind="official", seen=DAY)
    why = verdict.Reason(code="says-yes", facts={"name": "", "what": ""}, sources=(source,))
    practice = verdict.PracticeAnswer(
        id="training", answer="allowed", open=(words.Span(),), reasons=(why,)
    )
    return verdict.Verdict(
        actor="example",
        use="train-ai",
        where="DE",
        when=DAY,
        answer="allowed",
        platform="example",
        account="example",
        kinds=("post",),
        audience=("public",),
        open=(words.Span(),),
        practices=(practice,),
        reasons=(why,),
        limits=(why,),
        steps=(verdict.Step(control="example/switch", closes=("training",)),),
    )


def _plan() -> Plan:
    step = PlanStep(
        id="example/switch",
        account="example",
        platform="example",
        kind="toggle",
        want="off",
        minutes=1,
        effect="forward-only",
        undo="yes",
        before=DAY,
        days_left=1,
    )
    left = NoControl(account="example", platform="example", open=({"en": ""},))
    done = Done(control="example/switch", account="example", value="off", how="told", on=DAY)
    return Plan(
        where="DE", when=DAY, steps=(step,), last_resorts=(step,), no_control=(left,), done=(done,)
    )


def _by_hand() -> Any:
    """A made-up control, shown."""
    known = _speaker().knowledge.platforms["example"]
    label = Labelled(text="", lang="en", seen=True)
    parts: tuple[Part, ...] = ("step", "finished", "undo")
    one = by_hand.ByHand(
        step="example/switch",
        platform=known,
        control=known.control[0],
        account=words.Account(platform="example"),
        recipe=None,
        place="DE",
        menu_lang="en",
        lines=tuple(Line(part=p, do="set", text="", lang="en", labels=(label,)) for p in parts),
        closes=(),
        narrows=(),
        leaves=(),
        offered="yes",
        overdue=False,
    )
    phrases = tomllib.loads(_read(ROOT / "src/withhold/faces/phrases/en.toml"))
    return json.loads(said.as_json(one, said.words_of("en", phrases), "en", DAY))


def _looked() -> Looked:
    """A made-up control, read in a window."""
    known = _speaker().knowledge.platforms["example"]
    recipe = Recipe(
        format=1,
        id="example-switch",
        control="example/switch",
        domains=["www.example.org"],
        want="off",
        checked=Checked(how="replica", on=DAY),
        show=[Open(url="https://www.example.org/")],
    )
    chosen = Chosen(
        platform=known,
        control=known.control[0],
        account=words.Account(platform="example"),
        recipe=recipe,
    )
    return Looked(chosen=chosen, result=Result(outcome="on", reason="read"))


def _status() -> Any:
    """The document that the command itself writes, of an owner made up for it."""
    owner = 'place = "DE"\n[[account]]\nplatform = "linkedin"\n[[done]]\n'
    owner += f'control = "linkedin/ai-training-toggle"\nvalue = "off"\non = {DAY}\n'
    out = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(out):
        path = Path(folder) / "owner.toml"
        path.write_text(owner, encoding="utf-8")
        args = ["status", "--owner", str(path), "--format", "json", "--when", str(DAY)]
        group.main(args, prog_name="withhold", standalone_mode=False)
    body = json.loads(out.getvalue())
    about = {"account": "", "allowed": 0, "disallowed": 0, "unknown": 0, "last_recorded": None}
    body["accounts"] = [{**about, **body["accounts"][0]}]
    body["requests"] = [{"case": "", "step": "", "due": None, "open": True}]
    return body


# Knowledge ------------------------------------------------------------------------------------


def knowledge() -> Page:
    """Folders, the fields of every kind of file, and the checks."""
    lines = ["## Folders", "", "| folder | holds | schema |", "|---|---|---|"]
    every = schemas()
    _complete("schema", every, list(FOLDERS))
    for name, (folder, text) in FOLDERS.items():
        title = every[name]["$ref"].rpartition("/")[2]
        lines.append(f"| `{folder}` | {text} | [{title}](#{title.lower()}) |")
    lines += ["", "## Fields"]
    for name, schema in _structs(every):
        lines += _table(name, schema)
    lines += ["", "## Checks", "", "`withhold knowledge lint` runs them; a finding ends with the"]
    lines += ["name of its check."]
    for check in lint.CHECKS:
        lines += ["", f"### {check}", "", inspect.cleandoc(lint.module(check).__doc__ or "")]
    files = "the structs of facts in `src/withhold/` (`facts.py` names the modules)"
    return "Knowledge", f"{files} and the checks", lines


def _structs(found: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every struct of these schemas once, in the order in which they refer to each other."""
    told: set[str] = set()
    for schema in found.values():
        for name, one in schema["$defs"].items():
            if name not in told:
                told.add(name)
                yield name, one


def _table(name: str, schema: dict[str, Any]) -> list[str]:
    told = _cell(schema.get("description", ""))
    lines = ["", f"### {name}", "", *([told, ""] if told else [])]
    lines += ["| field | type | needed | meaning |", "|---|---|---|---|"]
    for field, one in schema["properties"].items():
        needed = "yes" if field in schema.get("required", ()) else ""
        lines.append(f"| `{field}` | {_kind(one)} | {needed} | {_meaning(one)} |")
    return lines


def _kind(one: dict[str, Any]) -> str:
    if "$ref" in one:
        name = one["$ref"].rpartition("/")[2].lstrip("_")
        return f"[{name}](#{name.lower()})"
    if "enum" in one:
        return " ".join(f"`{value}`" for value in one["enum"])
    if "anyOf" in one:
        return ", ".join(_kind(each) for each in one["anyOf"] if each.get("type") != "null")
    if one["type"] == "array":
        return f"list of {_kind(one['items'])}"
    if one["type"] == "object":
        return f"table of {_kind(one['additionalProperties'])}"
    names = {"string": "text", "boolean": "true or false", "integer": "number", "number": "number"}
    return "date" if one.get("format") == "date" else names[one["type"]]


def _meaning(one: dict[str, Any]) -> str:
    for each in (one, one.get("items", {}), *one.get("anyOf", ())):
        if "description" in each:
            return _cell(each["description"])
    return ""


def _complete(what: str, found: Any, explained: Any) -> None:
    """Stops where something has no explanation, or an explanation has nothing."""
    missing, gone = set(found) - set(explained), set(explained) - set(found)
    for name, side in ((missing, "is not explained"), (gone, "is explained, but is not there")):
        if name:
            sys.exit(f"docs/explained.py: {what} {sorted(name, key=str)} {side}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
