"""Whoever need not ring a customer sees the number masked, finds by its digits, and never writes the mask."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.shops import WANG, Desk

from aftersales_tui.domain.errors import Refused
from aftersales_tui.domain.words import CallKind, JobStatus, RecordKind
from aftersales_tui.services import behind, calls, customers, followups, jobs, reports, search
from aftersales_tui.services import desk as desks
from aftersales_tui.services.settings import change_setting
from aftersales_tui.views.calls import OpenJob
from aftersales_tui.views.customers import NewCustomer

MASKED = "138****8027"


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A call, a job handed over, its follow-up; the technician reads."""
    desk.job(JobStatus.HANDED_OVER)
    asks = replace(WANG, name="", kind=CallKind.ADVICE, serial="", phone="139 1234 5678")
    calls.log(desk.shop, asks, desk.clerk)
    desk.shop.read_as(desk.technician)
    return desk


def everything(desk: Desk) -> str:
    """All that the use cases show of the shop, as text."""
    shop = desk.shop
    desk.clock.ahead(days=4)
    shown: list[object] = [
        calls.listed(shop), calls.waiting(shop), calls.show(shop, 1), jobs.queue(shop), jobs.show(shop, 1),
        jobs.board(shop, desk.technician), desks.board(shop), followups.due(shop), followups.listed(shop),
        followups.show(shop, 1), customers.show(shop, 1), customers.card(shop, 1), customers.newest(shop),
        customers.log_of(shop, RecordKind.CUSTOMER, 1), customers.log_of(shop, RecordKind.CALL, 1),
        search.find(shop, "8027"), search.find(shop, "5678"), search.find(shop, "王芳"),
        calls.note(shop, 1, "seen", desk.technician),
    ]  # fmt: skip
    return repr(shown)


def test_the_technician_sees_no_whole_number_anywhere(busy: Desk) -> None:
    shown = everything(busy)
    assert MASKED in shown
    for number in ("13800138027", "138 0013 8027", "13912345678", "139 1234 5678"):
        assert number not in shown, number


def test_clerk_and_owner_see_all(busy: Desk) -> None:
    for who in (busy.clerk, busy.owner):
        busy.shop.read_as(who)
        assert "138 0013 8027" in repr(customers.card(busy.shop, 1))
        assert calls.show(busy.shop, 1).phone == "138 0013 8027"


@pytest.mark.parametrize("digits", ["8027", "13800138027", "0013"])
def test_digits_still_find(busy: Desk, digits: str) -> None:
    assert search.find(busy.shop, digits, [RecordKind.CUSTOMER]).total == 1


def test_what_is_written_answers_masked_too(busy: Desk) -> None:
    busy.shop.read_as(busy.owner)
    assert jobs.note(busy.shop, 1, "seen", busy.technician).phone == MASKED
    assert jobs.note(busy.shop, 1, "seen", busy.clerk).phone == "138 0013 8027"


def test_a_masked_number_handed_back_is_the_one_on_file(busy: Desk) -> None:
    new = replace(WANG, customer_id=1, phone=MASKED)
    logged = calls.log_and_open(busy.shop, new, busy.technician, OpenJob(in_hand=True))
    busy.shop.read_as(busy.owner)
    assert calls.show(busy.shop, logged.call.id).phone == "138 0013 8027"
    assert [phone.raw for phone in customers.show(busy.shop, 1).phones] == ["138 0013 8027"]


def test_a_masked_number_of_nobody_is_not_kept(busy: Desk) -> None:
    logged = calls.log(busy.shop, replace(WANG, serial="", name="刘洋", phone="150****0001"), busy.technician)
    busy.shop.read_as(busy.owner)
    assert calls.show(busy.shop, logged.call.id).phone == ""


def test_completing_a_call_keeps_the_number_it_has(busy: Desk) -> None:
    busy.shop.read_as(busy.technician)
    shown = calls.show(busy.shop, 2)
    calls.complete(busy.shop, 2, replace(WANG, serial="", name="", phone=shown.phone), busy.technician)
    busy.shop.read_as(busy.owner)
    assert calls.show(busy.shop, 2).phone == "139 1234 5678"


def test_the_owner_says_for_whom_phones_are_masked(busy: Desk) -> None:
    change_setting(busy.shop, "masked_phones", "clerk, technician", busy.owner)
    busy.shop.read_as(busy.clerk)
    assert calls.show(busy.shop, 1).phone == MASKED
    change_setting(busy.shop, "masked_phones", "nobody", busy.owner)
    busy.shop.read_as(busy.technician)
    assert calls.show(busy.shop, 1).phone == "138 0013 8027"
    for bad in ("owner", "", "king"):
        with pytest.raises(Refused):
            change_setting(busy.shop, "masked_phones", bad, busy.owner)


def test_a_clerk_who_sees_masks_adds_a_phone_and_loses_none(busy: Desk) -> None:
    change_setting(busy.shop, "masked_phones", "clerk", busy.owner)
    made = customers.add(
        busy.shop, NewCustomer(name="陈建国", phones=("139 0000 0001 (home)", "0755 2518 3344")), busy.clerk
    )
    shown = tuple(f"{p.raw} ({p.label})" if p.label else p.raw for p in made.phones)
    assert shown == ("139****0001 (home)", "075****3344")
    customers.edit(
        busy.shop, made.id, shown={"version": made.version, "phones": shown},
        changes={"phones": (*shown, "150 0000 0002")}, by=busy.clerk,
    )  # fmt: skip
    busy.shop.read_as(busy.owner)
    kept = [phone.raw for phone in customers.show(busy.shop, made.id).phones]
    assert kept == ["139 0000 0001", "0755 2518 3344", "150 0000 0002"]


def test_what_stands_behind_a_number_of_the_month_is_masked_too(busy: Desk) -> None:
    found = behind.of_measure(busy.shop, reports.this_month(busy.shop), "calls.advice")
    assert [row.who for row in found.rows] == ["139****5678"]
