"""From a verdict to a complaint, from a letter to a promise; the clock is moved by argument."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import subprocess
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.run import PACKAGE, complains, environment, flat, here
from tests.journeys.terminal import Terminal
from withhold.keep import Store

GROUNDS = "1=I paint for a living, and a model that imitates my style would take my orders away."
MINE = "ada.paints"


@pytest.fixture
def ada(home: Path) -> Path:
    """The home of a painter in Bavaria with a public Facebook account."""
    here("start", "--in", "DE-BY", "--platforms", "facebook", "--audience", "public").ok()
    here("own", "set", "name", "Ada Example").ok()
    here("own", "set", "email", "ada@example.org").ok()
    return home


def drafted(*more: str, on: str = "2026-03-02", subject: str = "facebook") -> str:
    """Writes and notes the objection; answers its reference."""
    ran = here(
        *("apply", subject, "--letter", "--act", "object-training", "--account", MINE),
        *("--ground", GROUNDS, "--on", on, *more),
    ).ok()
    return re.findall(r"WH-\w{6}", ran.err)[0]


def mail(folder: Path, name: str, day: str, text: str, reference: str, **head: str) -> Path:
    """A message as Meta might send it, or as ``head`` says."""
    lines = {
        "From": "Privacy Operations <privacy@support.facebook.com>",
        "To": "ada@example.org",
        "Subject": f"Re: Objection [{reference}]",
        "Date": day,
        "Message-ID": f"<{name}@support.facebook.com>",
        "Content-Type": "text/plain; charset=utf-8",
    } | {key.replace("_", "-"): said for key, said in head.items()}
    path = folder / f"{name}.eml"
    body = "".join(f"{key}: {said}\r\n" for key, said in lines.items()) + f"\r\n{text}\r\n"
    path.write_bytes(body.encode())
    return path


def verdict(*more: str) -> dict[str, Any]:
    """On Meta's training with public posts on Facebook."""
    found = json.loads(here("check", "facebook", "--format", "json", *more).ok().out)["verdicts"]
    (one,) = [
        each
        for each in found
        if each["actor"] == "meta"
        and each["use"] == "train-ai"
        and "post" in each["content"]["kinds"]
        and "public" in each["content"]["audience"]
    ]
    return dict(one)


def standing(when: str) -> dict[str, Any]:
    """Where the one case stands on a day, as ``plan`` says it."""
    found = json.loads(here("plan", "--when", when, "--format", "json").ok().out)["requests"]
    (one,) = found
    return dict(one)


# The list ---------------------------------------------------------------------------------------


def test_the_acts_are_listed_with_law_door_and_date(ada: Path) -> None:
    shown = flat(here("apply", "facebook", "--letter", "--on", "2026-03-02").ok().out)
    for words in (
        "object-training: object to training",
        "who answers: Meta Platforms Ireland Limited, Ireland",
        "Art. 21(1) GDPR",
        "the official text of this line was not read",
        "does not reach: what a model has already learned",
        "if it arrives on 2026-03-02, the answer is due on 2026-04-02",
        "Regulation (EEC, Euratom) 1182/71",
        "withhold apply facebook --letter --act object-training",
        "Information, not legal advice",
    ):
        assert words in shown, words


def test_the_list_in_german(ada: Path) -> None:
    shown = flat(here("apply", "facebook", "--letter", "--lang", "de").ok().out)
    assert "verantwortlich: Meta Platforms Ireland Limited, Irland" in shown
    assert "Information, keine Rechtsberatung" in shown
    assert "who answers" not in shown


def test_the_list_for_programs(ada: Path) -> None:
    found = json.loads(here("apply", "facebook", "--letter", "--format", "json").ok().out)
    assert found["schema"] == "withhold/requests/1"
    first = found["acts"][0]
    assert (first["act"], first["controller"]["id"]) == ("object-training", "meta-ireland")
    assert first["due"]["law"] == "gdpr-art-12"
    assert first["due"]["steps"]


def test_where_no_law_was_found_it_is_said_plainly(home: Path) -> None:
    ran = here("apply", "facebook", "--letter", "--in", "US-PA").ok()
    shown = flat(ran.out)
    assert "No law of Pennsylvania was found" in shown
    assert "it is a request that nobody has to follow" in shown
    assert "no law sets a time for the answer" in shown
    assert not home.exists()


