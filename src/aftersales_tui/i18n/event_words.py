"""What happened, in words: every event of the account as a sentence, and field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from aftersales_tui.domain import words
from aftersales_tui.domain.words import JobStatus, RecordKind
from aftersales_tui.domain.workflow import Step
from aftersales_tui.i18n import C_, _, formats
from aftersales_tui.i18n.field_words import field_word, value_words
from aftersales_tui.i18n.forgotten_words import forgotten
from aftersales_tui.i18n.job_sentence import short_name
from aftersales_tui.i18n.labels import label

if TYPE_CHECKING:
    from aftersales_tui.views.history import EventView

Data = Mapping[str, Any]

_HIDDEN = frozenset({"status", "test_passed", "version", "resume_to"})
"""Fields that the event's own sentence says."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field an event changed: its name and what stood there before and after, in words."""

    name: str
    """As the file calls it."""
    label: str
    before: str
    after: str


def told(event: EventView, zone: tzinfo) -> str:
    """What happened, without who and when: ``waiting for parts: mica plate ordered; expected 30 Nov``."""
    if event.erased_at is not None:
        return forgotten(event, event.erased_at.astimezone(zone).date())
    made = _SENTENCES.get((event.record_kind, event.what))
    data = event.data
    if made is None:
        return _with(event.what.replace("_", " "), _text(data, "note"), _text(data, "reason"))
    return made(data, zone)


def line(event: EventView, zone: tzinfo, today: date) -> str:
    """The event in one line of a timeline: ``14:05 陈伟: in repair``; another day says which."""
    when = formats.when(event.at.astimezone(zone), today)
    places = {"when": when, "who": short_name(event.who), "what": told(event, zone)}
    if not event.who:
        return C_("event", "{when} {what}").format(**places)
    return C_("event", "{when} {who}: {what}").format(**places)


def changes(event: EventView, zone: tzinfo) -> tuple[Change, ...]:
    """What the event changed, field by field, in the order it was written; what stayed is left out."""
    before, after = _part(event.data, "before"), _part(event.data, "after")
    names = [name for name in dict.fromkeys([*after, *before]) if before.get(name) != after.get(name)]
    return tuple(
        Change(
            name,
            field_word(name),
            value_words(name, before.get(name), zone),
            value_words(name, after.get(name), zone),
        )
        for name in names
    )


def _part(data: Data, name: str) -> Mapping[str, Any]:
    found = data.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(data: Data, name: str) -> str:
    found = data.get(name)
    return found.strip() if isinstance(found, str) else ""


def _after(data: Data, name: str) -> str:
    return _text(_part(data, "after"), name)


def _with(what: str, *details: str) -> str:
    """The sentence with its details behind a colon."""
    said = [detail for detail in details if detail]
    if not said:
        return what
    return C_("event", "{what}: {details}").format(what=what, details=C_("list", "; ").join(said))


def _word(kind: type[StrEnum], code: object) -> str:
    """A stored code in words; one nobody knows any more is shown as it stands."""
    try:
        return label(kind(str(code)))
    except (ValueError, KeyError):
        return str(code or "")


def _instant(code: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(code))
    except ValueError:
        return None


def _day(code: object) -> str:
    try:
        return formats.day_weekday_short(date.fromisoformat(str(code)[:10]))
    except ValueError:
        return ""


def _moment(code: object, zone: tzinfo) -> str:
    at = _instant(code)
    return formats.top(at.astimezone(zone)) if at else ""


# the life of a job


def _job_opened(data: Data, zone: tzinfo) -> str:
    call = _after(data, "call")
    what = _("job opened from call {number}").format(number=call) if call else C_("event", "job opened")
    promised = _day(_after(data, "promised_for"))
    intake = _after(data, "intake")
    return _with(
        what,
        C_("event", "promised for {day}").format(day=promised) if promised else "",
        intake,
    )


def _assigned(data: Data, zone: tzinfo) -> str:
    name, at = _after(data, "assigned_to"), _after(data, "at")
    if at:
        return _("assigned to {name}, {when}").format(name=name, when=_moment(at, zone))
    return _("assigned to {name}").format(name=name)


def _note(data: Data, zone: tzinfo) -> str:
    return _("note: {text}").format(text=_text(data, "note"))


