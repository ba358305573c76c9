"""Who may do what: one table of permissions by role, asked by every use case that changes something."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from aftersales_tui.domain.errors import NotAllowed, Problem
from aftersales_tui.domain.words import Role
from aftersales_tui.domain.workflow import Step


class Permission(StrEnum):
    """What somebody wants to do, as wide as one answer holds for all of it."""

    TAKE_CALLS = "take_calls"
    OPEN_JOBS = "open_jobs"
    KEEP_DEVICES = "keep_devices"
    NOTES = "notes"
    PLAN_WORK = "plan_work"
    """Assign, put off, take up again, say that it is ready."""
    COUNTER = "counter"
    """Take devices in, hand them over, tell the customer, cancel, reopen."""
    DO_WORK = "do_work"
    """What is signed by whoever had the device open: finding, record, test."""
    KEEP_CUSTOMERS = "keep_customers"
    MERGE_CUSTOMERS = "merge_customers"
    FOLLOW_UP = "follow_up"
    SETTLE = "settle"
    OWN_PIN = "own_pin"
    PRIVACY = "privacy"
    """Give out everything about a person, forget a person."""
    IMPORT = "import"
    OVERRIDE = "override"
    """Decide beside a verdict."""
    RESTORE = "restore"
    SETTINGS = "settings"
    STAFF = "staff"


EVERYBODY = frozenset(Role)
NOT_THE_TECHNICIAN = frozenset({Role.CLERK, Role.OWNER})
OWNER_ONLY = frozenset({Role.OWNER})

MAY: Mapping[Permission, frozenset[Role]] = {
    Permission.TAKE_CALLS: EVERYBODY,
    Permission.OPEN_JOBS: EVERYBODY,
    Permission.KEEP_DEVICES: EVERYBODY,
    Permission.NOTES: EVERYBODY,
    Permission.PLAN_WORK: EVERYBODY,
    Permission.COUNTER: EVERYBODY,
    Permission.DO_WORK: frozenset({Role.TECHNICIAN, Role.OWNER}),
    Permission.KEEP_CUSTOMERS: NOT_THE_TECHNICIAN,
    Permission.MERGE_CUSTOMERS: NOT_THE_TECHNICIAN,
    Permission.FOLLOW_UP: NOT_THE_TECHNICIAN,
    Permission.SETTLE: NOT_THE_TECHNICIAN,
    Permission.OWN_PIN: EVERYBODY,
    Permission.IMPORT: OWNER_ONLY,
    Permission.OVERRIDE: OWNER_ONLY,
    Permission.PRIVACY: OWNER_ONLY,
    Permission.RESTORE: OWNER_ONLY,
    Permission.SETTINGS: OWNER_ONLY,
    Permission.STAFF: OWNER_ONLY,
}
"""Daily work is open to all who help each other; money, other people's data and the shop itself are not."""

OF_STEP: Mapping[Step, Permission] = {
    Step.TAKE_IN: Permission.COUNTER,
    Step.START: Permission.DO_WORK,
    Step.NOT_HOME: Permission.COUNTER,
    Step.DIAGNOSE: Permission.DO_WORK,
    Step.DIAGNOSE_AGAIN: Permission.DO_WORK,
    Step.RECORD: Permission.DO_WORK,
    Step.TEST: Permission.DO_WORK,
    Step.READY: Permission.PLAN_WORK,
    Step.WAIT: Permission.PLAN_WORK,
    Step.RESUME: Permission.PLAN_WORK,
    Step.REWORK: Permission.COUNTER,
    Step.HAND_OVER: Permission.COUNTER,
    Step.SETTLE: Permission.SETTLE,
    Step.CANCEL: Permission.COUNTER,
    Step.REOPEN: Permission.COUNTER,
}
"""What a step of the status table needs; when it may be taken stands in ``workflow``."""


def may(role: Role, what: Permission) -> bool:
    """Whether somebody of that role may do it."""
    return role in MAY[what]


def who_may(what: Permission) -> tuple[Role, ...]:
    """The roles that may do it, clerk first."""
    return tuple(role for role in Role if may(role, what))


def check(name: str, role: Role, what: Permission, *, active: bool) -> None:
    """Raises ``NotAllowed``: ``staff_inactive`` for somebody who left, ``not_allowed`` for the wrong role."""
    if not active:
        raise NotAllowed(Problem("staff_inactive", "as", {"name": name}))
    if not may(role, what):
        values = {"name": name, "role": role, "what": what, "who": who_may(what)}
        raise NotAllowed(Problem("not_allowed", "as", values))
