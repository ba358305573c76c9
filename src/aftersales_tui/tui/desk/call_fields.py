"""The rows of the call form: its fields, their answers, and the lines one picks from."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from textual.widget import Widget

from aftersales_tui.domain.categories import Catalogue
from aftersales_tui.domain.text import cell_width, cut
from aftersales_tui.domain.words import (
    AsBefore,
    CallKind,
    Cause,
    Channel,
    JobStatus,
    Place,
    Proof,
    RecordKind,
    StartBasis,
    Urgency,
    Wish,
)
from aftersales_tui.domain.workflow import opening_status
from aftersales_tui.i18n import C_, _, formats, language, ngettext
from aftersales_tui.i18n.labels import label, labels
from aftersales_tui.i18n.verdict_words import device_cell
from aftersales_tui.tui.desk.call_known import Earlier
from aftersales_tui.tui.desk.call_loading import Caller, Proposal
from aftersales_tui.tui.glyphs import glyph
from aftersales_tui.tui.safe_text import plain
from aftersales_tui.tui.widgets.choice import Answer, Choice
from aftersales_tui.tui.widgets.fields import DateField, LinesField, Pick, PickList, TextField
from aftersales_tui.tui.widgets.form import Pair, Row, Section
from aftersales_tui.tui.widgets.scrap import ScrapField
from aftersales_tui.views.customers import CustomerCard
from aftersales_tui.views.devices import DeviceView

OTHER_DEVICE = "other"
"""The answer of the device list for a unit that is not on file with this caller."""
JOB, ADVISE, KEEP = "job", "advise", "keep"
"""The lines of the last section."""

BASES = (
    StartBasis.SOLD,
    StartBasis.DELIVERED,
    StartBasis.INSTALLED,
    StartBasis.PRODUCED,
    StartBasis.INVOICED,
    StartBasis.ACCEPTED,
)
_KINDS = (
    CallKind.REPAIR,
    CallKind.COMPLAINT,
    CallKind.ADVICE,
    CallKind.RETURN,
    CallKind.APPOINTMENT,
    CallKind.OTHER,
)
_SERIAL_TAIL = 7

Reader = Callable[[str], date | None]


def rows(read_date: Reader, read_promise: Reader, read_call_back: Reader) -> Iterable[Widget]:
    """Sections and rows in the order of the conversation; 18 rows of fields in a low window."""
    yield Section(1, C_("section", "Who"))
    yield Row(
        Pair(C_("field", "Phone"), ScrapField(id="phone", width=22), width=35),
        Pair(
            C_("field", "Channel"),
            Choice(_answers(labels(Channel)), Channel.PHONE, id="channel"),
            label_width=9,
        ),
    )
    yield Row(
        Pair(C_("field", "Name"), TextField(id="name", width=30), width=43),
        Pair(C_("field", "Region"), TextField(id="region", width=24), label_width=9),
    )
    yield Row(Pair(C_("field", "Address"), TextField(id="address", width=65)))
    yield Section(2, C_("section", "Which device"))
    yield Row(Pair(C_("field", "Device"), PickList(id="device")), id="device-row")
    yield Row(
        Pair(C_("field", "Product"), ScrapField(id="product", width=32), width=45),
        Pair(C_("field", "Category"), ScrapField(id="category", width=21, least=1), label_width=10),
    )
    yield Row(
        Pair(C_("field", "Serial"), TextField(id="serial", width=18), width=31),
        Pair(C_("field", "Date"), DateField(read_date, id="date", width=12), label_width=5, width=17),
        Pair("", Choice(_answers(basis_words()), StartBasis.SOLD, id="basis"), label_width=0, width=14),
        Pair(C_("field", "Proof"), Choice(_answers(labels(Proof)), Proof.TOLD, id="proof"), label_width=6),
    )
    yield Section(3, C_("section", "What is wrong"))
    yield Row(Pair(C_("field", "Kind"), Choice(kind_answers(None), CallKind.REPAIR, id="kind")))
    yield Row(
        Pair(
            C_("field", "Fault"),
            LinesField(id="fault", placeholder=C_("hint", "in the caller's words"), required=True),
        ),
        id="fault-row",
    )
    yield Row(
        Pair(C_("field", "As before"), Choice(before_answers(None), AsBefore.NOT_ASKED, id="as_before")),
        id="before-row",
    )
    yield Row(Pair(C_("field", "Cause"), Choice(_answers(labels(Cause)), Cause.NOT_KNOWN, id="cause")))
    yield Row(Pair(C_("field", "Wish"), Choice(_answers(labels(Wish)), Wish.REPAIR, id="wish")))
    yield Row(
        Pair(
            C_("field", "Urgency"),
            Choice(_answers(labels(Urgency)), Urgency.P3, id="urgency"),
            width=56,
        ),
        Pair(C_("field", "Promise"), DateField(read_promise, id="promised_for", width=12), label_width=9),
        Pair(C_("field", "Call at"), DateField(read_call_back, id="call_back", width=12), label_width=9),
    )
    yield Section(4, C_("section", "What now"))
    yield Row(Pair(C_("field", "Now"), PickList(id="now")))


def basis_words() -> dict[str, str]:
    """The answers to which day the date is, the commonest first."""
    return {basis.value: label(basis) for basis in BASES}


def kind_answers(card: CustomerCard | None) -> Sequence[Answer]:
    """The kinds of call; "is it ready?" comes first for a caller with an open job."""
    running = card is not None and any(item.kind is RecordKind.JOB for item in card.open_items)
    kinds = (CallKind.PROGRESS, *_KINDS) if running else _KINDS
    return [Answer(kind.value, label(kind)) for kind in kinds]


def before_answers(earlier: Earlier | None) -> Sequence[Answer]:
    """Whether it is the same fault as in the job that is named."""
    yes = label(AsBefore.YES)
    if earlier is not None:
        yes = C_("answer", "yes: {job}, {date}").format(
            job=earlier.number, date=formats.day_short(earlier.day)
        )
    return [
        Answer(AsBefore.YES, yes),
        Answer(AsBefore.NO, label(AsBefore.NO)),
        Answer(AsBefore.NOT_ASKED, label(AsBefore.NOT_ASKED)),
    ]


def device_picks(devices: Sequence[DeviceView], catalogue: Catalogue) -> list[Pick]:
    """A caller's devices in one line each with their warranty in a word, and the line for another one."""
    picks = [Pick(str(device.id), device_line(device, catalogue), device) for device in devices]
    return [*picks, Pick(OTHER_DEVICE, "+ " + C_("hint", "another device"))]


