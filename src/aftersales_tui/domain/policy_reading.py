"""Checks a policy pack parsed from TOML and makes a ``Policy``; a fault names file, key and reason."""

import re
from collections.abc import Mapping, Sequence

from aftersales_tui.domain.checked_table import Table, broken
from aftersales_tui.domain.errors import Problem, Refused
from aftersales_tui.domain.policy import AfterExchange, Policy, RepairedPart
from aftersales_tui.domain.policy_parts import (
    Citing,
    read_burden,
    read_category,
    read_clock,
    read_depreciation,
    read_exclusion,
    read_extensions,
    read_guarantee,
    read_loaner,
    read_no_proof,
    read_trigger,
    read_window,
)
from aftersales_tui.domain.text import fold
from aftersales_tui.domain.words import Layer

SCHEMA = 1

_NAME = re.compile(r"\w[\w.-]{0,59}")


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
    if root.raw("schema") != SCHEMA or isinstance(root.raw("schema"), bool):
        root.wrong("schema", "wrong_schema", known=SCHEMA)
    head = root.table("pack")
    cited = Citing(root, head)
    clock_table = root.table("clock")
    clock = read_clock(clock_table, cited)
    windows = tuple(read_window(table, clock.pause, cited) for table in root.tables("window"))
    if not windows and root.raw("window") in (None, []):
        root.wrong("window", "no_window")
    triggers = tuple(trigger for table in root.tables("trigger") if (trigger := read_trigger(table, cited)))
    exclusions = [read_exclusion(table, cited) for table in root.tables("exclusion")]
    categories = [read_category(table, cited) for table in root.tables("category")]
    _refuse_twice(root, "exclusion", [rule.code for rule in exclusions if rule is not None])
    _refuse_twice(root, "category", [category.key for category in categories])
    after = _optional(root, "after")
    exchange = after.word("exchange", AfterExchange, AfterExchange.REMAINDER) or AfterExchange.REMAINDER
    exchange_days = after.number("exchange_days", 0)
    if exchange is AfterExchange.MAX_REMAINDER_DAYS and not exchange_days:
        after.wrong("exchange_days", "no_exchange_days")
    layer = head.word("layer", Layer) or Layer.STATUTORY
    policy = Policy(
        id=_name(head, "id"),
        version=_name(head, "version"),
        title=head.both("title"),
        jurisdiction=head.text("jurisdiction", layer.value),
        layer=layer,
        valid_from=head.day("valid_from"),
        valid_until=head.day("valid_until"),
        usage_unit=head.text("usage_unit", ""),
        brands=tuple(fold(brand) for brand in head.texts("brands")),
        note=head.both("note") if head.has("note") else None,
        clock=clock,
        windows=windows,
        triggers=triggers,
        exclusions={rule.code: rule for rule in exclusions if rule is not None},
        categories={category.key: category for category in categories},
        after_exchange=exchange,
        exchange_days=exchange_days,
        exchange_clause=cited(after, "exchange_clause", False),
        repaired_part=after.word("repaired_part", RepairedPart, RepairedPart.NONE) or RepairedPart.NONE,
        repaired_part_clause=cited(after, "repaired_part_clause", False),
        repair_extensions=read_extensions(after, cited),
        repair_guarantee=read_guarantee(root, cited),
        burden=read_burden(root, cited),
        loaner=read_loaner(root, cited),
        depreciation=read_depreciation(root, cited),
        no_proof=read_no_proof(_optional(root, "no_proof"), cited),
        clauses=cited.clauses,
    )
    if policy.valid_from and policy.valid_until and policy.valid_until < policy.valid_from:
        head.wrong("valid_until", "ends_before_it_begins")
    if any(window.usage is not None for window in windows) and not policy.usage_unit:
        head.wrong("usage_unit", "no_usage_unit")
    for table in (head, clock_table, after, root):
        table.done()
    if problems:
        raise Refused(*problems)
    return policy


def _name(head: Table, key: str) -> str:
    """An id or version: it is typed on a command line and stands in lists that commas divide."""
    value = head.text(key)
    if value and not _NAME.fullmatch(value):
        head.wrong(key, "not_a_name", word=value)
    return value


def _refuse_twice(root: Table, key: str, names: Sequence[str]) -> None:
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        root.wrong(key, "twice", word=name)


def _optional(root: Table, key: str) -> Table:
    return root.table(key) if root.has(key) else Table({}, key, "", [])
