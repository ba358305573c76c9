"""Two people change one record: different fields are merged, the same field is never overwritten."""

from __future__ import annotations

import pytest

from aftersales_tui.domain.errors import Conflict, NotFound
from aftersales_tui.services import customers
from aftersales_tui.views.customers import CustomerView, NewCustomer
from shops import Desk, raw


@pytest.fixture
def wang(desk: Desk) -> CustomerView:
    return customers.add(desk.shop, NewCustomer(name="王芳", phones=("138 0013 8027",)), desk.clerk)


def _save(desk: Desk, seen: CustomerView, by: int | None = None, **changes: object) -> CustomerView:
    shown = {"version": seen.version, **{name: getattr(seen, name) for name in changes}}
    return customers.edit(desk.shop, seen.id, shown=shown, changes=changes, by=by or desk.clerk)


def test_different_fields_of_two_seats_are_merged(desk: Desk, wang: CustomerView) -> None:
    _save(desk, wang, address="Dongmen 88", by=desk.owner)
    saved = _save(desk, wang, email="wang@example.com")
    assert (saved.address, saved.email) == ("Dongmen 88", "wang@example.com")
    assert saved.version == wang.version + 2


def test_the_same_field_is_a_conflict_that_names_both_and_who(desk: Desk, wang: CustomerView) -> None:
    _save(desk, wang, address="Dongmen 88", by=desk.owner)
    with pytest.raises(Conflict) as caught:
        _save(desk, wang, address="Dongmen 89", email="wang@example.com")
    (clash,) = caught.value.clashes
    assert (clash.field, clash.before, clash.theirs, clash.mine) == (
        "address", "", "Dongmen 88", "Dongmen 89"
    )  # fmt: skip
    assert caught.value.who == "周明 Zhou Ming"
    assert caught.value.when == desk.clock.now.isoformat()
    now = customers.show(desk.shop, wang.id)
    assert (now.address, now.email) == ("Dongmen 88", "")


def test_a_conflict_tells_what_else_has_changed(desk: Desk, wang: CustomerView) -> None:
    _save(desk, wang, address="Dongmen 88", region="Luohu", by=desk.owner)
    shown = {"version": wang.version, "address": "", "region": ""}
    with pytest.raises(Conflict) as caught:
        customers.edit(desk.shop, wang.id, shown=shown, changes={"address": "x"}, by=desk.clerk)
    assert [(clash.field, clash.theirs) for clash in caught.value.merged] == [("region", "Luohu")]


def test_two_seats_that_write_the_same_agree(desk: Desk, wang: CustomerView) -> None:
    first = _save(desk, wang, address="Dongmen 88", by=desk.owner)
    second = _save(desk, wang, address="Dongmen 88")
    assert second.version == first.version


def test_a_field_left_as_shown_does_not_undo_what_another_wrote(desk: Desk, wang: CustomerView) -> None:
    _save(desk, wang, address="Dongmen 88", by=desk.owner)
    saved = _save(desk, wang, address="", email="wang@example.com")
    assert (saved.address, saved.email) == ("Dongmen 88", "wang@example.com")


def test_saving_nothing_new_makes_no_event(desk: Desk, wang: CustomerView) -> None:
    before = raw(desk.shop, "SELECT count(*) FROM event")
    assert _save(desk, wang, name="王芳", phones=("138 0013 8027",)).version == wang.version
    assert raw(desk.shop, "SELECT count(*) FROM event") == before


def test_phones_changed_at_two_seats_are_a_conflict(desk: Desk, wang: CustomerView) -> None:
    shown = {"version": wang.version, "phones": ("138 0013 8027",)}
    customers.edit(desk.shop, wang.id, shown=shown, changes={"phones": ("139 1111 2222",)}, by=desk.owner)
    with pytest.raises(Conflict) as caught:
        customers.edit(desk.shop, wang.id, shown=shown, changes={"phones": ("137 3333 4444",)}, by=desk.clerk)
    assert caught.value.clashes[0].theirs == ("139 1111 2222",)
    assert [phone.raw for phone in customers.show(desk.shop, wang.id).phones] == ["139 1111 2222"]


@pytest.mark.parametrize("record_id", [0, -1, 77, 2**63, 10**30])
def test_a_record_that_is_not_there_is_not_found(desk: Desk, record_id: int) -> None:
    with pytest.raises(NotFound) as caught:
        customers.edit(desk.shop, record_id, shown={"version": 1}, changes={"name": "x"}, by=desk.clerk)
    assert caught.value.problem.code == "not_found"