def test_a_form_of_the_platform_is_its_own_door(ada: Path) -> None:
    found = json.loads(
        here("apply", "facebook/objection-form", "--letter", "--format", "json").ok().out
    )
    assert {one["act"] for one in found["acts"]} == {"object-training"}
    assert found["acts"][0]["doors"][0]["to"].startswith("https://www.facebook.com/help/contact/")


# The letter -------------------------------------------------------------------------------------


def test_a_letter_is_shown_noted_and_not_sent(ada: Path) -> None:
    ran = here(
        *("apply", "facebook", "--letter", "--act", "object-training", "--account", MINE),
        *("--ground", GROUNDS, "--on", "2026-03-02"),
    ).ok()
    shown = flat(ran.out)
    assert "I paint for a living" in shown
    assert f"It concerns my account {MINE} on Facebook." in shown
    assert "Draft: nobody who knows this law has read this letter yet." in shown
    assert "Nothing was sent." in ran.err
    one = standing("2026-03-02")
    assert (one["step"], one["due"]) == ("send", None)
    assert one["events"][0]["kind"] == "drafted"


def test_the_other_sides_language_stands_beside_ones_own(ada: Path) -> None:
    ran = here(
        *("apply", "facebook", "--letter", "--act", "access", "--account", MINE),
        *("--lang", "de", "--dry-run"),
    ).ok()
    shown = flat(ran.out)
    assert "Der Brief (Englisch)" in shown
    assert "Derselbe in Ihrer Sprache" in shown
    assert "Dear Sir or Madam" in shown
    assert "Sehr geehrte Damen und Herren" in shown
    assert json.loads(here("plan", "--format", "json").ok().out)["requests"] == []


def test_without_grounds_it_is_warned_and_nothing_is_invented(ada: Path) -> None:
    ran = here(
        *("apply", "facebook", "--letter", "--act", "object-training", "--account", MINE),
        "--dry-run",
    ).ok()
    assert "gives no grounds of your own" in flat(ran.out)
    assert "in my own words" not in ran.out


@pytest.mark.parametrize("form", ["eml", "mailto"])
def test_what_nobody_reviewed_is_no_mail_unless_one_says_so(ada: Path, form: str) -> None:
    asked = ("apply", "automattic", "--letter", "--act", "access", "--format", form)
    ran = here(*asked)
    if "no e-mail address" in ran.err:
        pytest.fail(ran.err)
    complains(ran, 2, "nobody has reviewed")
    assert json.loads(here("plan", "--format", "json").ok().out)["requests"] == []
    sent = here(*asked, "--unreviewed").ok()
    if form == "mailto":
        assert sent.out.startswith("mailto:")
        return
    parsed = message_from_bytes(sent.raw, policy=policy.default)
    assert parsed["From"].addresses[0].addr_spec == "ada@example.org"
    assert re.search(r"\[WH-\w{6}\]", parsed["Subject"])
    assert parsed["X-Unsent"] == "1"
    assert "Information, not legal advice" not in parsed.get_content()


