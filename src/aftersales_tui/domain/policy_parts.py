"""The parts of a policy pack, each read from its table in the TOML."""

from collections.abc import Mapping
from datetime import date

from aftersales_tui.domain.checked_table import Table
from aftersales_tui.domain.policy import (
    WHOLE,
    Burden,
    Category,
    Clause,
    Clock,
    Covers,
    Cutoff,
    DayRule,
    DelayCause,
    Depreciation,
    ExclusionRule,
    Length,
    Loaner,
    NoProof,
    NoProofPolicy,
    Pause,
    RepairExtension,
    RepairGuarantee,
    StartRule,
    Trigger,
    TriggerKind,
    Verified,
    Window,
)
from aftersales_tui.domain.text import clean
from aftersales_tui.domain.words import Exclusion, Remedy, StartBasis

# The words the first drafts of packs used; shops copied them.
_REMEDY_WORDS = {
    "replacement": "exchange",
    "exchange_accessory": "exchange",
    "short_term_reject": "reject",
}
_BASIS_WORDS = {
    "invoice": ("invoiced", "sold"),
    "sale": ("invoiced", "sold"),
    "delivery": ("delivered",),
    "install_completed": ("installed",),
    "acceptance": ("accepted",),
}
_SCOPE_WORDS = {"handset": WHOLE}
_CAUSE_WORDS = {"no_parts_from_maker": "no_parts"}
_CUTOFF_WORDS = {"24:00": "midnight"}
_ROLL_WORDS = {"none": False, "next_non_rest_day": True}

_AT_LEAST = {
    "failed_repairs_gte": TriggerKind.FAILED_REPAIRS,
    "accessory_exchanges_gte": TriggerKind.ACCESSORY_EXCHANGES,
    "safety_repairs_gte": TriggerKind.SAFETY_REPAIRS,
    "part_replacements_gte": TriggerKind.PART_REPLACEMENTS,
}
_MORE_THAN = {
    "repairs_gt": TriggerKind.REPAIRS,
    "repair_days_gt": TriggerKind.REPAIR_DAYS,
    "total_repair_days_gt": TriggerKind.TOTAL_REPAIR_DAYS,
}
MOST_YEARS = 100
_UNITS = ("years", "months", "days")
_NO_LENGTH = ("key", "main_parts", "start_basis", "clause", "verified", "depreciation_per_day")


class Citing:
    """The clauses of a pack, and how its parts name them.

    A part names a clause of the pack with ``clause``, or quotes one in place with ``cite``: then
    nobody has checked it yet.
    """

    def __init__(self, root: Table, head: Table) -> None:
        self._title = head.raw("title")
        self.clauses: dict[str, Clause] = {}
        if root.has("clause"):
            table = root.table("clause")
            self.clauses = {key: _clause(table, key) for key in table.names()}

    def __call__(self, table: Table, key: str = "clause", needed: bool = True) -> str:
        """The key of the clause that ``table`` names; empty, and noted, when there is none."""
        if key == "clause" and not table.has(key) and table.has("cite"):
            both = table.both("cite")
            if both.en and both.en not in self.clauses:
                title = self._title.get("en") if isinstance(self._title, Mapping) else self._title
                self.clauses[both.en] = Clause(
                    both.en, both, both, clean(str(title or both.en)), Verified.UNCONFIRMED
                )
            return both.en
        if needed and not table.has(key):
            table.wrong(key, "no_cite")
            return ""
        value = table.text(key, None if needed else "")
        if value and value not in self.clauses:
            table.wrong(key, "unknown_clause", word=value)
        return value


def _clause(clauses: Table, key: str) -> Clause:
    table = clauses.table(key)
    result = Clause(
        key=key,
        cite=table.both("cite"),
        text=table.both("text"),
        source=table.text("source"),
        verified=table.word("verified", Verified) or Verified.UNCONFIRMED,
    )
    table.done()
    return result


def _told_length(table: Table) -> Length:
    """At most a century: no promise is longer, and every last day is a day of the calendar."""
    return Length(
        table.number("years", 0, MOST_YEARS),
        table.number("months", 0, 12 * MOST_YEARS),
        table.number("days", 0, 366 * MOST_YEARS),
    )


def _length(table: Table) -> Length:
    result = _told_length(table)
    if result == Length() and not any(table.raw(unit) for unit in _UNITS):
        table.wrong("days", "no_length")
    table.done()
    return result


