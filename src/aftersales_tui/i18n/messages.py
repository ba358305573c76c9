"""The sentence of every problem: what the screen shows at the field and the command line on stderr."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from aftersales_tui.domain.errors import Problem
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n import C_, N_, _, formats, import_words
from aftersales_tui.i18n.fault_words import FAULTS as FAULTS
from aftersales_tui.i18n.fault_words import Fault as Fault
from aftersales_tui.i18n.field_words import field_word
from aftersales_tui.i18n.labels import label

SENTENCES: Mapping[str, str] = {
    # what was typed
    "date_after_today": N_("{day} is after today; that cannot be yet."),
    "date_before_today": N_("{day} lies before today."),
    "date_not_existing": N_("There is no such day: {text}."),
    "date_not_read": N_("“{text}” is not a date. Write 2026-11-27, 27.11.26, 27/11 or 8m."),
    "duration_not_read": N_("“{text}” is not a length of time. Write 15m, 2h or 1h30m."),
    "days_negative": N_("A number of days cannot be less than none: {days}."),
    "hours_not_read": N_("“{text}” are no opening hours. Write 09:00-18:00."),
    "moment_not_read": N_("“{text}” is not a date and time. Write 2026-11-27 14:30."),
    "month_not_read": N_("“{text}” is not a month. Write 2026-10."),
    "no_working_day": N_("At least one day of the week has to be a working day."),
    "repair_not_read": N_(
        "“{text}” is not a repair. Write 2026-03-02..2026-03-09:cause=no_parts:fault=hums, "
        "or 2026-03-02.. for one still running."
    ),
    "own_pack_rules": N_("The pack {policy} is the shop's own: it rules until it is retired."),
    "own_pack_unknown": N_("The shop has no pack “{policy}” of its own. It has: {known}."),
    "own_version_unknown": N_("The pack {policy} has no version “{version}”. It has: {known}."),
    "pack_too_long": N_("{file} is too long for a pack; at most {limit} characters are kept."),
    "policy_not_own": N_(
        "The pack {policy} came with the program and cannot be retired. Where it was chosen, "
        "aftersales policy unuse {policy} lets it rule no more."
    ),
    "policy_not_used": N_("The pack {policy} was not chosen in this shop. See aftersales policy list."),
    "policy_version_taken": N_(
        "There already is a pack {policy} {version} with another text. Give yours another version; the older "
        "one keeps what was judged by it."
    ),
    "policy_unknown": N_("There is no policy pack “{policy}”. Known are: {known}."),
    "year_not_read": N_("“{text}” is not a year. Write 2026."),
    "repair_ends_before_it_begins": N_(
        "The repair came back on {handed_back}, before it was handed in on {handed_in}."
    ),
    "sold_after_hand_in": N_(
        "The sale on {date} is after the first repair of {handed_in}. Ask which date is right."
    ),
    "price_negative": N_("“{price}” is not a price. Write 3000 or 2999.90."),
    "price_not_read": N_("“{text}” is not a price. Write 3000 or 2999.90."),
    "score_not_read": N_("“{text}” is not a score. The scores are 5, 3, 2, 1 and -5."),
    # the life of a job
    "not_a_visit": N_("Only a visit at the customer's can find nobody at home."),
    "outcome_missing": N_("Say what came of it: the outcome is missing."),
    "outcome_not_here": N_("The outcome “{outcome}” cannot be chosen in the step “{step}”."),
    "reason_missing": N_("The step “{step}” needs a reason."),
    "reopen_owner_only": N_("Only the owner may reopen this; on the same day also who closed it."),
    "result_missing": N_("Say whether the test was passed or failed."),
    "step_not_now": N_("The step “{step}” cannot be done now: the job is “{status}”."),
    "test_first": N_("The device has to pass its test first."),
    "wait_reason_missing": N_("Say what the job waits for: parts, approval, customer or maker."),
    # records
    "action_missing": N_("Say what was done."),
    "again_before_now": N_("The next call has to lie ahead."),
    "call_is_closed": N_("The call {number} is closed."),
    "call_is_open": N_("The call {number} is open."),
    "call_has_job": N_("{job} was opened from {number}: cancel the job first."),
    "category_unknown": N_("“{category}” is not a category known here."),
    "cause_missing": N_("Say what the fault came from."),
    "customer_merged": N_("Customer {id} was merged into customer {into}."),
    "customer_forgotten": N_("Customer {id} was forgotten; what was on file about the person is gone."),
    "erase_open": N_("{name} still has something open: {numbers}. Close that first."),
    "reason_needed": N_("Say why: the reason is kept on record."),
    "log_of_what": N_("“{value}” is neither a number nor one of: {known}."),
    "log_of_which": N_("Say which one: a number, or of a person the name."),
    "export_there": N_("{folder} holds an export already; --force overwrites it."),
    "customer_empty": N_("Somebody needs a name or a phone."),
    "brought_up_to_date": N_(
        "The shop file was brought up to date, from version {found} to {now}. A copy of before: {copy}."
    ),
    "device_not_here": N_(
        "The claim check is for a device that stays in the shop; the one of {number} is not here."
    ),
    "device_empty": N_("A device needs a product, a category or a serial number."),
    "fault_missing": N_("Say what is wrong, in the caller's words."),
    "copy_is_folder": N_("{file} is a folder. Write the name of the file."),
    "file_exists": N_("There already is a file {file}; --force overwrites it."),
    "file_name_missing": N_("Write the name of the file."),
    "file_there": N_("There already is a file {file}. Write another name."),
    "file_not_written": N_("The file {file} could not be written: {reason}."),
    "field_missing": N_("Nothing to change was named."),
    "field_unknown": N_("There is no field {field} to change. Known are: {known}."),
    "finding_missing": N_("Say what was found."),
    "follow_up_is_done": N_("The follow-up {number} is done already."),
    "id_not_read": N_("“{text}” is not the number of a record. Write the number that the list shows."),
    "form_not_of_this": N_("There is no such form about this record."),
    "job_is_closed": N_("The job {number} is closed."),
    "job_needs_customer": N_("A job needs somebody it belongs to: a name or a phone."),
    "job_needs_device": N_("A job needs a device."),
    "merge_with_itself": N_("A customer cannot be merged into itself; name the other file."),
    "minutes_not_read": N_("“{value}” is not a number of minutes."),
    "not_found": N_("Not found: {record} {number}."),
    "not_overridden": N_("Nobody decided beside this verdict, so there is nothing to withdraw."),
    "override_reason_missing": N_("Say why; the reason stays beside the verdict."),
    "override_same": N_("The machine says {coverage} already; there is nothing to decide."),
    "never_judged": N_("The warranty was never judged here, so there is nothing to state."),
    "note_empty": N_("The note is empty."),
    "number_not_read": N_("“{text}” is not such a number. Write {letter}-0343 or 343."),
    "open_the_job": N_("This call is closed by opening its job."),
    "promise_before_today": N_("The promise of {date} lies before today."),
    "score_missing": N_("The score is missing."),
    "serial_ambiguous": N_("“{serial}” ends several serial numbers: {known}."),
    "serial_known": N_("The serial number {serial} is on file already, for device {device}."),
    "serial_unknown": N_("No device has the serial number {serial}."),
    "staff_inactive": N_("{name} no longer works here."),
    # the shop and its people
    "cli_identity_needed": N_("{name} is who the command line acts as; name another person for that first."),
    "currency_not_read": N_("“{value}” is not a currency. Write its three letters, such as CNY, EUR or GBP."),
    "last_owner": N_("{name} is the only owner; the shop needs one."),
    "name_missing": N_("The name is missing."),
    "name_taken": N_("There already is somebody called {name}. Choose a name that tells them apart."),
    "moment_missing": N_("Write when: a day and a time."),
    "reached_missing": N_("Say whether somebody was reached."),
    "pin_missing": N_("There is no terminal to ask on. Give the PIN with --stdin or in AFTERSALES_PIN."),
    "pin_not_read": N_("A PIN is {least} to {most} digits."),
    "pin_required": N_("{name} has a PIN. Set AFTERSALES_PIN, or run it on a terminal."),
    "pin_wait": N_("Too many wrong tries for {name}. The next is possible in {seconds} s."),
    "pin_wrong": N_("This is not the PIN of {name}. Tries left before a pause: {left}."),
    "pins_differ": N_("The two PINs differ; nothing was changed."),
    "region_missing": N_("Choose the region; it sets the warranty rules and the calendar."),
    "region_unknown": N_("“{region}” is not a region known here. Known are: {known}."),
    "role_unknown": N_("“{value}” is not a role. The roles are clerk, technician and owner."),
    "setting_not_read": N_("“{value}” cannot be the value of {key}."),
    "setting_unknown": N_("There is no setting {key}. Known are: {known}."),
    "not_allowed": N_("{name} ({role}) may not do this: {what}. It is for: {who}."),
    "staff_active": N_("{name} works here already."),
    "staff_ambiguous": N_("“{name}” fits several people: {known}."),
    "staff_unknown": N_("Nobody here is called “{name}”. Known are: {known}."),
    "timezone_unknown": N_("“{value}” is not a time zone. Write one such as Asia/Shanghai."),
    "too_long": N_("This is too long; at most {limit} characters are kept."),
    "word_unknown": N_("“{value}” is none of the words known here: {known}."),
    # two seats
    "conflict": N_("{who} changed the same field at {when}. Nothing was saved; what you typed is kept."),
    # files brought in
    **import_words.SENTENCES,
}

POLICY_FAULTS: Mapping[str, str] = {
    "circle": N_("{file}, {key}: “{word}” extends itself in a circle. Take one of the extends lines out."),
    "clock_has_no_pause": N_(
        "{file}, {key}: nothing says how the days in repair are counted. Add pause = {{}} to [clock], "
        "or take this pause out."
    ),
    "ends_before_it_begins": N_("{file}, {key}: it ends before it begins. Correct one of the two dates."),
    "missing": N_("{file}, {key}: this is missing. Add it."),
    "no_cite": N_(
        "{file}, {key}: it rests on nothing. Add cite with the words of the promise, or clause with the name "
        "of one."
    ),
    "no_count": N_("{file}, {key}: nothing that can be counted. Write one of: {known}."),
    "no_usage_unit": N_('{file}, {key}: this is missing. Say what usage counts, such as "km".'),
    "no_exchange_days": N_(
        "{file}, {key}: this is missing. Say how many days from the exchange are left at least."
    ),
    "no_length": N_("{file}, {key}: a length is missing. State years, months or days."),
    "no_window": N_(
        "{file}, {key}: nothing is promised. Add a [[window]] with remedy, length and clause or cite."
    ),
    "not_a_date": N_("{file}, {key}: this is not a date. Write it without quotation marks: 2026-03-02."),
    "not_a_list": N_(
        "{file}, {key}: this has to be a list of tables. Write the heading in double brackets: [[{key}]]."
    ),
    "not_a_list_of_texts": N_(
        '{file}, {key}: this has to be a list of texts. Write it like this: ["first", "second"].'
    ),
    "not_a_name": N_(
        "{file}, {key}: “{word}” cannot be a name. Use letters, digits, dots and hyphens, 60 at most, "
        "no blanks."
    ),
    "not_a_number": N_(
        "{file}, {key}: this is not a whole number from 0 to {most}. Write it without quotation marks."
    ),
    "not_a_share": N_(
        '{file}, {key}: this is not a share from 0 to 1. Write it as a text, such as "0.005" for half '
        "a per cent."
    ),
    "not_a_table": N_(
        "{file}, {key}: this has to be a table. Write its keys in braces, such as {{ years = 1 }}."
    ),
    "not_a_text": N_('{file}, {key}: this is not a text, or an empty one. Write it in quotation marks: "…".'),
    "not_true_or_false": N_(
        "{file}, {key}: this is neither true nor false. Write one of them, without quotation marks."
    ),
    "twice": N_("{file}, {key}: “{word}” stands here twice. Take one of them out."),
    "unknown_clause": N_(
        "{file}, {key}: no clause is called “{word}”. Add [clause.{word}], or quote the promise in place "
        "with cite instead."
    ),
    "unknown_key": N_("{file}, {key}: nobody knows this key; it may be misspelt. Known here are: {known}."),
    "unknown_parent": N_(
        "{file}, {key}: there is no packaged pack “{word}” to extend. See aftersales policy list."
    ),
    "unknown_word": N_("{file}, {key}: “{word}” is none of the words known here. Write one of: {known}."),
    "wrong_schema": N_(
        "{file}, {key}: this program reads schema {known}. Write schema = {known} at the top."
    ),
}
"""By the reason of a ``policy_broken``."""


class _Values(dict[str, str]):
    """What the places of a sentence are filled with; a place without a value says so."""

    def __missing__(self, key: str) -> str:
        return "–"


def sentence(problem: Problem) -> str:
    """The problem in whole sentences of the language in use; three lines for a fault of a file."""
    if told := fault(problem):
        return f"{told.happened}\n{told.safe}\n{told.to_do}"
    values = _values(problem)
    if problem.code == "policy_broken":
        template = POLICY_FAULTS.get(str(problem.values.get("reason")))
    else:
        template = SENTENCES.get(problem.code)
    if template is None:
        return _("This is not possible ({code}).").format(code=problem.code)
    return _(template).format_map(values)


def fault(problem: Problem) -> Fault | None:
    """What happened, what is safe and what to do, when a file is at fault; None for any other problem."""
    templates = FAULTS.get(problem.code)
    if templates is None:
        return None
    values = _values(problem)
    return Fault(
        _(templates.happened).format_map(values),
        _(templates.safe).format_map(values),
        _(templates.to_do).format_map(values),
    )


_RECORDS = frozenset(kind.value for kind in RecordKind)
_LISTS = frozenset({"columns", "fields", "known", "missing"})
"""Values that name several things, separated by commas."""


def _values(problem: Problem) -> _Values:
    values = _Values({name: _shown(value) for name, value in problem.values.items()}, field=problem.field)
    if problem.field in _RECORDS:
        values["record"] = label(RecordKind(problem.field))
    if "fields" in values:
        values["fields"] = ", ".join(map(field_word, values["fields"].split(", ")))
    for name in _LISTS & values.keys():
        values[name] = values[name].replace(", ", C_("list", ", "))
    return values


def _shown(value: object) -> str:
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, tuple):
        return C_("list", ", ").join(_shown(one) for one in value)
    return str(value)