def _informed(data: Data, zone: tzinfo) -> str:
    whom, channel = _after(data, "whom"), _word(words.InformedBy, _after(data, "channel"))
    if whom:
        return _("customer told ({whom}), {channel}").format(whom=whom, channel=channel)
    return _("customer told, {channel}").format(channel=channel)


def _asked(data: Data, zone: tzinfo) -> str:
    return _("the customer asked how it stands ({number})").format(number=_text(data, "call"))


def _take_in(data: Data, zone: tzinfo) -> str:
    return _with(C_("event", "brought in"), _after(data, "intake"), _shelf(data))


def _shelf(data: Data) -> str:
    shelf = _after(data, "shelf")
    return C_("event", "on shelf {shelf}").format(shelf=shelf) if shelf else ""


def _start(data: Data, zone: tzinfo) -> str:
    if data.get("taken_in"):
        return C_("event", "brought in, diagnosing")
    return C_("event", "diagnosing")


def _not_home(data: Data, zone: tzinfo) -> str:
    again = _moment(_after(data, "appointment_at"), zone)
    return _with(
        C_("event", "nobody at home"),
        _text(data, "reason"),
        C_("event", "again {when}").format(when=again) if again else "",
    )


def _diagnose(data: Data, zone: tzinfo) -> str:
    return _with(C_("event", "in repair"), _after(data, "finding"), _after(data, "cause"))


def _diagnose_again(data: Data, zone: tzinfo) -> str:
    return _with(C_("event", "diagnosing again"), _text(data, "reason"), _after(data, "finding"))


def _record(data: Data, zone: tzinfo) -> str:
    outcome, action = _after(data, "outcome"), _after(data, "action")
    if outcome:
        said = _("repair recorded, {outcome}").format(outcome=_word(words.Outcome, outcome))
    else:
        said = C_("event", "repair recorded")
    return _with(said, action)


def _test(data: Data, zone: tzinfo) -> str:
    passed = data.get("result") == words.TestResult.PASSED.value
    said = C_("event", "test passed") if passed else C_("event", "test failed, back in repair")
    return _with(said, _text(data, "note"))


def _test_put_off(data: Data, zone: tzinfo) -> str:
    due = _instant(_after(data, "due_at"))
    clock = formats.clock(due.astimezone(zone)) if due else ""
    said = _("test put off, we call at {time}").format(time=clock) if clock else C_("event", "test put off")
    return _with(said, _text(data, "note"))


def _wait(data: Data, zone: tzinfo) -> str:
    status = _word(JobStatus, _after(data, "status"))
    until = _day(_after(data, "wait_until"))
    return _with(
        status, _text(data, "note"), C_("event", "expected {day}").format(day=until) if until else ""
    )


def _resume(data: Data, zone: tzinfo) -> str:
    status = _word(JobStatus, _after(data, "status"))
    return _("work goes on: {status}").format(status=status)


def _rework(data: Data, zone: tzinfo) -> str:
    return _with(C_("event", "not satisfied, back in repair"), _text(data, "reason"))


def _hand_over(data: Data, zone: tzinfo) -> str:
    return _with(C_("event", "handed over"), _text(data, "note"))


def _settle(data: Data, zone: tzinfo) -> str:
    outcome = _after(data, "outcome")
    if outcome:
        said = _("closed without return, {outcome}").format(outcome=_word(words.Outcome, outcome))
    else:
        said = C_("event", "closed without return")
    return _with(said, _text(data, "reason"))


def _cancel(data: Data, zone: tzinfo) -> str:
    if _after(data, "status") == JobStatus.READY.value:
        said = C_("event", "stopped, to be collected unrepaired")
    else:
        said = C_("event", "cancelled")
    return _with(said, _text(data, "reason"))


def _reopen(data: Data, zone: tzinfo) -> str:
    status = _word(JobStatus, _after(data, "status"))
    return _with(_("reopened: {status}").format(status=status), _text(data, "reason"))


# every record


