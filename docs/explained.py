"""What the code cannot say of itself: a sentence per reason, error, exit code, field, format.

``docs/generate.py`` stops where one is missing or is left over.
"""

from __future__ import annotations

REASONS = {
    "What an actor says": {
        "says-yes": "The practice says `yes`, and nothing was said against it.",
        "platform-yes": "The platform's own texts say it of another company, which is silent here.",
        "reported-yes": "Press, guides or memory say it; no text of the actor's own was seen.",
        "on-by-default": "The practice says `yes` and its switch is on where nobody touched it.",
        "off-by-default": "An opt-in: `disallowed` by the actor's word until it is switched on.",
        "says-no": "The practice says `no`: `disallowed`, `promised`.",
        "conditional": "The practice names a condition; whether it holds is `unknown`.",
        "policy-silent": "The texts say nothing: `unknown`, never a no.",
        "not-known-then": "Asked for a day before the first source that shows the practice.",
        "nothing-known": "No practice of this actor reaches this content.",
        "not-public": "An actor that takes what is public, asked of content that is not.",
        "announced": "A limit: the practice begins on a later day that is known already.",
    },
    "Controls and what was observed": {
        "switch-observed": "A control read back by the tool. Nothing in this version does that.",
        "switch-shown": "A control read from a page that the owner saved.",
        "switch-told": "A control that the owner says was set: `withhold done`.",
        "switch-on": "A control last seen in the state that allows it.",
        "request-sent": "A form or e-mail that was sent: `asked`.",
        "request-confirmed": "A written answer that was kept as evidence: `promised`.",
        "request-confirmed-told": "A written answer that the owner tells of: `told`.",
        "request-refused": "The actor refused; the practice stays open.",
        "control-covers-part": "An act of the owner that reaches the practice only in part.",
        "control-leaves-open": "An act of the owner that does not reach the practice.",
        "no-control": "A source or a search shows that no control exists; `helps` says what does.",
        "no-control-known": "No control of the platform names this practice.",
    },
    "Laws, signals, shields": {
        "law-forbids": "A law or order forbids the practice without an act of the owner.",
        "law-lets-object": "A law gives a right to object to the basis that the actor names.",
        "signal-heeded": "A signal refuses, and the actor says that it honours it: `promised`.",
        "signal-asked": "A signal refuses, and nobody promised to heed it: `asked`.",
        "signal-open": "A signal was read and does not refuse.",
        "signal-not-read": "The practice depends on a signal that was not read: `unknown`.",
        "shield-refuses": "The platform's own robots.txt refuses others' crawlers: `asked`, or "
        "`promised` where the actor says that it honours it.",
    },
    "Limits: what was odd about a robots.txt": {
        "robots-limit-500-kib": "Longer than 500 KiB: the rest was not read.",
        "robots-empty-file": "Nothing but white space, which is a real state.",
        "robots-no-rules": "Something is in it, but no rule in any group.",
        "robots-binary": "It holds NUL octets, as an image does; read all the same.",
        "robots-not-utf-8": "Read as octets.",
        "robots-looks-like-html": "Most likely a page that reports an error; read all the same.",
        "robots-byte-order-mark": "Skipped.",
        "robots-rules-outside-groups": "Rules before the first user-agent line are ignored.",
    },
    "Limits: what an answer does not say": {
        "past-stays-open": "It is no now, but was open before; the control is forward-only.",
        "also-past": "It is no now, and the actor says that this reaches back too.",
        "was-public": "The account was public once; what was public then may have been copied.",
        "audience-unknown": "The audience is not known, so it is taken as public.",
        "plan-not-known": "Practices differ by plan, and the account's plan is not known.",
        "posted-by-others": "Posted by somebody else: your own objection may not reach it.",
        "since-not-known": "When the practice began is not known, only the first source.",
        "best-effort": "A platform of tier 2: not every control was looked for.",
        "not-checked": "Every source of the practice is `unverified`.",
        "sources-disagree": "Two sources contradict each other; both are kept.",
    },
}

ERRORS = {
    "error": "The base of all errors below: `except withhold.WithholdError` catches each of them.",
    "bad-input": "Read the TIP: it names the form that is expected. Nothing was written.",
    "not-found": "Nothing is guessed. The TIP names what may have been meant, or the command that "
    "lists what is known.",
    "bad-knowledge": "The message is `file:line: field: what was expected`. Also raised for the "
    "file given with `--owner`. The fields are in [knowledge](knowledge.md) and "
    "[formats](formats.md#the-owner-file).",
    "nothing-to-check": "Name a target, or say what you own: `withhold start`, "
    "`withhold own add account linkedin`.",
    "store-trouble": "The message names the file and the TIP the way back. Nothing is deleted by "
    "the tool: a damaged store is moved aside by you, with the line that is printed.",
    "missing-extra": "The TIP is the line that installs the part that is missing.",
}

