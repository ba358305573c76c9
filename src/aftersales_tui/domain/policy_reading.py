"""Checks a policy pack parsed from TOML and makes a ``Policy``; a fault names file, key and reason."""

from collections.abc import Callable, Mapping
from datetime import date

from aftersales_tui.domain.checked_table import Table, broken
from aftersales_tui.domain.errors import Problem, Refused
from aftersales_tui.domain.policy import (
    MAIN_PART,
    WHOLE,
    AfterExchange,
    Category,
    Clause,
    Clock,
    DayRule,
    DelayCause,
    ExclusionRule,
    Length,
    NoProof,
    NoProofPolicy,
    Pause,
    Policy,
    RepairExtension,
    StartRule,
    Trigger,
    TriggerKind,
    Verified,
    Window,
)
from aftersales_tui.domain.words import Exclusion, Layer, Remedy, StartBasis

SCHEMA = 1

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


def resolve(packs: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, object]]:
    """Every pack with what it ``extends`` merged in: tables key by key, a stated list replaces the parent's.

    Raises ``Refused`` (``policy_broken``) for an unknown parent or a circle.
    """
    done: dict[str, dict[str, object]] = {}
    problems: list[Problem] = []

    def resolved(name: str, trail: tuple[str, ...]) -> dict[str, object]:
        if name in done:
            return done[name]
        own = dict(packs[name])
        head = own.get("pack")
        parent = head.get("extends") if isinstance(head, Mapping) else None
        if isinstance(head, Mapping) and parent is not None:
            own["pack"] = {key: value for key, value in head.items() if key != "extends"}
            if not isinstance(parent, str) or parent not in packs:
                problems.append(broken(name, "pack.extends", "unknown_parent", word=str(parent)))
            elif parent in (*trail, name):
                problems.append(broken(name, "pack.extends", "circle", word=parent))
            else:
                own = _merged(resolved(parent, (*trail, name)), own)
        done[name] = own
        return own

    for name in packs:
        resolved(name, ())
    if problems:
        raise Refused(*problems)
    return done


def _merged(parent: Mapping[str, object], child: Mapping[str, object]) -> dict[str, object]:
    result = dict(parent)
    for key, value in child.items():
        above = result.get(key)
        if isinstance(above, Mapping) and isinstance(value, Mapping):
            result[key] = _merged(above, value)
        else:
            result[key] = value
    return result


def read_policy(data: Mapping[str, object], source: str) -> Policy:
    """The pack in ``data`` (already resolved); ``source`` is the file named in messages.

    Raises ``Refused`` with one ``policy_broken`` problem for everything that is wrong.
    """
    problems: list[Problem] = []
    root = Table(data, "", source, problems)
    if root.raw("schema") != SCHEMA:
        root.wrong("schema", "wrong_schema", known=SCHEMA)
    head = root.table("pack")
    clauses = {
        key: _clause(root.table("clause"), key)
        for key in (root.table("clause").names() if root.has("clause") else ())
    }
    if not clauses:
        root.wrong("clause", "missing")
    cited = _citing(clauses)
    clock_table = root.table("clock")
    pause = _pause(clock_table, cited) if clock_table.has("pause") else None
    windows = tuple(_window(table, pause, cited) for table in root.tables("window"))
    if not windows:
        root.wrong("window", "missing")
    exclusions = [_exclusion(table, cited) for table in root.tables("exclusion")]
    after = _optional(root, "after")
    policy = Policy(
        id=head.text("id"),
        version=head.text("version"),
        title=head.both("title"),
        jurisdiction=head.text("jurisdiction"),
        layer=head.word("layer", Layer) or Layer.STATUTORY,
        valid_from=head.day("valid_from"),
        valid_until=head.day("valid_until"),
        clock=_clock(clock_table, cited),
        windows=windows,
        clauses=clauses,
        triggers=tuple(_trigger(table, cited) for table in root.tables("trigger")),
        exclusions={rule.code: rule for rule in exclusions if rule is not None},
        categories={c.key: c for c in (_category(table, cited) for table in root.tables("category"))},
        after_exchange=after.word("exchange", AfterExchange, AfterExchange.REMAINDER)
        or AfterExchange.REMAINDER,
        exchange_clause=cited(after, "exchange_clause", False),
        repair_extension=_extension(after.table("repair"), cited) if after.has("repair") else None,
        no_proof=_no_proof(_optional(root, "no_proof"), cited),
    )
    if policy.valid_from and policy.valid_until and policy.valid_until < policy.valid_from:
        head.wrong("valid_until", "ends_before_it_begins")
    for table in (head, clock_table, after, root):
        table.done()
    if problems:
        raise Refused(*problems)
    return policy


Cited = Callable[..., str]


