"""Who may do what: every use case that somebody acts in, for every role, as the shop decided it."""

from __future__ import annotations

import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.shops import FIXED, WANG, Desk, opened

from aftersales_tui import services
from aftersales_tui.domain.errors import NotAllowed, NotFound, ShopError
from aftersales_tui.domain.papers import Subject
from aftersales_tui.domain.permissions import MAY, OF_STEP, Permission
from aftersales_tui.domain.words import (
    Channel,
    InformedBy,
    JobStatus,
    Outcome,
    Reached,
    RecordKind,
    Resolution,
    Role,
    TestResult,
    WaitFor,
)
from aftersales_tui.domain.workflow import Step
from aftersales_tui.services import (
    backups,
    calls,
    customers,
    devices,
    followups,
    importing,
    jobs,
    overrides,
    own_packs,
    person_export,
    pins,
    privacy,
    registry,
    staff,
    steps,
)
from aftersales_tui.services.settings import change_setting
from aftersales_tui.views.calls import OpenJob
from aftersales_tui.views.customers import NewCustomer
from aftersales_tui.views.devices import NewDevice
from aftersales_tui.views.followups import FollowUpAnswer

REPAIRS = Path(__file__).parent.parent / "data" / "repairs_ords.csv"
JOB_ONE = Subject(RecordKind.JOB, 1)
PACK = Path(services.__path__[0]).parent / "policies" / "shop-two-years.toml"

EVERYBODY = set(Role)
DESK, BENCH, OWNER = {Role.CLERK, Role.OWNER}, {Role.TECHNICIAN, Role.OWNER}, {Role.OWNER}
MATRIX: dict[str, set[Role]] = {
    "backups.may_restore": OWNER,
    "calls.close": EVERYBODY,
    "calls.complete": EVERYBODY,
    "calls.edit": EVERYBODY,
    "calls.log": EVERYBODY,
    "calls.log_and_advise": EVERYBODY,
    "calls.log_and_answer": EVERYBODY,
    "calls.log_and_open": EVERYBODY,
    "calls.log_answered": EVERYBODY,
    "calls.note": EVERYBODY,
    "calls.open_job": EVERYBODY,
    "calls.open_on_device": EVERYBODY,
    "calls.reopen": EVERYBODY,
    "customers.add": DESK,
    "customers.edit": DESK,
    "customers.merge": DESK,
    "customers.note": EVERYBODY,
    "devices.add": EVERYBODY,
    "devices.edit": EVERYBODY,
    "followups.record": DESK,
    "importing.import_repairs": OWNER,
    "jobs.assign": EVERYBODY,
    "jobs.edit": EVERYBODY,
    "jobs.informed": EVERYBODY,
    "jobs.note": EVERYBODY,
    "overrides.override": OWNER,
    "overrides.withdraw": OWNER,
    "own_packs.add": OWNER,
    "own_packs.retire": OWNER,
    "own_packs.unuse": OWNER,
    "own_packs.use": OWNER,
    "person_export.export": OWNER,
    "privacy.erase": OWNER,
    "privacy.erase_due": OWNER,
    "privacy.tidy": OWNER,
    "registry.import_customers": OWNER,
    "registry.import_devices": OWNER,
    "settings.change_setting": OWNER,
    "pins.clear_pin": OWNER,
    "pins.set_pin": OWNER,
    "staff.activate": OWNER,
    "staff.add": OWNER,
    "staff.deactivate": OWNER,
    "staff.set_role": OWNER,
    "steps.cancel": EVERYBODY,
    "steps.diagnose": BENCH,
    "steps.hand_over": EVERYBODY,
    "steps.not_home": EVERYBODY,
    "steps.note_work": BENCH,
    "steps.put_off_test": BENCH,
    "steps.ready": EVERYBODY,
    "steps.record": BENCH,
    "steps.record_test_ready": BENCH,
    "steps.reopen": EVERYBODY,
    "steps.resume": EVERYBODY,
    "steps.rework": EVERYBODY,
    "steps.settle": DESK,
    "steps.start": BENCH,
    "steps.take_in": EVERYBODY,
    "steps.test": BENCH,
    "steps.wait": EVERYBODY,
}
"""Written by hand: a use case that is not here has not been thought about."""

OTHER = 4
"""Somebody who is nobody of those who act in the tests."""

