"""The cards of a customer, a device and a call, and changing them with two seats at once."""

from datetime import date

import pytest
from tests.tui.calm import Gate
from tests.tui.desk.desk_shop import HOSTILE, DeskShop, drawn, quiet, until

from aftersales_tui import drafts
from aftersales_tui.domain.words import CallKind, RecordKind, Resolution
from aftersales_tui.services import calls, customers, devices
from aftersales_tui.services.shop import Shop
from aftersales_tui.tui.desk.call_edit import CallEdit
from aftersales_tui.tui.desk.customer import CustomerCard
from aftersales_tui.tui.desk.customer_edit import CustomerEdit
from aftersales_tui.tui.desk.device import DeviceCard
from aftersales_tui.tui.desk.device_edit import DeviceEdit
from aftersales_tui.tui.desk.home import DeskHome
from aftersales_tui.tui.desk.record_form import Values
from aftersales_tui.tui.modals.conflict import ConflictDialog

SIZES = [(80, 24), (120, 40)]


def text(pilot) -> str:  # type: ignore[no-untyped-def]
    return "\n".join(drawn(pilot))


async def opened(pilot, name: str, record_id: int) -> None:  # type: ignore[no-untyped-def]
    await pilot.app.open_screen(name, record_id)
    await quiet(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_the_card_shows_devices_with_their_warranty_in_words(
    desk: DeskShop, size: tuple[int, int]
) -> None:
    async with desk.running(size) as pilot:
        await opened(pilot, "customer", desk.ids["wang"])
        seen = text(pilot)
        assert "Desk › Customer › 王芳 Wang Fang" in drawn(pilot)[1]
        assert "138 0013 8027" in drawn(pilot)[2]
        assert "[1 Devices 2]" in seen
        assert "COVERED to 30 Nov 2026" in seen
        assert "NOT PROVEN" in seen
        assert ("repair free until" in seen) == (size == (80, 24))
        await pilot.press("2")
        await quiet(pilot)
        seen = text(pilot)
        assert "J-0001" in seen
        assert "ready" in seen
        assert "C-0002" in seen


async def test_another_seats_change_shows_on_the_card(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await opened(pilot, "customer", desk.ids["wang"])
        shop = desk.open()
        customers.note(shop, desk.ids["wang"], "WeChat only", desk.ids["chen"])
        shop.close()
        await until(pilot, lambda: "WeChat only" in text(pilot))
        assert "changed by 陈伟" in drawn(pilot)[1]


async def test_o_opens_a_job_on_the_device_without_a_call_being_open(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await opened(pilot, "customer", desk.ids["wang"])
        await pilot.press("o")
        await quiet(pilot)
        await pilot.press(*"hums", "enter")
        await quiet(pilot)
        shop = desk.open()
        newest = calls.listed(shop)[0][0]
        shop.close()
        assert newest.fault == "hums"
        assert newest.resolution is Resolution.JOB_OPENED
        await pilot.press("2")
        await quiet(pilot)
        assert "J-0003" in text(pilot)


async def test_an_open_job_on_the_card_takes_the_asking_call_too(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await opened(pilot, "customer", desk.ids["wang"])
        await pilot.press("2")
        await quiet(pilot)
        card = pilot.app.screen
        assert isinstance(card, CustomerCard)
        card.select("open", f"job:{desk.ids['work']}")
        await pilot.press("b")
        await quiet(pilot)
        shop = desk.open()
        assert calls.listed(shop)[0][0].kind is CallKind.PROGRESS
        shop.close()


async def test_n_carries_customer_and_device_into_the_call_form(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await opened(pilot, "customer", desk.ids["wang"])
        await pilot.press("n")
        await quiet(pilot)
        form = pilot.app.screen
        assert form.field("name").answer == "王芳 Wang Fang"  # type: ignore[attr-defined]
        assert form.field("serial").answer  # type: ignore[attr-defined]


async def test_the_service_card_shows_dates_and_what_happened_to_the_unit(desk: DeskShop) -> None:
    async with desk.running((120, 40)) as pilot:
        await opened(pilot, "device", desk.ids["oven"])
        seen = text(pilot)
        assert "27 Nov 2025" in seen
        assert "J-0002" in seen
        assert "Repair free until" in seen
        await pilot.press("enter")
        await quiet(pilot)
        assert not isinstance(pilot.app.screen, DeviceCard)


async def test_changing_a_customer_saves_only_what_was_touched(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await opened(pilot, "customer_edit", desk.ids["wang"])
        form = pilot.app.screen
        assert isinstance(form, CustomerEdit)
        assert form.field("phones").answer == "138 0013 8027"
        form.field("phones").set_answer("138 0013 8027, 0755 8223 1904 (work)\nabc")
        form.field("notes").set_answer(HOSTILE + "长" * 10_000)
        await pilot.press("ctrl+s")
        await quiet(pilot)
        assert isinstance(pilot.app.screen, DeskHome)
        shop = desk.open()
        found = customers.show(shop, desk.ids["wang"])
        changed = customers.log_of(shop, RecordKind.CUSTOMER, desk.ids["wang"])
        shop.close()
        assert [phone.raw for phone in found.phones] == ["138 0013 8027", "0755 8223 1904", "abc"]
        assert found.phones[1].label == "work"
        assert found.notes.endswith("长长")
        assert {
            name for event in changed for name in event.data.get("after", {}) if event.what == "changed"
        } == {
            "phones",
            "notes",
        }


async def test_a_name_that_is_too_long_is_said_at_its_field_and_stays(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await opened(pilot, "customer_edit", desk.ids["wang"])
        form = pilot.app.screen
        assert isinstance(form, CustomerEdit)
        form.field("name").set_answer("x" * 10_000)
        await pilot.press("ctrl+s")
        await quiet(pilot)
        assert pilot.app.screen is form
        assert "! This is too long" in text(pilot)
        assert form.field("name").answer == "x" * 10_000


async def test_different_fields_of_two_seats_are_both_kept_and_it_is_said(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await opened(pilot, "customer_edit", desk.ids["wang"])
        form = pilot.app.screen
        assert isinstance(form, CustomerEdit)
        change(desk, "region", "Futian")
        form.field("notes").set_answer("evenings")
        await pilot.press("ctrl+s")
        await quiet(pilot)
        assert any("both are kept" in note.message for note in pilot.app._notifications)
        shop = desk.open()
        found = customers.show(shop, desk.ids["wang"])
        shop.close()
        assert (found.region, found.notes) == ("Futian", "evenings")


OWNER = 1


def change(desk: DeskShop, name: str, value: str) -> None:
    """The other seat changes a field."""
    shop = desk.open()
    shown = {"version": customers.show(shop, desk.ids["wang"]).version}
    customers.edit(shop, desk.ids["wang"], shown=shown, changes={name: value}, by=OWNER)
    shop.close()


@pytest.mark.parametrize(
    ("answer", "stored", "draft"),
    [("1", "evenings, WeChat", False), ("2", "WeChat only", True), ("3", "WeChat only", False)],
)
async def test_the_same_field_of_two_seats_is_asked_and_nothing_typed_is_lost(
    desk: DeskShop, answer: str, stored: str, draft: bool
) -> None:
    async with desk.running() as pilot:
        await opened(pilot, "customer_edit", desk.ids["wang"])
        form = pilot.app.screen
        assert isinstance(form, CustomerEdit)
        form.field("notes").set_answer("evenings, WeChat")
        change(desk, "notes", "WeChat only")
        await pilot.press("ctrl+s")
        await quiet(pilot)
        assert isinstance(pilot.app.screen, ConflictDialog)
        assert "赵敏 Zhao Min" in text(pilot)
        await pilot.press(answer)
        await quiet(pilot)
        shop = desk.open()
        assert customers.show(shop, desk.ids["wang"]).notes == stored
        shop.close()
        if answer == "3":
            assert pilot.app.screen is form
            assert form.field("notes").answer == "evenings, WeChat"
        kept = drafts.list_drafts(desk.path, desk.ids["me"], "customer_edit")
        assert bool(kept) == draft
        if draft:
            assert kept[0].answers["notes"] == "evenings, WeChat"
            assert "half typed" in text(pilot)


async def test_a_change_left_with_escape_is_gone_on_with_from_the_desk(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await opened(pilot, "customer_edit", desk.ids["wang"])
        await pilot.press("end", *" X", "escape")
        await quiet(pilot)
        assert "half typed" in text(pilot)
        change(desk, "region", "Futian")
        await pilot.press("home", "enter")
        await quiet(pilot)
        form = pilot.app.screen
        assert isinstance(form, CustomerEdit)
        assert form.field("name").answer == "王芳 Wang Fang X"
        await pilot.press("ctrl+s")
        await quiet(pilot)
        shop = desk.open()
        found = customers.show(shop, desk.ids["wang"])
        shop.close()
        assert (found.name, found.region) == ("王芳 Wang Fang X", "Futian")
        assert drafts.list_drafts(desk.path, desk.ids["me"]) == []


async def test_a_sale_after_today_is_refused_at_its_field_and_kept(desk: DeskShop) -> None:
    async with desk.running() as pilot:
        await opened(pilot, "device_edit", desk.ids["laptop"])
        form = pilot.app.screen
        assert isinstance(form, DeviceEdit)
        form.field("sold_on").set_answer("2027-01-05")
        await pilot.press("ctrl+s")
        await quiet(pilot)
        assert "is after today" in text(pilot)
        assert form.field("sold_on").answer == "2027-01-05"
        form.field("sold_on").set_answer("8m")
        await pilot.press("ctrl+s")
        await quiet(pilot)
        shop = desk.open()
        found = devices.show(shop, desk.ids["laptop"])
        shop.close()
        assert found.sold_on == date(2026, 3, 23)
        assert found.category == "laptop", "what was not touched stays as it was"


async def test_the_product_of_an_open_call_is_offered_while_one_types_and_brings_its_category(
    desk: DeskShop,
) -> None:
    async with desk.running() as pilot:
        await opened(pilot, "call_edit", desk.ids["nobody"])
        form = pilot.app.screen
        assert isinstance(form, CallEdit)
        form.set_focus(form.field("product").focus_target)
        await pilot.press(*"p70")
        await quiet(pilot)
        assert "▸ Galanz 格兰仕 P70F23" in text(pilot)
        assert "+ new product p70" in text(pilot)
        await pilot.press("enter")
        await quiet(pilot)
        answers = form.answers()
        assert (answers["product"], answers["category"]) == ("Galanz 格兰仕 P70F23", "microwave oven")
        form.fill({"phone": "139 1234 5678", "sold_on": "8m", "fault": "no heat"})
        await pilot.press("ctrl+s")
        await quiet(pilot)
        shop = desk.open()
        call = calls.show(shop, desk.ids["nobody"])
        shop.close()
        assert (call.brand, call.model, call.category) == ("Galanz 格兰仕", "P70F23", "microwave")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", SIZES)
async def test_every_record_screen_draws_in_both_languages_and_sizes(
    desk: DeskShop, size: tuple[int, int], language: str
) -> None:
    async with desk.running(size, language) as pilot:
        for name, record in (
            ("customer", "wang"), ("device", "oven"), ("call", "call"), ("customer_edit", "wang"),
            ("device_edit", "oven"), ("call_edit", "nobody"),
        ):  # fmt: skip
            await opened(pilot, name, desk.ids[record])
            rows = drawn(pilot)
            assert rows[-1].rstrip().endswith("F1 " + ("help" if language == "en" else "帮助"))
            assert rows[-3].strip() or rows[-2].strip()
            await pilot.press("escape")
            await quiet(pilot)
        assert isinstance(pilot.app.screen, DeskHome)


async def test_what_is_typed_while_a_file_is_still_read_stands_behind_what_is_on_file(
    desk: DeskShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, load = Gate(), CustomerEdit.load

    def slow(form: CustomerEdit, shop: Shop) -> tuple[str, Values]:
        gate.wait()
        return load(form, shop)

    monkeypatch.setattr(CustomerEdit, "load", slow)
    async with desk.running() as pilot:
        await pilot.app.open_screen("customer_edit", desk.ids["wang"])
        await pilot.press("end", *"xy")
        form = pilot.app.screen
        assert isinstance(form, CustomerEdit)
        assert form.field("name").answer == ""
        gate.set()
        await quiet(pilot)
        assert form.field("name").answer == "王芳 Wang Fangxy"
