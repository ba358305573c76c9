"""Forgetting a person: no byte of them is left, and the books are as they were."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aftersales_tui import bootstrap, drafts, paths
from aftersales_tui.domain.dates import Month
from aftersales_tui.domain.errors import Busy, NotAllowed, NotFound, Refused, StoreFault
from aftersales_tui.domain.words import (
    CallKind,
    JobStatus,
    Reached,
    RecordKind,
    Resolution,
    Satisfaction,
    Solved,
)
from aftersales_tui.services import (
    backups,
    calls,
    customers,
    devices,
    followups,
    jobs,
    privacy,
    reports,
    search,
)
from aftersales_tui.services.settings import change_setting
from aftersales_tui.store import events, rewriting
from aftersales_tui.views.calls import NewCall
from aftersales_tui.views.customers import NewCustomer
from aftersales_tui.views.followups import FollowUpAnswer
from shops import WANG, Desk, SetClock, raw

TOLD = "王芳 rang from 138 0013 8027, mail wang.fang@example.cn"
NEEDLES = ("138 0013 8027", "13800138027", "王芳", "Wang Fang", "wangfang", "Dongmen Road 88",
           "wang.fang@example.cn", "159 2233 4455", "afraid of dogs", "very rude")  # fmt: skip
REASON = "asked to be forgotten"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")
    return tmp_path / "state"


@pytest.fixture
def wang(desk: Desk) -> int:
    """A customer with a repaired device, a call-back, an opinion, notes and a second phone used once."""
    job = desk.job(JobStatus.HANDED_OVER, fault=TOLD, serial="24G7-F0058914")
    customer_id = job.customer_id
    assert customer_id is not None
    shown = {"version": customers.show(desk.shop, customer_id).version}
    changes = {"notes": "afraid of dogs", "email": "wang.fang@example.cn"}
    customers.edit(desk.shop, customer_id, shown=shown, changes=changes, by=desk.clerk)
    jobs.note(desk.shop, job.id, TOLD, desk.technician)
    sheet = raw(desk.shop, "SELECT id FROM follow_up")[0][0]
    desk.clock.ahead(days=3)
    answer = FollowUpAnswer(
        reached=Reached.YES, solved=Solved.YES, overall=Satisfaction.SATISFIED, opinion="very rude: 王芳"
    )
    followups.record(desk.shop, sheet, answer, desk.clerk)
    nobody = NewCall(kind=CallKind.ADVICE, phone="138 0013 8027", fault="asks for a price")
    logged = calls.log(desk.shop, nobody, desk.clerk)
    calls.close(desk.shop, logged.call.id, Resolution.ANSWERED, desk.clerk)
    other = replace(WANG, phone="159 2233 4455", customer_id=customer_id, kind=CallKind.PROGRESS)
    logged = calls.log(desk.shop, other, desk.clerk)
    calls.close(desk.shop, logged.call.id, Resolution.ANSWERED, desk.clerk)
    return customer_id


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _left(folder: Path) -> list[tuple[str, str]]:
    return [
        (name, needle)
        for name, content in _bytes(folder).items()
        for needle in NEEDLES
        if needle.encode() in content or json.dumps(needle).strip('"').encode() in content
    ]


def test_no_byte_of_the_person_is_left_in_any_file(
    desk: Desk, wang: int, tmp_path: Path, state: Path
) -> None:
    draft = drafts.begin(desk.shop.path, desk.clerk, "call")
    draft.save("王芳", {"phone": "138 0013 8027"}, desk.clock(), {"customer_id": wang})
    draft.release()
    assert {needle for _, needle in _left(tmp_path)} >= {"13800138027", "王芳", "wangfang", "very rude"}
    done = privacy.erase(desk.shop, wang, f"{REASON} by 王芳", desk.owner)
    assert _left(tmp_path) == []
    assert (done.drafts, done.drafts_in_use, done.rewritten, done.copies) == (1, 0, True, ())
    assert drafts.list_drafts(desk.shop.path, desk.clerk) == []
    assert raw(desk.shop, "PRAGMA integrity_check") == [("ok",)]


def test_the_books_are_as_they_were(desk: Desk, wang: int) -> None:
    month = Month.of(desk.shop.today().today)
    tables = "SELECT number, status, outcome, coverage, opened_at, closed_at, minutes, completed_on FROM job"
    before = reports.month(desk.shop, month), raw(desk.shop, tables)
    judged = raw(desk.shop, "SELECT * FROM verdict")
    privacy.erase(desk.shop, wang, REASON, desk.owner)
    assert (reports.month(desk.shop, month), raw(desk.shop, tables)) == before
    assert raw(desk.shop, "SELECT * FROM verdict") == judged
    assert raw(desk.shop, "SELECT serial FROM device") == [("24G7-F0058914",)]


def test_a_text_about_the_device_stays_with_the_person_blacked_out(desk: Desk, wang: int) -> None:
    done = privacy.erase(desk.shop, wang, REASON, desk.owner)
    (fault,) = raw(desk.shop, "SELECT fault FROM job")[0]
    assert fault == "**** rang from ****, mail ****"
    assert done.blacked_out >= 2


def test_the_file_says_that_somebody_was_forgotten_and_is_not_filled_again(desk: Desk, wang: int) -> None:
    privacy.erase(desk.shop, wang, REASON, desk.owner)
    view = customers.show(desk.shop, wang)
    assert (view.name, view.phones, view.address, view.notes, view.email) == (f"#{wang}", (), "", "", "")
    assert view.erased_at == desk.clock()
    for change in (
        lambda: customers.edit(
            desk.shop, wang, shown={"version": view.version}, changes={"name": "Wang"}, by=desk.owner
        ),
        lambda: customers.note(desk.shop, wang, "came back", desk.owner),
        lambda: privacy.erase(desk.shop, wang, REASON, desk.owner),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.problem.code == "customer_forgotten"


def test_who_calls_again_from_the_same_phone_is_a_new_customer(desk: Desk, wang: int) -> None:
    privacy.erase(desk.shop, wang, REASON, desk.owner)
    logged = desk.call(serial="NEW-1")
    assert logged.call.customer_id not in (None, wang)


def test_nothing_of_the_person_is_found_and_the_job_by_its_number(desk: Desk, wang: int) -> None:
    privacy.erase(desk.shop, wang, REASON, desk.owner)
    for text in ("13800138027", "王芳", "wf", "dongmen", "rude"):
        assert search.find(desk.shop, text).items == (), text
    assert [hit.kind for hit in search.find(desk.shop, "J-0001").items] == [RecordKind.JOB]
    assert search.find(desk.shop, "F0058914").items


def test_the_account_stays_sealed_and_says_who_forgot_whom_and_why(desk: Desk, wang: int) -> None:
    privacy.erase(desk.shop, wang, REASON, desk.owner)
    with desk.shop.reading() as (session, _):
        assert events.verify_chain(session) is None
        newest = events.newest(session, RecordKind.CUSTOMER, wang)
        job = events.of_record(session, RecordKind.JOB, 1)
    assert newest is not None
    assert (newest.what, newest.who, newest.data["reason"]) == ("erased", "周明 Zhou Ming", REASON)
    assert job[0].what == "erased"
    assert all(not event.data for event in job[1:])
    assert [event.what for event in job[1:]][-1] == "opened"


@pytest.mark.parametrize("status", [JobStatus.RECEIVED, JobStatus.READY])
def test_somebody_with_an_open_job_is_not_forgotten(desk: Desk, status: JobStatus) -> None:
    job = desk.job(status)
    before = _bytes(desk.shop.path.parent)
    for act in (
        lambda: privacy.erase(desk.shop, job.customer_id or 0, REASON, desk.owner),
        lambda: privacy.plan(desk.shop, job.customer_id or 0),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.problem.code == "erase_open"
        assert refused.value.problem.values["numbers"] == "J-0001"
    assert _bytes(desk.shop.path.parent) == before


def test_only_the_owner_forgets_and_only_with_a_reason(desk: Desk, wang: int) -> None:
    with pytest.raises(NotAllowed):
        privacy.erase(desk.shop, wang, REASON, desk.clerk)
    with pytest.raises(Refused, match="reason_needed"):
        privacy.erase(desk.shop, wang, "  ", desk.owner)
    with pytest.raises(NotFound):
        privacy.erase(desk.shop, 4_711, REASON, desk.owner)
    assert customers.show(desk.shop, wang).erased_at is None


def test_a_plan_says_the_same_and_writes_nothing(desk: Desk, wang: int) -> None:
    before = desk.shop.path.read_bytes()
    plan = privacy.plan(desk.shop, wang)
    assert desk.shop.path.read_bytes() == before
    done = privacy.erase(desk.shop, wang, REASON, desk.owner)
    assert (plan.emptied, plan.kept, plan.events, plan.blacked_out) == (
        done.emptied, done.kept, done.events, done.blacked_out,
    )  # fmt: skip
    assert plan.emptied["phones"] == 2
    assert plan.kept == {"devices": 1, "calls": 3, "jobs": 1, "follow_ups": 1}


def test_files_that_were_merged_are_forgotten_together(desk: Desk, wang: int, tmp_path: Path) -> None:
    double = customers.add(
        desk.shop, NewCustomer(name="王芳 W", phones=("+86 138 0013 8027", "159 2233 4455")), desk.clerk
    )
    customers.merge(desk.shop, double.id, wang, desk.clerk)
    done = privacy.erase(desk.shop, double.id, REASON, desk.owner)
    assert (done.customer_id, done.merged) == (wang, (double.id,))
    assert _left(tmp_path) == []
    assert customers.show(desk.shop, double.id).erased_at is not None


def test_a_phone_somebody_else_has_too_stays_there_and_is_said(desk: Desk, wang: int) -> None:
    mother = customers.add(desk.shop, NewCustomer(name="李梅", phones=("138 0013 8027",)), desk.clerk)
    done = privacy.erase(desk.shop, wang, REASON, desk.owner)
    assert done.shared_phones == (mother.id,)
    assert customers.show(desk.shop, mother.id).phones[0].raw == "138 0013 8027"


def test_what_others_records_say_of_the_phone_is_named(desk: Desk, wang: int) -> None:
    other = customers.add(desk.shop, NewCustomer(name="赵强", notes="or ring 13800138027"), desk.clerk)
    done = privacy.erase(desk.shop, wang, REASON, desk.owner)
    assert done.elsewhere == (f"customer {other.id}",)


def test_a_device_that_has_another_owner_now_forgets_the_one_before(desk: Desk, tmp_path: Path) -> None:
    first = customers.add(desk.shop, NewCustomer(name="王芳", phones=("138 0013 8027",)), desk.clerk)
    second = customers.add(desk.shop, NewCustomer(name="赵强", phones=("139 0000 0001",)), desk.clerk)
    logged = desk.call(customer_id=first.id, phone="", name="", kind=CallKind.ADVICE)
    calls.close(desk.shop, logged.call.id, Resolution.ANSWERED, desk.clerk)
    device = logged.call.device_id
    assert device is not None
    shown = devices.show(desk.shop, device)
    changes = {"notes": "ring 138 0013 8027 before"}
    devices.edit(desk.shop, device, shown={"version": shown.version}, changes=changes, by=desk.clerk)
    again = devices.show(desk.shop, device)
    devices.edit(
        desk.shop, device, shown={"version": again.version},
        changes={"customer_id": second.id, "notes": ""}, by=desk.clerk,
    )  # fmt: skip
    privacy.erase(desk.shop, first.id, REASON, desk.owner)
    assert [needle for _, needle in _left(tmp_path)] == []


def test_a_draft_somebody_types_in_is_said(desk: Desk, wang: int) -> None:
    draft = drafts.begin(desk.shop.path, desk.clerk, "call")
    draft.save("王芳", {"phone": "13800138027"}, desk.clock())
    stranger = drafts.begin(desk.shop.path, desk.technician, "call")
    stranger.save("赵强", {"phone": "139 0000 0001"}, desk.clock())
    stranger.release()
    done = privacy.erase(desk.shop, wang, REASON, desk.owner)
    assert (done.drafts, done.drafts_in_use) == (0, 1)
    assert len(drafts.list_drafts(desk.shop.path, desk.technician)) == 1
    draft.release()


def test_a_seat_that_reads_meanwhile_is_said_and_the_file_tidied_later(
    desk: Desk, wang: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(store: object) -> None:
        from aftersales_tui.domain.errors import Problem

        raise Busy(Problem("busy", "db", {}))

    with monkeypatch.context() as patch:
        patch.setattr(rewriting, "rewrite", busy)
        assert not privacy.erase(desk.shop, wang, REASON, desk.owner).rewritten
    privacy.tidy(desk.shop, desk.owner)
    assert _left(tmp_path) == []


def test_older_copies_are_named_and_go_when_that_is_wanted(desk: Desk, wang: int, tmp_path: Path) -> None:
    old = backups.back_up(desk.shop).file
    (tmp_path / "shop.db.before-1").write_text("王芳", encoding="utf-8")
    second = desk.job(
        JobStatus.HANDED_OVER, phone="139 0000 0001", name="赵强", address="North Gate 1"
    ).customer_id
    done = privacy.erase(desk.shop, wang, REASON, desk.owner)
    assert set(done.copies) == {old, tmp_path / "shop.db.before-1"}
    again = privacy.erase(desk.shop, second or 0, REASON, desk.owner, and_copies=True)
    assert again.copies == ()
    assert len(backups.listed(desk.shop)) == 1
    assert _left(tmp_path) == []


def test_a_backup_from_before_is_put_back_without_the_person(desk: Desk, wang: int, tmp_path: Path) -> None:
    other = desk.job(
        JobStatus.HANDED_OVER, phone="139 0000 0001", name="赵强", address="North Gate 1"
    ).customer_id
    copy = backups.back_up(desk.shop).file
    privacy.erase(desk.shop, wang, REASON, desk.owner)
    elsewhere = tmp_path.parent / f"{tmp_path.name}-copies"
    (tmp_path / "backups").rename(elsewhere)
    backups.restore(desk.shop.path, elsewhere / copy.name, desk.clock)
    live = {name: content for name, content in _bytes(tmp_path).items() if "backups" not in name}
    assert [n for n in NEEDLES for content in live.values() if n.encode() in content] == []
    restored = bootstrap.open_shop(desk.shop.path, desk.clock)
    assert customers.show(restored, wang).name == f"#{wang}"
    assert customers.show(restored, other or 0).name == "赵强"
    with restored.reading() as (session, _):
        assert events.verify_chain(session) is None
    assert privacy.reapply_erasures(restored) == ()
    restored.close()


def test_somebody_elses_file_of_the_same_number_is_left_alone(desk: Desk, wang: int) -> None:
    privacy.erase(desk.shop, wang, REASON, desk.owner)
    noted = desk.shop.path.with_name("shop.db.forgotten")
    assert stat.S_IMODE(noted.stat().st_mode) == 0o600
    listed = json.loads(noted.read_text(encoding="utf-8"))
    assert set(listed["forgotten"][0]) == {"customer", "made", "at"}
    later = customers.add(desk.shop, NewCustomer(name="赵强"), desk.clerk)
    listed["forgotten"].append(
        {"customer": later.id, "made": listed["forgotten"][0]["at"][:10] + "T00:00:00+00:00"}
    )
    noted.write_text(json.dumps(listed), encoding="utf-8")
    assert privacy.reapply_erasures(desk.shop) == ()
    assert customers.show(desk.shop, later.id).name == "赵强"


def test_a_list_that_cannot_be_read_stops_the_forgetting(desk: Desk, wang: int) -> None:
    desk.shop.path.with_name("shop.db.forgotten").write_text("{", encoding="utf-8")
    with pytest.raises(StoreFault) as fault:
        privacy.erase(desk.shop, wang, REASON, desk.owner)
    assert fault.value.problem.code == "forgotten_list"
    assert customers.show(desk.shop, wang).erased_at is None


def _keep_for(desk: Desk, years: int) -> None:
    change_setting(desk.shop, "retention_years", str(years), desk.owner)


def test_whoever_was_quiet_for_the_years_is_due_and_nobody_else(desk: Desk, wang: int) -> None:
    with_job = desk.job(JobStatus.RECEIVED, phone="139 0000 0001", name="赵强").customer_id
    assert privacy.due(desk.shop) == ()
    _keep_for(desk, 2)
    last = desk.shop.today().today
    desk.clock.ahead(days=365 * 2 - 1)
    assert privacy.due(desk.shop) == ()
    desk.clock.ahead(days=3)
    (row,) = privacy.due(desk.shop)
    assert (row.id, row.last_on, row.devices, row.jobs) == (wang, last, 1, 1)
    recent = customers.add(desk.shop, NewCustomer(name="李梅"), desk.clerk)
    (gone,) = privacy.erase_due(desk.shop, desk.owner)
    assert gone.customer_id == wang
    assert privacy.due(desk.shop) == ()
    assert customers.show(desk.shop, with_job or 0).name == "赵强"
    assert customers.show(desk.shop, recent.id).name == "李梅"
    with pytest.raises(NotAllowed):
        privacy.erase_due(desk.shop, desk.clerk)


def test_a_leap_day_is_a_day_like_any_other(desk: Desk, wang: int) -> None:
    _keep_for(desk, 1)
    clock = desk.clock
    assert isinstance(clock, SetClock)
    clock.local("2028-02-29 09:00")
    assert [row.id for row in privacy.due(desk.shop)] == [wang]
    clock.now -= timedelta(days=365)
    assert privacy.due(desk.shop) == ()