Act = Callable[[Desk, int], object]
ACTS: dict[str, Act] = {
    "calls.close": lambda d, by: calls.close(d.shop, 1, Resolution.ANSWERED, by),
    "calls.complete": lambda d, by: calls.complete(d.shop, 1, WANG, by),
    "calls.edit": lambda d, by: calls.edit(d.shop, 1, shown={"version": 1}, changes={"fault": "hums"}, by=by),
    "calls.log": lambda d, by: calls.log(d.shop, WANG, by),
    "calls.log_and_advise": lambda d, by: calls.log_and_advise(d.shop, WANG, by),
    "calls.log_and_answer": lambda d, by: calls.log_and_answer(d.shop, WANG, by),
    "calls.log_and_open": lambda d, by: calls.log_and_open(d.shop, WANG, by),
    "calls.log_answered": lambda d, by: calls.log_answered(d.shop, 1, Channel.PHONE, by),
    "calls.note": lambda d, by: calls.note(d.shop, 1, "seen", by),
    "calls.open_job": lambda d, by: calls.open_job(d.shop, 1, by, OpenJob(in_hand=True)),
    "calls.open_on_device": lambda d, by: calls.open_on_device(d.shop, 1, "hums", by),
    "calls.reopen": lambda d, by: calls.reopen(d.shop, 1, "a mistake", by),
    "customers.add": lambda d, by: customers.add(d.shop, NewCustomer(name="刘洋"), by),
    "customers.edit": lambda d, by: customers.edit(
        d.shop, 1, shown={"version": 1}, changes={"notes": "rings late"}, by=by
    ),
    "customers.merge": lambda d, by: customers.merge(d.shop, 2, 1, by),
    "customers.note": lambda d, by: customers.note(d.shop, 1, "rings late", by),
    "devices.add": lambda d, by: devices.add(d.shop, NewDevice(brand="Haier"), by),
    "devices.edit": lambda d, by: devices.edit(
        d.shop, 1, shown={"version": 1}, changes={"notes": "dented"}, by=by
    ),
    "followups.record": lambda d, by: followups.record(
        d.shop, 1, FollowUpAnswer(reached=Reached.NO_ANSWER), by
    ),
    "backups.may_restore": lambda d, by: backups.may_restore(d.shop, by),
    "importing.import_repairs": lambda d, by: importing.import_repairs(d.shop, REPAIRS, by),
    "jobs.assign": lambda d, by: jobs.assign(d.shop, 1, d.technician, by),
    "jobs.edit": lambda d, by: jobs.edit(d.shop, 1, shown={"version": 1}, changes={"shelf": "A3"}, by=by),
    "jobs.informed": lambda d, by: jobs.informed(d.shop, 1, "Wang", InformedBy.PHONE, by),
    "jobs.note": lambda d, by: jobs.note(d.shop, 1, "seen", by),
    "overrides.override": lambda d, by: overrides.override(d.shop, JOB_ONE, "goodwill", "a regular", by),
    "overrides.withdraw": lambda d, by: overrides.withdraw(d.shop, JOB_ONE, "a mistake", by),
    "own_packs.add": lambda d, by: own_packs.add(d.shop, PACK, by),
    "own_packs.retire": lambda d, by: own_packs.retire(d.shop, "maker-galanz", by),
    "own_packs.unuse": lambda d, by: own_packs.unuse(d.shop, "shop-two-years", by),
    "own_packs.use": lambda d, by: own_packs.use(d.shop, "shop-two-years", by),
    "person_export.export": lambda d, by: person_export.export(d.shop, 2, d.shop.path.with_name("all"), by),
    "privacy.erase": lambda d, by: privacy.erase(d.shop, 2, "asked for it", by),
    "privacy.erase_due": lambda d, by: privacy.erase_due(d.shop, by),
    "privacy.tidy": lambda d, by: privacy.tidy(d.shop, by),
    "registry.import_customers": lambda d, by: registry.import_customers(d.shop, REPAIRS, by),
    "registry.import_devices": lambda d, by: registry.import_devices(d.shop, REPAIRS, by),
    "settings.change_setting": lambda d, by: change_setting(d.shop, "turnaround_days", "5", by),
    "pins.clear_pin": lambda d, by: pins.clear_pin(d.shop, OTHER, by),
    "pins.set_pin": lambda d, by: pins.set_pin(d.shop, OTHER, "4827", by),
    "staff.activate": lambda d, by: staff.activate(d.shop, OTHER, by),
    "staff.set_role": lambda d, by: staff.set_role(d.shop, OTHER, Role.CLERK, by),
    "staff.add": lambda d, by: staff.add(d.shop, "Ng Wei", Role.CLERK, by),
    "staff.deactivate": lambda d, by: staff.deactivate(d.shop, d.technician, by),
    "steps.cancel": lambda d, by: steps.cancel(d.shop, 1, "changed her mind", by),
    "steps.diagnose": lambda d, by: steps.diagnose(d.shop, 1, "mica burnt", by),
    "steps.hand_over": lambda d, by: steps.hand_over(d.shop, 1, by),
    "steps.not_home": lambda d, by: steps.not_home(d.shop, 1, "nobody there", by),
    "steps.note_work": lambda d, by: steps.note_work(d.shop, 1, FIXED, by),
    "steps.put_off_test": lambda d, by: steps.put_off_test(d.shop, 1, by),
    "steps.ready": lambda d, by: steps.ready(d.shop, 1, by),
    "steps.record": lambda d, by: steps.record(d.shop, 1, FIXED, by),
    "steps.record_test_ready": lambda d, by: steps.record_test_ready(d.shop, 1, FIXED, by),
    "steps.reopen": lambda d, by: steps.reopen(d.shop, 1, "a mistake", by),
    "steps.resume": lambda d, by: steps.resume(d.shop, 1, by),
    "steps.rework": lambda d, by: steps.rework(d.shop, 1, "hums again", by),
    "steps.settle": lambda d, by: steps.settle(d.shop, 1, Outcome.REFUNDED, "money back", by),
    "steps.start": lambda d, by: steps.start(d.shop, 1, by),
    "steps.take_in": lambda d, by: steps.take_in(d.shop, 1, by),
    "steps.test": lambda d, by: steps.test(d.shop, 1, TestResult.PASSED, by),
    "steps.wait": lambda d, by: steps.wait(d.shop, 1, WaitFor.PARTS, by),
}


