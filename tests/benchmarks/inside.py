"""What is measured inside one process, run by the Python that has the program: ``inside.py NAME SHOP_FILE``.

Prints one JSON object with the milliseconds of the program and of its baseline, taken in turns. Each pair is
checked first: a baseline that gives another answer measures nothing, and ends the run.
"""

import asyncio
import gc
import json
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from baselines import look_up as lean_look_up
from baselines import month as lean_month
from look_ups import queries
from people import NOW

from aftersales_tui import bootstrap
from aftersales_tui.domain.dates import Month
from aftersales_tui.services import reports, search
from aftersales_tui.store.calendars import load_rest_days
from aftersales_tui.views.reports import MonthSummary
from aftersales_tui.views.search import Found

MONTH = Month(2026, 10)
TYPED = (
    "battery swol", "does not cha", "washing mach", "screen crack", "replaced, te", "138 0013 802",
    "J-98765 batt", "galanz p7012", "电池鼓包充不进电续航", "王芳微波炉打火", "洗衣机脱水时跳得满地走",
    "müller berg ",
    "thermostat r", "屏幕一直显示小锁", "leaks under ", "zhaomin 电水壶", "kfr 滴水 张", "fan never st",
)  # fmt: skip
PAUSE = 0.09
CLERK = "李娜 Li Na"
BEAT = 0.005


