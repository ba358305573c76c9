"""Hostile text on every screen, typed, pasted or planted in the file: shown as text, never acted on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from amounts import amount
from hostile import TEXTS, steering
from hostile_shop import FIELDS, Told, tell
from planted import COLUMNS, plant
from rich.cells import cell_len
from tests.tui.bench.conftest import done
from tests.tui.conftest import drawn, waiting
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from aftersales_tui.bootstrap import open_shop
from aftersales_tui.domain.words import JobStatus, RecordKind
from aftersales_tui.services import followups, jobs
from aftersales_tui.services.seat import Seat
from aftersales_tui.tui.app import AftersalesApp, TuiOptions
from aftersales_tui.tui.form_screen import FormScreen
from shops import Desk, desk, furnished, raw, shop_path

__all__ = ["desk", "furnished", "shop_path", "waiting"]

ALL = list(TEXTS.values())
LOOKS = pytest.mark.parametrize(
    ("size", "language"), [((80, 24), "zh_CN"), ((120, 40), "en")], ids=["small", "wide"]
)
OF_SCROLL_BARS = {"grab", "release", "scroll_up", "scroll_down"}
"""The only actions that drawn cells carry."""
PLAIN = dict.fromkeys(FIELDS, "plain")


@asynccontextmanager
async def seated(desk: Desk, size: tuple[int, int], language: str) -> AsyncIterator[Pilot[int]]:
    """The owner at a seat: every area is theirs."""

    def opened() -> Seat:
        shop = open_shop(desk.shop.path, desk.clock)
        return Seat(shop.store, desk.clock, remembered=lambda: "", remember=lambda _name: None)

    def owner(shop: Any) -> Any:
        return next(person for person in shop.people() if person.id == desk.owner)

    app = AftersalesApp(TuiOptions(open_shop=opened, language=language, sign_in_as=owner))
    async with app.run_test(size=size, notifications=True) as pilot:
        await done(pilot)
        yield pilot
        await done(pilot)
        if app.shop is not None:
            app.shop.close()


def harmless(pilot: Pilot[int], where: str) -> None:
    """What is drawn steers nothing, holds no link and no action, and is as wide as the window."""
    columns, lines = pilot.app.size
    strips = pilot.app.screen._compositor.render_strips()
    assert len(strips) == lines
    for strip in strips:
        text = "".join(segment.text for segment in strip)
        assert steering(text) == [], where
        assert "\n" not in text, where
        assert cell_len(text) <= columns, (where, text)  # as Textual counts, families of emoji too
        for segment in strip:
            if segment.style is not None:
                assert segment.style.link is None, where
                acts = {value for name, value in segment.style.meta.items() if name.startswith("@")}
                assert acts <= OF_SCROLL_BARS, (where, acts)
    assert pilot.app.is_running
    assert pilot.app.return_code in (None, 0)


async def every_screen(pilot: Pilot[int], told: Told) -> None:
    """Each screen that shows a story, one after the other."""
    app = cast(AftersalesApp, pilot.app)
    depth = len(app.screen_stack)
    for name, arguments in (
        ("customer", (told.customer,)), ("device", (told.device,)), ("call", (told.call,)),
        ("job", (told.job,)), ("why", (told.device,)), ("follow_up", (told.follow_up,)),
        ("log", (RecordKind.CUSTOMER, told.customer)), ("log", (RecordKind.DEVICE, told.device)),
        ("log", (RecordKind.CALL, told.call)), ("log", (RecordKind.JOB, told.job)),
        ("customer_edit", (told.customer,)), ("device_edit", (told.device,)), ("call_edit", (told.call,)),
    ):  # fmt: skip
        await app.open_screen(name, *arguments)
        await done(pilot)
        harmless(pilot, name)
        if not isinstance(app.screen, FormScreen):
            await pilot.press("y")
            await done(pilot)
            assert steering(app.clipboard) == [], name
            harmless(pilot, f"{name} copied")
            await pilot.press("2", "down")
            await done(pilot)
            harmless(pilot, f"{name}, part 2")
        while len(app.screen_stack) > depth:
            app.pop_screen()
        await done(pilot)


async def every_area(pilot: Pilot[int], texts: list[str]) -> None:
    """The desk with what look-ups find, the bench and the office."""
    app = cast(AftersalesApp, pilot.app)
    for area in ("office", "bench", "desk"):
        await app.go_area(area)
        await done(pilot)
        harmless(pilot, area)
    for text in texts:
        await app.look_up(text)
        await done(pilot)
        harmless(pilot, f"look-up of {text[:30]!r}")
    for key in ("f1", "ctrl+p"):
        depth = len(app.screen_stack)
        await pilot.press(key)
        await pilot.pause()
        assert len(app.screen_stack) > depth, key
        harmless(pilot, key)
        app.pop_screen()
        await done(pilot)


@LOOKS
async def test_what_somebody_planted_in_the_file_is_shown_as_text(
    desk: Desk, size: tuple[int, int], language: str
) -> None:
    told = tell(desk, PLAIN)
    desk.job(JobStatus.DIAGNOSING)
    desk.call()
    async with seated(desk, size, language) as pilot:
        for n in range(amount(len(ALL), 1)):
            at = (n + size[0]) % len(ALL)
            plant(desk, told, ALL[at:] + ALL[:at])
            await every_screen(pilot, told)
        await every_area(pilot, ["plain", *ALL[:: len(ALL) // amount(len(ALL), 6)]])


FORMS = ("call_form", "customer_edit", "device_edit", "call_edit", "follow_up", "repair_record", "job_edit")


@pytest.mark.parametrize("name", FORMS)
async def test_what_is_pasted_into_a_form_is_harmless_there_and_on_file(desk: Desk, name: str) -> None:
    job = desk.job(JobStatus.HANDED_OVER if name == "follow_up" else JobStatus.IN_REPAIR)
    due = followups.for_job(desk.shop, job.id) or 0
    arguments: dict[str, tuple[Any, ...]] = {
        "call_form": (), "customer_edit": (job.customer_id,), "device_edit": (job.device_id,),
        "call_edit": (job.call_id,), "follow_up": (due,), "repair_record": (job.id,),
        "job_edit": (jobs.show(desk.shop, job.id),),
    }  # fmt: skip
    async with seated(desk, (80, 24), "en") as pilot:
        await pilot.app.open_screen(name, *arguments[name])  # type: ignore[attr-defined]
        await done(pilot)
        form = pilot.app.screen
        places = [w for w in form.query("*") if isinstance(w, Input | TextArea) and w.display and w.can_focus]
        assert places
        texts = iter(ALL * 3)
        for place in places:
            for _n in range(amount(len(ALL), 3)):
                text = next(texts)
                place.focus()
                await pilot.pause()
                pilot.app.post_message(Paste(text))
                await done(pilot)
                value = place.value if isinstance(place, Input) else place.text
                assert steering(value) == [], (place.id, text)
                harmless(pilot, f"{name}: {place.id}")
                if pilot.app.screen is not form:
                    pilot.app.pop_screen()
        await pilot.press("ctrl+s")
        await done(pilot)
        harmless(pilot, f"{name} saved")
        assert pilot.app.screen is not form or any("!" in row for row in drawn(pilot)), "nothing came of it"
    for table, columns in COLUMNS.items():
        for row in raw(desk.shop, f"SELECT {', '.join(columns)} FROM {table}"):
            assert [found for text in row for found in steering(text)] == [], table
