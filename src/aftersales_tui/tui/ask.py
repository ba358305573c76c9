"""Questions to the services, asked off the UI thread."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from textual.worker import Worker

from aftersales_tui.domain.errors import ShopError

if TYPE_CHECKING:
    from aftersales_tui.tui.screens_base import FrameScreen

P = ParamSpec("P")
T = TypeVar("T")

SHOW_AFTER = 0.3
"""Seconds a question may take before the screen says that it waits."""


async def ask(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What ``fn`` answers, asked in a worker thread; raises what it raises."""
    return await asyncio.to_thread(fn, *args, **kwargs)


def read(
    screen: "FrameScreen[Any]", pane: str, fn: Callable[..., T], *args: object, then: Callable[[T], object]
) -> None:
    """Asks for one pane and hands the answer to ``then``; a newer question drops an older one."""

    async def work() -> None:
        timer = screen.set_timer(SHOW_AFTER, lambda: screen.show_loading(pane))
        try:
            answer = await ask(fn, *args)
        except ShopError as error:
            screen.show_error(error)
            screen.read_through(pane)
            return
        finally:
            timer.stop()
            screen.show_loaded()
            screen.shop_app.lists_are_there()
        if not screen.app.is_running:  # the program is being left: its screens come apart
            return
        result = then(answer)
        if isinstance(result, Coroutine):
            await result
        screen.read_through(pane)

    _worker: Worker[None] = screen.run_worker(work, group=f"read:{pane}", exclusive=True, name=f"read:{pane}")


async def write(screen: "FrameScreen[Any]", fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a saving service answers; call it in a worker. Never cancelled, never started twice by a screen.

    Row 2 says ``saving``; after 0.3 s a dialog counts the seconds. Esc closes it and gives the screen
    back while the save goes on behind it: pressing save again then waits for the same save.
    """
    from aftersales_tui.tui.modals.busy import BusyDialog

    task = asyncio.ensure_future(ask(fn, *args, **kwargs))
    screen.saving = True
    dialog: BusyDialog | None = None
    try:
        done, _pending = await asyncio.wait({task}, timeout=SHOW_AFTER)
        if not done and screen.is_current:
            dialog = BusyDialog()
            screen.app.push_screen(dialog)
        answer = await asyncio.shield(task)
    except asyncio.CancelledError:
        app = screen.shop_app
        task.add_done_callback(lambda late: app.saved_after_all() if late.exception() is None else None)
        raise
    finally:
        screen.saving = False
        if dialog is not None and dialog.is_attached:
            dialog.stop_waiting()
    screen.shop_app.changed_by_us()
    return answer


def refusal(error: ShopError) -> str:
    """What was refused, in the sentences of all its problems."""
    from aftersales_tui.i18n.messages import sentence

    return " ".join(sentence(problem) for problem in error.problems)