def acted_in() -> Iterator[str]:
    """Every public function of the services that is given an open shop and somebody who acts."""
    for module in pkgutil.iter_modules(services.__path__):
        found = import_module(f"aftersales_tui.services.{module.name}")
        for name, function in inspect.getmembers(found, inspect.isfunction):
            if function.__module__ != found.__name__ or name.startswith("_"):
                continue
            parameters = list(inspect.signature(function).parameters)
            if parameters[:1] == ["shop"] and "by" in parameters:
                yield f"{module.name}.{name}"


@pytest.fixture(scope="session")
def busy_file(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop file with a call, a job, a follow-up and two customers, made once."""
    path = Path(shutil.copy(furnished, tmp_path_factory.mktemp("busy") / "shop.db"))
    with opened(path) as desk:
        desk.job(JobStatus.RECEIVED)
        desk.call(phone="139 0000 0001", name="陈建国", serial="X-1")
        calls.log_and_advise(desk.shop, WANG, desk.clerk)
        assert staff.add(desk.shop, "Tom Becker", Role.TECHNICIAN, desk.owner).id == OTHER
    return path


@pytest.fixture
def busy(busy_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """A shop of the test's own, everything in it of number one."""
    with opened(Path(shutil.copy(busy_file, tmp_path / "busy.db"))) as desk:
        yield desk


def person(desk: Desk, role: Role) -> int:
    return {Role.CLERK: desk.clerk, Role.TECHNICIAN: desk.technician, Role.OWNER: desk.owner}[role]


def refusal(act: Act, desk: Desk, by: int) -> str:
    """The code with which somebody is kept out; empty when they got past the door, whatever came then."""
    try:
        act(desk, by)
    except NotAllowed as refused:
        return "" if refused.problem.code == "reopen_owner_only" else refused.problem.code
    except NotFound as missing:
        return missing.problem.code if missing.problem.code == "staff_unknown" else ""
    except ShopError:
        return ""
    return ""


def test_every_use_case_that_somebody_acts_in_stands_in_the_matrix() -> None:
    found = set(acted_in())
    assert found == set(MATRIX)
    assert found == set(ACTS)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", MATRIX)
def test_a_role_does_what_the_matrix_says_and_nothing_else(busy: Desk, name: str, role: Role) -> None:
    allowed = role in MATRIX[name]
    assert refusal(ACTS[name], busy, person(busy, role)) == ("" if allowed else "not_allowed")


def test_somebody_who_left_cannot_do_anything(busy: Desk) -> None:
    staff.deactivate(busy.shop, busy.technician, busy.owner)
    for name, act in ACTS.items():
        assert refusal(act, busy, busy.technician) == "staff_inactive", name


def test_nobody_cannot_do_anything(busy: Desk) -> None:
    for name, act in ACTS.items():
        assert refusal(act, busy, 99) == "staff_unknown", name


def test_what_is_refused_for_the_role_writes_nothing(busy: Desk) -> None:
    before = customers.show(busy.shop, 1)
    with pytest.raises(NotAllowed) as refused:
        ACTS["customers.edit"](busy, busy.technician)
    assert customers.show(busy.shop, 1) == before
    values: dict[str, Any] = dict(refused.value.problem.values)
    assert values["who"] == (Role.CLERK, Role.OWNER)


def test_everybody_sets_their_own_pin(busy: Desk) -> None:
    for by in (busy.clerk, busy.technician):
        assert pins.set_pin(busy.shop, by, "4827", by).has_pin
        assert not pins.clear_pin(busy.shop, by, by).has_pin


def test_a_change_of_role_holds_at_once(busy: Desk) -> None:
    staff.set_role(busy.shop, busy.technician, Role.CLERK, busy.owner)
    assert refusal(ACTS["customers.add"], busy, busy.technician) == ""
    assert refusal(ACTS["steps.start"], busy, busy.technician) == "not_allowed"


def test_the_owner_may_do_everything_and_every_step_has_a_permission() -> None:
    assert all(Role.OWNER in roles for roles in MAY.values())
    assert set(MAY) == set(Permission)
    assert set(OF_STEP) == set(Step)


def test_no_use_case_writes_past_the_door() -> None:
    # ``Shop.writing`` itself, the making of a shop in which nobody is yet, the entry in a file put back,
    # the repair of what is derived from the records, who was forgotten since a copy was made, and whoever
    # proves who they are
    doors = {"shop.py": 1, "settings.py": 1, "backups.py": 1, "checking.py": 1, "pins.py": 4, "privacy.py": 1}
    for path in Path(services.__path__[0]).glob("*.py"):
        assert path.read_text(encoding="utf-8").count("store.writing(") == doors.get(path.name, 0), path.name
