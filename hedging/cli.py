"""The command line: `hedging build`, `run`, `sweep`, `refresh`, `warm`, `ingest`, `tables`, `trace`."""

import atexit
import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import Any

import click

from hedging import __version__, paths
from hedging.errors import HedgingError
from hedging.press import build as press
from hedging.press import chapters as contents

INTERRUPTED = 130  # as shells tell it


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def hedging() -> None:
    """Done Hedging? A book whose argument can be run."""


_LIMIT = click.option("--limit", type=click.FloatRange(min=0, min_open=True), default=press.LIMIT, show_default=True,
                      metavar="SECONDS", help="Wall-clock time that one chapter may take.")  # fmt: skip
_JOBS = click.option("--jobs", type=click.IntRange(min=0), default=0, help="Chapters side by side. [default: cores]")


@hedging.command()
@click.option("--only", multiple=True, metavar="CHAPTER", help="Only this chapter; may be given again.")
@click.option("--force", is_flag=True, help="Run and build even what has not changed.")
@click.option("--why", is_flag=True, help="Say for each chapter what first differs; run nothing.")
@click.option("--chapters-only", is_flag=True, help="Make no pages.")
@click.option("--cold", is_flag=True, help="Start each kernel as a new process.")
@_JOBS
@_LIMIT
def build(why: bool, **options: Any) -> None:
    """Run the chapters that have changed, side by side; then make the pages."""
    chosen = press.Options(**options)
    if why:
        _why(chosen)
        return
    outcome = press.build(chosen)
    for _, fault in sorted(outcome.faults.items()):
        click.echo(f"{fault}\n", err=True)
    click.echo(outcome)
    if outcome.faults:
        sys.exit(1)


def _why(options: press.Options) -> None:
    from hedging.press import pages

    for slug, reason in press.Book(options).check_all().items():
        click.echo(f"{slug}: {reason or 'unchanged'}")
    if not options.chapters_only:
        click.echo(f"pages: {pages.why() or 'unchanged'}")


@hedging.command()
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Where to serve. [default: a free port]")
@_JOBS
@_LIMIT
def watch(port: int | None, **options: Any) -> None:
    """Serve the book, build what depends on each file that is saved, and let the browser follow."""
    from hedging.press.watch import desk

    desk.watch(options, port or 0, click.echo)


