"""A PIN says who acts: proved, counted in the file, slowed, reset on record; the last owner stays one."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.shops import Desk, raw

from aftersales_tui.domain import pins as rules
from aftersales_tui.domain.errors import NotAllowed, Problem, Refused
from aftersales_tui.domain.words import RecordKind, Role
from aftersales_tui.services import calls, customers, pins, staff
from aftersales_tui.services.shop import Shop
from aftersales_tui.store.engine import Store

PIN, WRONG = "482719", "000000"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept names its parameters, so that a cheap hash does for tests."""
    monkeypatch.setattr(rules, "_LOG_N", 4)


@pytest.fixture
def locked(desk: Desk) -> Desk:
    """The owner has a PIN."""
    pins.set_pin(desk.shop, desk.owner, PIN, desk.owner)
    return desk


def refused(act: Callable[[], object], kind: type[Exception] = NotAllowed) -> Problem:
    with pytest.raises(kind) as caught:
        act()
    problem: Problem = caught.value.problem  # type: ignore[attr-defined]
    return problem


def tried(desk: Desk, typed: str = WRONG) -> Problem:
    return refused(lambda: pins.prove(desk.shop, desk.owner, typed))


def test_the_right_pin_proves_who_one_is_and_without_one_nothing_is_asked(locked: Desk) -> None:
    pins.prove(locked.shop, locked.owner, PIN)
    pins.prove(locked.shop, locked.clerk, "")


def test_a_wrong_pin_says_how_many_tries_are_left(locked: Desk) -> None:
    assert [tried(locked).values["left"] for _ in range(3)] == [4, 3, 2]
    pins.prove(locked.shop, locked.owner, PIN)
    assert tried(locked).values["left"] == 4


def test_after_five_wrong_tries_even_the_right_one_waits(locked: Desk) -> None:
    codes = [tried(locked).code for _ in range(5)]
    assert codes == ["pin_wrong"] * 4 + ["pin_wait"]
    assert tried(locked, PIN).values["seconds"] == 30
    locked.clock.ahead(seconds=29)
    assert tried(locked, PIN).values["seconds"] == 1
    locked.clock.ahead(seconds=1)
    assert tried(locked).values["seconds"] == 60
    locked.clock.ahead(minutes=1)
    pins.prove(locked.shop, locked.owner, PIN)


def test_the_wait_survives_a_restart(locked: Desk) -> None:
    for _ in range(5):
        tried(locked)
    again = Shop(Store(locked.shop.path), locked.clock)
    try:
        assert refused(lambda: pins.prove(again, locked.owner, PIN)).code == "pin_wait"
    finally:
        again.close()


def test_a_clock_set_back_makes_no_wait_longer(locked: Desk) -> None:
    for _ in range(5):
        tried(locked)
    locked.clock.ahead(days=-3)
    assert tried(locked, PIN).values["seconds"] == 30
    locked.clock.ahead(seconds=30)
    pins.prove(locked.shop, locked.owner, PIN)


def test_a_try_is_counted_before_it_is_looked_at(locked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(typed: str, kept: str) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rules, "matches", killed)
        for _ in range(5):
            with pytest.raises(KeyboardInterrupt):
                pins.prove(locked.shop, locked.owner, PIN)
    assert tried(locked, PIN).code == "pin_wait"


def test_setting_resetting_and_locking_out_stand_on_record_without_the_pin(locked: Desk) -> None:
    for _ in range(5):
        tried(locked)
    pins.set_pin(locked.shop, locked.owner, PIN, locked.owner)
    pins.reset_pin(locked.shop, locked.owner, "root")
    log = customers.log_of(locked.shop, RecordKind.STAFF, locked.owner)
    assert [event.what for event in reversed(log)] == ["pin_set", "pin_lockout", "pin_replaced", "pin_reset"]
    told = log[0]
    assert (told.who, told.data["after"]) == ("", {"name": "周明 Zhou Ming", "os_user": "root"})
    everything = json.dumps(raw(locked.shop, "SELECT data FROM event"))
    assert PIN not in everything
    assert "scrypt" not in everything


