"""Logging calls: who is found on file, what is judged, what is refused, what is made of the call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from aftersales_tui.domain.errors import NotAllowed, NotFound, Refused
from aftersales_tui.domain.words import (
    CallKind,
    CallStatus,
    Cause,
    Channel,
    Coverage,
    FollowUpKind,
    JobStatus,
    Proof,
    RecordKind,
    Resolution,
)
from aftersales_tui.services import calls, customers, devices, followups, jobs, steps
from aftersales_tui.views.calls import NewCall, OpenJob
from shops import OPENING, WANG, Desk, raw

COUNTED = ("customer", "customer_phone", "device", "product", "call", "verdict", "job", "event", "search_doc")


def _counts(desk: Desk) -> dict[str, int]:
    return {table: raw(desk.shop, f"SELECT count(*) FROM {table}")[0][0] for table in COUNTED}


def test_a_complete_call_is_open_and_judged(desk: Desk) -> None:
    logged = desk.call()
    assert (logged.call.number, logged.call.status, logged.call.missing) == (1, CallStatus.OPEN, ())
    assert (logged.call.taken_by, logged.call.at) == ("李娜 Li Na", OPENING)
    assert logged.verdict is not None
    assert logged.verdict.coverage is Coverage.COVERED
    assert raw(desk.shop, "SELECT coverage, call_id FROM verdict") == [("covered", logged.call.id)]
    assert logged.warnings == ()
    assert logged.job is None


def test_a_known_caller_of_the_same_name_is_found_by_any_spelling_of_the_phone(desk: Desk) -> None:
    first = desk.call().call
    for phone in ("13800138027", "+86 138 0013 8027", "0086-138-0013-8027", "１３８００１３８０２７"):
        again = calls.log(desk.shop, NewCall(phone=phone, name="王芳", fault="drips"), desk.clerk)
        assert again.call.customer_id == first.customer_id
        assert again.warnings == ()
    assert len(customers.show(desk.shop, first.customer_id or 0).phones) == 1


def test_a_short_number_without_its_area_is_found_with_it(desk: Desk) -> None:
    first = calls.log(desk.shop, NewCall(phone="12345678", name="王芳", fault="x"), desk.clerk).call
    again = calls.log(desk.shop, NewCall(phone="+86 12345678", name="王芳", fault="x"), desk.clerk).call
    assert again.customer_id == first.customer_id


def test_another_name_on_a_known_phone_is_a_new_customer_and_nobody_is_renamed(desk: Desk) -> None:
    first = desk.call().call
    other = calls.log(desk.shop, NewCall(phone="13800138027", name="李四", fault="x"), desk.clerk)
    assert other.warnings == ("same_phone",)
    assert other.call.customer_id != first.customer_id
    assert customers.show(desk.shop, first.customer_id or 0).name == "王芳 Wang Fang"


def test_a_phone_alone_is_enough_to_know_who_calls(desk: Desk) -> None:
    first = desk.call().call
    again = calls.log(desk.shop, NewCall(phone="13800138027", fault="x"), desk.clerk)
    assert again.call.customer_name == "王芳 Wang Fang"
    assert again.call.customer_id == first.customer_id


def test_a_file_without_a_name_gets_the_first_name_said(desk: Desk) -> None:
    first = calls.log(desk.shop, NewCall(phone="139 1111 2222", fault="x"), desk.clerk).call
    named = calls.log(desk.shop, NewCall(phone="13911112222", name="Li Si", fault="x"), desk.clerk)
    assert named.call.customer_id == first.customer_id
    assert named.warnings == ()
    assert named.call.customer_name == "Li Si"


def test_a_phone_of_two_people_without_a_name_is_nobodys(desk: Desk) -> None:
    desk.call()
    calls.log(desk.shop, NewCall(phone="13800138027", name="李四", fault="x"), desk.clerk)
    unsure = calls.log(desk.shop, NewCall(phone="13800138027", fault="x"), desk.clerk)
    assert unsure.warnings == ("phone_ambiguous",)
    assert unsure.call.customer_id is None
    assert unsure.call.phone == "13800138027"


def test_a_phone_of_two_people_is_the_owners_of_the_unit(desk: Desk) -> None:
    first = desk.call().call
    calls.log(desk.shop, NewCall(phone="13800138027", name="李四", fault="x"), desk.clerk)
    sure = calls.log(desk.shop, NewCall(phone="13800138027", serial="24g7f0058914", fault="x"), desk.clerk)
    assert sure.call.customer_id == first.customer_id
    assert sure.warnings == ()


def test_an_unknown_phone_makes_a_file_for_a_repair_and_none_for_a_question(desk: Desk) -> None:
    asked = calls.log(desk.shop, NewCall(kind=CallKind.PROGRESS, phone="139 1111 2222"), desk.clerk)
    assert asked.call.customer_id is None
    repair = calls.log(desk.shop, NewCall(phone="139 1111 2222", fault="x"), desk.clerk)
    assert repair.call.customer_id is not None


def test_a_known_serial_brings_unit_and_owner(desk: Desk) -> None:
    first = desk.call().call
    again = calls.log(desk.shop, NewCall(serial="24g7 f0058914", fault="x"), desk.clerk)
    assert (again.call.device_id, again.call.customer_id) == (first.device_id, first.customer_id)


def test_the_owner_of_a_unit_calling_from_a_new_phone_keeps_one_file(desk: Desk) -> None:
    first = desk.call().call
    again = calls.log(
        desk.shop, NewCall(name="王芳", phone="139 2222 3333", serial="24G7-F0058914", fault="x"), desk.clerk
    )
    assert again.call.customer_id == first.customer_id
    phones = customers.show(desk.shop, first.customer_id or 0).phones
    assert [phone.raw for phone in phones] == ["138 0013 8027", "139 2222 3333"]


def test_somebody_elses_unit_stays_theirs_and_is_said(desk: Desk) -> None:
    first = desk.call().call
    new = NewCall(name="Becker", phone="0755 2518 8027", serial="24G7-F0058914", fault="x")
    other = calls.log(desk.shop, new, desk.clerk)
    assert other.warnings == ("serial_other_customer",)
    assert other.call.device_id == first.device_id
    assert devices.show(desk.shop, first.device_id or 0).customer_id == first.customer_id


def test_the_same_serial_of_another_product_is_another_unit(desk: Desk) -> None:
    first = desk.call().call
    other = desk.call(brand="Midea", model="X1")
    assert other.warnings == ("serial_of_other_product",)
    assert other.call.device_id != first.device_id


def test_a_date_on_file_is_never_overwritten(desk: Desk) -> None:
    desk.call()
    again = desk.call(sold_on=date(2026, 10, 1), installed_on=date(2026, 3, 5))
    assert again.warnings == ("date_differs",)
    unit = devices.show(desk.shop, again.call.device_id or 0)
    assert (unit.sold_on, unit.installed_on) == (date(2026, 3, 2), date(2026, 3, 5))


def test_what_the_files_lack_is_filled_in_and_what_they_have_is_kept(desk: Desk) -> None:
    first = desk.call(address="", email="w@example.com", serial="").call
    desk.call(address="Dongmen Road 88", email="other@example.com", serial="SN 77", seller="Suning")
    person = customers.show(desk.shop, first.customer_id or 0)
    assert (person.address, person.email) == ("Dongmen Road 88", "w@example.com")
    assert raw(desk.shop, "SELECT count(*) FROM device WHERE serial = 'SN 77'") == [(1,)]


def test_advice_needs_neither_name_nor_phone(desk: Desk) -> None:
    logged = calls.log(desk.shop, NewCall(kind=CallKind.ADVICE, fault="how to descale"), desk.clerk)
    assert (logged.call.status, logged.call.missing) == (CallStatus.OPEN, ())
    assert (logged.call.customer_id, logged.verdict) == (None, None)


def test_an_empty_call_is_kept_and_says_what_is_missing(desk: Desk) -> None:
    logged = calls.log(desk.shop, NewCall(), desk.clerk)
    assert logged.call.status is CallStatus.NEEDS_VERIFICATION
    assert logged.call.missing == ("phone", "name", "address", "product", "date", "fault")


def test_the_address_of_nobody_is_kept_in_the_log(desk: Desk) -> None:
    logged = calls.log(desk.shop, NewCall(address="Dongmen 88", fault="x"), desk.clerk)
    (event,) = customers.log_of(desk.shop, RecordKind.CALL, logged.call.id)
    assert event.data["after"]["address"] == "Dongmen 88"  # type: ignore[index]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"sold_on": date(2026, 11, 24)}, "date_after_today", "sold"),
        ({"produced_on": date(9999, 12, 31)}, "date_after_today", "produced"),
        ({"name": "x" * 10_000}, "too_long", "name"),
        ({"phone": "1" * 10_000}, "too_long", "phone"),
        ({"fault": "x" * 20_001}, "too_long", "fault"),
        ({"serial": "x" * 201}, "too_long", "serial"),
        ({"brand": "x" * 201}, "too_long", "brand"),
        ({"category": "x" * 61}, "too_long", "category"),
        ({"address": "x" * 2_001}, "too_long", "address"),
        ({"seller": "x" * 501}, "too_long", "seller"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("known", [False, True])
def test_a_value_that_cannot_be_is_refused_at_its_field_and_nothing_is_written(
    desk: Desk, changes: dict[str, Any], code: str, field: str, known: bool
) -> None:
    if known:
        desk.call(address="", sold_on=None, produced_on=None, seller="")
    before = _counts(desk)
    with pytest.raises(Refused) as caught:
        calls.log_and_open(desk.shop, replace(WANG, **changes), desk.clerk)
    assert (caught.value.problem.code, caught.value.problem.field) == (code, field)
    assert _counts(desk) == before
    assert desk.call().call.number == 1 + known


@pytest.mark.parametrize("number", [0, -3, 77, 2**63, 10**30])
def test_an_id_that_nobody_has_is_not_found(desk: Desk, number: int) -> None:
    for ask in (
        lambda: calls.show(desk.shop, number),
        lambda: calls.id_of(desk.shop, number),
        lambda: jobs.show(desk.shop, number),
        lambda: jobs.id_of(desk.shop, number),
        lambda: followups.show(desk.shop, number),
        lambda: followups.id_of(desk.shop, number),
        lambda: devices.show(desk.shop, number),
        lambda: customers.card(desk.shop, number),
        lambda: calls.log(desk.shop, NewCall(customer_id=number), desk.clerk),
        lambda: calls.log(desk.shop, NewCall(device_id=number), desk.clerk),
        lambda: calls.open_job(desk.shop, number, desk.clerk),
        lambda: jobs.assign(desk.shop, number, desk.technician, desk.owner),
    ):
        with pytest.raises(NotFound):
            ask()


def test_what_could_steer_a_terminal_is_not_stored(desk: Desk) -> None:
    nasty = "a\x00b\ud800\x1b]0;title\x07\u202ec [/] [@click=app.quit]"
    names = ("phone", "name", "region", "address", "email", "brand", "model", "serial", "seller", "fault")
    texts: dict[str, Any] = dict.fromkeys(names, nasty)
    logged = calls.log(desk.shop, NewCall(**texts), desk.clerk)
    assert logged.call.fault == logged.call.customer_name == "abc [/] [@click=app.quit]"
    assert calls.show(desk.shop, logged.call.id).brand == "abc [/] [@click=app.quit]"


def test_a_call_and_its_job_are_made_together(desk: Desk) -> None:
    logged = calls.log_and_open(desk.shop, WANG, desk.clerk, OpenJob(in_hand=True, intake="with cable"))
    assert logged.job is not None
    assert (logged.job.status, logged.job.intake, logged.job.device_here) == (
        JobStatus.RECEIVED, "with cable", True
    )  # fmt: skip
    assert (logged.call.status, logged.call.resolution) == (CallStatus.CLOSED, Resolution.JOB_OPENED)
    assert logged.call.job_numbers == (1,)
    assert logged.job.coverage is Coverage.COVERED
    assert logged.job.promised_for == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (replace(WANG, name="", phone=""), "job_needs_customer"),
        (replace(WANG, brand="", model="", serial="", category=""), "job_needs_device"),
        (replace(WANG, fault=" "), "fault_missing"),
    ],
)
def test_a_job_that_is_refused_leaves_no_call(desk: Desk, new: NewCall, code: str) -> None:
    before = _counts(desk)
    with pytest.raises(Refused) as caught:
        calls.log_and_open(desk.shop, new, desk.clerk)
    assert caught.value.problem.code == code
    assert _counts(desk) == before


@pytest.mark.parametrize(
    ("job", "code"),
    [
        (OpenJob(promised_for=date(2026, 11, 22)), "promise_before_today"),
        (OpenJob(assigned_to=77), "staff_unknown"),
        (OpenJob(intake="x" * 20_001), "too_long"),
        (OpenJob(rework_of=77), "not_found"),
    ],
)
def test_a_job_opened_wrongly_leaves_no_call(desk: Desk, job: OpenJob, code: str) -> None:
    before = _counts(desk)
    with pytest.raises((Refused, NotFound)) as caught:
        calls.log_and_open(desk.shop, WANG, desk.clerk, job)
    assert caught.value.problem.code == code
    assert _counts(desk) == before


def test_one_call_may_open_several_jobs_but_an_answered_one_none(desk: Desk) -> None:
    call = desk.call().call
    assert calls.open_job(desk.shop, call.id, desk.clerk).call.job_numbers == (1,)
    assert calls.open_job(desk.shop, call.id, desk.clerk).call.job_numbers == (1, 2)
    answered = calls.close(desk.shop, desk.call().call.id, Resolution.ANSWERED, desk.clerk).call
    with pytest.raises(Refused) as caught:
        calls.open_job(desk.shop, answered.id, desk.clerk)
    assert caught.value.problem.code == "call_is_closed"


def test_advice_is_followed_up_two_hours_later(desk: Desk) -> None:
    logged = calls.log_and_advise(desk.shop, replace(WANG, kind=CallKind.ADVICE), desk.clerk)
    assert (logged.call.status, logged.call.resolution) == (CallStatus.CLOSED, Resolution.ADVISED)
    assert logged.follow_up_number == 1
    (row,), total, late = followups.due(desk.shop)
    assert (row.kind, row.due_at, row.call_number) == (
        FollowUpKind.AFTER_ADVICE, OPENING + timedelta(hours=2), 1
    )  # fmt: skip
    assert (total, late) == (1, 0)
    desk.clock.ahead(hours=2, minutes=1)
    assert followups.due(desk.shop)[2] == 1


def test_closing_as_advised_later_counts_from_then(desk: Desk) -> None:
    call = desk.call().call
    desk.clock.local("2026-11-23 23:30")
    assert (
        calls.close(desk.shop, call.id, Resolution.ADVISED, desk.owner, "turn it off").follow_up_number == 1
    )
    assert raw(desk.shop, "SELECT due_on FROM follow_up") == [("2026-11-24",)]
    event = customers.log_of(desk.shop, RecordKind.CALL, call.id)[0]
    assert (event.what, event.who, event.data["note"]) == ("closed", "周明 Zhou Ming", "turn it off")


def test_a_call_is_closed_once_and_a_job_is_not_just_said_to_be_open(desk: Desk) -> None:
    call = desk.call().call
    with pytest.raises(Refused) as caught:
        calls.close(desk.shop, call.id, Resolution.JOB_OPENED, desk.clerk)
    assert caught.value.problem.code == "open_the_job"
    calls.close(desk.shop, call.id, Resolution.DUPLICATE, desk.clerk)
    with pytest.raises(Refused) as caught:
        calls.close(desk.shop, call.id, Resolution.ANSWERED, desk.clerk)
    assert caught.value.problem.code == "call_is_closed"
    assert raw(desk.shop, "SELECT count(*) FROM follow_up") == [(0,)]


def test_an_incomplete_call_opens_when_the_address_is_added(desk: Desk) -> None:
    call = desk.call(address="").call
    assert (call.status, call.missing) == (CallStatus.NEEDS_VERIFICATION, ("address",))
    shown = {"version": customers.show(desk.shop, call.customer_id or 0).version, "address": ""}
    changes = {"address": "Dongmen Road 88"}
    customers.edit(desk.shop, call.customer_id or 0, shown=shown, changes=changes, by=desk.clerk)
    again = calls.show(desk.shop, call.id)
    assert (again.status, again.missing) == (CallStatus.OPEN, ())
    assert again.version == call.version + 1


def test_an_incomplete_call_opens_when_the_date_is_added_to_the_unit(desk: Desk) -> None:
    call = desk.call(sold_on=None).call
    assert call.missing == ("date",)
    unit = devices.show(desk.shop, call.device_id or 0)
    shown = {"version": unit.version, "sold_on": None}
    devices.edit(desk.shop, unit.id, shown=shown, changes={"sold_on": date(2026, 3, 2)}, by=desk.clerk)
    assert calls.show(desk.shop, call.id).status is CallStatus.OPEN


def test_a_call_at_the_counter_needs_no_address(desk: Desk) -> None:
    assert desk.call(address="", channel=Channel.WALK_IN).call.status is CallStatus.OPEN


def test_a_calls_own_words_are_edited_and_checked(desk: Desk) -> None:
    call = desk.call().call
    shown = {"version": call.version, "fault": call.fault, "cause": call.cause}
    edited = calls.edit(
        desk.shop, call.id, shown=shown, changes={"fault": "No heat", "cause": "liquid"}, by=desk.clerk
    )
    assert (edited.fault, edited.cause) == ("No heat", Cause.LIQUID)
    for changes, code in (({"cause": "gremlins"}, "word_unknown"), ({"number": 7}, "field_unknown")):
        with pytest.raises(Refused) as caught:
            calls.edit(desk.shop, call.id, shown=shown, changes=changes, by=desk.clerk)
        assert caught.value.problem.code == code


def test_a_note_stands_in_the_log_and_may_not_be_empty(desk: Desk) -> None:
    call = desk.call().call
    calls.note(desk.shop, call.id, "rang twice", desk.clerk)
    assert customers.log_of(desk.shop, RecordKind.CALL, call.id)[0].data == {"note": "rang twice"}
    with pytest.raises(Refused):
        calls.note(desk.shop, call.id, " \x00 ", desk.clerk)


def test_the_register_is_newest_first_and_the_waiting_calls_by_their_promise(desk: Desk) -> None:
    plain = desk.call().call
    desk.clock.ahead(minutes=5)
    promised = desk.call(call_back_at=desk.clock.now + timedelta(hours=1)).call
    closed = calls.close(desk.shop, desk.call().call.id, Resolution.ANSWERED, desk.clerk).call
    assert [call.id for call in calls.listed(desk.shop)[0]] == [closed.id, promised.id, plain.id]
    assert [call.id for call in calls.listed(desk.shop, open_only=True)[0]] == [promised.id, plain.id]
    assert calls.listed(desk.shop, since=desk.clock.now)[1] == 2
    assert calls.listed(desk.shop, limit=1)[1] == 3
    rows, total, late = calls.waiting(desk.shop)
    assert ([call.id for call in rows], total, late) == ([promised.id, plain.id], 2, 0)
    desk.clock.ahead(hours=2)
    assert calls.waiting(desk.shop)[2] == 1


def test_proof_that_is_missing_is_judged_so(desk: Desk) -> None:
    logged = desk.call(sold_on=None, proof=Proof.NONE)
    assert logged.verdict is not None
    assert logged.verdict.coverage is Coverage.NOT_PROVEN


def test_a_unit_known_by_its_serial_alone_gets_its_product_and_kind(desk: Desk) -> None:
    first = calls.log(desk.shop, NewCall(name="Li", phone="1", serial="ZX-9", fault="x"), desk.clerk).call
    again = calls.log(
        desk.shop, NewCall(serial="ZX9", brand="Midea", model="KFR", category="laptop", fault="x"), desk.clerk
    )
    assert again.warnings == ()
    unit = devices.show(desk.shop, first.device_id or 0)
    assert (unit.brand, unit.model, unit.category) == ("Midea", "KFR", "laptop")


def test_a_call_closed_by_mistake_is_opened_again_and_its_call_back_is_void(desk: Desk) -> None:
    call = desk.call().call
    calls.close(desk.shop, call.id, Resolution.ADVISED, desk.clerk)
    opened = calls.reopen(desk.shop, call.id, "the wrong row", desk.clerk)
    assert (opened.status, opened.resolution) == (CallStatus.OPEN, None)
    assert calls.listed(desk.shop, open_only=True)[0][0].id == call.id
    assert raw(desk.shop, "SELECT status FROM follow_up") == [("void",)]
    closed = calls.close(desk.shop, call.id, Resolution.ADVISED, desk.clerk)
    assert closed.follow_up_number == 2


def test_a_reopened_call_that_lacks_something_waits_for_verification_again(desk: Desk) -> None:
    call = calls.log(desk.shop, NewCall(phone="13912345678"), desk.clerk).call
    calls.close(desk.shop, call.id, Resolution.DUPLICATE, desk.clerk)
    assert (
        calls.reopen(desk.shop, call.id, "no duplicate", desk.clerk).status is CallStatus.NEEDS_VERIFICATION
    )


def test_who_closed_a_call_may_reopen_it_on_the_same_day_and_the_owner_always(desk: Desk) -> None:
    call = desk.call().call
    calls.close(desk.shop, call.id, Resolution.ANSWERED, desk.clerk)
    with pytest.raises(NotAllowed):
        calls.reopen(desk.shop, call.id, "mistake", desk.technician)
    desk.clock.local("2026-11-24 00:00")
    with pytest.raises(NotAllowed):
        calls.reopen(desk.shop, call.id, "mistake", desk.clerk)
    assert calls.reopen(desk.shop, call.id, "mistake", desk.owner).status is CallStatus.OPEN


def test_a_call_with_a_job_is_reopened_only_when_the_job_is_cancelled(desk: Desk) -> None:
    job = desk.opened(OpenJob(in_hand=False))
    call = job.call_id or 0
    with pytest.raises(Refused) as refused:
        calls.reopen(desk.shop, call, "wrong call", desk.clerk)
    assert refused.value.problem.code == "call_has_job"
    steps.cancel(desk.shop, job.id, "wrong call", desk.clerk)
    assert calls.reopen(desk.shop, call, "wrong call", desk.clerk).status is CallStatus.OPEN


def test_an_open_call_is_not_reopened_and_a_reason_is_needed(desk: Desk) -> None:
    call = desk.call().call
    with pytest.raises(Refused) as refused:
        calls.reopen(desk.shop, call.id, "mistake", desk.clerk)
    assert refused.value.problem.code == "call_is_open"
    calls.close(desk.shop, call.id, Resolution.ANSWERED, desk.clerk)
    with pytest.raises(Refused) as refused:
        calls.reopen(desk.shop, call.id, "  ", desk.clerk)
    assert refused.value.problem.code == "reason_missing"
