"""A dozen screens of the sample shop, cell by cell, as they stood when somebody last looked at them.

What the program does is asserted elsewhere; here a change of looks is seen and agreed to. ``make snapshots``
draws them anew.
"""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.tui.conftest import drawn, settled
from textual.events import Paste
from textual.pilot import Pilot

from aftersales_tui import bootstrap
from aftersales_tui.domain.text import cell_width
from aftersales_tui.tui.app import AftersalesApp, TuiOptions
from aftersales_tui.tui.ports import Shop
from aftersales_tui.views.seat import Person

MOMENT = "2026-11-23T09:42"
GOLDEN = Path(__file__).parent
REDRAWN = os.environ.get("SNAPSHOTS") == "write"

WIDE, SMALL = (120, 40), (80, 24)
FAULT = "Sparks inside, stops after two minutes. Same as in March."


@dataclass(frozen=True)
class Scene:
    """A screen: who sees it, in which language and window, and the keys until then.

    A step that begins with ``|`` is pasted, ``to`` goes down to a row with a word, every other one is
    pressed, and each waits for its answers.
    """

    name: str
    who: str
    language: str
    size: tuple[int, int]
    steps: Sequence[str] = ()
    no_color: bool = False


CALL = ("n", "|138 0013 8027", "enter", "enter", "|" + FAULT)

SCENES = (
    Scene("sign_in", "", "en", SMALL),
    Scene("desk", "李娜", "en", WIDE),
    Scene("desk_zh_small", "李娜", "zh_CN", SMALL),
    Scene("look_up_zh", "李娜", "zh_CN", WIDE, ("slash", "|王芳 8027")),
    Scene("call", "李娜", "en", WIDE, CALL),
    Scene("call_zh_small", "李娜", "zh_CN", SMALL, CALL),
    Scene("why_zh", "李娜", "zh_CN", WIDE, (*CALL, "f8")),
    Scene("customer_small", "李娜", "en", SMALL, ("slash", "|138 0013 8027", "to customer", "enter")),
    Scene("help_zh_small", "李娜", "zh_CN", SMALL, ("f1",)),
    Scene("follow_up_small", "李娜", "en", SMALL, ("2", "enter")),
    Scene("bench", "陈伟", "en", WIDE),
    Scene("job_small", "陈伟", "en", SMALL, ("enter",)),
    Scene("repair_record_zh", "陈伟", "zh_CN", WIDE, ("enter", "r")),
    Scene("month_zh", "周明", "zh_CN", WIDE),
    Scene("month_small_no_color", "周明", "en", SMALL, no_color=True),
)


@pytest.fixture(scope="session")
def sample_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample shop on the morning of its anchor day, made once."""
    folder = tmp_path_factory.mktemp("sample")
    base = tmp_path_factory.getbasetemp()
    home = base.parent if base.name.startswith("popen-") else base
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            patch.setenv(name, str(home / "told"))  # the second worker copies what the first one told
        patch.setenv("AFTERSALES_NOW", MOMENT)
        bootstrap.make_sample_shop(folder / "shop.db")
    return folder / "shop.db"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_the_screen_looks_as_it_was_agreed(
    scene: Scene, sample_shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERSALES_NOW", MOMENT)
    monkeypatch.setattr("aftersales_tui.tui.desk.call_judging.JUDGE_AFTER", 0.001)
    if scene.no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    rows = await shown(scene, Path(shutil.copy(sample_shop, tmp_path / "shop.db")))
    columns, lines = scene.size
    assert len(rows) == lines
    assert [row for row in rows if cell_width(row) > columns] == []
    agree(GOLDEN / f"{scene.name}.txt", [row.rstrip() for row in rows])


async def shown(scene: Scene, path: Path) -> list[str]:
    """The rows of the screen once all its steps are done."""

    def sign_in(shop: Shop) -> Person | None:
        return next(person for person in shop.people() if person.name.startswith(scene.who))

    app = AftersalesApp(
        TuiOptions(
            open_shop=lambda: bootstrap.open_seat(path, remembers=False),
            language=scene.language,
            sign_in_as=sign_in if scene.who else None,
        )
    )
    async with app.run_test(size=scene.size) as pilot:
        await (settled(pilot) if scene.who else pilot.pause())
        for step in scene.steps:
            if step.startswith("|"):
                app.post_message(Paste(step[1:]))
            elif step.startswith("to "):
                await go_to(step.removeprefix("to "), pilot)
            else:
                await pilot.press(step)
            await pilot.pause()
        return drawn(pilot)


async def go_to(words: str, pilot: Pilot[int]) -> None:
    """Presses Down until the marked row has the words."""
    for _row in range(50):
        if any("▸" in row and words in row for row in drawn(pilot)):
            return
        await pilot.press("down")
    raise AssertionError(f"no row with {words!r}")


def agree(file: Path, rows: Sequence[str]) -> None:
    """Compares the rows with the file, or writes them into it; a difference is shown line by line."""
    if REDRAWN:
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return
    agreed = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    if agreed != rows:
        diff = difflib.unified_diff(agreed, rows, "as agreed", "as drawn now", lineterm="", n=1)
        pytest.fail(f"{file.name} (make snapshots draws it anew):\n" + "\n".join(diff), pytrace=False)