@hedging.command()
@click.argument("chapter")
@click.option("-p", "pairs", multiple=True, metavar="NAME=VALUE", help="A parameter of the chapter.")
@click.option("-o", "output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@_LIMIT
def run(chapter: str, pairs: tuple[str, ...], output: Path, limit: float) -> None:
    """Run a CHAPTER with other parameters, into a file beside the book."""
    from hedging.press import variants

    variants.run(chapter, variants.parse_parameters(pairs), output, limit)
    click.echo(f"written: {output}")


@hedging.command()
@click.argument("chapter")
@click.option("--grid", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The values.")
@click.option("--out", default="", metavar="URL", help="Where the results go. [default: _build/sweep/CHAPTER]")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Run on a Dask scheduler. [default: this machine]")
@click.option("--memory", type=click.IntRange(min=1), default=None, metavar="MB", help="Data that one run may hold.")
@click.option("--keep", is_flag=True, help="Keep the executed notebooks.")
@click.option("--again", is_flag=True, help="Repeat runs that failed.")
@_JOBS
@_LIMIT
def sweep(memory: int | None, **options: Any) -> None:
    """Run a CHAPTER over a grid of parameters; what has a result already is not run again."""
    from hedging.press.sweep import drive

    tally = drive.sweep(drive.Wish(memory=(memory or 0) * 2**20, **options))
    click.echo(drive.say(tally))
    if tally.failed:
        sys.exit(1)


@hedging.command()
@click.option("--out", default="", metavar="URL", help="Where the results lie. [default: _build/sweep/any-state]")
def states(out: str) -> None:
    """Write sweeps/every-state.csv from the newest sweep of any-state."""
    from hedging.press import every_state

    click.echo(f"written: {every_state.write(out)}")


@hedging.command()
@click.argument("chapter", nargs=-1)
@_JOBS
@_LIMIT
def refresh(chapter: tuple[str, ...], jobs: int, limit: float) -> None:
    """Run the tracked notebooks (or each CHAPTER named) and rewrite their outputs, which the tests compare."""
    from hedging.press import variants

    changed = variants.refresh(chapter, limit, jobs)
    click.echo(f"outputs that moved: {', '.join(changed) or 'none'}")


@hedging.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def warm(command: tuple[str, ...]) -> None:
    """Run a COMMAND (papermill, pytest --nbval, jupyter-book build ...) whose kernels start warm."""
    from hedging.press import lending

    sys.exit(lending.lend(command))


@hedging.command()
@click.argument("table", nargs=-1)
@click.option("--check", is_flag=True, help="Write nothing; fail if data/ is not what the sources give.")
@click.option("--outdated", is_flag=True, help="Write nothing; say what newer releases would change, in the tables and "
              "in the verdicts. With --mirror: the releases in that folder.")  # fmt: skip
@click.option("--sources", is_flag=True, help="List the raw files: which tables read them, or why none does.")
@click.option("--mirror", type=click.Path(exists=True, file_okay=False), metavar="DIR", help="Raw files, by path.")
def ingest(table: tuple[str, ...], mirror: str | None, check: bool, **instead: bool) -> None:
    """Make the tables in data/ (or each TABLE named) from their raw sources.

    A raw file is looked for in the mirror (--mirror or HEDGING_MIRROR), then in the cache (HEDGING_CACHE), then
    fetched from its pinned address; its hash is checked each time.
    """
    from hedging import freshness
    from hedging import ingest as tables

    if check + sum(instead.values()) > 1:
        raise click.UsageError("--check, --outdated and --sources are three things: ask for one at a time")
    if instead["outdated"]:
        freshness.tell(table, mirror, click.echo)
    elif instead["sources"]:
        click.echo("\n".join(tables.account_of(table, mirror)))
    else:
        tables.ingest(table, mirror=mirror, check=check, echo=click.echo)


@hedging.command()
def tables() -> None:
    """List the tables, and the chapters that read them."""
    readers = contents.read()
    for item in contents.package().get("resources", []):
        used = ", ".join(chapter.slug for chapter in readers if item["name"] in chapter.tables)
        click.echo(f"{item['name']}: {item.get('title', '')} [{used or 'no chapter'}]")


@hedging.command()
@click.argument("table")
@click.argument("words", nargs=-1, metavar="[YEAR] [COUNTRY]")
@click.option("--rows", type=click.IntRange(min=1), default=5, show_default=True, help="Rows told one by one.")
def trace(table: str, words: tuple[str, ...], rows: int) -> None:
    """Say where the values of TABLE come from, of a YEAR or a COUNTRY (iso3, COW number or name) if given."""
    from hedging.tables.trace import trace as told

    year = int(words[0]) if words and len(words[0]) == 4 and words[0].isdecimal() else None
    country = " ".join(words if year is None else words[1:]) or None
    click.echo(told(table, year, country, rows))


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line; a request to terminate ends kernels as Ctrl-C does.

    The process leaves without the destructors of its libraries: Arrow's abort one process in forty that has read a
    small Parquet file and ends, with and without `use_threads`.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    code = _code()
    atexit._run_exitfuncs()
    with contextlib.suppress(OSError):  # whoever read it may have gone
        sys.stdout.flush()
    os._exit(code)


def _code() -> int:
    if not paths.ROOT.is_dir():
        click.echo(f"HEDGING_ROOT is not a folder: {paths.ROOT}", err=True)
        return 1
    try:
        return hedging.main(standalone_mode=False) or 0
    except SystemExit as end:
        return int(end.code or 0)
    except HedgingError as fault:  # told to people: what, where, remedy; no traceback
        click.echo(str(fault), err=True)
        return 1
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted: every kernel has been ended, nothing half-written is left", err=True)
        return INTERRUPTED


if __name__ == "__main__":
    main()