def test_a_letter_written_into_a_file_is_private_and_never_over_another(
    ada: Path, tmp_path: Path
) -> None:
    file = tmp_path / "letter.html"
    drafted("--format", "html", "--out", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "I paint for a living" in file.read_text("utf-8")
    before = file.read_bytes()
    complains(
        here(
            *("apply", "facebook", "--letter", "--act", "access", "--account", MINE),
            *("--format", "html", "--out", str(file)),
        ),
        2,
        "is there already",
    )
    assert file.read_bytes() == before
    assert len(json.loads(here("plan", "--format", "json").ok().out)["requests"]) == 1


def test_one_letter_per_company_and_act_within_twelve_months(ada: Path) -> None:
    reference = drafted()
    again = (
        *("apply", "facebook", "--letter", "--act", "object-training", "--account", MINE),
        *("--ground", GROUNDS),
    )
    complains(here(*again, "--on", "2026-03-03"), 2, f"{reference} is drafted already")
    here("done", reference, "--state", "sent", "--on", "2026-03-03").ok()
    complains(here(*again, "--on", "2026-11-01"), 2, "2027-03-03", "Art. 12(5) GDPR", "--again")
    here(*again, "--on", "2026-11-01", "--again").ok()


def test_an_author_names_the_works_or_there_is_no_letter(ada: Path) -> None:
    asked = ("apply", "openai", "--letter", "--as", "author", "--act", "reserve")
    complains(here(*asked), 2, "which works are yours", "--work")
    ran = here(*asked, "--work", "A Field of Snow (novel, 2021)").ok()
    assert "A Field of Snow (novel, 2021)" in ran.out


def test_without_a_name_there_is_no_letter_and_a_way_on(home: Path) -> None:
    ran = here("apply", "facebook", "--letter", "--act", "access", "--in", "DE-BY")
    complains(ran, 2, "your name", "withhold own set name")
    assert not home.exists()


# From the verdict to the complaint --------------------------------------------------------------


def test_from_the_verdict_to_the_complaint(ada: Path, tmp_path: Path) -> None:
    before = verdict("--in", "DE-BY", "--when", "2026-03-01")
    assert before["answer"] == "allowed"
    reference = drafted(on="2026-03-02")
    complains(here("done", reference, "--state", "reminded"), 2, "is not marked as sent yet")
    here("done", reference, "--state", "sent", "--on", "2026-03-02").ok()

    asked = verdict("--when", "2026-03-10")
    assert (asked["answer"], asked["strength"]) == ("disallowed", "asked")

    # one month by Regulation 1182/71: 2 April 2026 is a Thursday and no Irish holiday
    plan = flat(here("plan", "--when", "2026-03-10").ok().out)
    assert "answer due 2026-04-02; 23 days left" in plan
    assert "One month from receipt, Art. 12(3) GDPR" in plan
    assert "1 letter open." in here("status", "--when", "2026-03-10").ok().out

    # a program's answer is no answer
    mail(
        *(tmp_path, "auto", "Mon, 02 Mar 2026 09:00:00 +0000", "We have got it.", reference),
        Auto_Submitted="auto-replied",
    )
    ran = here("import", tmp_path / "auto.eml").ok()
    assert "it is no answer" in ran.out
    one = standing("2026-03-11")
    assert (one["step"], one["due"]["date"], one["unread"]) == ("wait", "2026-04-02", [])

    # an extension, in time, chosen by the person
    mail(
        *(tmp_path, "longer", "Tue, 24 Mar 2026 10:00:00 +0000"),
        *("We need longer: we extend the time to answer by two further months.", reference),
    )
    ran = here("import", tmp_path / "longer.eml").ok()
    assert f"withhold done {reference} --reply 2 --outcome extension" in ran.out
    assert standing("2026-03-25")["due"]["date"] == "2026-04-02"  # not before it is said
    here("done", reference, "--reply", "2", "--outcome", "extension").ok()
    one = standing("2026-03-25")
    assert (one["step"], one["due"]["date"]) == ("wait-extended", "2026-06-02")

    # late: reminder, then a last letter, then the complaint
    one = standing("2026-06-03")
    assert (one["step"], one["late_by"]) == ("remind", 1)
    assert "one day late" in flat(here("plan", "--when", "2026-06-03").ok().out)
    reminder = here("apply", reference, "--letter", "--on", "2026-06-03").ok()
    assert "Reminder of my request of 2 March 2026" in reminder.out
    here("done", reference, "--state", "reminded", "--on", "2026-06-03").ok()
    assert standing("2026-06-05")["step"] == "wait-after-letter"
    warning = here("apply", reference, "--letter", "--on", "2026-06-15").ok()
    assert "please reply by 29 June 2026" in flat(warning.out)
    here("done", reference, "--state", "warned", "--on", "2026-06-15").ok()
    assert standing("2026-06-30")["step"] == "complain"

    complaint = here("apply", reference, "--on", "2026-07-01").ok()
    shown = flat(complaint.out)
    assert "Bayerisches Landesamt für Datenschutzaufsicht (BayLDA)" in shown
    assert "Beschwerde über Meta Platforms Ireland Limited" in shown
    assert "federführende Behörde für diesen Verantwortlichen: Data Protection Commission" in shown
    assert "2. März 2026: Ich habe meinen Brief abgesandt." in shown
    assert "24. März 2026: Laut Schreiben wird mehr Zeit gebraucht." in shown
    annexes = re.findall(r"\((2026-\d\d-\d\d-\w+-\w{6}\.\w+)\)", shown.partition("Anlagen:")[2])
    assert [one.rsplit("-", 1)[0] for one in annexes[:4]] == [
        "2026-03-02-letter",
        "2026-03-24-reply",
        "2026-06-03-reminder",
        "2026-06-15-warning",
    ]
    here("done", reference, "--state", "complained", "--on", "2026-07-01").ok()
    one = standing("2026-07-02")
    assert (one["step"], one["due"]["date"]) == ("wait-authority", "2026-10-01")
    assert one["due"]["clock"] == "authority-news"

    # the calendar: ids that stay, the answer is over
    first, second = (
        here("plan", "--when", when, "--format", "ics").ok().out
        for when in ("2026-03-10", "2026-07-02")
    )
    uid = f"UID:{reference}-gdpr-art-12-answer@withhold"
    assert uid in first
    assert uid in second
    assert re.search(r"BEGIN:VEVENT(?:(?!END:VEVENT)[\s\S])*-answer@[\s\S]*?CANCELLED", second)

    # the file of the case
    folder = tmp_path / "case"
    here("prove", "case", reference.lower(), folder).ok()
    names = {one.name for one in folder.iterdir()}
    assert {"index.html", "index.md", "case.json", "SHA256SUMS", *annexes} <= names
    subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, check=True, capture_output=True)
    index = (folder / "index.md").read_text("utf-8")
    for words in (
        "Meta Platforms Ireland Limited",
        "Art. 21(1) GDPR",
        "“The data subject shall have the right to object",
        "2026-06-02: One month from receipt",
        "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
        hashlib.sha256((folder / annexes[1]).read_bytes()).hexdigest(),
        "The chain verifies",
    ):
        assert words in index, words
    assert (folder / annexes[1]).read_bytes() == (tmp_path / "longer.eml").read_bytes()
    complains(here("prove", "case", reference, folder), 2, "is there already")
    assert "the chain verifies" in here("doctor").ok().out


