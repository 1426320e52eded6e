"""Replies dropped as files: each message filed where it is clear, the rest left to the owner.

What a reply says is only suggested; the owner says it, on the page of its case. Mail is hostile:
it is read within bounds, its octets are kept as evidence, and nothing in it is followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from withhold.catalog.rights_words import reply_words
from withhold.errors import BadInput
from withhold.faces.cli.evidence import size
from withhold.faces.report.plain import printable
from withhold.faces.web.jobs import Job, Stopped
from withhold.faces.web.letters_known import Known, filed_case, known
from withhold.faces.web.views import Answer, Ask, Go, Route
from withhold.reach.dropped import delete
from withhold.verbs.request_filing import Filing, filed, noted, own_case, where
from withhold.verbs.request_replies import AT_MOST, read_mail

_AT_ONCE = 512 * 1024
"""Octets that are read while the page waits; what is more is a job."""
_TOLD_AT_MOST = 200
"""Sentences on single messages; of more only their number is told."""


def take(ask: Ask) -> Answer:
    """Takes the files; of one case, or of whichever they answer."""
    have, reference = known(ask), ask.said("id")
    to = f"/letters/case?id={reference}" if reference else "/letters"
    if reference:
        filed_case(ask, reference, have)
    files = [(one.path, one.name) for one in ask.files if one.field == "mail"]
    if not files:
        return Go(to=to, said=have.p["mail_none"], bad=True)
    if not ask.desk.exists():
        return Go(to=to, said=have.p["mail_no_cases"], bad=True)
    for one in ask.files:
        if one.size > AT_MOST:
            said = have.p["mail_large"].format(name=printable(one.name), size=size(AT_MOST))
            return Go(to=to, said=said, bad=True)
    if sum(one.size for one in ask.files) <= _AT_ONCE:
        done = [
            one for path, name in files for one in _file_all(ask, path, name, reference, have, None)
        ]
        cases = {one.case for one in done if one.number}
        if not reference and len(cases) == 1:
            to = f"/letters/case?id={cases.pop()}#replies"
        return Go(to=to, said=" ".join(_sentences(done, have)), bad=not any(x.case for x in done))
    for one in ask.files:
        ask.desk.keep_upload(one)

    def work(job: Job) -> Sequence[str]:
        done: list[Filing] = []
        try:
            for path, name in files:
                done.extend(_file_all(ask, path, name, reference, have, job))
        except Stopped as why:
            raise Stopped(*(_sentences(done, have) if done else ())) from why
        return list(_sentences(done, have))

    def ended() -> None:
        for one in ask.files:
            delete(one.path)

    job = ask.desk.jobs.start("replies", have.p["mail_job"], work, to, ended)
    return Go(to=f"/job?id={job.id}")


def _file_all(
    ask: Ask, path: Path, name: str, reference: str, have: Known, job: Job | None
) -> Iterator[Filing]:
    """Every message of a file, filed where it belongs. Raises Stopped between two of them."""
    words = reply_words(ask.setting.root)
    try:
        body = path.read_bytes()
    except OSError as why:
        raise BadInput(f"{printable(name)}: {why.strerror}", "") from why
    with ask.desk.reading() as store:
        cases = store.cases.all()
    own = [ask.setting.owner.email]
    came_in = read_mail(body, name, cases, have.rights, words, own)
    lies: dict[str, str] = {}  # a mailbox may hold the same message twice
    for at, came in enumerate(came_in, start=1):
        if job:
            job.told(at, len(came_in), printable(name))
        found = where(came, reference)
        if before := lies.get(came.message.sha256):
            found = Filing(came=came, case=before, already=True)
        if found.already or not found.case:
            yield found
            continue
        with ask.desk.writing() as store:
            found = filed(store, found, ask.setting.today, ask.setting.now())
        lies[came.message.sha256] = found.case
        yield found


def _sentences(done: Sequence[Filing], have: Known) -> Iterator[str]:
    """What became of each message, then of all."""
    if len(done) != 1:
        put = sum(bool(one.number) for one in done)
        rest = sum(not one.case for one in done)
        before = sum(one.already for one in done)
        yield have.p["mail_total"].format(n=len(done), put=put, before=before, rest=rest)
    for one in done[:_TOLD_AT_MOST]:
        yield _sentence(one, have)
    if len(done) > _TOLD_AT_MOST:
        yield have.p["mail_more"].format(n=len(done) - _TOLD_AT_MOST)


def _sentence(one: Filing, have: Known) -> str:
    came, words, p = one.came, have.words, have.p
    head = f"“{printable(came.message.subject) or printable(came.file)}”"
    if one.already:
        return f"{head}: {words['came_before'].format(reference=one.case)}."
    if one.case:
        how = words[f"how_{one.how}"]
        said = f"{head}: {words['came_case'].format(reference=one.case, how=how)}."
        return f"{said} {words['came_noted'] if noted(came) else p['mail_say']}"
    if came.is_own:
        named = own_case(came)
        return (
            f"{head}: {p['mail_own_sent'].format(reference=named) if named else words['came_own']}"
        )
    doubt = have.said(have.steps.doubt.get(came.match.doubt, {}))
    said = f"{head}: {words['came_doubtful'].format(why=doubt)}"
    if came.could_be:
        return f"{said} {p['mail_could'].format(cases=', '.join(came.could_be))}"
    return f"{said} {p['mail_any']}"


ROUTES = (Route(path="/letters/replies", post=take, upload=True),)
