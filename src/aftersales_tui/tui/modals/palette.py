"""What the command palette offers: the actions of this screen, and the records of the shop."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from aftersales_tui.domain.errors import ShopError
from aftersales_tui.domain.text import cell_width
from aftersales_tui.domain.words import RecordKind
from aftersales_tui.i18n import _
from aftersales_tui.i18n.labels import label
from aftersales_tui.tui.actions import ACTIONS, Action
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.safe_text import content, plain

if TYPE_CHECKING:
    from aftersales_tui.tui.app import AftersalesApp
    from aftersales_tui.tui.screens_base import FrameScreen
    from aftersales_tui.views.seat import Found

_LEFT_OUT = {"form.on", "form.next", "form.previous", "form.answer", "form.tick", "app.up", "app.down",
             "app.part", "app.first", "app.last", "app.palette", "app.back"}  # fmt: skip
_NAME_WIDTH = 40


class ActionProvider(Provider):
    """Every action this screen offers, with its key, and the reason when it cannot act now."""

    async def discover(self) -> Hits:
        for action in ACTIONS:
            line = self._line(action)
            if line is not None:
                yield DiscoveryHit(line, self._doing(action), text=plain(action.shown_name))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for action in ACTIONS:
            line = self._line(action)
            if line is None:
                continue
            score = max(
                matcher.match(text) for text in (action.shown_name, action.shown_description, action.id)
            )
            if score > 0:
                yield Hit(score, line, self._doing(action), text=plain(action.shown_name))

    @property
    def _under(self) -> "FrameScreen[object] | None":
        from aftersales_tui.tui.screens_base import FrameScreen

        return self.screen if isinstance(self.screen, FrameScreen) else None

    def _line(self, action: Action) -> Content | None:
        screen = self._under
        if action.id in _LEFT_OUT or screen is None or not screen.offers(action.id):
            return None
        name = plain(action.shown_name)
        key = screen.shop_app.key_map.first(action, typing=screen.types)
        reason = screen.refusal(action.id)
        tail = _("not now: {reason}").format(reason=plain(reason)) if reason else action.id
        gap = " " * max(2, _NAME_WIDTH - cell_width(name))
        return content(f"{name}{gap}{key:<7} {tail}", "dim" if reason else "")

    def _doing(self, action: Action) -> Callable[[], object]:
        screen = self._under
        assert screen is not None
        return partial(screen.shop_app.do, screen, action.id)


_SCREENS: Mapping[str, str] = {
    RecordKind.CUSTOMER: "customer", RecordKind.DEVICE: "device", RecordKind.JOB: "job",
    RecordKind.CALL: "call", RecordKind.FOLLOW_UP: "follow_up",
}  # fmt: skip


class DataProvider(Provider):
    """Records by number, name or phone; Enter opens one."""

    async def search(self, query: str) -> Hits:
        app = cast("AftersalesApp", self.app)
        for place, found in enumerate(await self._found(query)):
            kind = label(RecordKind(found.kind)) if found.kind in set(RecordKind) else found.kind
            line = _("{kind} {number} {title}").format(
                kind=kind, number=plain(found.number), title=plain(found.title)
            )
            shown = content(line, width=max(20, self.screen.size.width - 8))
            name = _SCREENS.get(found.kind)
            if name is not None:
                open_it = partial(app.open_screen, name, found.id)
                yield Hit(max(0.01, 0.9 - place / 100), shown, open_it, text=shown.plain)

    async def _found(self, text: str) -> "Sequence[Found]":
        """Nothing while the shop is not open."""
        shop = cast("AftersalesApp", self.app).shop
        if shop is None or not text.strip():
            return ()
        try:
            return await ask(shop.find, text)
        except ShopError:
            return ()
