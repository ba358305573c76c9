"""What an examination of the shop file found, in words."""

from __future__ import annotations

from collections.abc import Mapping

from aftersales_tui.domain.words import BreakKind, Role
from aftersales_tui.i18n import C_, N_, NC_, _
from aftersales_tui.i18n.labels import label

STAGES: Mapping[str, str] = {
    "pages": N_("Examining the pages of the shop file …"),
    "look_up": N_("Examining what the look-up finds …"),
    "books": N_("Examining the books …"),
    "backups": N_("Comparing with the backups …"),
    "account": N_("Examining the account of what happened …"),
}
"""What ``check`` is at; a large shop file takes a minute or two."""

SENTENCES: Mapping[str, str] = {
    "account_changed": N_(
        "The account of what happened was changed by other means than this program, at entry {event}: "
        "{what}. Compare with a backup."
    ),
    "backup_folder_missing": N_("The second folder for backups, {folder}, has had no copy for {days} days."),
    "backup_none": N_("There is no backup yet. The screens make one on the first opening of a day."),
    "backup_old": N_("The newest backup is {days} days old, and the shop file changed since."),
    "backup_same_disk": N_("The second folder for backups, {folder}, is on the disk of the shop file."),
    "backup_second_none": N_("No second folder for backups is set; a broken disk takes all of them along."),
    "backup_without_sum": N_("The backup {file} has no checksum."),
    "backup_wrong": N_("The backup {file} has changed since it was made. Do not rely on it."),
    "calendar_not_published": N_("The rest days of {year} are not published; weekends only."),
    "cli_identity_unguarded": N_(
        "The command line acts as {name} ({role}) without asking for the PIN: whoever can start it here is "
        "{role}. Name somebody else with aftersales config set cli_identity NAME."
    ),
    "clock_behind": N_("The clock stands before the last entry, of {last}. Set the clock of this computer."),
    "counter_behind": N_(
        "The next number of the register {register} would be {coming}, but {highest} is taken already."
    ),
    "data_unreadable": N_("{n} entries hold data that cannot be read; the first is {id} of {table}."),
    "file_on_network": N_("The shop file lies on a network share ({kind}); two computers destroy it there."),
    "file_system_unknown": N_("It is not known on what kind of disk the shop file lies."),
    "indexes_damaged": N_("Indexes of the shop file are not right: {first}."),
    "job_dates_impossible": N_("{n} jobs have dates that do not go with their status: {numbers}."),
    "job_without_beginning": N_("{n} jobs have no entry of how they were opened: {numbers}."),
    "numbers_missing": N_("Numbers of the register {register} are missing: {numbers}."),
    "packs_unreadable": N_("The policy pack {file} cannot be read. Run aftersales policy list."),
    "pages_damaged": N_("The shop file is damaged: {first}. Put a backup back with aftersales restore."),
    "rows_altered": N_(
        "{n} records do not say what they say in the backup {file}, although nobody changed them since; the "
        "first is {id} of {table}. Compare the two."
    ),
    "schema_altered": N_(
        "The shop file is not laid out as this program does it: {name}. Compare with a backup, or put one "
        "back with aftersales restore."
    ),
    "search_in_vain": N_("The look-up knows {n} records that are not there."),
    "search_incomplete": N_("The look-up does not know {n} records."),
    "search_index_stale": N_("The indexes of the look-up are not right: {indexes}."),
    "shop_file_readable": N_("Other people on this computer may read the shop file."),
    "verdict_unreadable": N_("{n} stored verdicts cannot be read; the first is number {id}."),
}

REPAIRABLE = frozenset(
    {
        "counter_behind", "indexes_damaged", "search_in_vain", "search_incomplete", "search_index_stale",
        "shop_file_readable",
    }
)  # fmt: skip
"""What ``check --repair`` puts right."""

_REGISTERS = {
    "call": NC_("register", "calls"),
    "job": NC_("register", "jobs"),
    "follow_up": NC_("register", "follow-ups"),
}
_SEVERITIES = {
    "note": NC_("severity", "note"),
    "warning": NC_("severity", "look"),
    "damage": NC_("severity", "DAMAGE"),
}


def sentence(code: str, values: Mapping[str, object]) -> str:
    """The finding in whole sentences of the language in use."""
    said = dict(values)
    if said.get("register") in _REGISTERS:
        said["register"] = C_(*_REGISTERS[str(said["register"])])
    if "role" in said:
        said["role"] = label(Role(str(said["role"])))
    if code == "account_changed":
        said["what"] = label(BreakKind(str(said["kind"])))
    return _(SENTENCES[code]).format_map(said)


def severity_word(severity: str) -> str:
    """How much a finding matters, in one word."""
    return C_(*_SEVERITIES[severity])


def journal_words(mode: str, *, wal_is_safe: bool) -> str:
    """How the file is written, and why."""
    if wal_is_safe:
        return _("{mode}: this SQLite has the fix that it needs").format(mode=mode)
    return _("{mode}: the faster journal needs SQLite 3.51.3, 3.50.7 or 3.44.6").format(mode=mode)
