"""The program as processes: exit codes, pipes and signals as a shell sees them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from prepared import NOW, ROOT, Shell

PROGRAM = [sys.executable, "-m", "aftersales_tui"]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "AFTERSALES_NOW": NOW, "PYTHONUTF8": "1", **more}


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], env=environment(**more), capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_without_a_terminal_there_is_help_and_two() -> None:
    result = run()
    assert result.returncode == 2
    assert "Usage: aftersales" in result.stderr


def test_a_shop_is_made_used_and_reported(tmp_path: Path) -> None:
    db = str(tmp_path / "shop.db")
    assert run("init", "--name", "Corner", AFTERSALES_DB=db).returncode == 0
    assert (tmp_path / "shop.db").stat().st_mode & 0o777 == 0o600
    assert run("--db", db, "call", "log", "--name", "王芳", "--fault", "打火").returncode == 0
    found = run("--db", db, "find", "打火")
    assert "王芳" in found.stdout
    assert run("--db", db, "job", "show", "1").returncode == 1
    assert run("--db", str(tmp_path / "none.db"), "job", "list").returncode == 4


def test_nobody_reading_on_is_no_error(shell: Shell) -> None:
    program = f"'{sys.executable}' -m aftersales_tui --db '{shell.db}' job list --json"
    line = f"{program} | true; exit ${{PIPESTATUS[0]}}"
    result = subprocess.run(
        ["bash", "-c", line], env=environment(), capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="signals are a matter of POSIX")
def test_an_interrupt_leaves_with_130(shell: Shell) -> None:
    fifo = shell.db.with_name("never.csv")
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [*PROGRAM, "--db", str(shell.db), "import", "repairs", str(fifo)], env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with fifo.open("wb") as pipe:  # opening waits until the program reads
        pipe.write(b"id,product_category\n")
        pipe.flush()
        errors = None
        # Python sees one that comes just before a read only after it
        while errors is None:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                _, errors = process.communicate(timeout=2)
    assert process.returncode == 130
    assert "Traceback" not in errors