def _changed(data: Data, zone: tzinfo) -> str:
    before, after = _part(data, "before"), _part(data, "after")
    said: list[str] = []
    for name in dict.fromkeys([*after, *before]):
        if name in _HIDDEN:
            continue
        old, new = value_words(name, before.get(name), zone), value_words(name, after.get(name), zone)
        places = {"field": field_word(name), "before": old, "after": new}
        said.append(
            C_("event", "{field} {after}, was {before}").format(**places)
            if old and new
            else C_("event", "{field} {after}").format(**places)
            if new
            else C_("event", "{field} taken out, was {before}").format(**places)
        )
    return _with(C_("event", "changed"), *said)


def _named(said: Callable[[], str], *names: str) -> Callable[[Data, tzinfo], str]:
    """A sentence with what stands in these fields of the new record."""
    return lambda data, zone: _with(
        said(), *(value_words(name, _part(data, "after").get(name), zone) for name in names)
    )


def _call_closed(data: Data, zone: tzinfo) -> str:
    resolution = _after(data, "resolution")
    said = C_("event", "call closed, {resolution}").format(resolution=_word(words.Resolution, resolution))
    return _with(said, _text(data, "note"))


def _call_reopened(data: Data, zone: tzinfo) -> str:
    return _with(C_("event", "call reopened"), _text(data, "reason"))


def _call_logged(data: Data, zone: tzinfo) -> str:
    kind, channel = _after(data, "kind"), _after(data, "channel")
    said = C_("event", "call taken, {kind}, {channel}").format(
        kind=_word(words.CallKind, kind), channel=_word(words.Channel, channel)
    )
    return _with(said, _after(data, "fault"))


def _merged(data: Data, zone: tzinfo) -> str:
    return _("merged into customer {id}").format(id=_part(data, "after").get("into", ""))


def _took_over(data: Data, zone: tzinfo) -> str:
    after = _part(data, "after")
    return _("took over customer {id}, {name}").format(
        id=after.get("customer", ""), name=after.get("name", "")
    )


def _follow_up_due(data: Data, zone: tzinfo) -> str:
    kind = _word(words.FollowUpKind, _after(data, "kind"))
    return C_("event", "follow-up {kind} due {day}").format(kind=kind, day=_day(_after(data, "due_on")))


def _attempt(data: Data, zone: tzinfo) -> str:
    said = C_("event", "called, {reached}; again {day}").format(
        reached=_word(words.Reached, _after(data, "reached")), day=_day(_after(data, "due_on"))
    )
    return _with(said, _text(data, "note"))


def _answered(data: Data, zone: tzinfo) -> str:
    overall = _after(data, "overall")
    said = (
        C_("event", "customer called, {score}").format(score=_word(words.Satisfaction, overall))
        if overall
        else C_("event", "customer called, {reached}").format(
            reached=_word(words.Reached, _after(data, "reached"))
        )
    )
    promised = _after(data, "promised")
    return _with(
        said,
        _after(data, "opinion"),
        C_("event", "promised: {text}").format(text=promised) if promised else "",
    )


def _overridden(data: Data, zone: tzinfo) -> str:
    coverage = _word(words.Coverage, _after(data, "coverage"))
    said = C_("event", "verdict overridden: {coverage}").format(coverage=coverage)
    return _with(said, _text(data, "reason"))


def _withdrawn(data: Data, zone: tzinfo) -> str:
    coverage = _word(words.Coverage, _after(data, "coverage"))
    said = C_("event", "override withdrawn, the machine's verdict stands: {coverage}").format(
        coverage=coverage
    )
    return _with(said, _text(data, "reason"))


def _erased(data: Data, zone: tzinfo) -> str:
    with_whom = data.get("customer")
    if with_whom:
        return _("forgotten together with customer {id}").format(id=with_whom)
    return _with(C_("event", "the person was forgotten"), _text(data, "reason"))


_ALL: Sequence[RecordKind] = tuple(RecordKind)