def _ms(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def look_up(path: Path) -> dict[str, float]:
    """The look-up's service call, as the screen asks it, and the same with bare sqlite3."""
    shop = bootstrap.open_shop(path, lambda: NOW)
    connection = sqlite3.connect(path, isolation_level=None)
    ours, lean = [], []
    for typed in queries(path):
        _same_rows(typed, search.find(shop, typed, count_all=False), lean_look_up.find(connection, typed))
        turns = [
            (
                _ms(lambda typed=typed: search.find(shop, typed, count_all=False)),  # type: ignore[misc]
                _ms(lambda typed=typed: lean_look_up.find(connection, typed)),  # type: ignore[misc]
            )
            for _ in range(3)
        ]
        ours.append(median(turn[0] for turn in turns))
        lean.append(median(turn[1] for turn in turns))
    return {
        "ms": p95(ours), "baseline_ms": p95(lean), "median_ms": median(ours),
        "baseline_median_ms": median(lean), "queries": len(ours),
    }  # fmt: skip


def _same_rows(typed: str, found: Found, lean: lean_look_up.Answer) -> None:
    ours = [
        (hit.kind, hit.id, hit.number, hit.title, hit.status, hit.found_in, hit.fragment, hit.customer_id,
         hit.device_id, hit.phone)
        for hit in found.items
    ]  # fmt: skip
    if (ours, found.total, found.alone) != ([(*row[:5], *row[6:11]) for row in lean[0]], lean[1], lean[2]):
        raise SystemExit(f"the baseline answers {typed!r} otherwise")


def month(path: Path) -> dict[str, float]:
    """The month's summary, and its raw SQL."""
    shop = bootstrap.open_shop(path, lambda: NOW)
    connection = sqlite3.connect(path)
    passed = lean_month.working_days(load_rest_days("CN").is_rest_day, date(2022, 1, 1), date(2027, 1, 31))

    def lean() -> dict[str, Any]:
        return lean_month.month(connection, MONTH.first, MONTH.after, passed)

    _same_month(reports.month(shop, MONTH), lean())
    turns = [(_ms(lambda: reports.month(shop, MONTH)), _ms(lean)) for _ in range(25)]
    return {"ms": median(turn[0] for turn in turns), "baseline_ms": median(turn[1] for turn in turns)}


def _same_month(ours: MonthSummary, lean: dict[str, Any]) -> None:
    for name, said in lean.items():
        mine = getattr(ours, name)
        if name == "technicians":
            mine = {one.name: (one.closed, one.turnaround_days, one.mean_score) for one in mine}
        elif isinstance(said, dict):
            mine = {word: n for word, n in mine.items() if n}
        elif name == "weeks":
            mine, said = list(mine), list(said)
        if mine != said:
            raise SystemExit(f"the baseline counts {name} otherwise: {said} instead of {mine}")


def stall(path: Path) -> dict[str, float]:
    """The longest time the screen was busy after each key typed into the look-up: a beat that comes late."""
    return asyncio.run(_stall(path))


async def _stall(path: Path) -> dict[str, float]:
    from textual import events

    from aftersales_tui.tui.app import AftersalesApp, TuiOptions
    from aftersales_tui.tui.desk.look_up import ScrapLine

    def clerk(shop: Any) -> Any:
        return next(person for person in shop.people() if person.name == CLERK)

    options = TuiOptions(open_shop=lambda: bootstrap.open_seat(path), sign_in_as=clerk)
    app = AftersalesApp(options)
    late: list[float] = []

    async def beat() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(BEAT)
            late[-1] = max(late[-1], (time.perf_counter() - before - BEAT) * 1000)

    rng = Random(3)
    async with app.run_test(size=(120, 40)) as pilot:
        while not app.screen.query("#calls") or not app.screen.panels[0].rows:  # type: ignore[attr-defined]
            await pilot.pause(0.05)
        gc.collect()
        late.append(0.0)
        beating = asyncio.create_task(beat())
        keys: list[float] = []
        for words in TYPED:
            app.post_message(events.Key("slash", "/"))
            await asyncio.sleep(0.3)
            late.clear()
            for char in words:
                late.append(0.0)
                app.post_message(
                    events.Key(char if char.isalnum() else "space" if char == " " else char, char)
                )
                await asyncio.sleep(PAUSE + rng.uniform(0, 0.04))
            keys += late
            line = app.screen.query_one("#scrap", ScrapLine)
            if line.value.strip() != words.strip():
                raise SystemExit(f"{words!r} was typed and {line.value!r} arrived")
            await asyncio.sleep(0.3)
            app.post_message(events.Key("escape", None))
            await asyncio.sleep(0.3)
        beating.cancel()
        app.exit(0)
    return {"ms": p95(keys), "worst_ms": max(keys), "median_ms": median(keys), "keys": len(keys)}


def judging(_path: Path) -> dict[str, float]:
    """Verdicts a second of sold units as a registry holds them, and relativedelta adding the years alone."""
    from dateutil.relativedelta import relativedelta

    from aftersales_tui.domain.warranty import Facts, Repair, judge
    from aftersales_tui.store.policies import policies_for

    chance, on, rest_days = Random(7), NOW.date(), load_rest_days("CN")
    units = []
    for number in range(2000):
        category = chance.choice(("microwave", "phone", "laptop", "fan", "other", "tv_flat"))
        sold = on - timedelta(days=chance.randrange(1500))
        back = sold + timedelta(days=chance.randrange(400))
        stay = () if number % 4 or back > on else (Repair(sold, min(back, on), fault="x"),)
        units.append(Facts(category, sold=sold, repairs=stay))
    packs = {unit.category: policies_for("CN", unit.category) for unit in units}

    def ours() -> None:
        for unit in units:
            judge(unit, packs[unit.category], on, rest_days, explain=False)

    def lean() -> None:
        year = relativedelta(years=1)
        for unit in units:
            assert unit.sold is not None
            unit.sold + year

    ours(), lean()
    turns = [(_busy(ours), _busy(lean)) for _ in range(7)]
    busy, baseline = (median(turn[place] for turn in turns) for place in (0, 1))
    return {
        "devices_per_second": len(units) / busy,
        "relativedelta_per_second": len(units) / baseline,
    }


def _busy(run: Callable[[], object]) -> float:
    """The seconds one core was busy."""
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    measures = {"look_up": look_up, "month": month, "stall": stall, "judge": judging}
    measure = measures[sys.argv[1]]
    print(json.dumps(measure(Path(sys.argv[2]))))
