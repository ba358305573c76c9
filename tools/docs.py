"""Writes docs/keys.md, docs/cli.md, docs/policies.md and docs/roles.md from the program itself.

python tools/docs.py           write them
python tools/docs.py --check   fail when they no longer say what the program does
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent / "docs"


def keys() -> str:
    """Every action of the registry with its keys."""
    from aftersales_tui.tui.actions import ACTIONS

    lines = [
        "# Keys",
        "",
        "Written by `make docs` from the registry of actions; `aftersales keys` prints the same.",
        "A key means the same on every screen. Letters act on lists; while typing, the second column acts.",
        "",
        "| on lists | while typing too | action | meaning |",
        "|---|---|---|---|",
    ]
    for action in ACTIONS:
        name = f"`{action.id}` {action.name[1]}"
        lines.append(f"| {shown(action.keys)} | {shown(action.typing)} | {name} | {action.description} |")
    return "\n".join(lines) + "\n"


def shown(pressed: tuple[str, ...]) -> str:
    """Keys as they stand in a table."""
    return " ".join(f"`{'¦' if key == '|' else key}`" for key in pressed) or "–"


def cli() -> str:
    """Every command with its help and its options."""
    from typer.main import get_command

    from aftersales_tui.cli.given import OPTIONS
    from aftersales_tui.cli.main import app

    lines = ["# Commands", "", "Written by `make docs` from the program's own help.", ""]
    for path, command in commands("aftersales", get_command(app)):
        lines += [f"## `{path}`", ""]
        if command.help:
            lines += [inspect.cleandoc(command.help).replace("\b\n", "").replace("\f", ""), ""]
        if command.epilog:
            lines += [f"`{command.epilog.removeprefix('Example: ')}`", ""]
        rows = [row for parameter in command.params if (row := described(parameter))]
        if path == "aftersales":
            rows = [
                f"| `{name} {value}` | {words} |".replace("en|zh", "en\\|zh")
                for name, (value, words) in OPTIONS.items()
            ]
        if rows:
            lines += ["| | |", "|---|---|", *rows, ""]
    return "\n".join(lines).rstrip() + "\n"


def roles() -> str:
    """Who may do what, as every use case asks it."""
    from aftersales_tui.domain.words import Role
    from aftersales_tui.i18n.permission_words import rules

    lines = [
        "# Roles",
        "",
        "Written by `make docs` from the table every use case asks; `aftersales staff roles` prints it.",
        "Whoever is kept out is told who may: a dimmed key on the screen, `not_allowed` on the command line.",
        "Looking up and reading is for everybody; phones are masked (138****8027) for the roles that the",
        "setting `masked_phones` names: the technician, unless the owner changes it.",
        "",
        f"| | {' | '.join(role.value for role in Role)} | why |",
        f"|---|{'---|' * len(Role)}---|",
    ]
    for rule in rules():
        cells = " | ".join("yes" if rule.allowed[role] else "no" for role in Role)
        lines.append(f"| {rule.what} | {cells} | {rule.why} |")
    return "\n".join(lines) + "\n"


def policies() -> str:
    """Every clause of every pack with its citation, its source and how far it was checked."""
    from aftersales_tui.i18n.why_words import mark_word
    from aftersales_tui.services.policies import packs

    lines = [
        "# Policies",
        "",
        "Written by `make docs` from the packs in `src/aftersales_tui/policies`. Everything a verdict claims",
        "is a clause of this list. *Text checked* means that the wording was read, *secondary source* that",
        "somebody else quotes it, *unconfirmed* that nobody checked it yet. Information for the shop, not",
        "legal advice.",
    ]
    for pack in packs():
        lines += ["", f"## {pack.id} {pack.version}", "", f"{pack.title.en} · {pack.title.zh}", ""]
        lines += ["| clause | cited | says | source | checked |", "|---|---|---|---|---|"]
        for key, clause in pack.clauses.items():
            cells = (f"`{key}`", clause.cite.en, clause.text.en, clause.source, mark_word(clause.verified))
            lines.append(f"| {' | '.join(cell.replace('|', '¦') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def commands(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A command and everything below it, in its own order."""
    if command.hidden:
        return
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(f"{path} {name}", below)


def described(parameter: Any) -> str:
    """One option or argument as a row; nothing for ``--help`` and hidden ones."""
    if getattr(parameter, "hidden", False) or "--help" in parameter.opts:
        return ""
    if parameter.param_type_name == "argument":
        named = f"`{parameter.metavar or parameter.name.upper()}`"
    else:
        named = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    kind = parameter.type_descriptor.annotation
    words = (getattr(parameter, "help", None) or "").replace("|", "\\|").replace("\n", " ")
    if isinstance(kind, type) and issubclass(kind, Enum):
        words = f"{words} ({', '.join(f'`{choice.value}`' for choice in kind)})".strip()
    return f"| {named} | {words} |"


def main() -> int:
    check = "--check" in sys.argv[1:]
    stale = []
    written = {"keys.md": keys(), "cli.md": cli(), "policies.md": policies(), "roles.md": roles()}
    for name, text in written.items():
        path = DOCS / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, encoding="utf-8")
    if check and stale:
        print(f"stale: {', '.join(stale)}. Run: make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
