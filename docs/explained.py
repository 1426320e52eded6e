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
        "switch-observed": "A control read back by the tool in its own window: "
        "`check --window`, `apply --window`.",
        "switch-shown": "A control read from a page that the owner saved: `check --page`.",
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
        "signal-unreachable": "The robots.txt could not be fetched: `unknown`, never a no.",
        "signal-rate-limited": "The server asked to wait (429): `unknown`.",
        "signal-part-unreachable": "What could not be fetched may hold a no that this actor heeds: "
        "`unknown`.",
        "signal-part-unreadable": "A document that could not be read may hold a no that this actor "
        "heeds: `unknown`.",
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
        "robots-none": "The server answers that there is none (4xx): no rules.",
        "robots-unreachable": "It could not be fetched (5xx, network, refused by our own limits).",
        "robots-429": "The server asked to wait.",
        "part-unread": "The page, tdmrep.json, ai.txt or a licence could not be fetched.",
        "robots-rules-outside-groups": "Rules before the first user-agent line are ignored.",
    },
    "Limits: what was odd about an image": {
        "image-empty": "No octet is in the file.",
        "image-not-jpeg-png-webp": "Other formats are not read.",
        "image-limit-64-mib": "What lies behind the limit was not read.",
        "image-truncated": "The file ends too early or a part of it is broken.",
        "image-too-many-parts": "More than 100,000 parts: the rest was not read.",
        "image-checksum-wrong": "A part whose checksum is wrong is passed over.",
        "image-packet-too-big": "An XMP packet of more than 4 MiB was not read.",
        "image-extended-xmp": "JPEG's extended XMP is not read.",
        "image-several-packets": "All packets were read.",
        "image-packet-outside-structure": "Found by searching only; it says nothing of this image.",
        "image-broken-xml": "The packet is no well-formed XML; it says nothing.",
        "image-dtd-refused": "A document type is never opened.",
        "image-too-deep": "Nested too deep; it says nothing.",
        "image-other-namespace": "A DataMining field that is not the one of PLUS.",
        "image-other-spelling": "A no in another spelling is kept, a yes is not.",
        "image-not-in-vocabulary": "A value that PLUS does not know: neither yes nor no.",
        "image-no-single-value": "A list where one value belongs: neither yes nor no.",
        "image-said-twice": "The most restrictive of several values counts.",
        "image-c2pa-not-read": "The extra `images` is not installed.",
        "image-c2pa-broken": "C2PA data that cannot be read says nothing.",
        "image-c2pa-signature-invalid": "An invalid signature is no statement.",
        "image-c2pa-signer-not-listed": "The signature holds; no list of signers was asked.",
        "image-c2pa-value-unknown": "A value that the specification does not know.",
    },
    "Limits: what was odd about an EPUB or a PDF": {
        "document-empty": "No octet is in the file: `unknown`.",
        "document-limit-64-mib": "The way to the metadata begins at the end of the file, so half "
        "of it says nothing.",
        "document-not-zip": "Named or served as an EPUB, and none.",
        "document-not-pdf": "Named or served as a PDF, and none.",
        "document-damaged": "It ends too early or does not hold together; recovery was tried "
        "where there is one.",
        "document-too-many-members": "More than 65,535 files, or the 64-bit form of ZIP.",
        "document-doubled-member": "Two files of the name `META-INF/container.xml` or of the "
        "package document.",
        "document-encrypted": "A password is needed, or the ZIP member is encrypted.",
        "document-unknown-compression": "Neither stored nor deflated (EPUB 3.3).",
        "document-too-big": "Over 4 MiB unpacked; in a PDF over 2 MiB packed, or too much work on "
        "the way.",
        "document-no-container": "Without it nothing says where the metadata are.",
        "document-no-package": "The path leads to no file in the archive, or out of it.",
        "document-not-a-package": "Not a `package` of the namespace of OPF.",
        "document-not-xml": "Half of an XML document says nothing.",
        "document-doctype": "So that no entity is ever declared, expanded or fetched.",
        "document-too-deep": "More than 64 levels (EPUB) or 100 (PDF).",
        "document-too-many-elements": "More than 10,000 entries.",
        "document-not-read": "The extra `documents` is not installed; plain files are read "
        "without it.",
        "document-wrong-case": "Names of XML and prefixes of EPUB differ by case.",
        "document-no-mimetype": "EPUB 3.3 wants it first in the archive.",
        "document-several-packages": "EPUB's multiple renditions.",
        "document-prefix-undeclared": "EPUB 3 knows no prefix `tdm` by itself.",
        "document-other-namespace": "The report ends the address with `#` in EPUB and with `/` in "
        "PDF.",
        "document-other-form": "EPUB 2's element in an EPUB 3, or the reverse; or the name as "
        "HTML has it.",
        "document-refines": "An element with the attribute `refines`.",
        "document-said-twice": "Several values: neither yes nor no.",
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

CONFLICTS = {
    "says-no-and-yes": "Two places say the opposite of one use; the no counts.",
    "says-neither": "A signal is there, and its value is none of its standard.",
    "own-group-silent": "A token has a group of its own, which does not repeat what `*` is told.",
    "managed-block": "The CDN puts a block of its own into the file that is served.",
    "served-differs": "What is served is not what lies in the folder.",
    "origins-differ": "Another origin (http or https, with or without www) serves other rules.",
    "google-only": "A line that refuses as Google's parser reads it, and not by the RFC.",
    "rfc-only": "The reverse.",
    "name-not-a-token": "A User-agent name with digits, spaces or dots.",
    "name-with-more": "A known token with more behind it, such as a version.",
    "words-of-content-usage": "The other standard's words in a Content-Signal line.",
    "words-of-content-signal": "The other standard's words in a Content-Usage line.",
    "letter-case": "A name or value that is not in lower case.",
    "outside-groups": "A line before the first User-agent line.",
    "over-the-limit": "A robots.txt longer than 500 KiB.",
    "case-read-as-yes": "Letter case that a known checker takes for a yes.",
    "control-token-in-server-rules": "A server's rule that waits for a token which never fetches.",
}

OUTCOMES = {
    "already-no": "Read as no, and nothing was pressed. Of `--window` it is recorded as "
    "`observed`, of a saved page as `shown`.",
    "verified-no": "It was open, it was pressed once, the page's own write was answered with 2xx, "
    "and two fresh loads show no. Recorded as `observed`.",
    "on": "Read as open: not yet asked, not saved, refused by the server, taken back, or put back.",
    "unknown": "Not read for certain. Nothing is recorded.",
    "not-offered-here": "The page says itself that the setting is not there.",
    "needs-you": "Login, password, a question whether a person is there, something that lies over "
    "the switch, another account: what only you can do.",
    "changed": "The page is not as the recipe describes it. What it shows instead is printed, "
    "names masked, for a report.",
    "refused": "Not done: you said no, the terms stand against it, or its words are never pressed.",
    "flipped-back": "Read as open, and an earlier look (`observed` or `shown`) had read it as no.",
}

RUNS = {
    "What was read": {
        "read": "The state was read, twice alike.",
        "saved": "Pressed, written, and read as wanted in two fresh loads.",
        "not-saved": "Pressed; a fresh load shows it as before.",
        "no-write-seen": "A fresh load shows it as wanted, but the page's write was not seen: "
        "`unknown`, because a page can show what it keeps in the browser.",
        "own-store": "It reads as wanted, but the page asked to log in when it found what it keeps "
        "in the browser empty: what it shows may be that, so it is `unknown`.",
        "write-refused": "The server answered the page's write with an error.",
        "taken-back": "One fresh load showed it as wanted, the next one did not.",
        "changed-back": "Put back by `rollback`, or already as it was.",
        "state-unreadable": "The switch is there; its state is neither on nor off for certain.",
        "disabled": "The switch is there and cannot be used.",
    },
    "What only you can do": {
        "login": "The page asks to log in.",
        "captcha": "The page asks whether a person is there. It is never answered by the tool.",
        "password": "The page asks for the password once more. The tool never types.",
        "covered": "Something lies over the switch.",
        "account": "The page shows another account than the one you named.",
        "account-not-shown": "`--yes` does not answer a write where the page does not show whose "
        "account it is.",
    },
    "What is not as described": {
        "not-found": "Nothing on the page has the role and the words.",
        "two-matches": "Two things have them; the tool does not choose.",
        "anchors-disagree": "The words are there, but not under the heading, beside the text or "
        "with the attribute.",
        "no-sign": "Nothing shows that this is the page that is meant.",
        "other-variant": "A layout that the recipe knows to be another one.",
        "gone": "The page says that the setting is not there.",
        "left-domains": "The page led to a host that the recipe does not list.",
        "redirects": "The address leads in circles.",
        "said-by-recipe": "A step of the recipe ends the run, or would press twice.",
    },
    "What went wrong": {
        "offline": "The page could not be loaded.",
        "no-answer": "The page does not answer the browser.",
        "too-large": "More than is read for certain.",
        "browser-gone": "The browser was closed or killed.",
        "profile-in-use": "Another browser has this window open.",
    },
    "What is not done": {
        "owner-said-no": "You were asked and said no.",
        "forbidden-word": "The words are among those that are never pressed: delete, pay, publish, "
        "accept ...",
        "terms": "The platform's terms forbid automated access, or nobody looked them up, and you "
        "did not say that you want it all the same.",
    },
    "Of a saved page": {
        "not-a-page": "Neither HTML nor MHTML. A picture can be kept as evidence, no more.",
        "cut-in-half": "The file ends too early.",
        "not-as-saved": "The file is not as a browser saves a page.",
        "as-sent": "The page as the server sent it (“HTML only”), before it was drawn.",
        "no-address": "The file does not say which page it is.",
        "other-site": "It is a page of a host that the recipe does not list.",
        "not-in-file": "The switch is not there, and parts of the page are missing.",
        "markup-silent": "The switch is there; a saved page does not carry its state.",
        "contradictory": "The page says two states of one switch.",
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
    "profile-in-use": "Close the window of the tool's own that is open, then try again.",
}

EXITS = {
    0: "Done. Without `--fail-on` whatever the answers are.",
    1: "An error of the tool or the world; `doctor` found a FAIL; you stopped it; of "
    "`apply --window` and `rollback`: the setting is not as wanted, or that is not known.",
    2: "Bad arguments or input; `knowledge lint` has findings.",
    3: "Nothing to check.",
    10: "An answer is `unknown`; a setting was not read.",
    11: "An answer is `allowed`; a setting was read as open.",
    12: "A change for the worse: a no is lost, or weaker than it was (`--was`); a setting that was "
    "once read as no is open again.",
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
_GAP = {
    "why": "`no-file`, `unreadable`, `outside`, `web-page`, `contradicts`, `not-seen`, "
    "`only-once`, `bad-row`, `bad-name`.",
    "site": "The site, or empty.",
    "day": "The day as it was written.",
    "file": "The file, or empty.",
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

_SITES = {
    "path": "The path asked about.",
    "mode": "`rfc` or `google`: how robots.txt is read.",
    "actor": "The company asked about; empty = all.",
    "rows[]": "One per site and company, for training; as sites were done, in no order.",
    "rows[].site": "Its origin, or the line of the list that is no address.",
    "rows[].actor": "Id of the company or project.",
    "rows[].use": "`train-ai`.",
    "rows[].answer": "`allowed`, `disallowed`, `unknown`.",
    "rows[].strength": "Of `disallowed`, as of a single check; else empty.",
    "rows[].code": "The reason that decides, see [reasons](reasons.md); `bad-url` of what is no "
    "address.",
    "rows[].token": "The product token that it is about.",
    "rows[].place": "The file, response or header it rests on; empty where it rests on none.",
    "rows[].line": "Its line, or null.",
    "rows[].text": "The words that stand there.",
    "rows[].on": "The day on which it was fetched, or confirmed as unchanged.",
    "summary": "The counts.",
    "summary.sites": "How many sites.",
    "summary.companies": "By company how many sites gave each answer: `allowed`, `unknown`, and of "
    "a no its strength.",
    "summary.unknown": "Why nothing is known of a robots.txt, and at how many sites.",
}
_HISTORY = {
    "path": "The path that was asked about.",
    "mode": "`rfc` or `google`: how robots.txt is read.",
    "since": "The day that was asked since, or null.",
    "tokens[]": "The product tokens that were asked for.",
    "tokens[].token": "In its own spelling.",
    "tokens[].actor": "Who operates it, or null.",
    "rounds": "The days of the collection: at least half as many sites as on the fullest day.",
    "sums[]": "Per token, first file against last: `refused_last` = `refused_first` + `refused` - "
    "`let_in`.",
    "sums[].token": "The token.",
    "sums[].sites": "Sites with a first and a last file.",
    "sums[].refused_first": "How many of them refuse it in the first file.",
    "sums[].refused_last": "How many in the last.",
    "sums[].refused": "How many newly refuse it.",
    "sums[].let_in": "How many newly let it in.",
    "sums[].changes": "All changes, also those that were taken back.",
    "sums[].doubtful": "How many of `refused` and `let_in` rest on a doubtful file.",
    "sites[]": "One per site.",
    "sites[].site": "Its host.",
    "sites[].files": "Files that could be compared.",
    "sites[].first": "Day of the first, or null.",
    "sites[].last": "Day of the last, or null.",
    "sites[].refused_first": "Tokens that the first file refuses.",
    "sites[].refused_last": "Tokens that the last file refuses.",
    "sites[].changes[]": "Where two files that follow each other answer differently.",
    "sites[].changes[].token": "The token.",
    "sites[].changes[].actor": "Who operates it, or null.",
    "sites[].changes[].now": "`refused`, `let-in`.",
    "sites[].changes[].after": "The day of the file before: it changed after it.",
    "sites[].changes[].by": "The day of the file that differs: it had changed by then.",
    "sites[].changes[].lasting": "Whether it is the last change, and the last answer is another "
    "than the first.",
    "sites[].changes[].line": "The line of the later file that decides, or null.",
    "sites[].changes[].text": "The words of that line.",
    "sites[].changes[].file_before": "The earlier file.",
    "sites[].changes[].file": "The later file.",
    "sites[].changes[].url": "Where the later file came from, or null.",
    "sites[].changes[].doubts": "`sitemap-elsewhere`, `empty-file`, `no-rules`, `limit-500-kib`.",
    "sites[].doubtful[]": "Files that were used and may not be what they are said to be.",
    "sites[].doubtful[].file": "The file.",
    "sites[].doubtful[].day": "Its day.",
    "sites[].doubtful[].why": "As `doubts` above.",
    "sites[].doubtful[].sitemaps": "Hosts that its Sitemap lines name.",
    "sites[].gaps[]": "What is not known; never a change.",
    **{f"sites[].gaps[].{key}": text for key, text in _GAP.items()},
    "gaps[]": "The same, of no single site.",
    **{f"gaps[].{key}": text for key, text in _GAP.items()},
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
    "conflicts[]": "Of sites: where signals contradict each other or are no answer; see "
    "[conflicts](reasons.md#conflicts-of-a-sites-signals).",
    "conflicts[].code": "Stable code.",
    "conflicts[].site": "The site.",
    "conflicts[].text": "Its sentence, in the language asked for.",
    "conflicts[].place": "The file or address it stands in.",
    "conflicts[].line": "Its line, or null.",
    "conflicts[].words": "The words that stand there.",
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
    "apply CONTROL steps[]": "What to do, in order.",
    "id": "`platform/control`, or `platform/control@name`: what `withhold done` takes.",
    "account": "`platform`, or `platform:name`.",
    "title": "The first line.",
    "menu_lang": "The language of the words of the page.",
    "url": "Where it begins; empty for what is in an app only.",
    "recipe": "Its id in `knowledge/recipes/`; empty where nobody wrote one.",
    "checked": "The last look at the words.",
    "checked.how": "`source`, `replica`, `page`, `live`: never more than was seen.",
    "checked.on": "Its day.",
    "checked.overdue": "Whether a re-check is overdue.",
    "offered": "`yes`, `other-place`, `other-kind` (of account), by what is known.",
    "closes": "What it closes there, in sentences.",
    "narrows": "What it reaches in part.",
    "leaves": "What it leaves open.",
    "scope": "`account`, `blog`, `site`, `device`, `workspace`, `chat`, `post`.",
    "effect": "`forward-only`, `also-past`, `not-stated`.",
    "needs": "`login`, `password-again`, `app` ...",
    "place": "The owner's place; empty where it is not known: then all places are meant.",
    "about": "What is shown before the steps, line by line.",
    "steps[].do": "`open`, `go`, `press`, `set`, `choose`, `wait`, `you`, `send`.",
    "steps[].text": "The sentence.",
    "steps[].lang": "Its language: English where nobody translated it.",
    "apply CONTROL steps[].url": "The address that it opens, or empty.",
    "steps[].labels[]": "Words of the page that stand in it.",
    "steps[].labels[].text": "Literally; `…` stands for more.",
    "steps[].labels[].lang": "Their language; empty where the words are not known.",
    "steps[].labels[].seen": "Whether a source shows them; false: nobody could check them.",
    "steps[].more": "Where it stands on the page, or why it is needed.",
    "steps[].remarks": "What is not sure about its words.",
    "finished": "How to see that it is done.",
    "undo": "How it is undone, or that it cannot be.",
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
    "settings[]": "One per control of an account that was looked at.",
    "settings[].control": "`platform/control`.",
    "settings[].account": "`platform`, or `platform:name`.",
    "settings[].outcome": "See [outcomes](settings.md#outcomes).",
    "settings[].reason": "See [reasons](settings.md).",
    "settings[].at": "The step where it ended: `block.number.step`.",
    "settings[].state": "`on`, `off` or `unknown`, as the control is, last read.",
    "settings[].words": "The words of the switch on the page.",
    "settings[].account_shown": "Who is logged in, by the page; empty where it does not say.",
    "settings[].since": "Of `flipped-back`: the day of the earlier look.",
    "settings[].recipe_checked": "How far the recipe itself was tried.",
    "settings[].recipe_checked.how": "`source`, `replica`, `page`, `live`.",
    "settings[].recipe_checked.on": "The day.",
    "evidence[]": "Of sites that were fetched: the WARC files that hold every response the answers "
    "rest on; empty or not there with `--no-evidence`.",
    "evidence[].path": "Where it lies.",
    "evidence[].sha256": "Of the whole file; null = it is no longer there.",
    "evidence[].size": "Bytes; null = it is no longer there.",
    "evidence[].earlier": "Whether an earlier run wrote it: what it holds did not change since "
    "(304), or that run was stopped and this one goes on.",
    **{f"check -f {key}": text for key, text in _SITES.items()},
    **{f"watch history {key}": text for key, text in _HISTORY.items()},
}

FORMATS = {
    "text": ("check, plan, apply, status, import", "For a person; may change at any time."),
    "json": (
        "check, plan, apply, watch history, status, import",
        "The documents above; of import see [the checklist](../how-to/take-in-the-checklist.md).",
    ),
    "html": (
        "check, apply, watch history",
        "One page without script or outside parts; of a control a sheet to print.",
    ),
    "md": (
        "check, plan, apply, watch history",
        "Markdown; of a plan and of a control a checklist.",
    ),
    "csv": (
        "check, watch history",
        "A row per verdict or change; a cell that looks like a formula gets a leading `'`.",
    ),
    "parquet": ("check", "The same rows; needs the extra `[scale]`."),
    "sarif": (
        "check",
        "SARIF 2.1.0: a result per verdict, its rule is the code of the reason that decides. Of a "
        "site it stands in a file of the site; `restsOn` names the knowledge, the message links "
        "to who says so.",
    ),
    "ics": ("plan", "iCalendar: a to-do per step, and one to look again after 90 days."),
}

FOLDERS = {
    "platform": ("platforms/", "services that host other people's content"),
    "actor": ("actors/", "companies and projects asked about"),
    "crawler": ("crawlers/", "product tokens of robots.txt"),
    "law": ("laws/", "laws and orders that a verdict cites"),
    "signal": ("signals/", "standards by which a site can say no to a machine"),
    "host": ("hosts/", "services that keep a site's files: where to click, what to paste"),
    "claim": ("claims/", "what is said in public, with place and source, nothing more"),
    "history": ("history/", "superseded practices and controls, by platform"),
    "retired": ("history/retired.toml", "slugs that are no longer used; not there while none is"),
    "corrections": (
        "history/corrections.toml",
        "what was wrong here, and since when it is put right; not there while nothing was",
    ),
    "places": ("places.toml", "countries, US states, groups"),
    "recipe": ("recipes/", "how one control is found, read, set and put back, step by step"),
    "menu-words": ("menu-words.toml", "words that mean the same on every settings page"),
    "step-words": (
        "step-words.toml",
        "the sentences in which steps are said to a person, in four languages",
    ),
    "sentences": ("reasons/", "the sentences of answers, reasons and changes, a file per language"),
}

RUN_FILE = (
    "The journal of a run in the tool's window: `runs/RUN/steps.jsonl` in the home, one JSON "
    "object a line, the first of them `Head`, every other one `Line`. Each line is on the disk "
    "before the step that it names is taken, and none is ever rewritten: a run that broke off is "
    "known up to its last line. No page, no cookie and nothing of a write but whether one was seen "
    "is in it."
)
RUN = {
    "Head": "What the run is for.",
    "Head.schema": "Name and version of the format.",
    "Head.id": "What `withhold rollback` takes.",
    "Head.at": "The moment it began, UTC.",
    "Head.control": "`platform/control`.",
    "Head.account": "`platform`, or `platform:name`.",
    "Head.what": "To set, to read, or to put back.",
    "Head.of": "Of `undo`: the run that is put back.",
    "Line": "A step that was about to be taken, or what it found.",
    "Line.at": "`block.number.step`; `ask` before the question; `end`.",
    "Line.said": "What is about to be pressed, what was read (`read off`), whether a write was "
    "seen; at `end` the outcome and the reason.",
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
    "_Account.audience": "Who can see what is posted; `unknown` if left out.",
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
