"""What is said when everything about a person is given out, or the person is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from aftersales_tui.i18n import C_, N_, NC_, _, ngettext

if TYPE_CHECKING:
    from aftersales_tui.views.privacy import Forgetting, Forgotten

_TABLES: Mapping[str, str] = {
    "customer": N_("the customer file, and files that were merged into it"),
    "customer_phone": N_("the phones, as typed and in international form"),
    "device": N_("the devices: product, serial number, dates, where they stand"),
    "call": N_("every call: when, who took it, who called, what was said of the fault"),
    "verdict": N_("every judgement of the warranty as it was made, with the rules it rests on"),
    "job": N_("every job: the fault, the finding, what was done, when, by whom, what came of it"),
    "follow_up": N_("the calls after the work, and what was said"),
    "event": N_("the account of who changed what and when, oldest first"),
}

KEPT: tuple[str, ...] = (
    N_("Numbers, dates, amounts and outcomes of calls, jobs and follow-ups: the books have to stay whole "
       "(duty to keep accounts; GDPR Art. 17 (3) b, PIPL Art. 47)."),
    N_("Devices with product, serial number and dates: the unit keeps its guarantee and its history."),
    N_("What was found and done at a device: it describes the device. The person's name, phones, e-mail and "
       "address in it are blacked out."),
    N_("That something happened, when and who of the shop did it: the account stays sealed, without before "
       "and after."),
)  # fmt: skip
"""What stays when a person is forgotten, and why."""

_COUNTED: Mapping[str, tuple[str, str]] = {
    "customers": NC_("counted", "texts of the customer file"),
    "phones": NC_("counted", "phones"),
    "devices": NC_("counted", "places of devices"),
    "calls": NC_("counted", "names and phones in calls"),
    "jobs": NC_("counted", "texts of jobs"),
    "follow_ups": NC_("counted", "opinions"),
}
_STAYING: Mapping[str, tuple[str, str]] = {
    "devices": NC_("staying", "devices"),
    "calls": NC_("staying", "calls"),
    "jobs": NC_("staying", "jobs"),
    "follow_ups": NC_("staying", "follow-ups"),
}


def read_me(shop: str, customer_id: int, name: str, rows: Mapping[str, int], at: datetime) -> str:
    """The text that lies beside the files."""
    lines = [
        _("What {shop} has on file about {name} (customer {id}), {when}").format(
            shop=shop, name=name, id=customer_id, when=f"{at:%Y-%m-%d %H:%M}"
        ),
        "",
        _("everything.json holds everything; moments are in UTC. Every .csv file holds one part of it as a "
          "table, moments on the shop's clock ({zone}). Columns are called as the shop file "
          "calls them.").format(
            zone=at.tzname() or str(at.tzinfo)
        ),
        "",
    ]  # fmt: skip
    for table, count in rows.items():
        about = _(_TABLES[table]) if table in _TABLES else table.replace("_", " ")
        lines.append(f"{table}.csv ({count}): {about}")
    lines += [
        "",
        _("Where a cell began with a sign that a spreadsheet takes for a formula, an apostrophe stands "
          "before it."),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def plan_lines(plan: Forgetting) -> list[str]:
    """What goes, what stays and why, line by line."""
    comma = C_("list", ", ")
    gone = [f"{_counted(name)} {count}" for name, count in plan.emptied.items()]
    words = {name: C_(*marked) for name, marked in _STAYING.items()}
    stays = [f"{words[name]} {count}" for name, count in plan.kept.items() if count]
    lines = [_("Goes: {what}.").format(what=comma.join(gone))] if gone else []
    if plan.merged:
        merged = comma.join(str(one) for one in plan.merged)
        lines.append(_("With the merged files {ids}.").format(ids=merged))
    if plan.blacked_out:
        lines.append(
            ngettext(
                "In {n} text about a device the person is blacked out.",
                "In {n} texts about devices the person is blacked out.",
                plan.blacked_out,
            ).format(n=plan.blacked_out)
        )
    lines.append(
        ngettext(
            "{n} event loses its before and after.", "{n} events lose their before and after.", plan.events
        ).format(n=plan.events)
    )
    if stays:
        lines.append(_("Stays, without the person: {what}.").format(what=comma.join(stays)))
    return lines + _warnings(plan)


def _counted(name: str) -> str:
    return C_(*_COUNTED[name]) if name in _COUNTED else name.replace("_", " ")


def _warnings(plan: Forgetting) -> list[str]:
    comma = C_("list", ", ")
    lines = []
    if plan.follow_ups_open:
        numbers = comma.join(f"F-{number:04d}" for number in plan.follow_ups_open)
        lines.append(
            _("{numbers} is still due, and nobody can be called any more: record it as declined.").format(
                numbers=numbers
            )
        )
    if plan.shared_phones:
        ids = comma.join(str(one) for one in plan.shared_phones)
        lines.append(_("Customer {ids} has one of the phones too; there it stays.").format(ids=ids))
    if plan.elsewhere:
        lines.append(
            _("One of the phones also stands in other people's records: {records}. Look there.").format(
                records=comma.join(plan.elsewhere)
            )
        )
    return lines


def done_lines(done: Forgotten) -> list[str]:
    """What was done, and what somebody still has to see to."""
    return [
        _("Customer {id} is forgotten; on lists it is called #{id}.").format(id=done.customer_id),
        *plan_lines(done),
        *warnings(done),
        _("Papers that were printed or exported before are not touched."),
    ]


def warnings(done: Forgotten) -> list[str]:
    """Where something of the person is left, and what to do about it."""
    lines = []
    if done.drafts:
        lines.append(
            ngettext(
                "{n} half-typed form was thrown away.", "{n} half-typed forms were thrown away.", done.drafts
            ).format(n=done.drafts)
        )
    if done.drafts_in_use:
        lines.append(_("A form about the person is open at a seat: leave it without saving."))
    if not done.rewritten:
        lines.append(
            _("Another seat was reading, so the file could not be written anew: run aftersales privacy tidy.")
        )
    if done.copies:
        lines.append(
            ngettext(
                "{n} copy of the shop file from before still holds the person until it is thinned out; a "
                "restore forgets again. --and-copies takes it away now.",
                "{n} copies of the shop file from before still hold the person until they are thinned out; a "
                "restore forgets again. --and-copies takes them away now.",
                len(done.copies),
            ).format(n=len(done.copies))
        )
    return lines
