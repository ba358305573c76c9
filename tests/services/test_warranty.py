"""What is on file of a unit becomes the facts its warranty is judged by."""

from __future__ import annotations

from datetime import date

from aftersales_tui.domain.policy import DelayCause
from aftersales_tui.domain.words import Cause, JobStatus, Outcome, Remedy, WaitFor
from aftersales_tui.services import devices, steps, warranty
from aftersales_tui.views.calls import OpenJob
from aftersales_tui.views.jobs import JobView
from shops import Desk


def facts(desk: Desk, job: JobView) -> warranty.Facts:
    """What is on file of the job's unit."""
    assert job.device_id is not None
    device = devices.show(desk.shop, job.device_id)
    with desk.shop.reading() as (session, day):
        return warranty.facts_on_file(session, day, device, Cause.NOT_KNOWN)


def test_a_repair_that_waited_for_a_part_is_the_makers_delay_and_opens_the_exchange(desk: Desk) -> None:
    job = desk.opened(OpenJob(in_hand=True))
    steps.start(desk.shop, job.id, desk.technician)
    steps.wait(desk.shop, job.id, WaitFor.PARTS, desk.technician, note="magnetron")
    desk.clock.ahead(days=91)
    (repair,) = facts(desk, job).repairs
    assert repair.cause is DelayCause.NO_PARTS
    assert job.device_id is not None
    verdict = warranty.of_device(desk.shop, job.device_id)
    (trigger,) = [row for row in verdict.triggers if row.met]
    assert (trigger.trigger, trigger.have, trigger.payer) == ("repair_days", 91, "maker")
    assert Remedy.EXCHANGE in verdict.best


def test_a_repair_that_lay_in_the_shop_is_the_repairers_delay(desk: Desk) -> None:
    job = desk.opened(OpenJob(in_hand=True))
    desk.clock.ahead(days=31)
    (repair,) = facts(desk, job).repairs
    assert repair.cause is DelayCause.REPAIRER


def test_a_short_stay_asks_nobody_why(desk: Desk) -> None:
    job = desk.job(JobStatus.AWAITING_PARTS)
    desk.clock.ahead(days=3)
    (repair,) = facts(desk, job).repairs
    assert repair.cause is None


def test_a_visit_that_waits_for_a_part_pauses_the_period(desk: Desk) -> None:
    from aftersales_tui.domain.words import Place

    job = desk.opened(OpenJob(in_hand=False), place=Place.ON_SITE)
    steps.start(desk.shop, job.id, desk.technician)
    steps.wait(desk.shop, job.id, WaitFor.PARTS, desk.technician, note="magnetron")
    desk.clock.ahead(days=9)
    known = facts(desk, job)
    assert known.repairs == ()
    (wait,) = known.waits
    assert (wait.handed_in, wait.handed_back) == (date(2026, 11, 23), None)


def test_an_exchange_on_file_starts_the_period_anew(desk: Desk) -> None:
    job = desk.job(JobStatus.READY)
    steps.settle(desk.shop, job.id, Outcome.EXCHANGED, "new unit", desk.clerk)
    assert facts(desk, job).exchanged == (date(2026, 11, 23),)
    assert job.device_id is not None
    verdict = warranty.of_device(desk.shop, job.device_id)
    assert verdict.start is not None
    assert verdict.start.date == date(2026, 11, 23)


def test_after_closing_time_the_claim_counts_for_the_next_day(desk: Desk) -> None:
    job = desk.opened(OpenJob(in_hand=True))
    assert not facts(desk, job).after_hours
    desk.clock.local("2026-11-23 18:01")
    assert facts(desk, job).after_hours
