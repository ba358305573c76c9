"""Measures the installed wheel and prints one JSON object; ``make bench`` calls it.

    python tests/benchmarks/run.py [--only NAME]… [--python PATH] [--jobs N] [--times N]

Without ``--python`` the wheel is built from the tree and installed into a fresh environment. The shops are
generated once and kept in the cache folder until anything they are made by changes. Each measure is a ratio
of the program and its baseline, taken in turns in the same run, with the milliseconds beside it. The talk is
on stderr. Exit code 0 when every ratio keeps its limit, else 1.
"""

import argparse
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from terminal import Terminal

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PINNED = "2026-11-23T09:42"
"""The moment at which the generated shop is a working morning old, on its own clock."""
CLERK = "李娜 Li Na"
FRAME, ROWS = "F1 help", r"C-\d\d\d"
LIMITS = {
    "first_frame": 1.4, "board_rows": 1.25, "look_up_p95": 2.0, "help": 1.3, "month": 1.5,
    "after_a_kill": 1.15, "typing_stall_p95": 60.0, "memory": 1.2, "demo": 3000.0, "judge": 5000.0,
}  # fmt: skip

Result = dict[str, Any]


@dataclass(frozen=True)
class Bench:
    """The installed program, the two shops, and how often each measure is taken."""

    python: Path
    large: Path
    small: Path
    home: Path
    times: int

    @property
    def aftersales(self) -> str:
        """The console command beside the Python."""
        return str(self.python.parent / "aftersales")

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the caller's but the path; an own home, a pinned clock."""
        return {
            "PATH": os.environ["PATH"], "HOME": str(self.home), "TERM": "xterm-256color",
            "COLORTERM": "truecolor", "LANG": "C.UTF-8", "AFTERSALES_NOW": PINNED,
        }  # fmt: skip

    def screens(self, shop: Path) -> list[str]:
        """The command that opens the desk on a shop."""
        return [self.aftersales, "--db", str(shop), "--lang", "en", "--as", CLERK]

    def baseline(self, name: str, *arguments: str) -> list[str]:
        """The command of a baseline."""
        return [str(self.python), str(HERE / "baselines" / f"{name}.py"), *arguments]

    def seen(self, command: Sequence[str], *patterns: str) -> list[float]:
        """Milliseconds until each pattern stood on the screen."""
        with Terminal(command, self.environment) as terminal:
            return terminal.seen(*patterns)

    def ran(self, command: Sequence[str]) -> float:
        """Milliseconds of a command from beginning to end."""
        start = time.perf_counter()
        subprocess.run(command, env=self.environment, check=True, stdout=subprocess.DEVNULL)
        return (time.perf_counter() - start) * 1000

    def inside(self, name: str) -> Result:
        """What ``inside.py`` measures."""
        command = [str(self.python), str(HERE / "inside.py"), name, str(self.large)]
        found = subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)
        return dict(json.loads(found.stdout))


def talk(words: str) -> None:
    """Say on stderr what is going on."""
    print(words, file=sys.stderr, flush=True)


def _ratio(name: str, ours: Sequence[float], lean: Sequence[float]) -> Result:
    """Medians against medians, the best of each beside them."""
    ratio = median(ours) / median(lean)
    return {
        "ratio": round(ratio, 2), "limit": LIMITS[name], "ok": ratio <= LIMITS[name],
        "ms": round(median(ours), 1), "baseline_ms": round(median(lean), 1),
        "best_ms": round(min(ours), 1), "baseline_best_ms": round(min(lean), 1),
    }  # fmt: skip


def _in_turns(
    times: int, ours: Callable[[], float], lean: Callable[[], float]
) -> tuple[list[float], list[float]]:
    ours(), lean()  # the first of each fills the caches of the system
    turns = [(ours(), lean()) for _ in range(times)]
    return [turn[0] for turn in turns], [turn[1] for turn in turns]


def first_frame(bench: Bench) -> Result:
    """From the start of the process to the desk's frame on the screen."""
    return _ratio("first_frame", *_in_turns(
        bench.times,
        lambda: bench.seen(bench.screens(bench.large), FRAME)[0],
        lambda: bench.seen(bench.baseline("desk"), FRAME)[0],
    ))  # fmt: skip


def board_rows(bench: Bench) -> Result:
    """From the start of the process to the rows of the open calls on the screen."""
    return _ratio("board_rows", *_in_turns(
        bench.times,
        lambda: bench.seen(bench.screens(bench.large), ROWS)[0],
        lambda: bench.seen(bench.baseline("desk_rows", str(bench.large), PINNED[:10]), ROWS)[0],
    ))  # fmt: skip


def after_a_kill(bench: Bench) -> Result:
    """The rows on the screen after a writer was killed half way, and after everybody left in peace."""

    def rows() -> float:
        return bench.seen(bench.screens(bench.large), ROWS)[0]

    def rows_after_a_kill() -> float:
        killed = subprocess.run([str(bench.python), str(HERE / "killed.py"), str(bench.large)], check=False)
        assert killed.returncode == -signal.SIGKILL, killed
        return rows()

    return _ratio("after_a_kill", *_in_turns(bench.times, rows_after_a_kill, rows))


def help_page(bench: Bench) -> Result:
    """``aftersales --help`` and the help of a Typer hello."""
    return _ratio("help", *_in_turns(
        2 * bench.times,
        lambda: bench.ran([bench.aftersales, "--help"]),
        lambda: bench.ran(bench.baseline("hello", "--help")),
    ))  # fmt: skip


def look_up(bench: Bench) -> Result:
    """The 95th percentile of some hundred look-ups, as a service call and as bare sqlite3."""
    return _inside("look_up_p95", bench.inside("look_up"))


