"""The way in: the screens without a command, the command line with one."""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """Run the program with the arguments of the process; gives back its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _run(arguments: list[str]) -> int:
    from aftersales_tui.cli import given as globals_

    try:
        given, rest = globals_.split(arguments)
    except globals_.Misused:
        given, rest = None, tuple(arguments)
    if given is not None and not rest and sys.stdin.isatty() and sys.stdout.isatty():
        # nearly all that is made until the rows are shown stays: seeking garbage is a tenth of a start
        gc.disable()
        from aftersales_tui.cli.screens import show_shop

        return show_shop(given)
    from aftersales_tui.cli.main import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