def test_a_written_grant_is_a_promise_with_that_letter_as_source(ada: Path, tmp_path: Path) -> None:
    reference = drafted()
    here("done", reference, "--state", "sent", "--on", "2026-03-02").ok()
    mail(
        *(tmp_path, "yes", "Wed, 18 Mar 2026 10:00:00 +0000"),
        *("We will honour your objection: from today on your data is not used.", reference),
    )
    here("import", tmp_path / "yes.eml").ok()
    assert verdict("--when", "2026-03-20")["strength"] == "asked"  # nobody said what it says
    here("done", reference, "--reply", "1", "--outcome", "granted-future-only").ok()
    one = verdict("--when", "2026-03-20")
    assert (one["answer"], one["strength"]) == ("disallowed", "promised")
    assert one["open"] == [{"since": "2025-05-27", "until": "2026-03-02"}]
    assert "past-stays-open" in {each["code"] for each in one["limits"]}
    granted = [each for each in one["reasons"] if each["code"] == "letter-granted"]
    assert granted
    assert {each["rests_on"] for each in granted} == {
        f"observation {reference} (facebook/right:object-training)"
    }
    assert "granted it to you in writing on 2026-03-18" in flat(
        here("check", "facebook", "--when", "2026-03-20").ok().out
    )
    # corrected, it is asked again; forgotten, it was never said
    here("done", reference, "--reply", "1", "--outcome", "wants-form").ok()
    assert verdict("--when", "2026-03-20")["strength"] == "asked"
    here("own", "forget", "--case", reference, "--yes").ok()
    assert verdict("--when", "2026-03-20")["answer"] == "allowed"
    assert "the chain verifies" in here("doctor").ok().out


def test_a_mail_that_arrives_on_the_next_day_there_is_said(ada: Path, tmp_path: Path) -> None:
    reference = drafted()
    sent = mail(
        *(tmp_path, "mine", "Mon, 02 Mar 2026 20:00:00 -0800", "Dear", reference),
        From="ada@example.org",
    )
    ran = here("done", reference, "--state", "sent", "--on", "2026-03-02", "--evidence", sent).ok()
    assert f"withhold done {reference} --state received --on 2026-03-03" in ran.out
    here("done", reference, "--state", "received", "--on", "2026-03-03").ok()
    assert standing("2026-03-04")["due"]["date"] == "2026-04-03"


