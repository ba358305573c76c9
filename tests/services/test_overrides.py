"""The owner's decision beside a verdict: kept, replaced, withdrawn; the machine's verdict stays."""

from __future__ import annotations

from datetime import date

import pytest
from tests.shops import Desk, raw

from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.errors import NotAllowed, Refused
from aftersales_tui.domain.papers import Form, Subject
from aftersales_tui.domain.words import Billing, Coverage, JobStatus, RecordKind
from aftersales_tui.i18n.event_words import told
from aftersales_tui.services import calls, jobs, overrides, printing, reports
from aftersales_tui.store.behind import IN_WARRANTY
from aftersales_tui.views.jobs import JobView

OLD = date(2024, 1, 5)


@pytest.fixture
def job(desk: Desk) -> JobView:
    return desk.opened(sold_on=OLD)


def about(job: JobView) -> Subject:
    return Subject(RecordKind.JOB, job.id)


def test_goodwill_stands_beside_the_machine_s_verdict(desk: Desk, job: JobView) -> None:
    assert job.coverage is Coverage.EXPIRED
    overrides.override(desk.shop, about(job), "goodwill", "a regular of ten years", desk.owner)
    shown = jobs.show(desk.shop, job.id)
    assert shown.verdict == job.verdict
    assert shown.coverage is Coverage.GOODWILL
    assert shown.override is not None
    assert shown.override.billing is Billing.GOODWILL
    assert (shown.override.by, shown.override.reason) == ("周明 Zhou Ming", "a regular of ten years")
    assert shown.override.at == desk.clock.now
    assert shown.version == job.version + 1


def test_the_call_of_a_job_shows_the_same_decision(desk: Desk, job: JobView) -> None:
    assert job.call_id is not None
    overrides.override(desk.shop, Subject(RecordKind.CALL, job.call_id), "covered", "told wrong", desk.owner)
    call = calls.show(desk.shop, job.call_id)
    assert call.override is not None
    assert call.verdict is not None
    assert (call.verdict.coverage, call.override.coverage) == (Coverage.EXPIRED, Coverage.COVERED)
    assert jobs.show(desk.shop, job.id).coverage is Coverage.COVERED


def test_a_decision_made_on_the_call_holds_for_the_job_opened_later(desk: Desk) -> None:
    logged = desk.call(sold_on=OLD)
    about_call = Subject(RecordKind.CALL, logged.call.id)
    overrides.override(desk.shop, about_call, "goodwill", "we were late", desk.owner)
    opened = calls.open_job(desk.shop, logged.call.id, desk.clerk).job
    assert opened is not None
    assert opened.coverage is Coverage.GOODWILL
    assert opened.override is not None


def test_a_second_decision_replaces_the_first_and_keeps_it(desk: Desk, job: JobView) -> None:
    overrides.override(desk.shop, about(job), "goodwill", "one", desk.owner)
    overrides.override(desk.shop, about(job), "excluded", "two", desk.owner)
    found = jobs.show(desk.shop, job.id).override
    assert found is not None
    assert (found.coverage, found.reason) == (Coverage.EXCLUDED, "two")
    rows = raw(desk.shop, "SELECT coverage, ended_reason, ended_at IS NULL FROM verdict_override ORDER BY id")
    assert rows == [("goodwill", "two", 0), ("excluded", "", 1)]


def test_a_withdrawn_decision_leaves_the_machine_s_verdict(desk: Desk, job: JobView) -> None:
    overrides.override(desk.shop, about(job), "goodwill", "one", desk.owner)
    overrides.withdraw(desk.shop, about(job), "a mistake", desk.owner)
    shown = jobs.show(desk.shop, job.id)
    assert (shown.override, shown.coverage) == (None, Coverage.EXPIRED)
    assert raw(desk.shop, "SELECT count(*) FROM verdict_override") == [(1,)]
    said = [told(event, desk.shop.today().zone) for event in shown.events[:2]]
    assert said == [
        "override withdrawn, the machine's verdict stands: EXPIRED: a mistake",
        "verdict overridden: GOODWILL: one",
    ]


def test_only_an_owner_decides(desk: Desk, job: JobView) -> None:
    for change in (
        lambda: overrides.override(desk.shop, about(job), "goodwill", "r", desk.clerk),
        lambda: overrides.withdraw(desk.shop, about(job), "r", desk.technician),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert jobs.show(desk.shop, job.id).coverage is Coverage.EXPIRED


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_decision_without_a_reason_is_refused(desk: Desk, job: JobView, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        overrides.override(desk.shop, about(job), "goodwill", reason, desk.owner)
    assert refused.value.problem.code == "override_reason_missing"


def test_nothing_to_withdraw_is_said(desk: Desk, job: JobView) -> None:
    with pytest.raises(Refused) as refused:
        overrides.withdraw(desk.shop, about(job), "r", desk.owner)
    assert refused.value.problem.code == "not_overridden"


def test_what_was_never_judged_has_nothing_to_decide(desk: Desk, job: JobView) -> None:
    with desk.shop.store.writing() as session:
        session.connection().exec_driver_sql("UPDATE job SET verdict_id = NULL, coverage = NULL")
    with pytest.raises(Refused) as refused:
        overrides.override(desk.shop, about(job), "goodwill", "r", desk.owner)
    assert refused.value.problem.code == "never_judged"


def test_the_month_counts_goodwill_by_itself(desk: Desk) -> None:
    done = desk.job(JobStatus.HANDED_OVER, sold_on=OLD)
    november = Month(2026, 11)
    assert reports.month(desk.shop, november).out_of_warranty == 1
    overrides.override(desk.shop, about(done), "goodwill", "r", desk.owner)
    month = reports.month(desk.shop, november)
    assert (month.in_warranty, month.out_of_warranty, month.goodwill, month.not_judged) == (0, 0, 1, 0)
    assert Coverage.GOODWILL not in IN_WARRANTY


def test_the_papers_say_both(desk: Desk) -> None:
    job = desk.job(JobStatus.RECEIVED, sold_on=OLD)
    overrides.override(desk.shop, about(job), "goodwill", "a regular", desk.owner)
    for form in (Form.COVERAGE_STATEMENT, Form.CLAIM_CHECK):
        page = printing.sheet(desk.shop, form, about(job)).html
        assert "Override by 周明 Zhou Ming on 23 Nov 2026: GOODWILL, billed as goodwill" in page
        assert "a regular" in page
        assert "Machine: EXPIRED" in page
