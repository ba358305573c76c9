"""Customer files, service cards, people and settings."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from aftersales_tui import bootstrap
from aftersales_tui.domain.errors import Conflict, NotFound, Refused, ShopError
from aftersales_tui.domain.words import Coverage, JobStatus, Proof, RecordKind, Role
from aftersales_tui.services import customers, devices, jobs, staff, warranty
from aftersales_tui.services.customers import same_name
from aftersales_tui.services.settings import change_setting
from aftersales_tui.views.customers import NewCustomer
from aftersales_tui.views.devices import NewDevice
from aftersales_tui.views.shop import NewShop
from shops import Desk, raw


def _refused(code: str, what: Any) -> ShopError:
    with pytest.raises(ShopError) as caught:
        what()
    assert caught.value.problem.code == code
    return caught.value


def test_a_customer_file_keeps_phones_with_their_labels(desk: Desk) -> None:
    made = customers.add(
        desk.shop,
        NewCustomer(name="Becker & Söhne", phones=("0755 2518 8027 (office)", "13800138027（手机）", " ")),
        desk.clerk,
    )
    assert [(phone.raw, phone.label) for phone in made.phones] == [
        ("0755 2518 8027", "office"), ("13800138027", "手机")
    ]  # fmt: skip
    assert made.phones[1].shown == "138 0013 8027"
    assert made.created_by == "李娜 Li Na"


def test_a_phone_of_letters_is_kept_as_typed(desk: Desk) -> None:
    made = customers.add(desk.shop, NewCustomer(phones=("ask at the gate",)), desk.clerk)
    assert (made.name, made.phones[0].raw) == ("", "ask at the gate")


def test_somebody_without_name_and_phone_is_nobody(desk: Desk) -> None:
    _refused("customer_empty", lambda: customers.add(desk.shop, NewCustomer(address="x"), desk.clerk))
    made = customers.add(desk.shop, NewCustomer(phones=("1",)), desk.clerk)
    shown = {"version": made.version, "phones": ("1",)}
    _refused(
        "customer_empty",
        lambda: customers.edit(desk.shop, made.id, shown=shown, changes={"phones": ()}, by=desk.clerk),
    )


def test_a_customer_edit_is_on_record_with_before_and_after(desk: Desk) -> None:
    made = customers.add(desk.shop, NewCustomer(name="Li", phones=("1",)), desk.clerk)
    shown = {"version": made.version, "name": "Li", "phones": ("1",)}
    changes = {"name": "Li Si", "phones": ("2 (home)",)}
    customers.edit(desk.shop, made.id, shown=shown, changes=changes, by=desk.owner)
    phones, name, added = customers.log_of(desk.shop, RecordKind.CUSTOMER, made.id)
    assert name.data == {"before": {"name": "Li"}, "after": {"name": "Li Si"}}
    assert phones.data == {"before": {"phones": ["1"]}, "after": {"phones": ["2 (home)"]}}
    assert (phones.who, added.what) == ("周明 Zhou Ming", "added")
    _refused(
        "field_unknown",
        lambda: customers.edit(desk.shop, made.id, shown=shown, changes={"id": 7}, by=desk.clerk),
    )


def test_the_card_shows_units_open_items_and_history(desk: Desk) -> None:
    done = desk.job(JobStatus.HANDED_OVER)
    running = desk.job(JobStatus.DIAGNOSING)
    assert done.customer_id is not None
    card = customers.card(desk.shop, done.customer_id)
    assert (card.customer.devices, card.customer.open_jobs, card.customer.jobs) == (2, 1, 2)
    by_id = {device.id: device for device in card.devices}
    first, second = by_id[done.device_id or 0], by_id[running.device_id or 0]
    assert (first.last_job_number, first.open_job_id) == (done.number, None)
    assert (second.last_job_number, second.open_job_id) == (None, running.id)
    assert first.verdict is not None
    assert first.verdict.coverage is Coverage.COVERED
    assert [(row.kind, row.id) for row in card.open_items] == [(RecordKind.JOB, running.id)]
    assert [(row.kind, row.id) for row in card.history] == [(RecordKind.JOB, done.id)]


def test_the_list_of_customers_counts_what_each_has(desk: Desk) -> None:
    job = desk.job(JobStatus.DIAGNOSING)
    customers.add(desk.shop, NewCustomer(name="Li"), desk.owner)
    listed, total = customers.newest(desk.shop)
    assert [(one.name, one.devices, one.open_jobs, one.jobs) for one in listed] == [
        ("Li", 0, 0, 0), ("王芳 Wang Fang", 1, 1, 1)
    ]  # fmt: skip
    assert [one.created_by for one in listed] == ["周明 Zhou Ming", "李娜 Li Na"]
    assert (total, listed[1]) == (2, customers.show(desk.shop, job.customer_id or 0))


def test_a_note_is_added_to_what_is_known(desk: Desk) -> None:
    made = customers.add(desk.shop, NewCustomer(name="Li", notes="rings late"), desk.clerk)
    assert (
        customers.note(desk.shop, made.id, "prefers WeChat", desk.clerk).notes == "rings late\nprefers WeChat"
    )


@pytest.mark.parametrize(
    ("typed", "stored", "same"),
    [
        ("王芳", "王芳 Wang Fang", True), ("WANG fang", "wang  fang", True), ("ＷＡＮＧ", "wang", True),
        ("王", "王芳", False), ("王", "王 Wang", False), ("Wang", "Wang Fang", False), ("", "x", False),
    ],
)  # fmt: skip
def test_when_two_names_are_one(typed: str, stored: str, same: bool) -> None:
    assert same_name(typed, stored) is same


def test_a_device_edit_changes_product_dates_and_verdict(desk: Desk) -> None:
    unit = devices.add(
        desk.shop, NewDevice(brand="Midea", model="KFR", category="laptop", serial="S1"), desk.clerk
    )
    shown = {"version": unit.version, "model": "KFR", "sold_on": None, "serial": "S1"}
    edited = devices.edit(
        desk.shop, unit.id, shown=shown,
        changes={"model": "KFR-35", "sold_on": date(2026, 1, 5), "serial": "S-2", "proof": "seen"},
        by=desk.clerk,
    )  # fmt: skip
    assert (edited.brand, edited.model, edited.serial) == ("Midea", "KFR-35", "S-2")
    assert (edited.sold_on, edited.proof) == (date(2026, 1, 5), Proof.SEEN)
    assert edited.verdict is not None
    assert edited.verdict.coverage is not Coverage.NOT_PROVEN
    assert devices.by_serial(desk.shop, "s2").id == unit.id


def test_two_seats_changing_one_product_are_a_conflict(desk: Desk) -> None:
    unit = devices.add(desk.shop, NewDevice(brand="Midea", model="KFR", serial="S1"), desk.clerk)
    shown = {"version": unit.version, "brand": "Midea", "model": "KFR"}
    devices.edit(desk.shop, unit.id, shown=shown, changes={"model": "KFR-35"}, by=desk.owner)
    with pytest.raises(Conflict) as caught:
        devices.edit(desk.shop, unit.id, shown=shown, changes={"model": "KFR-26"}, by=desk.clerk)
    assert [(clash.field, clash.theirs) for clash in caught.value.clashes] == [("model", "KFR-35")]
    merged = devices.edit(desk.shop, unit.id, shown=shown, changes={"brand": "美的"}, by=desk.clerk)
    assert (merged.brand, merged.model) == ("美的", "KFR-35")


def test_a_device_that_cannot_be_is_refused(desk: Desk) -> None:
    unit = devices.add(desk.shop, NewDevice(brand="Midea", serial="S1"), desk.clerk)
    shop, by = desk.shop, desk.clerk
    _refused("device_empty", lambda: devices.add(shop, NewDevice(notes="x"), by))
    _refused("serial_known", lambda: devices.add(shop, NewDevice(brand="MIDEA", serial="s-1"), by))
    _refused("not_found", lambda: devices.add(shop, NewDevice(customer_id=10**30, serial="x"), by))
    _refused(
        "date_after_today", lambda: devices.add(shop, NewDevice(serial="x", sold_on=date(2026, 11, 24)), by)
    )
    for changes, code in (
        ({"sold_on": date(2027, 1, 1)}, "date_after_today"),
        ({"proof": "maybe"}, "word_unknown"),
        ({"version": 3}, "field_unknown"),
        ({"customer_id": 77}, "not_found"),
        ({"serial": "x" * 201}, "too_long"),
    ):
        _refused(code, lambda c=changes: devices.edit(shop, unit.id, shown={"version": 1}, changes=c, by=by))
    assert devices.show(shop, unit.id).version == unit.version


def test_a_serial_is_found_by_its_tail_when_only_one_ends_so(desk: Desk) -> None:
    devices.add(desk.shop, NewDevice(brand="A", serial="AB-1001"), desk.clerk)
    devices.add(desk.shop, NewDevice(brand="B", serial="CD-1001"), desk.clerk)
    assert devices.by_serial(desk.shop, "d1001").serial == "CD-1001"
    _refused("serial_ambiguous", lambda: devices.by_serial(desk.shop, "1001"))
    assert isinstance(_refused("serial_unknown", lambda: devices.by_serial(desk.shop, "%")), NotFound)


def test_an_earlier_guess_at_the_kind_of_product_gives_way(desk: Desk) -> None:
    devices.add(desk.shop, NewDevice(brand="Lenovo", model="E14", serial="1"), desk.clerk)
    devices.add(desk.shop, NewDevice(brand="lenovo", model="E-14", category="laptop", serial="2"), desk.clerk)
    assert raw(desk.shop, "SELECT brand, category FROM product") == [("Lenovo", "laptop")]
    assert [product.title for product in devices.products_like(desk.shop, "e14 leno")] == ["Lenovo E14"]
    assert devices.products_like(desk.shop, "%") == ()


def test_the_history_of_a_unit_is_newest_first(desk: Desk) -> None:
    job = desk.job(JobStatus.HANDED_OVER)
    assert job.device_id is not None
    desk.clock.ahead(days=1)
    call = desk.call(serial="SN-0001")
    rows = devices.history_of(desk.shop, job.device_id)
    assert [(row.kind, row.id) for row in rows] == [(RecordKind.CALL, call.call.id), (RecordKind.JOB, job.id)]


def test_the_preview_judges_as_the_call_will_be_judged(desk: Desk) -> None:
    from shops import WANG

    before = warranty.preview(desk.shop, WANG)
    assert before.coverage is desk.call().call.verdict.coverage
    assert raw(desk.shop, "SELECT count(*) FROM verdict") == [(1,)]


def test_people_are_found_by_a_part_of_their_name(desk: Desk) -> None:
    assert staff.named(desk.shop, "陈伟").id == desk.technician
    assert staff.named(desk.shop, "li na").id == desk.clerk
    assert isinstance(_refused("staff_unknown", lambda: staff.named(desk.shop, "nobody")), NotFound)
    _refused("staff_unknown", lambda: staff.named(desk.shop, ""))
    _refused("staff_ambiguous", lambda: staff.named(desk.shop, "n"))
    _refused("name_taken", lambda: staff.add(desk.shop, "李娜  LI NA", Role.CLERK, desk.owner))
    _refused("name_missing", lambda: staff.add(desk.shop, " \x00", Role.CLERK, desk.owner))
    _refused("too_long", lambda: staff.add(desk.shop, "x" * 201, Role.CLERK, desk.owner))


def test_a_shop_keeps_an_owner_and_an_identity(desk: Desk) -> None:
    _refused("last_owner", lambda: staff.deactivate(desk.shop, desk.owner, desk.owner))
    second = staff.add(desk.shop, "Sun", Role.OWNER, desk.owner)
    _refused("cli_identity_needed", lambda: staff.deactivate(desk.shop, desk.owner, desk.owner))
    change_setting(desk.shop, "cli_identity", str(second.id), desk.owner)
    assert not staff.deactivate(desk.shop, desk.owner, second.id).active
    assert staff.cli_identity(desk.shop).id == second.id
    assert desk.owner not in [person.id for person in staff.everybody(desk.shop)]
    assert desk.owner in [person.id for person in staff.everybody(desk.shop, active_only=False)]


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("name", " 明辉 ", "明辉"), ("region", "uk", "UK"), ("currency", "eur", "EUR"),
        ("timezone", "UTC", "UTC"),
        ("language", "zh_CN", "zh_CN"), ("turnaround_days", "010", 10), ("follow_up_days", "1", 1),
        ("opens", "8:30", "08:30"), ("closes", "20:00", "20:00"),
    ],
)  # fmt: skip
def test_a_setting_is_stored_in_its_one_form(desk: Desk, key: str, typed: str, stored: object) -> None:
    assert getattr(change_setting(desk.shop, key, typed, desk.owner), key) == stored
    assert getattr(desk.shop.settings(), key) == stored


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [
        ("colour", "red", "setting_unknown"), ("rest_days", "{}", "setting_unknown"),
        ("turnaround_days", "0", "setting_not_read"), ("turnaround_days", "-1", "setting_not_read"),
        ("turnaround_days", "9" * 5000, "setting_not_read"), ("turnaround_days", "٣", "setting_not_read"),
        ("follow_up_days", "", "setting_not_read"), ("advice_hours", "99999", "setting_not_read"),
        ("cli_identity", "77", "staff_unknown"), ("cli_identity", "999999999", "staff_unknown"),
        ("region", "Mars", "setting_not_read"), ("currency", "¥", "setting_not_read"),
        ("timezone", "../../etc/passwd", "timezone_unknown"), ("timezone", "\x00", "timezone_unknown"),
        ("timezone", "Asia", "timezone_unknown"), ("language", "fr", "setting_not_read"),
        ("opens", "25:00", "setting_not_read"), ("opens", "18:00", "hours_not_read"),
        ("closes", "09:00", "hours_not_read"), ("name", "x" * 201, "too_long"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused(desk: Desk, key: str, typed: str, code: str) -> None:
    before = desk.shop.settings()
    _refused(code, lambda: change_setting(desk.shop, key, typed, desk.owner))
    assert desk.shop.settings() == before


def test_the_promise_follows_the_shops_own_turnaround(desk: Desk) -> None:
    change_setting(desk.shop, "turnaround_days", "1", desk.owner)
    assert desk.job(JobStatus.RECEIVED).promised_for == date(2026, 11, 24)
    assert jobs.queue(desk.shop)[1] == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"region": "Mars"}, "region_unknown"), ({"currency": "dollars"}, "currency_not_read"),
        ({"timezone": "Mars/Olympus"}, "timezone_unknown"), ({"timezone": "\ud800"}, "timezone_unknown"),
        ({"role": "king"}, "role_unknown"), ({"language": "\ud800"}, "word_unknown"),
        ({"owner": "x" * 201}, "too_long"), ({"name": "x" * 201}, "too_long"),
    ],
)  # fmt: skip
def test_a_shop_that_cannot_be_leaves_no_file(tmp_path: Any, changes: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as caught:
        bootstrap.make_shop(tmp_path / "shop.db", NewShop(**changes))
    assert caught.value.problem.code == code
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("region", "currency", "zone"),
    [("CN", "CNY", "Asia/Shanghai"), ("eu", "EUR", "Europe/Berlin"), ("UK", "GBP", "Europe/London")],
)
def test_a_region_sets_what_is_not_said(tmp_path: Any, region: str, currency: str, zone: str) -> None:
    shop = bootstrap.make_shop(tmp_path / "shop.db", NewShop(name="a\x00b", region=region, owner="Ann"))
    current = shop.settings()
    assert (current.name, current.currency, current.timezone) == ("ab", currency, zone)
    assert staff.cli_identity(shop).role is Role.OWNER
    shop.close()


def test_the_pinned_clock_is_the_shops_own(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERSALES_NOW", "2026-11-22T00:30")
    shop = bootstrap.make_shop(tmp_path / "shop.db", NewShop(owner="Ann"))
    assert shop.today().today == date(2026, 11, 22)
    assert shop.clock_is_behind() is None
    shop.close()
    again = bootstrap.open_shop(tmp_path / "shop.db")
    assert again.clock_is_behind() is None
    again.close()


@pytest.mark.parametrize("piece", ["1 ", " ", "(", "1("])
def test_a_phone_of_thousands_of_characters_is_refused_at_once(desk: Desk, piece: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(Refused) as caught:
        customers.add(desk.shop, NewCustomer(name="x", phones=("1" + piece * 30_000 + "2",)), desk.clerk)
    assert caught.value.problem.code == "too_long"
    assert time.perf_counter() - begin < 2