EXITS = {
    0: "Done. Without `--fail-on` whatever the answers are.",
    1: "An error of the tool or the world; `doctor` found a FAIL; you stopped it.",
    2: "Bad arguments or input; `knowledge lint` has findings.",
    3: "Nothing to check.",
    10: "An answer is `unknown`.",
    11: "An answer is `allowed`.",
    12: "Reserved for a change for the worse. Nothing in this version ends with it.",
    13: "Reserved for a bundle that does not verify. Nothing in this version ends with it.",
    14: "An answer is `disallowed` by `asked` or `told` only.",
}

_REASON = {
    "code": "Stable code, see [reasons](reasons.md).",
    "text": "Its sentence, in the language asked for.",
    "rests_on": "The file of knowledge, the observation or the line it rests on.",
    "last_checked": "The newest day on which a source said so.",
    "recheck_due": "The day on which a re-check is due.",
    "overdue": "Whether that day lies before the day of the question.",
    "sources[]": "Whose words.",
    "sources[].url": "Address.",
    "sources[].seen": "The day on which the source said so.",
    "sources[].kind": "`official`, `archived`, `regulator`, `research`, `press`, `blog`, "
    "`unverified`.",
    "sources[].quote": "At most 25 words.",
    "sources[].title": "What it is called.",
    "sources[].read": "`whole`, `excerpt`, `relayed`, `no`: how it was read.",
}
_STEP = {
    "id": "`platform/control`, or `platform/control@name`: what `withhold done` takes.",
    "account": "`platform`, or `platform:name`.",
    "platform": "Its id.",
    "kind": "`toggle`, `robots`, `form`, `email`, `audience`.",
    "want": "The state that says no.",
    "minutes": "An estimate.",
    "url": "The deep link, if one is known.",
    "url_seen": "Whether a source shows the address.",
    "label": "The exact words to look for.",
    "label_lang": "Their language.",
    "label_seen": "Whether a source shows the words.",
    "path": "The way through the menus.",
    "closes": "What it closes, in sentences.",
    "narrows": "What it reaches in part.",
    "leaves": "What it leaves open.",
    "effect": "`forward-only`, `also-past`, `not-stated`.",
    "undo": "`yes`, `no`, `not-known`.",
    "needs": "`login`, `password`, `app` ...",
    "cost": "What it costs you.",
    "note": "More about it.",
    "before": "The day of an announced change, or null.",
    "days_left": "Days until then, or null.",
    "checked": "The day the words were last checked.",
    "overdue": "Whether a re-check is overdue.",
    "last_resort": "Whether it costs reach.",
    "act": "What to do, in words.",
    "effect_text": "Effect and undo, in words.",
}

FIELDS = {
    "schema": "Name and version of the document.",
    "when": "The day the question was asked for.",
    "where": "The place.",
    "verdicts[]": "One per actor, use and content that is treated alike.",
    "verdicts[].actor": "Id of the company or project; `anyone` = others who scrape.",
    "verdicts[].use": "`train-ai`, `licence-to-third-party`; with `--all` the others.",
    "verdicts[].content": "What was asked about. Of a site: `site` and `path` instead of "
    "`platform` and `account`.",
    "verdicts[].content.platform": "Its id.",
    "verdicts[].content.account": "`platform`, or `platform:name`.",
    "verdicts[].content.kinds": "Kinds of content that share this verdict.",
    "verdicts[].content.audience": "Audiences that share it.",
    "verdicts[].where": "The place it holds for.",
    "verdicts[].answer": "`allowed`, `disallowed`, `unknown`.",
    "verdicts[].strength": "Of `disallowed`: `observed`, `shown`, `promised`, `required`, "
    "`told`, `asked`; else null.",
    "verdicts[].headline": "The fixed sentence of the answer.",
    "verdicts[].last_checked": "Set when a re-check is overdue: the day of the last check.",
    "verdicts[].open[]": "Spans in which it was open to use, `[since, until)`.",
    "verdicts[].open[].since": "First day; null = not known.",
    "verdicts[].open[].until": "First day after; null = still so.",
    "verdicts[].practices[]": "Each practice keeps its own answer.",
    "verdicts[].practices[].id": "Its id in the file of knowledge.",
    "verdicts[].practices[].answer": "As above.",
    "verdicts[].practices[].strength": "As above.",
    "verdicts[].practices[].open[]": "As above.",
    "verdicts[].practices[].open[].since": "As above.",
    "verdicts[].practices[].open[].until": "As above.",
    "verdicts[].practices[].reasons": "Codes of its reasons.",
    "verdicts[].reasons[]": "Why; never empty.",
    "verdicts[].limits[]": "What the answer does not say; of the same form.",
    **{
        f"verdicts[].{of}[].{key}": text
        for of in ("reasons", "limits")
        for key, text in _REASON.items()
    },
    "verdicts[].steps[]": "Controls that bring it nearer to no.",
    "verdicts[].steps[].control": "`platform/control`.",
    "verdicts[].steps[].kind": "`toggle`, `form`, `email`, `audience`, `robots`.",
    "verdicts[].steps[].want": "The state that says no.",
    "verdicts[].steps[].minutes": "An estimate.",
    "verdicts[].steps[].url": "The deep link, if one is known.",
    "verdicts[].steps[].label": "The words on the page, by language.",
    "verdicts[].steps[].effect": "`forward-only`, `also-past`, `not-stated`.",
    "verdicts[].steps[].closes": "Ids of the practices it closes.",
    "verdicts[].steps[].narrows": "Ids of those it reaches in part.",
    "verdicts[].steps[].leaves": "Ids of those it leaves open.",
    "lang": "The language of the texts.",
    "top": "The top line.",
    "minutes": "Minutes of all steps, last resorts left out.",
    "steps[]": "In order: announced changes first, then the surest.",
    "last_resorts[]": "Steps that cost reach; of the same form.",
    **{f"{of}[].{key}": text for of in ("steps", "last_resorts") for key, text in _STEP.items()},
    "no_control[]": "Accounts on which something stays open that no step closes.",
    "no_control[].account": "`platform`, or `platform:name`.",
    "no_control[].platform": "Its id.",
    "no_control[].open": "What stays open, in sentences.",
    "no_control[].helps": "What still helps.",
    "no_control[].nothing_offered": "Whether there is no step at all.",
    "done[]": "What was recorded before.",
    "done[].control": "`platform/control`.",
    "done[].account": "The account it was recorded for.",
    "done[].value": "The state: `off`, `on`, `sent`, `confirmed`, `refused` ...",
    "done[].how": "`told`, `shown`, `observed`, `clicked`.",
    "done[].on": "The day.",
    "accounts[]": "One per account; verdicts on `anyone` are not counted.",
    "accounts[].account": "`platform`, or `platform:name`.",
    "accounts[].allowed": "How many verdicts; left out when 0.",
    "accounts[].disallowed": "How many verdicts; left out when 0.",
    "accounts[].unknown": "How many verdicts; left out when 0.",
    "accounts[].last_recorded": "The newest day recorded for it.",
}

