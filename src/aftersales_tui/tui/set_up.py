"""The first run: from no shop file to a running shop in one screen."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from aftersales_tui import i18n
from aftersales_tui.domain.errors import Problem, Refused, StoreFault
from aftersales_tui.domain.words import Role
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.labels import labels
from aftersales_tui.tui.actions import BY_ID, DESK
from aftersales_tui.tui.ask import ask
from aftersales_tui.tui.form_screen import FormScreen
from aftersales_tui.tui.ports import Doors
from aftersales_tui.tui.safe_text import content
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.field import Field
from aftersales_tui.tui.widgets.fields import Pick, PickList, TextField
from aftersales_tui.tui.widgets.form import Pair, Row, number_rows
from aftersales_tui.tui.widgets.key_bar import Hint
from aftersales_tui.views.shop import NewShop, RegionSets

T = TypeVar("T")

CURRENCIES = ("CNY", "EUR", "GBP", "USD")
OTHER = "other"
_LABEL = 13


class PathField(TextField):
    """The name of a file, whose leading ``/`` is no scanner's."""

    @property
    def answer(self) -> str:
        return self.value.strip()


class SetUp(FormScreen[None]):
    """Six answers make a shop file; ctrl+q leaves and nothing was made."""

    AREA = ""
    HAS_SIDE = False
    FINAL = "then"
    CSS_PATH = "set_up.tcss"
    ACTIONS = ("form.on", "app.save", "form.next", "app.quit")

    def __init__(self) -> None:
        super().__init__()
        self._currency_chosen = False
        self._last_region = ""

    @property
    def doors(self) -> Doors:
        """What may be done from here."""
        doors = self.shop_app.options.doors
        assert doors is not None
        return doors

    # What is on it

    def path(self) -> tuple[str, ...]:
        return ("aftersales",)

    def help_title(self) -> str:
        return _("Set up your shop")

    def help_words(self) -> str:
        return _(
            "Six answers make a shop file: one file that holds the whole shop. Nothing is made before the "
            "last line is done; ctrl+q leaves. The sample shop is a copy that goes away afterwards."
        )

    def hints(self) -> Sequence[Hint]:
        quits = BY_ID["app.quit"]
        return [*(self.hint(name) for name in self.ACTIONS[:-1]), Hint("ctrl+q", quits.shown_hint)]

    def compose_form(self) -> ComposeResult:
        yield Static(content(_("Set up your shop")), classes="words head", markup=False)
        yield Static(
            content(_("No shop file was found. Six answers make one; all can be changed later.")),
            classes="words",
            markup=False,
        )
        yield Static("", classes="gap", markup=False)
        languages = [Answer("en", "English"), Answer("zh_CN", "中文")]
        yield _row(C_("setup", "Language"), Choice(languages, i18n.language(), id="language"))
        yield Static("", classes="gap", markup=False)
        yield _row(C_("setup", "Shop name"), TextField(id="name", width=37, required=True))
        regions = [
            Answer("CN", C_("setup", "China")),
            Answer("EU", C_("setup", "European Union")),
            Answer("UK", C_("setup", "United Kingdom")),
            Answer("OTHER", C_("setup", "other")),
        ]
        yield _row(C_("setup", "Region"), Choice(regions, id="region", required=True))
        currencies = [*(Answer(code, code) for code in CURRENCIES), Answer(OTHER, C_("setup", "other"))]
        yield Row(
            Pair(
                C_("setup", "Currency"),
                Choice(currencies, id="currency"),
                label_width=_LABEL,
                width=52,
            ),
            Pair(C_("setup", "Code"), TextField(id="code", width=4), label_width=6),
        )
        yield _row(C_("setup", "Your name"), TextField(id="owner", width=37, required=True))
        roles = labels(Role)
        order = (Role.OWNER, Role.CLERK, Role.TECHNICIAN)
        answers = [Answer(role.value, roles[role.value]) for role in order]
        yield _row(C_("setup", "Your role"), Choice(answers, Role.OWNER.value, id="role"))
        yield _row(C_("setup", "Shop file"), PathField(str(self.doors.file), id="db"))
        yield Static("", id="sets", markup=False)
        picks = [
            Pick("make", C_("setup", "Make the shop file and begin")),
            Pick("sample", C_("setup", "Look at the sample shop first")),
            Pick("open", C_("setup", "Open an existing shop file")),
        ]
        yield _row("", PickList(picks, id="then"))

    def on_mount(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        self.query_one("#core").add_class("-alone")
        self._show_code()
        self._show_sets()

    def show_state(self) -> None:
        """There is no room for what is missing: the fields stand empty in sight."""
        self.set_title(state="")

    def now_words(self, field: Field) -> tuple[str, str]:
        said = {
            "language": _("Language: the digit chooses it, for all labels at once."),
            "name": _("Shop name: as it stands on the papers. Enter goes on, ctrl+s makes the file."),
            "region": _("Region: it sets the warranty rules, the calendar and the currency."),
            "currency": _("Currency: the region's, unless you choose another one."),
            "code": _("Code: the three letters of the currency, such as CHF."),
            "owner": _("Your name: you are the first person; every event names who did it."),
            "role": _("Your role: an owner may do everything."),
            "db": _("Shop file: where it is made, or the file that is there already."),
            "then": _("Enter does the marked line; up and down choose another one."),
        }
        return said.get(field.id or "", ""), ""

    # Changing

    def changed(self, field: Field) -> None:
        if field.id == "region":
            if not self._currency_chosen:
                self._take_currency()
            self._show_sets()
        elif field.id == "currency":
            self._currency_chosen = True
            self._show_code()
            self._show_sets()
        elif field.id == "code":
            self._show_sets()

    @on(Field.Edited)
    async def _language_chosen(self, event: Field.Edited) -> None:
        if event.field.id == "language" and event.field.answer != i18n.language():
            await self._speak(event.field.answer)

    @on(Field.Done)
    def _language_done(self, event: Field.Done) -> None:
        # the choice that was answered is gone: the labels were drawn again
        if event.field.id == "language" and not event.field.is_attached:
            self.go_on(self.field("language"))

    async def _speak(self, language: str) -> None:
        """Draws everything again in the other language; what was typed stays."""
        answers = {**self.answers(), "language": language}
        i18n.activate(language)
        await self.recompose()
        self._known_fields = []
        if not self.is_attached:
            return
        self.fill(answers)
        number_rows(self.query("#core Row").results())
        self._arrange()
        self.set_focus(self.field("language").focus_target)
        self.refresh_frame()

    def _take_currency(self) -> None:
        def show(sets: RegionSets) -> None:
            if not self._currency_chosen and sets.currency in CURRENCIES:
                self.fill({"currency": sets.currency})
                self._show_code()

        region = self.field("region").answer
        if region:
            self.read("currency", self.doors.sets, region, then=show)

    def _show_code(self) -> None:
        code = self.field("code")
        assert isinstance(code.parent, Pair)
        code.parent.display = self.field("currency").answer == OTHER

    def _show_sets(self) -> None:
        region = self.field("region").answer
        if region:
            self.read("sets", self.doors.sets, region, then=self._say_sets)

    def _say_sets(self, sets: RegionSets) -> None:
        rules = C_("list", ", ").join(sets.rules)
        places = {
            "rules": rules,
            "hours": f"{sets.opens}-{sets.closes}",
            "currency": self._currency() or sets.currency,
            "timezone": sets.timezone,
        }
        if rules:
            said = _("Region sets: warranty rules {rules}; hours {hours}; {currency}; time of {timezone}.")
        else:
            said = _("Region sets: no warranty rules; hours {hours}; {currency}; time of {timezone}.")
        self.query_one("#sets", Static).update(content(said.format(**places)))

    def _currency(self) -> str:
        chosen = self.field("currency").answer
        return self.field("code").answer.upper() if chosen == OTHER else chosen

    # Doing

    def do_app_back(self) -> None:
        """There is nothing behind this screen: Esc goes to the field before."""
        self.focus_previous()

    async def save(self) -> None:
        match self.field("then").answer:
            case "sample":
                await self._begin(self.doors.sample, _("Making the sample shop …"))
            case "open":
                file = self._file()
                await self._begin(lambda: self.doors.open(file), _("Opening {file} …").format(file=file))
            case _:
                new, file = self._new_shop(), self._file()
                await self._wait(lambda: self.doors.make(file, new), _("Making the shop file …"))
                await self._begin(lambda: self.doors.open(file), _("Opening {file} …").format(file=file))

    def _new_shop(self) -> NewShop:
        """The answers; raises ``Refused`` with every problem, each at its field."""
        answers = self.answers()
        problems = [Problem("name_missing", name) for name in ("name", "owner") if not answers[name]]
        if not answers["region"]:
            problems.insert(1, Problem("region_missing", "region"))
        if problems:
            raise Refused(*problems)
        return NewShop(
            name=answers["name"],
            region=answers["region"],
            currency=self._currency(),
            language=i18n.language(),
            owner=answers["owner"],
            role=answers["role"],
        )

    def _file(self) -> Path:
        text = self.field("db").answer
        if not text:
            raise Refused(Problem("file_name_missing", "db"))
        return Path(text).expanduser().absolute()

    async def _begin(self, open_shop: Callable[[], Any], words: str) -> None:
        shop = await self._wait(open_shop, words)
        if self.field("then").answer != "make":
            await ask(self.doors.speak, i18n.language())
        self.shop_app.begin(lambda: shop, DESK)

    async def _wait(self, work: Callable[[], T], words: str) -> T:
        """What ``work`` answers, done off the UI thread; a fault of the file is said at the field."""
        with self._saying(words):
            try:
                return await ask(work)
            except StoreFault as error:
                raise StoreFault(*(replace(problem, field="db") for problem in error.problems)) from error

    @contextmanager
    def _saying(self, words: str) -> Iterator[None]:
        self.saving = True
        self.say_now(words)
        try:
            yield
        finally:
            self.saving = False


def _row(label: str, field: Field) -> Row:
    return Row(Pair(label, field, label_width=_LABEL))
