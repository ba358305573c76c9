"""The people who work here."""

from __future__ import annotations

from typing import Annotated

import typer

from aftersales_tui.cli import output, records
from aftersales_tui.cli.session import Json, at_work, example, given_of, group, speak
from aftersales_tui.domain.words import Role
from aftersales_tui.i18n import C_, _
from aftersales_tui.i18n.labels import label

app = group("The people who work here: add, list, deactivate.")

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
        if json:
            output.as_json(records.record(made))
        else:
            output.say(_("{name} works here now, role {role}.").format(name=made.name, role=label(made.role)))


@app.command("list", epilog=example("staff list"))
def listed(
    ctx: typer.Context,
    everybody: Annotated[bool, typer.Option("--all", help="With those who no longer work here.")] = False,
    json: Json = False,
) -> None:
    """List the people: clerks, technicians, owners."""
    with at_work(ctx) as work:
        from aftersales_tui.services import staff

        found = staff.everybody(work.shop, active_only=not everybody)
        if json:
            output.listed([records.record(one) for one in found], len(found))
            return
        gone = C_("staff", "no longer works here")
        output.table(
            (C_("col", "No."), C_("field", "Name"), C_("col", "Role"), C_("col", "Status")),
            ((one.id, one.name, label(one.role), "" if one.active else gone) for one in found),
            right=(0,),
        )


@app.command(epilog=example('staff deactivate "Tom Becker"'))
def deactivate(ctx: typer.Context, name: Name, json: Json = False) -> None:
    """Take a person off the list of those who act; what they did stays on record."""
    with at_work(ctx) as work:
        from aftersales_tui.services import staff

        gone = staff.deactivate(work.shop, work.staff(name, "name"), work.by)
        if json:
            output.as_json(records.record(gone))
        else:
            output.say(_("{name} no longer works here.").format(name=gone.name))


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