def _remedies(table: Table, key: str = "remedy") -> tuple[Remedy, ...]:
    named = (table.one_of(key, _REMEDY_WORDS.get(word, word), Remedy) for word in table.texts(key))
    return tuple(remedy for remedy in named if remedy is not None)


def _needed_remedies(table: Table) -> tuple[Remedy, ...]:
    remedies = _remedies(table)
    if not remedies and not table.raw("remedy"):
        table.wrong("remedy", "missing")
    return remedies


def _bases(table: Table) -> tuple[StartBasis, ...]:
    words = [word for told in table.texts("start_basis") for word in _BASIS_WORDS.get(told, (told,))]
    named = (table.one_of("start_basis", word, StartBasis) for word in words)
    return tuple(dict.fromkeys(basis for basis in named if basis is not None))


def read_clock(table: Table, cited: Citing) -> Clock:
    """``[clock]``: from which date the pack counts, and how."""
    bases = _bases(table)
    if not bases and not table.raw("start_basis"):
        table.wrong("start_basis", "missing")
    told = table.raw("roll")
    roll = _ROLL_WORDS[told] if isinstance(told, str) and told in _ROLL_WORDS else table.flag("roll", False)
    cutoff = table.text("cutoff", Cutoff.MIDNIGHT.value)
    return Clock(
        start_basis=bases,
        start_rule=table.word("start_rule", StartRule, StartRule.FIRST_KNOWN) or StartRule.FIRST_KNOWN,
        start_day_counted=table.flag("start_day_counted", False),
        roll=roll,
        cutoff=table.one_of("cutoff", _CUTOFF_WORDS.get(cutoff, cutoff), Cutoff) or Cutoff.MIDNIGHT,
        pause=_pause(table, cited) if table.has("pause") else None,
        counting_clause=cited(table, "counting_clause", False),
        roll_clause=cited(table, "roll_clause", False),
        cutoff_clause=cited(table, "cutoff_clause", False),
    )


def _pause(owner: Table, cited: Citing) -> Pause:
    table = owner.table("pause")
    result = Pause(
        day_rule=table.word("day_rule", DayRule, DayRule.OUT_MINUS_IN) or DayRule.OUT_MINUS_IN,
        floor_days=table.number("floor_days", 0),
        clause=cited(table, "clause", False),
        repair=table.flag("repair", True),
        waiting_parts=table.flag("waiting_parts", True),
    )
    table.done()
    return result


def read_window(table: Table, clock_pause: Pause | None, cited: Citing) -> Window:
    """``[[window]]``: remedies that are there for a length of time."""
    remedies = _needed_remedies(table)
    told = table.raw("pause")
    if isinstance(told, Mapping):
        pause: Pause | None = _pause(table, cited)
    else:
        paused = table.flag("pause", False)
        pause = clock_pause if paused else None
        if paused and clock_pause is None:
            table.wrong("pause", "clock_has_no_pause")
    scope = table.text("scope", WHOLE)
    covers = [table.one_of("covers", word, Covers) for word in table.texts("covers")]
    result = Window(
        remedies=remedies,
        scope=_SCOPE_WORDS.get(scope, scope),
        length=_length(table.table("length")),
        clause=cited(table),
        by_category=table.flag("by_category", False),
        pause=pause,
        condition=table.text("condition", ""),
        usage=table.number("usage") if table.has("usage") else None,
        covers=tuple(what for what in covers if what is not None) or tuple(Covers),
    )
    table.done()
    return result


def read_trigger(table: Table, cited: Citing) -> Trigger | None:
    """``[[trigger]]``: what opens remedies by being counted; ``when`` names one count."""
    when = table.table("when")
    kind, needs, cause = _counted(when)
    if kind is TriggerKind.REPAIR_DAYS and when.has("cause"):
        word = when.text("cause")
        cause = when.one_of("cause", _CAUSE_WORDS.get(word, word), DelayCause)
    when.done()
    remedies, clause, payer = _needed_remedies(table), cited(table), table.text("payer", "")
    within = _length(table.table("within")) if table.has("within") else None
    usage = table.number("usage") if table.has("usage") else None
    table.text("proof", "")
    table.done()
    return Trigger(kind, needs, remedies, clause, payer, cause, within, usage) if kind else None