def test_another_pin_ends_the_wait(locked: Desk) -> None:
    for _ in range(5):
        tried(locked)
    pins.set_pin(locked.shop, locked.owner, "1357", locked.owner)
    pins.prove(locked.shop, locked.owner, "1357")


def test_what_is_no_pin_is_refused_and_not_repeated(desk: Desk) -> None:
    problem = refused(lambda: pins.set_pin(desk.shop, desk.owner, "12ab", desk.owner), Refused)
    assert problem.code == "pin_not_read"
    assert "12ab" not in str(problem)


def test_two_people_with_the_same_pin_have_different_hashes(desk: Desk) -> None:
    for who in (desk.owner, desk.clerk):
        pins.set_pin(desk.shop, who, PIN, desk.owner)
    kept = {row[0] for row in raw(desk.shop, "SELECT pin FROM staff WHERE pin <> ''")}
    assert len(kept) == 2


def test_a_reset_is_told_once_to_the_person_and_to_every_owner(locked: Desk) -> None:
    pins.set_pin(locked.shop, locked.clerk, PIN, locked.owner)
    pins.reset_pin(locked.shop, locked.clerk, "root")
    for who in (locked.clerk, locked.owner):
        assert [event.what for event in pins.news(locked.shop, who)] == ["pin_reset"]
        assert pins.news(locked.shop, who) == ()
    assert pins.news(locked.shop, locked.technician) == ()


def test_a_pin_that_somebody_else_changed_is_told_to_whose_it_is(locked: Desk) -> None:
    pins.set_pin(locked.shop, locked.clerk, PIN, locked.clerk)
    pins.set_pin(locked.shop, locked.clerk, "1357", locked.clerk)
    assert pins.news(locked.shop, locked.clerk) == ()
    pins.set_pin(locked.shop, locked.clerk, "2468", locked.owner, "zm")
    assert [event.data["after"]["os_user"] for event in pins.news(locked.shop, locked.clerk)] == ["zm"]  # type: ignore[index]


def test_the_last_active_owner_stays_one(desk: Desk) -> None:
    second = staff.add(desk.shop, "Ng Wei", Role.OWNER, desk.owner).id
    staff.deactivate(desk.shop, second, desk.owner)
    demoted = refused(lambda: staff.set_role(desk.shop, desk.owner, Role.CLERK, desk.owner), Refused)
    assert demoted.code == "last_owner"
    staff.activate(desk.shop, second, desk.owner)
    assert staff.set_role(desk.shop, desk.owner, Role.CLERK, desk.owner).role is Role.CLERK
    assert refused(lambda: staff.deactivate(desk.shop, second, second), Refused).code == "last_owner"


def test_an_owner_who_left_may_be_demoted(desk: Desk) -> None:
    second = staff.add(desk.shop, "Ng Wei", Role.OWNER, desk.owner).id
    staff.deactivate(desk.shop, second, desk.owner)
    assert staff.set_role(desk.shop, second, Role.CLERK, desk.owner).role is Role.CLERK


def test_whoever_left_keeps_their_history_and_cannot_sign_in(desk: Desk) -> None:
    call = desk.call().call
    pins.set_pin(desk.shop, desk.clerk, PIN, desk.owner)
    staff.deactivate(desk.shop, desk.clerk, desk.owner)
    assert refused(lambda: pins.prove(desk.shop, desk.clerk, PIN)).code == "staff_inactive"
    assert refused(lambda: staff.named(desk.shop, "李娜 Li Na")).code == "staff_inactive"
    assert calls.show(desk.shop, call.id).taken_by == "李娜 Li Na"
    assert [p.name for p in staff.everybody(desk.shop, active_only=False) if not p.active] == ["李娜 Li Na"]


def test_who_acts_on_the_command_line_with_a_pin_is_said(locked: Desk) -> None:
    assert [person.name for person in staff.everybody(locked.shop) if person.acts_without_pin] == [
        "周明 Zhou Ming"
    ]
