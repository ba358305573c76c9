"""Packs, rest days and a judge for the warranty tests."""

from datetime import date

from chinese_calendar import constants

from aftersales_tui.domain.verdicts import RemedyRow, Verdict
from aftersales_tui.domain.warranty import Facts, judge
from aftersales_tui.domain.words import Remedy
from aftersales_tui.domain.working_time import RestDays
from aftersales_tui.store.policies import load_policies

REST = RestDays(
    extra_rest=frozenset(constants.holidays),
    moved_workdays=frozenset(constants.workdays),
    official_years=frozenset(range(2004, 2027)),
)
WEEKENDS = RestDays()


def day(text: str) -> date:
    """A date from its ISO form."""
    return date.fromisoformat(text)


def judged(pack: str, facts: Facts, on: str, rest: RestDays = REST) -> Verdict:
    """The verdict under every version of one pack."""
    return judge(facts, [policy for policy in load_policies().values() if policy.id == pack], day(on), rest)


def row(verdict: Verdict, remedy: Remedy, scope: str = "whole") -> RemedyRow:
    """The one row of a remedy."""
    (found,) = (row for row in verdict.remedies if (row.remedy, row.scope) == (remedy, scope))
    return found