_SENTENCES: Mapping[tuple[RecordKind, str], Callable[[Data, tzinfo], str]] = {
    **{(kind, "changed"): _changed for kind in _ALL},
    **{(kind, "note"): _note for kind in _ALL},
    **{(kind, "erased"): _erased for kind in _ALL},
    (RecordKind.CUSTOMER, "exported"): _named(lambda: C_("event", "everything about the person given out")),
    **{(kind, "added"): _named(lambda: C_("event", "put on file"), "name", "phones") for kind in _ALL},
    (RecordKind.DEVICE, "added"): _named(
        lambda: C_("event", "put on file"), "brand", "model", "serial", "sold_on"
    ),
    (RecordKind.JOB, "opened"): _job_opened,
    (RecordKind.JOB, "assigned"): _assigned,
    (RecordKind.JOB, "informed"): _informed,
    (RecordKind.JOB, "asked"): _asked,
    (RecordKind.JOB, "test_put_off"): _test_put_off,
    (RecordKind.JOB, "imported"): _named(lambda: C_("event", "taken from an old list")),
    (RecordKind.JOB, Step.TAKE_IN.value): _take_in,
    (RecordKind.JOB, Step.START.value): _start,
    (RecordKind.JOB, Step.NOT_HOME.value): _not_home,
    (RecordKind.JOB, Step.DIAGNOSE.value): _diagnose,
    (RecordKind.JOB, Step.DIAGNOSE_AGAIN.value): _diagnose_again,
    (RecordKind.JOB, Step.RECORD.value): _record,
    (RecordKind.JOB, Step.TEST.value): _test,
    (RecordKind.JOB, Step.READY.value): _named(lambda: C_("event", "ready")),
    (RecordKind.JOB, Step.WAIT.value): _wait,
    (RecordKind.JOB, Step.RESUME.value): _resume,
    (RecordKind.JOB, Step.REWORK.value): _rework,
    (RecordKind.JOB, Step.HAND_OVER.value): _hand_over,
    (RecordKind.JOB, Step.SETTLE.value): _settle,
    (RecordKind.JOB, Step.CANCEL.value): _cancel,
    (RecordKind.JOB, Step.REOPEN.value): _reopen,
    (RecordKind.CALL, "logged"): _call_logged,
    (RecordKind.CALL, "closed"): _call_closed,
    (RecordKind.CALL, "reopened"): _call_reopened,
    (RecordKind.CUSTOMER, "merged"): _merged,
    (RecordKind.CUSTOMER, "took_over"): _took_over,
    (RecordKind.FOLLOW_UP, "due"): _follow_up_due,
    (RecordKind.FOLLOW_UP, "void"): _named(lambda: C_("event", "no longer due")),
    (RecordKind.FOLLOW_UP, "attempt"): _attempt,
    (RecordKind.FOLLOW_UP, "done"): _answered,
    (RecordKind.FOLLOW_UP, "supervisor_told"): _named(lambda: C_("event", "supervisor told")),
    (RecordKind.STAFF, "deactivated"): _named(lambda: C_("event", "no longer works here")),
    (RecordKind.STAFF, "activated"): _named(lambda: C_("event", "works here again")),
    (RecordKind.STAFF, "role"): _changed,
    (RecordKind.STAFF, "pin_set"): _named(lambda: C_("event", "PIN set"), "os_user"),
    (RecordKind.STAFF, "pin_replaced"): _named(lambda: C_("event", "another PIN set"), "os_user"),
    (RecordKind.STAFF, "pin_cleared"): _named(lambda: C_("event", "PIN taken away"), "os_user"),
    (RecordKind.STAFF, "pin_reset"): _named(lambda: C_("event", "PIN reset at the shop file"), "os_user"),
    (RecordKind.STAFF, "pin_lockout"): _named(lambda: C_("event", "too many wrong PINs"), "failures"),
    (RecordKind.SHOP, "opened"): _named(lambda: C_("event", "shop file made"), "name"),
    (RecordKind.SHOP, "restored"): _named(lambda: C_("event", "put back from a backup"), "copy"),
    (RecordKind.SHOP, "setting"): _changed,
    **{(kind, "overridden"): _overridden for kind in (RecordKind.CALL, RecordKind.JOB)},
    **{(kind, "override_withdrawn"): _withdrawn for kind in (RecordKind.CALL, RecordKind.JOB)},
    (RecordKind.SHOP, "pack_added"): _named(
        lambda: C_("event", "warranty pack added"), "policy", "policy_version"
    ),
    (RecordKind.SHOP, "pack_retired"): _named(
        lambda: C_("event", "warranty pack retired"), "policy", "policy_version"
    ),
}
