"""How far something that takes long is, and what came out; it can be stopped."""

from __future__ import annotations

from withhold.errors import NotFound
from withhold.faces.web.jobs import Job
from withhold.faces.web.views import Ask, Go, Page, Piece, Route
from withhold.faces.web.words import words_of


def show(ask: Ask) -> Page | Piece:
    """The page of one job; asks again by itself until it has ended."""
    job = _job(ask)
    values = {"job": job, "words": words_of("frame", ask.setting.lang)}
    if ask.piece:
        return Piece(template="job_piece.html", values=values)
    return Page(template="job.html", title=job.title, values=values, refresh=0 if job.ended else 2)


def stop(ask: Ask) -> Go:
    """Asks it to stop."""
    job = _job(ask)
    job.stop()
    return Go(to=f"/job?id={job.id}")


def _job(ask: Ask) -> Job:
    job = ask.desk.jobs.of(ask.query.get("id", "") or ask.said("id"))
    if job is None:
        words = words_of("frame", ask.setting.lang)
        raise NotFound(words["no_job"], words["no_job_tip"])
    return job


ROUTES = (Route(path="/job", get=show, post=stop),)
