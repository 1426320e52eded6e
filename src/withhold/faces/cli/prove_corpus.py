"""``withhold prove corpus PATH...``: is what you published in these files, how surely, where."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting, written
from withhold.words import LANGS

if TYPE_CHECKING:
    from withhold.faces.report.corpus_said import Told
    from withhold.reach.engines import Name


@click.command("corpus")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--needles",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Look for these too: one text, URL or host of yours a line.",
)
@click.option("--posts/--no-posts", default=True, help="Look for your stored posts.")
@click.option("--account", default="", metavar="KEY", help="Only posts of this account.")
@click.option("--site", "sites", multiple=True, metavar="URL", help="A site of yours; more: again.")
@click.option(
    "--image",
    "images",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A picture of yours; more: again.",
)
@click.option("--near", is_flag=True, help="Also texts that are nearly the same: slower.")
@click.option(
    "--map",
    "mapping",
    default="",
    metavar="MAP",
    help="What columns are called: text=body,url=page",
)
@click.option("--all", "full", is_flag=True, help="Every hit, every file, every refusal.")
@click.option("--without-texts", is_flag=True, help="Says ids, not words; file names, not paths.")
@click.option(
    "--format", "form", type=click.Choice(("text", "json", "csv", "html")), default="text"
)
@click.option("-o", "target", type=click.Path(path_type=Path), metavar="FILE", help="Into a file.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--keep", default="", metavar="DIR", help="Keep what is finished; go on from it.")
@click.option("--jobs", type=click.IntRange(0), default=0, help="Processes; all cores.")
@click.option("--engine", type=click.Choice(("local", "spark")), default="local")
@click.option("--master", default="", metavar="URL", help="Of Spark: spark://host:7077")
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
def command(
    paths: Sequence[str],
    lists: Sequence[Path],
    posts: bool,
    account: str,
    sites: Sequence[str],
    images: Sequence[Path],
    near: bool,
    mapping: str,
    full: bool,
    without_texts: bool,
    form: str,
    target: Path | None,
    force: bool,
    keep: str,
    jobs: int,
    engine: Name,
    master: str,
    lang: str | None,
) -> None:
    """Looks for what you published in the files of a corpus: WARC, WET, Parquet, JSON lines, CSV,
    text; packed or not; files, folders, or addresses such as s3://bucket/crawl/.

    What is looked for comes from your stored posts and sites, --needles, --site and --image. It is
    found by a post's id, its address, its host, a long exact span, rare runs of words, a picture.
    Nothing leaves this machine. What is not found is never "not used".
    """
    from withhold.faces.report.corpus_said import Told, words_of
    from withhold.traces.corpus.columns import said
    from withhold.verbs.corpus_needles import sought
    from withhold.verbs.prove_corpus import inputs, prove_corpus

    setting = Setting(lang=lang or "")
    words = words_of(setting.lang)
    if target and target.exists() and (target.is_dir() or not force):
        raise BadInput(words["there_already"].format(name=target), words["there_already_tip"])
    if engine == "spark" and master and not master.startswith("local") and not keep:
        raise BadInput(words["no_kept_spark"], words["no_kept_spark_tip"])
    columns, files = said(mapping), inputs(paths)
    wanted = sought(
        setting.home,
        posts=posts,
        account=account,
        sites=sites,
        files=lists,
        images=images,
        near=near,
    )
    if not wanted.needles:
        first = wanted.refused[0]
        raise BadInput(
            words["none_fit"].format(
                n=len(wanted.refused), needle=first.needle, why=words[f"refused_{first.why}"]
            ),
            words["none_fit_tip"],
        )
    about = words["doing"].replace("{files}", str(len(files)))
    with _folder(keep) as folder, _progress(about, sum(max(one.size, 0) for one in files)) as told:
        searched = prove_corpus(
            wanted,
            files,
            folder,
            mapping=columns,
            engine=engine,
            master=master,
            workers=jobs,
            told=told,
        )
        told(-1, 0)
        answer = Told(searched=searched, words=words, lang=setting.lang, texts=not without_texts)
        _give(answer, form, target, full=full)


def _give(told: Told, form: str, target: Path | None, *, full: bool) -> None:
    """To stdout, or into a file that only its owner may read: it has what is the owner's in it."""
    if form == "text":
        from withhold.faces.cli.show_corpus import show

        if target is None:
            show(told, full=full)
            return
        body = _as_text(told, full=full)
    elif form == "html":
        from withhold.faces.report.corpus_page import as_html

        body = as_html(told)
    else:
        from withhold.faces.report.corpus_values import as_csv, as_json

        body = as_json(told) if form == "json" else as_csv(told)
    if target is None:
        written(body)
        return
    from withhold.reach.files import write

    write(target, (body.rstrip("\n") + "\n").encode("utf-8", "replace"), mode=0o600)
    click.echo(f"withhold: {told.words['written'].format(name=target)}", err=True)


def _as_text(told: Told, *, full: bool) -> str:
    """What would be printed."""
    import io

    from withhold.faces.cli.show_corpus import show

    with contextlib.redirect_stdout(io.StringIO()) as out:
        show(told, full=full)
    return out.getvalue()


@contextlib.contextmanager
def _folder(keep: str) -> Iterator[str]:
    """Where finished parts lie: the folder that is named, or one that is gone afterwards."""
    if keep:
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="withhold-corpus-") as folder:
        yield folder


@contextlib.contextmanager
def _progress(about: str, octets: int) -> Iterator[_Line]:
    line = _Line(about, octets)
    try:
        yield line
    finally:
        line(-1, 0)


class _Line:
    """One line that is written over, where somebody looks at it."""

    def __init__(self, about: str, octets: int) -> None:
        from withhold.faces.report.corpus_said import size

        self._about, self._octets = about, size(octets)

    def __call__(self, done: int, of: int) -> None:
        if not sys.stderr.isatty():
            return
        text = "" if done < 0 else self._about.format(done=done, of=of, octets=self._octets)
        click.echo(f"\r\x1b[K{text}", err=True, nl=False)