def test_a_letter_that_came_back_asked_nobody(ada: Path, tmp_path: Path) -> None:
    reference = drafted()
    here("done", reference, "--state", "sent", "--on", "2026-03-02").ok()
    with Store.read(ada) as store:
        sent = store.cases.of(reference).case.events[0].message_id
    report = (
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n"
        "\r\nFinal-Recipient: rfc822; privacy@facebook.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {sent}\r\n--b--"
    )
    mail(
        *(tmp_path, "back", "Mon, 02 Mar 2026 09:00:00 +0000", report, reference),
        From="MAILER-DAEMON@mx.example.org",
        Subject="Undelivered Mail Returned to Sender",
        Content_Type='multipart/report; report-type=delivery-status; boundary="b"',
    )
    ran = here("import", tmp_path / "back.eml").ok()
    assert f"filed under {reference}" in ran.out
    assert standing("2026-03-03")["step"] == "bounced"
    assert verdict("--when", "2026-03-03")["answer"] == "allowed"


def test_a_uk_resident_complains_to_the_company_first(home: Path) -> None:
    here("start", "--in", "GB", "--platforms", "linkedin", "--audience", "public").ok()
    here("own", "set", "name", "Ada Example").ok()
    here("own", "set", "email", "ada@example.org").ok()
    ran = here(
        *("apply", "linkedin", "--letter", "--act", "object-training", "--to", "linkedin-us"),
        *("--account", MINE, "--ground", GROUNDS, "--on", "2026-07-01"),
    ).ok()
    reference = re.findall(r"WH-\w{6}", ran.err)[0]
    for state, day in (("sent", "07-01"), ("reminded", "08-05"), ("warned", "08-20")):
        here("done", reference, "--state", state, "--on", f"2026-{day}").ok()
    one = standing("2026-09-10")
    assert (one["step"], one["letter"]) == ("complain-to-controller", "complaint-to-controller")
    here("done", reference, "--state", "complained-to-controller", "--on", "2026-09-10").ok()
    assert standing("2026-09-11")["step"] == "wait-controller"
    assert standing("2026-11-01")["authority"] == "gb-ico"


def test_who_you_are_is_answered_and_the_month_stands_still(ada: Path, tmp_path: Path) -> None:
    reference = drafted()
    here("done", reference, "--state", "sent", "--on", "2026-03-02").ok()
    mail(
        *(tmp_path, "id", "Tue, 10 Mar 2026 10:00:00 +0000"),
        *("Please send us a copy of your passport so that we can verify you.", reference),
    )
    ran = here("import", tmp_path / "id.eml").ok()
    assert f"withhold done {reference} --reply 1 --outcome wants-identity" in ran.out
    here("done", reference, "--reply", "1", "--outcome", "wants-identity").ok()
    one = standing("2026-03-11")
    assert (one["step"], one["letter"]) == ("answer-identity", "identity-answer")
    answer = flat(here("apply", reference, "--letter", "--on", "2026-03-12").ok().out)
    assert "Art. 12(6) GDPR" in answer
    here("done", reference, "--state", "identity-given", "--on", "2026-03-12").ok()
    # 2 April and the two days that it stood still: a Saturday, then Easter Sunday and Monday
    assert standing("2026-03-13")["due"]["date"] == "2026-04-07"


def test_a_refusal_is_answered_once_and_then_taken_to_the_authority(
    ada: Path, tmp_path: Path
) -> None:
    reference = drafted()
    here("done", reference, "--state", "sent", "--on", "2026-03-02").ok()
    text = "We refuse your objection: our legitimate interests override yours."
    mail(*(tmp_path, "no", "Tue, 10 Mar 2026 10:00:00 +0000", text), reference)
    here("import", tmp_path / "no.eml").ok()
    here("done", reference, "--reply", "1", "--outcome", "refuses-compelling-grounds").ok()
    assert verdict("--when", "2026-03-11")["answer"] == "allowed"
    assert standing("2026-03-11")["letter"] == "refusal-answer"
    asked = ("apply", reference, "--letter", "--on", "2026-03-11")
    answer = flat(here(*asked, "--reason", "their interests override mine").ok().out)
    assert "their interests override mine" in answer
    here("done", reference, "--state", "sent", "--on", "2026-03-11").ok()
    assert standing("2026-03-12")["step"] == "wait-after-letter"
    assert standing("2026-03-26")["step"] == "complain"