def device_line(device: DeviceView, catalogue: Catalogue) -> str:
    """``Galanz P70F23 microwave oven  0058914   covered to 4 Dec 2026``."""
    kind = catalogue.label(device.category, language()) if device.category else ""
    cells = in_columns((f"{device.title} {kind}".strip(), 30), (device.serial[-_SERIAL_TAIL:], 9))
    return f"{cells} {device_cell(device.verdict) if device.verdict else ''}"


def caller_line(caller: Caller) -> str:
    """One line below the first field: who it is, their phone and region, how many devices."""
    if caller.kind is not RecordKind.CUSTOMER:
        return caller.title
    devices = devices_words(caller.devices)
    return in_columns((caller.title, 20), (caller.phone, 15), (caller.region, 12)) + " " + devices


def devices_words(n: int) -> str:
    """``3 devices``."""
    return ngettext("{n} device", "{n} devices", n).format(n=n)


def now_picks(
    proposal: Proposal | None,
    kind: str,
    channel: str,
    promised: date | None,
    call_back: str,
    keys: Sequence[str],
) -> list[Pick]:
    """The lines of the last section; ``keys`` are those of opening, advising and keeping open."""
    job = proposal.job_number if proposal else ""
    day = promised or (proposal.promised_for if proposal else None)
    here = opening_status(Channel(channel), Place.WORKSHOP) is JobStatus.RECEIVED
    how = C_("now", "device is here") if here else C_("now", "brings it in")
    opening = C_("now", "{key} Open job {job} · {how} · {who} · by {day}").format(
        key=keys[0],
        job=job,
        how=how,
        who=C_("now", "nobody yet"),
        day=formats.day_short(day) if day else glyph("–"),
    )
    advising = C_("now", "{key} Advised by phone, close the call · we call back {time}").format(
        key=keys[1], time=formats.clock(proposal.call_back) if proposal else ""
    )
    if kind == CallKind.PROGRESS:
        advising = C_("now", "{key} Answered, close the call").format(key=keys[1])
    keeping = C_("now", "{key} Keep the call open · promised call-back {time}").format(
        key=keys[2], time=call_back or glyph("–")
    )
    return [Pick(JOB, opening), Pick(ADVISE, advising), Pick(KEEP, keeping)]


def date_text(day: date | None) -> str:
    """A date as it stands in the form's narrow field, readable by the field itself."""
    return formats.day_cell(day) if day is not None else ""


def in_columns(*cells: tuple[str, int]) -> str:
    """Texts cut and filled to their widths, a cell of air between them."""
    shown = []
    for text, width in cells:
        body = cut(plain(text), width)
        shown.append(body + " " * (width - cell_width(body)))
    return " ".join(shown)


def about(field: str, job: str = "", day: str = "") -> str:
    """What the Now line says of a field; empty for those that need no words of their own."""
    words = {
        "phone": _("Phone: or name, initials, serial tail, number. Down picks, Enter takes it."),
        "device": _("Device: up and down choose, Enter takes it. Its warranty stands beside it."),
        "date": _("Date: day.month.year, 3/27 for a month, or an age such as 8m. Enter goes on."),
        "fault": _("Fault: in the caller's words. Enter goes on, ctrl+o makes a new line."),
        "promised_for": _("Promise: the day the caller is told, such as 2/12, fri or 5d."),
        "call_back": _("Call at: the time promised to the caller, such as 15:30 or fri 10:00."),
    }
    if field == "as_before" and job:
        return _("Ask: the same fault as in {job} of {date}? It decides about an exchange.").format(
            job=job, date=day
        )
    return words.get(field, "")


def _answers(words: dict[str, str]) -> list[Answer]:
    return [Answer(code, shown) for code, shown in words.items()]