def _counted(when: Table) -> tuple[TriggerKind | None, int, DelayCause | None]:
    for key, kind in _AT_LEAST.items():
        if when.has(key):
            return kind, max(1, when.number(key)), None
    for key, kind in _MORE_THAN.items():
        if when.has(key):
            return kind, when.number(key) + 1, None
    if when.has("service_unavailable"):
        when.flag("service_unavailable", True)
        return TriggerKind.SERVICE_UNAVAILABLE, 1, None
    for key in when.names():
        when.raw(key)
    known = (*_AT_LEAST, *_MORE_THAN, "service_unavailable")
    when.wrong(next(iter(when.names()), "failed_repairs_gte"), "no_count", known=", ".join(known))
    return None, 0, None


def read_exclusion(table: Table, cited: Citing) -> ExclusionRule | None:
    """``[[exclusion]]``: what is charged although the period runs (WAR-7)."""
    code = table.word("code", Exclusion)
    clause, text, remedies = cited(table), table.both("text"), _remedies(table)
    table.done()
    return ExclusionRule(code, clause, text, remedies) if code is not None else None


def read_category(table: Table, cited: Citing) -> Category:
    """``[[category]]``: a kind of product with its own lengths, one table for each part."""
    lengths = {scope: _length(table.table(scope)) for scope in table.names() if scope not in _NO_LENGTH}
    result = Category(
        key=table.text("key"),
        lengths=lengths,
        main_parts=table.texts("main_parts"),
        start_basis=_bases(table),
        clause=cited(table, "clause", False),
        verified=table.word("verified", Verified) if table.has("verified") else None,
        depreciation=table.share("depreciation_per_day"),
    )
    table.done()
    return result


def read_extensions(after: Table, cited: Citing) -> tuple[RepairExtension, ...]:
    """``[after] repair``: months added after a repair, one rule or several."""
    if not after.has("repair"):
        return ()
    told = after.raw("repair")
    tables = after.tables("repair") if isinstance(told, list) else (after.table("repair"),)
    result = []
    for table in tables:
        months, since, times = (
            table.number("extend_months"),
            table.day("contract_from"),
            table.number("times", 1),
        )
        result.append(RepairExtension(months, since or date.min, cited(table), max(1, times)))
        table.done()
    return tuple(result)


def read_guarantee(root: Table, cited: Citing) -> RepairGuarantee | None:
    """``[repair_guarantee]``: how long a repair is guaranteed from the hand-over on (WAR-9)."""
    if not root.has("repair_guarantee"):
        return None
    table = root.table("repair_guarantee")
    days = table.number("usable_days", 0)
    length = Length(days=days) if days else _length(table.table("length"))
    result = RepairGuarantee(length, cited(table))
    table.done()
    return result


def read_burden(root: Table, cited: Citing) -> Burden | None:
    """``[burden_of_proof]``: how long the trader has to prove."""
    if not root.has("burden_of_proof"):
        return None
    table = root.table("burden_of_proof")
    result = Burden(
        length=_told_length(table),
        clause=cited(table),
        start_day_counted=table.flag("start_day_counted", False),
        goods=table.texts("goods"),
    )
    if result.length == Length():
        table.wrong("months", "no_length")
    table.done()
    return result


def read_loaner(root: Table, cited: Citing) -> Loaner | None:
    """``[loaner]``: after how many days of repair a loaner is owed."""
    if not root.has("loaner"):
        return None
    table = root.table("loaner")
    result = Loaner(table.number("after_days"), cited(table))
    table.done()
    return result


def read_depreciation(root: Table, cited: Citing) -> Depreciation:
    """``[refund]``: whether a refund may be reduced, by what share a day or by 1,000 units of use."""
    if not root.has("refund"):
        return Depreciation()
    table = root.table("refund")
    result = Depreciation(
        allowed=table.flag("depreciation_allowed", True),
        rate=table.share("rate"),
        by_usage=table.flag("by_usage", False),
        clause=cited(table, "clause", False),
    )
    table.done()
    return result


def read_no_proof(table: Table, cited: Citing) -> NoProof:
    """``[no_proof]``: what happens without an invoice."""
    result = NoProof(
        policy=table.word("policy", NoProofPolicy, NoProofPolicy.PROVE_OTHERWISE)
        or NoProofPolicy.PROVE_OTHERWISE,
        days=table.number("days", 0),
        remedies=_remedies(table),
        clause=cited(table, "clause", False),
    )
    table.done()
    return result
