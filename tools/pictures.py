"""Draws the README's pictures: the program photographs itself on the sample shop, at a fixed moment.

python tools/pictures.py [FOLDER]
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from textual import events
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from aftersales_tui.domain.text import cell_width

MOMENT = "2026-11-23T09:42"
SIZE = (120, 40)
FAULT = "Sparks inside, stops after two minutes. Same as in October."

SCENES: Sequence[tuple[str, str, str, Sequence[str]]] = (
    ("desk", "en", "李娜", ()),
    ("call", "en", "李娜", ("n", *"13800138027", "wait", "enter", "wait", "enter", "fault", "wait")),
    ("call-zh", "zh_CN", "李娜", ("n", *"13800138027", "wait", "enter", "wait", "enter", "fault", "wait")),
    ("bench", "en", "陈伟", ()),
    ("month", "en", "周明", ()),
)
"""Name, language, who works there, and the keys until the picture."""


RUN = re.compile(
    r'(?P<before><text [^>]*textLength=")(?P<length>[0-9.]+)(?P<after>"[^>]*>)(?P<words>[^<]*)</text>'
)


async def settle(pilot: Pilot[int]) -> None:
    """Waits until every worker has answered and the screen is drawn."""
    for _ in range(6):
        with suppress(WorkerCancelled):  # a question that a newer one has replaced
            await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.2)


async def play(pilot: Pilot[int], keys: Sequence[str]) -> None:
    """Presses the keys; ``fault`` pastes the caller's words, ``wait`` lets the answers come."""
    for key in keys:
        if key == "wait":
            await settle(pilot)
        elif key == "fault":
            pilot.app.post_message(events.Paste(FAULT))
            await settle(pilot)
        else:
            await pilot.press(key)


def in_cells(svg: str) -> str:
    """The picture with every run of text as wide as its cells: Chinese characters take two."""

    def widened(run: re.Match[str]) -> str:
        words = html.unescape(run["words"])
        cells = cell_width(words)
        length = float(run["length"]) * cells / max(1, len(words))
        return f"{run['before']}{length:.1f}{run['after']}{run['words']}</text>"

    return RUN.sub(widened, svg)


async def photograph(folder: Path, name: str, language: str, who: str, keys: Sequence[str]) -> None:
    """Opens the program on a fresh sample shop and saves one screen as SVG."""
    from aftersales_tui import bootstrap
    from aftersales_tui.tui.app import AftersalesApp, TuiOptions
    from aftersales_tui.tui.ports import Shop
    from aftersales_tui.views.seat import Person

    def sign_in(shop: Shop) -> Person | None:
        return next(person for person in shop.people() if person.name.startswith(who))

    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "shop.db"
        bootstrap.make_sample_shop(path)
        options = TuiOptions(
            open_shop=lambda: bootstrap.open_seat(path, remembers=False),
            language=language,
            sign_in_as=sign_in,
        )
        app = AftersalesApp(options)
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            await play(pilot, keys)
            await settle(pilot)
            (folder / f"{name}.svg").write_text(in_cells(app.export_screenshot()), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Draws every scene into the folder; docs/pictures without one."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent.parent / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["AFTERSALES_NOW"] = MOMENT
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOME": home, "XDG_STATE_HOME": f"{home}/state", "XDG_CONFIG_HOME": f"{home}/config"}
        for scene in SCENES:
            asyncio.run(photograph(folder, *scene))
            print(folder / f"{scene[0]}.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
