"""The people who work here, their roles and their PINs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_tui.cli import output, pins, records
from aftersales_tui.cli.session import Json, at_work, example, given_of, group, speak
from aftersales_tui.domain.words import Role
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.labels import label

if TYPE_CHECKING:
    from aftersales_tui.views.staff import StaffView

app = group("The people who work here: add, list, roles, PINs.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name, or a part of it that fits one person.")]


@app.command(epilog=example('staff add "Sun Hao" --role technician'))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name, as it is signed.")],
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.CLERK,
    json: Json = False,
) -> None:
    """Put a person on the staff list."""
    with at_work(ctx) as work:
        from aftersales_tui.services import staff

        made = staff.add(work.shop, name, role, work.by)
        _tell(made, _("{name} works here now, role {role}."), json=json)


@app.command("list", epilog=example("staff list"))
def listed(
    ctx: typer.Context,
    everybody: Annotated[bool, typer.Option("--all", help="With those who no longer work here.")] = False,
    json: Json = False,
) -> None:
    """List the people: clerks, technicians, owners, and who has a PIN."""
    with at_work(ctx) as work:
        from aftersales_tui.services import staff

        found = staff.everybody(work.shop, active_only=not everybody)
        if json:
            output.listed([records.record(one) for one in found], len(found))
        else:
            gone = C_("staff", "no longer works here")
            has_pin = C_("cell", "has one")
            output.table(
                (
                    C_("col", "No."), C_("field", "Name"), C_("col", "Role"), C_("field", "PIN"),
                    C_("col", "Status"),
                ),
                (
                    (one.id, one.name, label(one.role), has_pin if one.has_pin else "",
                     "" if one.active else gone)
                    for one in found
                ),
                right=(0,),
            )  # fmt: skip
        if open_door := next((one for one in found if one.acts_without_pin), None):
            from aftersales_tui.i18n.finding_words import sentence

            values = {"name": open_door.name, "role": open_door.role}
            output.warn(sentence("cli_identity_unguarded", values))


@app.command(epilog=example('staff deactivate "Tom Becker"'))
def deactivate(ctx: typer.Context, name: Name, json: Json = False) -> None:
    """Take a person off the list of those who act; what they did stays on record."""
    with at_work(ctx) as work:
        from aftersales_tui.services import staff

        gone = staff.deactivate(work.shop, work.staff(name, "name"), work.by)
        _tell(gone, _("{name} no longer works here."), json=json)


@app.command(epilog=example('staff activate "Old Hand"'))
def activate(ctx: typer.Context, name: Name, json: Json = False) -> None:
    """Somebody works here again, in the role they had."""
    with at_work(ctx) as work:
        from aftersales_tui.services import staff

        back = staff.activate(work.shop, work.staff(name, "name", active_only=False), work.by)
        _tell(back, _("{name} works here again, role {role}."), json=json)


@app.command("set-role", epilog=example('staff set-role "Tom Becker" clerk'))
def set_role(
    ctx: typer.Context,
    name: Name,
    role: Annotated[Role, typer.Argument(metavar="ROLE", help="clerk, technician or owner.")],
    json: Json = False,
) -> None:
    """Give somebody another role; it holds at once."""
    with at_work(ctx) as work:
        from aftersales_tui.services import staff

        changed = staff.set_role(work.shop, work.staff(name, "name"), role, work.by)
        _tell(changed, _("{name} has the role {role} now."), json=json)


@app.command("set-pin", epilog=example('staff set-pin "Tom Becker"'))
def set_pin(
    ctx: typer.Context,
    name: Name,
    stdin: Annotated[bool, typer.Option("--stdin", help="Read the PIN from standard input.")] = False,
    json: Json = False,
) -> None:
    """Give somebody a PIN of 4 to 12 digits: asked twice without showing it, or read from AFTERSALES_PIN.

    When AFTERSALES_PIN proves who acts (--as), the new PIN comes from --stdin or the terminal.
    """
    with at_work(ctx) as work:
        from aftersales_tui.services import pins as service

        who = work.staff(name, "name")
        typed = pins.new_pin(name, stdin=stdin)
        _tell(
            service.set_pin(work.shop, who, typed, work.by, pins.os_user()),
            _("{name} has a PIN now."),
            json=json,
        )


@app.command("clear-pin", epilog=example('staff clear-pin "Tom Becker"'))
def clear_pin(ctx: typer.Context, name: Name, json: Json = False) -> None:
    """Let somebody act without a PIN again."""
    with at_work(ctx) as work:
        from aftersales_tui.services import pins as service

        cleared = service.clear_pin(work.shop, work.staff(name, "name"), work.by, pins.os_user())
        _tell(cleared, _("{name} has no PIN now."), json=json)


@app.command("reset-pin", epilog=example('staff reset-pin "Ann Lee" --i-own-this-file'))
def reset_pin(
    ctx: typer.Context,
    name: Name,
    own: Annotated[bool, typer.Option("--i-own-this-file", help="Say that the shop file is yours.")] = False,
    json: Json = False,
) -> None:
    """Take away a PIN that is lost, the owner's too; no PIN is asked.

    Whoever can write the shop file can do this. It is on record with the user of this computer, and the
    person and every owner read of it at their next sign-in.
    """
    if not own:
        raise typer.BadParameter(_("Add --i-own-this-file: it is on record, and the owner reads of it."))
    with at_work(ctx, proves=False) as work:
        from aftersales_tui.services import pins as service

        reset = service.reset_pin(work.shop, work.staff(name, "name"), pins.os_user())
        _tell(reset, _("{name} has no PIN now."), json=json)


@app.command(epilog=example("staff roles"))
def roles(ctx: typer.Context, json: Json = False) -> None:
    """Show who may do what, role by role, as it is enforced."""
    speak(given_of(ctx))
    from aftersales_tui.domain.permissions import Permission, may
    from aftersales_tui.i18n import permission_words

    if json:
        output.listed(
            [
                {
                    "permission": one.value,
                    **{role.value: may(role, one) for role in Role},
                    "what": label(one),
                    "why": permission_words.why(one),
                }
                for one in Permission
            ],
            len(Permission),
        )
        return
    shown = {True: C_("cell", "yes"), False: C_("cell", "no")}
    output.table(
        (C_("col", "What"), *(label(role) for role in Role), C_("col", "Why")),
        (
            (rule.what, *(shown[rule.allowed[role]] for role in Role), rule.why)
            for rule in permission_words.rules()
        ),
        cells=70,
    )


def _tell(person: StaffView, words: str, *, json: bool) -> None:
    if json:
        output.as_json(records.record(person))
    else:
        output.say(words.format(name=person.name, role=label(person.role)))