# Words that cannot be ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("done", "WH-99999Z", "--state", "sent"), 2, "no case WH-99999Z"),
        (("apply", "WH-99999Z", "--letter"), 2, "no case WH-99999Z"),
        (("prove", "case", "WH-99999Z", "x"), 2, "no case WH-99999Z"),
        (("own", "forget", "--case", "WH-99999Z", "--yes"), 2, "no case WH-99999Z"),
        (("apply", "nosuch", "--letter"), 2, "unknown"),
        (("apply", "facebook", "--letter", "--act", "object"), 2, "unknown act"),
        (("apply", "facebook", "--letter", "--act", "reserve"), 2, "does not apply"),
        (("apply", "facebook", "--letter", "--format", "md"), 2, "not for letters"),
        (("apply", "facebook", "--act", "access"), 2, "--act is for a letter"),
        (("apply", "facebook/friends-only", "--letter"), 2, "facebook/friends-only"),
        (("own", "set", "email", "ada\r\nBcc: x@y.example"), 2, "is no e-mail address"),
        (("apply", "facebook", "--letter", "--act", "access", "--ground", "x"), 2, "--ground"),
        (("apply", "facebook", "--letter", "--act", "access", "--ground", "9=x"), 2, "question"),
    ],
)
def test_one_line_and_a_way_on(ada: Path, args: tuple[str, ...], code: int, words: str) -> None:
    complains(here(*args), code, words)


def test_what_cannot_have_happened_is_refused_before_it_is_written(ada: Path) -> None:
    reference = drafted()
    for args, words in (
        (("--state", "vanished"), "unknown state"),
        (("--state", "sent", "--on", "2031-01-01"), "lies in the future"),
        (("--reply", "1", "--outcome", "granted"), "no reply 1"),
        (("--outcome", "granted"), "what has happened?"),
        (("--state", "complained"), "not marked as sent"),
        (("--state", "sent", "--until", "2026-05-01"), "--until"),
    ):
        complains(here("done", reference, *args), 2, words)
    here("done", reference, "--state", "sent", "--on", "2026-03-05").ok()
    complains(here("done", reference, "--state", "sent"), 2, "marked as sent already")
    early = here("done", reference, "--state", "received", "--on", "2026-03-01")
    complains(early, 2, "before the day it was sent")
    here("done", reference, "--state", "closed").ok()
    complains(here("done", reference, "--state", "reminded"), 2, "is closed")
    with Store.read(ada) as store:
        kinds = [one.kind for one in store.cases.of(reference).case.events]
    assert kinds == ["drafted", "sent", "closed"]


def test_somebody_under_age_gets_one_line_and_a_way_on(home: Path) -> None:
    here(
        "start", "--in", "DE-BY", "--platforms", "facebook", "--minor", "--audience", "public"
    ).ok()
    shown = flat(here("apply", "facebook", "--letter").ok().out)
    assert "parent or guardian" in shown


def test_a_residence_that_is_not_known_is_asked_for(home: Path) -> None:
    complains(here("apply", "facebook", "--letter"), 2, "where do you live?", "own set place")


def test_forgetting_everything_forgets_the_letters(ada: Path) -> None:
    drafted()
    ran = here("own", "forget", "--all", "--yes").ok()
    assert "1 case" in ran.out
    left = b"".join(one.read_bytes() for one in ada.rglob("*") if one.is_file())
    assert b"paint for a living" not in left
    assert b"Ada Example" not in left
    assert "the chain verifies" in here("doctor").ok().out


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("LETTERS", "answer due 2026-04-02; one day left", "They have until 2026-04-02")),
        ("de", ("BRIEFE", "Antwort fällig am 2026-04-02; noch ein Tag", "Bis 2026-04-02 ist Zeit")),
    ],
)
def test_the_plan_in_both_languages_as_text_and_as_a_checklist(
    ada: Path, lang: str, words: tuple[str, ...]
) -> None:
    reference = drafted()
    here("done", reference, "--state", "sent", "--on", "2026-03-02").ok()
    asked = ("plan", "--when", "2026-04-01", "--lang", lang)
    shown = flat(here(*asked).ok().out)
    for one in words:
        assert one in shown, one
    listed = here(*asked, "--format", "md").ok().out
    assert f"- [ ] **{reference} · Facebook ({MINE})" in listed
    assert words[1] in listed