def month(bench: Bench) -> Result:
    """The month's summary as a service call, and its raw SQL."""
    return _inside("month", bench.inside("month"))


def _inside(name: str, found: Result) -> Result:
    ratio = found["ms"] / found["baseline_ms"]
    rounded = {key: round(value, 1) for key, value in found.items()}
    return {"ratio": round(ratio, 2), "limit": LIMITS[name], "ok": ratio <= LIMITS[name], **rounded}


def stall(bench: Bench) -> Result:
    """How long the screen is busy after a key typed into the look-up, in milliseconds."""
    found = bench.inside("stall")
    limit = LIMITS["typing_stall_p95"]
    return {
        "limit_ms": limit,
        "ok": found["ms"] <= limit,
        **{key: round(value, 1) for key, value in found.items()},
    }


def judging(bench: Bench) -> Result:
    """Devices judged in a second by one core, without explanations; dateutil adding the years beside it."""
    found = bench.inside("judge")
    rate, limit = found["devices_per_second"], LIMITS["judge"]
    return {"at_least": limit, "ok": rate >= limit, **{key: round(value) for key, value in found.items()}}


def memory(bench: Bench) -> Result:
    """What the screens hold after the desk, a look-up, the bench and the month were shown, in megabytes."""
    large, small = (_resident(bench, shop) for shop in (bench.large, bench.small))
    ratio = large / small
    limit = LIMITS["memory"]
    return {
        "ratio": round(ratio, 2), "limit": limit, "ok": ratio <= limit,
        "mb": round(large, 1), "baseline_mb": round(small, 1),
    }  # fmt: skip


def _resident(bench: Bench, shop: Path) -> float:
    with Terminal(bench.screens(shop), bench.environment) as terminal:
        terminal.seen(ROWS)
        for keys in ("/battery", "\x1b", "/电池", "\x1b", "\x1bOR", "\x1bOS", "\x1bOQ"):
            terminal.type(keys)
            terminal.settle(1.0)
        return terminal.resident_mb()


def demo(bench: Bench) -> Result:
    """``make demo`` with its environment made: from the command to the frame and to the first question."""
    (bench.python.parent.parent / ".runtime").touch()
    command = ["make", "-C", str(ROOT), "demo", f"VENV={bench.python.parent.parent}"]
    bench.seen(command, FRAME)
    turns = [
        bench.seen(command, FRAME, r"Who is working here\?|[CJF]-\d\d\d\d")
        for _ in range(max(3, bench.times // 2))
    ]
    frame, rows = (median(turn[place] for turn in turns) for place in (0, 1))
    limit = LIMITS["demo"]
    return {"limit_ms": limit, "ok": rows <= limit, "ms": round(rows, 1), "first_frame_ms": round(frame, 1)}


MEASURES: dict[str, Callable[[Bench], Result]] = {
    "first_frame": first_frame, "board_rows": board_rows, "after_a_kill": after_a_kill,
    "look_up_p95": look_up, "help": help_page, "month": month, "typing_stall_p95": stall, "memory": memory,
    "demo": demo, "judge": judging,
}  # fmt: skip


def _installed(folder: Path) -> Path:
    """A fresh environment with the wheel of this tree; gives back its Python."""
    talk("Building the wheel and installing it …")
    wheel, made = folder / "wheel", folder / "installed"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(wheel), str(ROOT)], check=True)
    subprocess.run([sys.executable, "-m", "venv", str(made)], check=True)
    python = made / "bin" / "python"
    built = next(wheel.glob("*.whl"))
    subprocess.run([str(python), *pip[1:], "install", str(built), "python-dateutil"], check=True)
    return python


def _shop(python: Path, jobs: int) -> Path:
    """A generated shop, from the cache when nothing it is made by has changed."""
    source = Path(
        subprocess.run(
            [str(python), "-c", "import aftersales_tui as a; print(a.__path__[0])"],
            check=True, stdout=subprocess.PIPE, text=True,
        ).stdout.strip()
    )  # fmt: skip
    made_by = [*sorted((source / "store").rglob("*.*")), *sorted((source / "domain").rglob("*.py"))]
    digest = hashlib.sha256()
    for path in (
        *(HERE / f"{name}.py" for name in ("generate", "people", "shares", "repair_words")),
        *made_by,
    ):
        if path.suffix in (".py", ".sql"):
            digest.update(path.read_bytes())
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "aftersales-benchmarks"
    shop = cache / f"shop-{jobs}-{digest.hexdigest()[:12]}.db"
    if not shop.exists():
        talk(f"Generating a shop of {jobs:,} jobs …")
        cache.mkdir(parents=True, exist_ok=True)
        for older in cache.glob(f"shop-{jobs}-*"):
            older.unlink()
        unfinished = shop.with_suffix(".new")
        subprocess.run([str(python), str(HERE / "generate.py"), str(unfinished), str(jobs)], check=True)
        unfinished.rename(shop)
    return shop


def main() -> int:
    """Measure what was asked for and print it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", action="append", choices=MEASURES, help="only this measure; may be repeated")
    asked.add_argument("--python", type=Path, help="a Python that has the program installed")
    asked.add_argument("--jobs", type=int, default=100_000, help="jobs of the large shop")
    asked.add_argument("--times", type=int, default=9, help="how often each start is measured")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="aftersales-bench-") as folder:
        python = given.python or _installed(Path(folder))
        home = Path(folder) / "home"
        home.mkdir()
        bench = Bench(python, _shop(python, given.jobs), _shop(python, 1_000), home, given.times)
        found: dict[str, Result] = {}
        for name in given.only or MEASURES:
            talk(f"Measuring {name} …")
            found[name] = MEASURES[name](bench)
            talk(f"  {found[name]}")
    print(json.dumps(found, indent=2))
    return 0 if all(result["ok"] for result in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
