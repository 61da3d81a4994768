"""The command line: arguments in, one exit status out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from types import TracebackType

from app.cli import passphrases
from app.cli.statuses import DONE, REFUSED, status_of
from app.domain.errors import Conflict, DeskError, RuleBroken, Usage


def main(arguments: Sequence[str]) -> int:
    """Run one verb, or open the window where there is none; gives the exit status."""
    passphrases.take_from_environment()
    wants_json = "--json" in arguments
    try:
        if not arguments:
            from app.cli.start import start

            return start()
        from app.cli.arguments import parser

        given = parser().parse_args(arguments)
        if given.verb is None:
            from app.cli.start import has_display, show, this_desk

            if wants_json or not (given.desk and has_display(os.environ, sys.platform)):
                raise Usage("arguments", message="a verb is missing", usage=parser().format_usage().strip())
            return show(this_desk(given.desk, given.passphrase_file))
        status: int = given.run(given)
        sys.stdout.flush()
    except DeskError as error:
        return refused(error, wants_json=wants_json)
    except BrokenPipeError:
        # Whoever read our output has gone; the rest of it has nobody to go to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. What was acknowledged stays.\n")
        return REFUSED
    return status


def bug(kind: type[BaseException], error: BaseException | None, _traceback: TracebackType | None) -> None:
    """Tell of a bug on standard error, as ``sys.excepthook``: where it is, and nothing of the desk's contents."""
    from app.domain.bugs import places

    lines = ["Something in the program went wrong. What was acknowledged is saved.", *places(error or kind())]
    sys.stderr.write("\n".join(lines) + "\n")


def refused(error: DeskError, *, wants_json: bool) -> int:
    """Tell what is wrong and give the exit status that belongs to it."""
    from app.cli.printing import as_json, problem
    from app.domain.findings import Finding
    from app.words import told

    problem(told(error))
    findings = error.fields.get("findings", ())
    listed = (
        [each for each in findings if isinstance(each, Finding)]
        if isinstance(findings, (tuple, list))
        else []
    )
    for finding in listed:
        role = f" ({finding.override_role} may lift it)" if finding.override_role else ""
        problem(f"  {finding.id}: {finding.why}. {finding.fix}{role}")
    if wants_json and isinstance(error, (RuleBroken, Conflict)):
        told_why = listed or [Finding(error.code, "block", False, told(error))]
        as_json({"refused": [finding.as_json() for finding in told_why]})
    return status_of(error)
