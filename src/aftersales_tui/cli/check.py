"""``check``: the shop file examined, and put right where a program can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aftersales_tui.cli import output
from aftersales_tui.cli.session import Json, example, given_of, single, speak
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.finding_words import REPAIRABLE, STAGES, journal_words, sentence, severity_word

if TYPE_CHECKING:
    from aftersales_tui.views.checking import Finding, Report, Stage

check = single()


@check.command(epilog=example("check"))
def examine(
    ctx: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Put right what a program can.")] = False,
    json: Json = False,
) -> None:
    """Examine the shop file: pages, references, books, the look-up, backups, calendar and its place.

    Leaves with 0 when all is well, 1 when somebody has to see to something, 4 when the file is damaged.
    `--repair` makes the look-up and the indexes anew and the file private, after a copy was put aside.
    """
    given = given_of(ctx)
    speak(given)
    from aftersales_tui import bootstrap
    from aftersales_tui.views.checking import Severity

    try:
        report = bootstrap.check_shop(given.shop_file, repair=repair, tell=_stage)
    finally:
        output.passing("")
    if json:
        output.as_json(_record(report))
    else:
        _say(report)
    if report.worst is not None:
        raise typer.Exit(4 if report.worst is Severity.DAMAGE else 1)


def _stage(stage: Stage) -> None:
    """What it is at now: a large shop file takes a minute."""
    output.passing(_(STAGES[stage]))


def _say(report: Report) -> None:
    output.details(
        (
            (C_("copy", "Shop file"), report.file),
            (C_("copy", "Version"), report.schema),
            ("SQLite", report.sqlite),
            (C_("copy", "Journal"), journal_words(report.journal_mode, wal_is_safe=report.wal_is_safe)),
            (C_("copy", "Disk"), report.file_system),
            (C_("copy", "Backups"), report.copies),
        )
    )
    for finding in report.findings:
        output.say(f"{severity_word(finding.severity.value)}: {_told(finding)}")
    if report.worst is None:
        output.say(_("All is well."))
    elif any(finding.code in REPAIRABLE and not finding.repaired for finding in report.findings):
        output.warn(_("aftersales check --repair puts right what it can."))


def _told(finding: Finding) -> str:
    said = sentence(finding.code, finding.values)
    return _("{what} Put right.").format(what=said) if finding.repaired else said


def _record(report: Report) -> dict[str, Any]:
    return {
        "file": str(report.file.absolute()),
        "ok": report.worst is None,
        "schema": report.schema,
        "sqlite": report.sqlite,
        "journal_mode": report.journal_mode,
        "wal_is_safe": report.wal_is_safe,
        "file_system": report.file_system or None,
        "backups": report.copies,
        "counts": dict(report.counts),
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "what": _told(finding),
                "repaired": finding.repaired,
            }
            for finding in report.findings
        ],
    }
