"""A shop and a screen of each kind that drive the frame without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from textual.app import ComposeResult

from aftersales_tui.domain.errors import Problem
from aftersales_tui.tui.app import TuiOptions
from aftersales_tui.tui.form_screen import FormScreen
from aftersales_tui.tui.list_screen import ListScreen
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import LinesField, Pick, PickList, TextField
from aftersales_tui.tui.widgets.form import Pair, Row, Section
from aftersales_tui.tui.widgets.panel import Column, Panel, PanelRow
from aftersales_tui.tui.widgets.scrap import Match, ScrapField
from aftersales_tui.views.history import EventView
from aftersales_tui.views.seat import Found, Person

HOSTILE = "[/foo] [@click=app.quit]x[/] \x1b]0;PWNED\x07 \u202eRTL\u202c " + "长" * 10_000

CHANNELS = [Answer("phone", "phone"), Answer("walk_in", "walk-in"), Answer("email", "e-mail")]
LI_NA = Person(1, "李娜 Li Na", "clerk")
CHEN = Person(2, "陈伟 Chen Wei", "technician", "here at bench")


@dataclass
class FakeShop:
    """A shop in memory."""

    name: str = "Minghui Repair 明辉维修"
    last: Person | None = LI_NA
    calls: list[tuple[str, ...]] = field(
        default_factory=lambda: [
            ("C-0409", "Müller, Jürgen", "Bosch WAN28: E18", "LATE answer"),
            ("C-0412", "陈建国", "Huawei nova 12", "call back"),
            ("C-0414", HOSTILE, HOSTILE, HOSTILE),
        ]
    )
    jobs: list[tuple[str, ...]] = field(default_factory=list)
    version: int = 1
    saved: list[dict[str, str]] = field(default_factory=list)
    closed: bool = False
    problems: list[Problem] = field(default_factory=list)

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 9, 42, 11, tzinfo=UTC)

    def data_version(self) -> int:
        return self.version

    def people(self) -> Sequence[Person]:
        return [LI_NA, CHEN]

    def remembered(self) -> Person | None:
        return self.last

    def sign_in(self, person: Person) -> None:
        pass

    def remember(self, person: Person) -> None:
        self.last = person

    def prove(self, person: Person, pin: str) -> None:
        raise AssertionError("nobody here has a PIN")

    def news(self, person: Person) -> Sequence[EventView]:
        return ()

    def lock_after(self, person: Person) -> int:
        return 0

    def waiting(self, person: Person) -> Mapping[str, int]:
        return {"bench": 3}

    def find(self, text: str) -> Sequence[Found]:
        return [Found("job", 1, "J-0343", HOSTILE)] if "343" in text else []

    def look_after(self) -> Sequence[Problem]:
        return self.problems

    def copy_on_leaving(self, longest: float) -> Sequence[Problem]:
        return self.problems

    def close(self) -> None:
        self.closed = True


class FakeHome(ListScreen[None]):
    """Two panels: calls and jobs."""

    ACTIONS = (
        "app.open",
        "desk.new_call",
        "app.look_up",
        "desk.close_call",
        "app.copy",
        "app.part",
        "app.who",
    )

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.looked_up: list[str] = []

    def path(self) -> tuple[str, ...]:
        return ("Desk",)

    def compose_core(self) -> ComposeResult:
        columns = [Column("No.", 7), Column("Customer", 20), Column("Fault", 26), Column("Needs", 24)]
        yield Panel("Open calls", columns, id="calls", number=1, empty=("Nothing is open.",))
        yield Panel("Ready", columns, id="jobs", number=2, empty=("Nothing is ready.",), most=8)

    def read_again(self) -> None:
        shop = self.shop
        self.read("lists", lambda: (list(shop.calls), list(shop.jobs)), then=self._show)

    def _show(self, found: tuple[list[tuple[str, ...]], list[tuple[str, ...]]]) -> None:
        for name, rows in zip(("calls", "jobs"), found, strict=True):
            self.query_one(f"#{name}", Panel).patch([PanelRow(row[0], row) for row in rows], late=1)

    def now_lines(self, panel: Panel, row: PanelRow | None) -> tuple[str, str]:
        if row is None:
            return ("Selected: nothing", "")
        return (f"Selected: {row.key} {row.cells[1]}", "Enter opens it")

    def why_not(self, action_id: str) -> str:
        return "it is a draft" if action_id == "desk.close_call" else ""

    def do_app_open(self) -> None:
        if self.current:
            self.opened.append(self.current.key)

    def do_desk_new_call(self):  # type: ignore[no-untyped-def]
        return self.shop_app.go(FakeForm())

    def do_desk_close_call(self) -> None:
        raise AssertionError("dimmed")

    def copy_text(self) -> str:
        return "138 0013 8027"

    async def look_up(self, initial: str) -> None:  # type: ignore[override]
        self.looked_up.append(initial)


class FakeBench(FakeHome):
    """The same in the bench area."""

    AREA = "bench"


class FakeForm(FormScreen[None]):
    """Scrap, name, channel, fault, what now."""

    ACTIONS = ("form.on", "app.save", "app.why", "app.menu", "app.back", "form.next")
    FINAL = "now"

    def __init__(self) -> None:
        super().__init__()
        self.drafts: list[dict[str, str]] = []

    def path(self) -> tuple[str, ...]:
        return ("Desk", "New call")

    def compose_form(self) -> ComposeResult:
        yield Section(1, "Who")
        yield Row(
            Pair("Phone", ScrapField(id="phone", width=26)),
            Pair("Channel", Choice(CHANNELS, "phone", id="channel"), label_width=9),
        )
        yield Row(Pair("Name", TextField(id="name", required=True)))
        yield Section(2, "What is wrong")
        yield Row(Pair("Fault", LinesField(id="fault", required=True, placeholder="in the caller's words")))
        yield Section(3, "What now")
        yield Row(
            Pair("Now", PickList([Pick("job", "F5 Open job"), Pick("keep", "F7 Keep it open")], id="now"))
        )

    def why_not(self, action_id: str) -> str:
        return "nothing is known yet" if action_id == "app.why" else ""

    def do_app_why(self) -> None:
        raise AssertionError("dimmed")

    def on_scrap_field_typed(self, event: ScrapField.Typed) -> None:
        event.field.offer(
            event.text, [Match("王芳 Wang Fang", 7), Match("[/foo] Trading", 8)], "+ new caller"
        )

    def on_scrap_field_taken(self, event: ScrapField.Taken) -> None:
        if event.match is not None:
            self.fill({"name": event.match.label})
        self.go_on(event.field)

    async def keep_draft(self, answers: Mapping[str, str]) -> datetime | None:
        self.drafts.append(dict(answers))
        return self.shop_app.shop.now() if self.shop_app.shop else None

    async def save(self) -> None:
        shop = self.shop
        await self.write(shop.saved.append, self.answers())
        self.dismiss()


def options(shop: FakeShop, **changes: object) -> TuiOptions:
    """Options that open this shop with the fake home in every area."""
    homes = {"desk": FakeHome, "bench": FakeBench, "office": FakeHome}
    return TuiOptions(open_shop=lambda: shop, homes=homes, **changes)  # type: ignore[arg-type]


def names(fields: Sequence[Field]) -> list[str]:
    return [field.id or "" for field in fields]
