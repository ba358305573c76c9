"""What a start must not load: each library here costs a part of the first frame or of a command's answer."""

import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src"
HEAVY = ("textual", "rich", "sqlmodel", "sqlalchemy", "pydantic", "typer", "babel", "platformdirs", "sqlite3")


def loaded_modules(code: str) -> set[str]:
    """The modules loaded once ``code`` has run in a process of its own."""
    tell = f"import sys\n{code}\nprint('\\n' + ' '.join(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", tell],
        env={"PYTHONPATH": str(SRC), "HOME": "/", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return set(run.stdout.splitlines()[-1].split())


def loaded(code: str) -> set[str]:
    """The packages."""
    return {name.split(".")[0] for name in loaded_modules(code)}


def start(*arguments: str) -> str:
    """Code that starts the program with ``arguments`` and survives its exit."""
    return (
        f"sys.argv = ['aftersales', *{list(arguments)!r}]\n"
        "from aftersales_tui.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )


def test_help_loads_neither_screens_nor_database() -> None:
    assert loaded(start("--help")).isdisjoint({"textual", "sqlmodel", "sqlalchemy", "pydantic", "babel"})


def test_help_of_a_group_loads_neither_screens_nor_database() -> None:
    assert loaded(start("job", "--help")).isdisjoint({"textual", "sqlmodel", "sqlalchemy", "pydantic"})


def test_the_papers_load_their_library_only_when_something_is_printed() -> None:
    found = loaded("import aftersales_tui.documents.forms, aftersales_tui.documents.files")
    assert found.isdisjoint({"jinja2", "segno", "markupsafe", "webbrowser", "sqlmodel", "textual"})


def test_the_screens_load_neither_database_nor_command_line() -> None:
    found = loaded("import aftersales_tui.tui.app")
    assert "textual" in found
    assert found.isdisjoint({"sqlmodel", "sqlalchemy", "pydantic", "typer", "babel", "openpyxl"})


def test_the_first_rows_wait_for_nothing_they_do_not_show() -> None:
    first = (
        "bootstrap", "drafts", "services.desk", "services.seat",
        "tui.desk.home", "tui.desk.loading", "tui.run",
    )  # fmt: skip
    found = loaded_modules("\n".join(f"import aftersales_tui.{name}" for name in first))
    later = (
        "domain.policy", "domain.verdicts", "domain.copies", "i18n.messages", "services.settings",
        "store.backup", "store.events", "store.policies", "store.search", "store.tables.events",
        "store.tables.packs", "tui.printing",
    )  # fmt: skip
    assert sorted(found & {f"aftersales_tui.{name}" for name in later}) == []


def test_the_way_in_loads_nothing_before_it_knows_what_is_wanted() -> None:
    assert loaded("import aftersales_tui.__main__").isdisjoint({"textual", "typer", "sqlmodel", "sqlalchemy"})


@pytest.mark.parametrize("package", ["domain", "views", "i18n"])
def test_a_leaf_package_loads_no_heavy_library(package: str) -> None:
    names = sorted(
        ".".join(path.relative_to(SRC).with_suffix("").parts)
        for path in (SRC / "aftersales_tui" / package).glob("*.py")
        if path.stem != "__init__"
    )
    assert loaded("\n".join(f"import {name}" for name in names)).isdisjoint(HEAVY)
