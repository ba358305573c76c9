"""The table of who may do what, in words: each permission, its roles, and why not everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aftersales_tui.domain.permissions import EVERYBODY, MAY, Permission, who_may
from aftersales_tui.domain.words import Role
from aftersales_tui.i18n import C_, N_, _
from aftersales_tui.i18n.labels import label

_REASONS: Mapping[Permission, str] = {
    Permission.DO_WORK: N_("The record is signed by whoever had the device open."),
    Permission.KEEP_CUSTOMERS: N_("Phones and addresses are for those who talk to the customer."),
    Permission.MERGE_CUSTOMERS: N_("Phones and addresses are for those who talk to the customer."),
    Permission.FOLLOW_UP: N_("Nobody writes down how satisfied the customer is with their own work."),
    Permission.SETTLE: N_("It is about money or about somebody's property."),
    Permission.IMPORT: N_("It changes many records at once."),
    Permission.OVERRIDE: N_("It decides who pays."),
    Permission.PRIVACY: N_("It takes what is on file about a person out of the shop, for good."),
    Permission.RESTORE: N_("What was entered since the backup goes out of the shop file."),
    Permission.SETTINGS: N_("They hold for everybody."),
    Permission.STAFF: N_("Who may do what is the owner's to say."),
}
_EVERYBODY = N_("Daily work: everybody helps.")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table."""

    what: str
    allowed: Mapping[Role, bool]
    why: str


def rules() -> Iterator[Rule]:
    """The whole table, as it is enforced."""
    for permission in Permission:
        allowed = {role: role in MAY[permission] for role in Role}
        yield Rule(label(permission), allowed, why(permission))


def why(permission: Permission) -> str:
    """Why the permission is as wide as it is."""
    return _(_EVERYBODY if MAY[permission] == EVERYBODY else _REASONS[permission])


def roles(several: Iterable[Role]) -> str:
    """Several roles in one line."""
    return C_("list", ", ").join(label(role) for role in several)


def only(permission: Permission) -> str:
    """Who may do it, as the end of "Not now: …"."""
    return _("only for the role {roles}").format(roles=roles(who_may(permission)))
