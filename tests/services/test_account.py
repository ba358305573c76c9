"""Who changed what, when: of every record, a page at a time, and what is said of the forgotten."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from aftersales_tui.domain.errors import NotFound
from aftersales_tui.domain.words import BreakKind, JobStatus, RecordKind
from aftersales_tui.i18n.event_words import told
from aftersales_tui.services import account, jobs, privacy
from aftersales_tui.services.settings import change_setting
from aftersales_tui.store import events
from shops import Desk, raw


def test_a_long_account_comes_in_pages_that_join(desk: Desk) -> None:
    job = desk.job(JobStatus.RECEIVED)
    for n in range(7):
        jobs.note(desk.shop, job.id, f"line {n}", desk.technician)
    whole = account.of_record(desk.shop, RecordKind.JOB, job.id)
    assert (whole.total, whole.first, whole.older) == (8, 1, None)
    seen, before, starts = [], None, []
    while True:
        page = account.of_record(desk.shop, RecordKind.JOB, job.id, limit=3, before=before)
        seen += page.events
        starts.append(page.first)
        if page.older is None:
            break
        before = page.older
    assert tuple(seen) == whole.events
    assert starts == [1, 4, 7]


def test_an_entry_of_a_forgotten_person_says_who_forgot_it_when(desk: Desk) -> None:
    job = desk.job(JobStatus.HANDED_OVER)
    desk.clock.ahead(days=1)
    privacy.erase(desk.shop, job.customer_id or 0, "asked", desk.owner)
    page = account.of_record(desk.shop, RecordKind.JOB, job.id)
    said = [told(event, ZoneInfo("Asia/Shanghai")) for event in page.events]
    assert said[0] == f"forgotten together with customer {job.customer_id}"
    assert said[1] == "handed over; erased on 24 Nov 2026 by 周明"
    assert said[-1] == "job opened; erased on 24 Nov 2026 by 周明"
    assert [event.erased_by for event in page.events][:2] == ["", "周明 Zhou Ming"]
    assert page.events[1].status == "handed_over"


def test_every_kind_of_record_has_a_name_and_an_account(desk: Desk) -> None:
    job = desk.job(JobStatus.HANDED_OVER)
    change_setting(desk.shop, "turnaround_days", "5", desk.owner)
    names = {
        RecordKind.CUSTOMER: (job.customer_id, "王芳 Wang Fang"),
        RecordKind.DEVICE: (job.device_id, "Galanz 格兰仕 P70F23"),
        RecordKind.CALL: (1, "C-0001"),
        RecordKind.JOB: (job.id, "J-0001"),
        RecordKind.FOLLOW_UP: (1, "F-0001"),
        RecordKind.STAFF: (desk.clerk, "李娜 Li Na"),
        RecordKind.SHOP: (0, "Minghui 明辉"),
    }
    for kind, (record, name) in names.items():
        assert account.name_of(desk.shop, kind, record or 0) == name
        assert account.of_record(desk.shop, kind, record or 0).total > 0
    (change, *_) = account.of_record(desk.shop, RecordKind.SHOP, 0).events
    assert change.data == {"before": {"turnaround_days": 7}, "after": {"turnaround_days": 5}}


def test_a_record_that_is_not_there_has_no_account(desk: Desk) -> None:
    with pytest.raises(NotFound):
        account.name_of(desk.shop, RecordKind.JOB, 4_711)


def test_the_state_names_the_seal_and_where_it_is_broken(desk: Desk) -> None:
    desk.call()
    whole = account.state(desk.shop)
    assert whole.broken is None
    assert whole.events == raw(desk.shop, "SELECT count(*) FROM event")[0][0]
    assert bytes.fromhex(whole.seal) == raw(desk.shop, "SELECT chain FROM event ORDER BY id DESC")[0][0]
    with desk.shop.store.writing() as session:
        events.forget_data(session, [1])
    broken = account.state(desk.shop).broken
    assert broken is not None
    assert (broken.event_id, broken.kind) == (1, BreakKind.FORGOTTEN)