def _citing(clauses: Mapping[str, Clause]) -> Cited:
    def cited(table: Table, key: str = "clause", needed: bool = True) -> str:
        value = table.text(key, None if needed else "")
        if value and value not in clauses:
            table.wrong(key, "unknown_clause", word=value)
        return value

    return cited


def _optional(root: Table, key: str) -> Table:
    return root.table(key) if root.has(key) else Table({}, key, "", [])


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


def _length(table: Table) -> Length:
    result = Length(table.number("years", 0), table.number("months", 0), table.number("days", 0))
    if result == Length():
        table.wrong("days", "no_length")
    table.done()
    return result


def _remedies(table: Table, key: str = "remedy") -> tuple[Remedy, ...]:
    named = (table.one_of(key, _REMEDY_WORDS.get(word, word), Remedy) for word in table.texts(key))
    return tuple(remedy for remedy in named if remedy is not None)


def _bases(table: Table) -> tuple[StartBasis, ...]:
    words = [word for told in table.texts("start_basis") for word in _BASIS_WORDS.get(told, (told,))]
    named = (table.one_of("start_basis", word, StartBasis) for word in words)
    return tuple(dict.fromkeys(basis for basis in named if basis is not None))


def _clock(table: Table, cited: Cited) -> Clock:
    bases = _bases(table)
    if not bases:
        table.wrong("start_basis", "missing")
    return Clock(
        start_basis=bases,
        start_rule=table.word("start_rule", StartRule, StartRule.FIRST_KNOWN) or StartRule.FIRST_KNOWN,
        start_day_counted=table.flag("start_day_counted", False),
        roll=table.flag("roll", False),
        counting_clause=cited(table, "counting_clause", False),
        roll_clause=cited(table, "roll_clause", False),
    )


def _pause(owner: Table, cited: Cited) -> Pause:
    table = owner.table("pause")
    result = Pause(
        day_rule=table.word("day_rule", DayRule, DayRule.OUT_MINUS_IN) or DayRule.OUT_MINUS_IN,
        floor_days=table.number("floor_days", 0),
        clause=cited(table, "clause", False),
    )
    table.done()
    return result


def _window(table: Table, clock_pause: Pause | None, cited: Cited) -> Window:
    remedies = _remedies(table)
    if not remedies:
        table.wrong("remedy", "missing")
    told = table.raw("pause")
    if isinstance(told, Mapping):
        pause: Pause | None = _pause(table, cited)
    else:
        paused = table.flag("pause", False)
        pause = clock_pause if paused else None
        if paused and clock_pause is None:
            table.wrong("pause", "clock_has_no_pause")
    scope = table.text("scope", WHOLE)
    result = Window(
        remedies=remedies,
        scope=_SCOPE_WORDS.get(scope, scope),
        length=_length(table.table("length")),
        clause=cited(table),
        by_category=table.flag("by_category", False),
        pause=pause,
        condition=table.text("condition", ""),
    )
    table.done()
    return result


def _trigger(table: Table, cited: Cited) -> Trigger:
    when = table.table("when")
    if when.has("repair_days_gt"):
        kind, needs = TriggerKind.REPAIR_DAYS, when.number("repair_days_gt") + 1
        cause = when.word("cause", DelayCause)
    else:
        kind, needs = TriggerKind.FAILED_REPAIRS, when.number("failed_repairs_gte")
        cause = None
    when.done()
    remedies = _remedies(table)
    if not remedies:
        table.wrong("remedy", "missing")
    result = Trigger(kind, needs, remedies, cited(table), table.text("payer", ""), cause)
    table.done()
    return result


def _exclusion(table: Table, cited: Cited) -> ExclusionRule | None:
    code = table.word("code", Exclusion)
    clause, text, remedies = cited(table), table.both("text"), _remedies(table)
    table.done()
    return ExclusionRule(code, clause, text, remedies) if code is not None else None


def _category(table: Table, cited: Cited) -> Category:
    lengths = {scope: _length(table.table(scope)) for scope in (WHOLE, MAIN_PART) if table.has(scope)}
    result = Category(
        key=table.text("key"),
        lengths=lengths,
        main_parts=table.texts("main_parts"),
        start_basis=_bases(table),
        clause=cited(table, "clause", False),
        verified=table.word("verified", Verified) if table.has("verified") else None,
    )
    table.done()
    return result


def _extension(table: Table, cited: Cited) -> RepairExtension:
    months, since = table.number("extend_months"), table.day("contract_from")
    result = RepairExtension(months, since or date.min, cited(table))
    table.done()
    return result


def _no_proof(table: Table, cited: Cited) -> NoProof:
    result = NoProof(
        policy=table.word("policy", NoProofPolicy, NoProofPolicy.PROVE_OTHERWISE)
        or NoProofPolicy.PROVE_OTHERWISE,
        days=table.number("days", 0),
        remedies=_remedies(table),
        clause=cited(table, "clause", False),
    )
    table.done()
    return result