def test_the_status_for_programs(ada: Path) -> None:
    reference = drafted()
    found = json.loads(here("status", "--format", "json").ok().out)["requests"]
    assert found == [{"case": reference, "step": "send", "due": None, "open": True}]


def test_with_letters_alone_and_no_account_the_plan_names_them(home: Path) -> None:
    for name, value in (("place", "DE-BY"), ("name", "Ada Example"), ("email", "ada@example.org")):
        here("own", "set", name, value).ok()
    here("apply", "openai", "--letter", "--act", "access", "--on", "2026-03-02").ok()
    assert "OpenAI" in here("plan").ok().out
    assert "1 letter open" in here("status").ok().out
    for said in (("status",), ("plan",), ("plan", "--format", "md"), ("plan", "--format", "json")):
        shown = flat(here(*said).ok().out)
        assert "no accounts here yet, so nothing was asked" in shown
        assert "stand open" not in shown  # of nobody who was not asked about
    complains(here("plan", "--when", "2026-03-01"), 3, "you own no accounts")


# On a terminal ----------------------------------------------------------------------------------


def test_on_a_terminal_it_asks_for_what_is_missing(home: Path) -> None:
    here("start", "--in", "DE-BY", "--platforms", "facebook", "--audience", "public").ok()
    shown = Terminal(environment(PACKAGE.parent)).run(
        ("apply", "facebook", "--letter", "--on", "2026-03-02"),
        ("Which one?", "1"),
        ("Your name", "Ada Example"),
        ("Your e-mail address", "ada@example.org"),
        ("The name of your account", MINE),
        ("1. ", "I paint for a living and my style feeds my children."),
        ("2. ", ""),
        ("3. ", ""),
        ("4. ", ""),
        ("5. ", ""),
        ("Anything else?", ""),
        ("Note this letter as a case?", "y"),
    )
    assert shown.code == 0, shown.out
    assert "I paint for a living and my style feeds my children." in shown.flat
    assert "Nothing was sent." in shown.flat
    one = standing("2026-03-02")
    assert (one["act"], one["account"], one["step"]) == ("object-training", MINE, "send")


def test_on_a_terminal_a_no_notes_nothing(ada: Path) -> None:
    shown = Terminal(environment(PACKAGE.parent)).run(
        ("apply", "facebook", "--letter", "--act", "access", "--account", MINE),
        ("Note this letter as a case?", "n"),
    )
    assert shown.code == 0, shown.out
    assert json.loads(here("plan", "--format", "json").ok().out)["requests"] == []


def test_a_pdf_that_a_terminal_cannot_show_is_said_before_a_case_is_noted(ada: Path) -> None:
    pytest.importorskip("weasyprint")
    shown = Terminal(environment(PACKAGE.parent)).run(
        ("apply", "facebook", "--letter", "--act", "access", "--account", MINE, "--format", "pdf")
    )
    assert shown.code == 2, shown.out
    assert "a PDF is no text for a terminal" in shown.flat
    assert json.loads(here("plan", "--format", "json").ok().out)["requests"] == []


def test_on_a_terminal_the_person_says_what_a_reply_says(ada: Path, tmp_path: Path) -> None:
    reference = drafted()
    here("done", reference, "--state", "sent", "--on", "2026-03-02").ok()
    mail(*(tmp_path, "yes", "Wed, 18 Mar 2026 10:00:00 +0000"), "We will stop.", reference)
    mail(
        *(tmp_path, "who", "Thu, 19 Mar 2026 10:00:00 +0000", "Pay us.", reference),
        From="x@evil.example",
    )
    shown = Terminal(environment(PACKAGE.parent)).run(
        ("import", str(tmp_path)),
        ("Which case is it?", ""),
        ("What does it say?", "1"),
    )
    assert shown.code == 0, shown.out
    assert verdict("--when", "2026-03-20")["strength"] == "promised"
    assert standing("2026-03-20")["unread"] == []