FORMATS = {
    "text": ("check, plan, status, import", "For a person; may change at any time."),
    "json": (
        "check, plan, status, import",
        "The documents above; of import see [the checklist](../how-to/take-in-the-checklist.md).",
    ),
    "html": ("check", "One page without script or outside parts."),
    "md": ("check, plan", "Markdown; of a plan a checklist."),
    "csv": ("check", "A row per verdict; a cell that looks like a formula gets a leading `'`."),
    "parquet": ("check", "The same rows; needs the extra `[scale]`."),
    "sarif": ("check", "SARIF 2.1.0: a result per verdict, its rule is the first reason's code."),
    "ics": ("plan", "iCalendar: a to-do per step, and one to look again after 90 days."),
}

FOLDERS = {
    "platform": ("platforms/", "services that host other people's content"),
    "actor": ("actors/", "companies and projects asked about"),
    "crawler": ("crawlers/", "product tokens of robots.txt"),
    "law": ("laws/", "laws and orders that a verdict cites"),
    "signal": ("signals/", "standards by which a site can say no to a machine"),
    "claim": ("claims/", "what is said in public, with place and source, nothing more"),
    "history": ("history/", "superseded practices and controls, by platform"),
    "retired": ("history/retired.toml", "slugs that are no longer used; not there while none is"),
    "corrections": (
        "history/corrections.toml",
        "what was wrong here, and since when it is put right; not there while nothing was",
    ),
    "places": ("places.toml", "countries, US states, groups"),
    "sentences": ("reasons/", "the sentences of answers, reasons and changes, a file per language"),
}

OWNER_FILE = (
    "Read by `--owner FILE`: an owner written down as TOML, so that a question can be asked for "
    "somebody without a store. Nothing is written. `examples/owner.toml` is one."
)
OWNER = {
    "OwnerFile": "The whole file.",
    "OwnerFile.place": "Where the person lives: `US-PA`, `DE`.",
    "OwnerFile.lang": "`en` or `de`.",
    "OwnerFile.example": "Prints EXAMPLE, NOT YOU above every answer.",
    "OwnerFile.account": "`[[account]]`, one each.",
    "OwnerFile.site": "`[[site]]`, one each.",
    "OwnerFile.done": "`[[done]]`: what the owner says was done.",
    "_Account": "An account on a platform.",
    "_Account.platform": "Its id.",
    "_Account.name": "Tells two blogs of one platform apart.",
    "_Account.kind": "What kind of account it is; `personal` if left out.",
    "_Account.plan": "As the platform calls it.",
    "_Account.lang": "The language of its menus.",
    "_Account.since": "Since when it exists.",
    "_Account.public_until": "The day it stopped being public.",
    "_Site": "A web property under the owner's own hand.",
    "_Site.url": "Its address.",
    "_Site.folder": "Where its files are, relative to this file.",
    "_Done": "One act.",
    "_Done.control": "`platform/control`.",
    "_Done.value": "`off`, `on`, `sent`, `confirmed`, `refused`.",
    "_Done.on": "The day.",
    "_Done.how": "`told` if left out.",
    "_Done.account": "`platform`, or `platform:name`.",
}
