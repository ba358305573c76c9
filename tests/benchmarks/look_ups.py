"""What is typed into the look-up: drawn from the shop that is searched, and some that is nowhere in it."""

import sqlite3
from pathlib import Path
from random import Random

from repair_words import FIRST, GIVEN, KINDS, LAST, SURNAMES

EACH = 30


def queries(path: Path) -> list[str]:
    """Names, phone and serial tails, numbers, one and two Chinese characters, words, mixtures and misses."""
    rng = Random(11)
    with sqlite3.connect(path) as shop:

        def drawn(column: str, table: str) -> list[str]:
            many = shop.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
            ids = [rng.randint(1, many) for _ in range(EACH)]
            return [
                shop.execute(f"SELECT {column} FROM {table} WHERE id = ?", (n,)).fetchone()[0] for n in ids
            ]

        names = drawn("name", "customer")
        phones = [digits[-rng.randint(4, 8) :] for digits in drawn("digits", "customer_phone")]
        serials = [serial[-rng.randint(4, 9) :] for serial in drawn("serial_folded", "device")]
        numbers = [f"{rng.choice(('', 'J-', 'j'))}{n}" for n in drawn("number", "job")]
        models = drawn("model", "product")
    parts = [rng.choice(rng.choice(KINDS).parts) for _ in range(2 * EACH)]
    faults = [rng.choice(rng.choice(KINDS).faults) for _ in range(2 * EACH)]
    spoken = [rng.choice(faults)[0].split() for _ in range(EACH)]
    return [
        *names, *phones, *serials, *numbers, *models,
        *(rng.choice(FIRST) for _ in range(EACH // 2)), *(rng.choice(LAST)[:4] for _ in range(EACH // 2)),
        *(rng.choice(SURNAMES + GIVEN) for _ in range(EACH // 2)),
        *(rng.choice(SURNAMES) + rng.choice(GIVEN) for _ in range(EACH)),
        *(chinese for _, chinese in parts[:EACH]), *(chinese[:2] for _, chinese in faults[:EACH]),
        *(english for english, _ in parts[EACH:]), *(rng.choice(words) for words in spoken),
        *(" ".join(words[:3]) for words in spoken),
        *(f"{rng.choice(SURNAMES)} {chinese[:2]}" for _, chinese in parts[:EACH]),
        *(f"{rng.choice(LAST)} {english.split()[-1]}" for english, _ in parts[:EACH]),
        *(f"{chinese[:2]} {rng.randint(10, 99)}" for _, chinese in parts[:EACH]),
        "wf", "lj", "zm", "pk", "e1", "v8", "hp", "tv", "07", "19", "88", "no",
        *(f"zz{rng.choice(LAST)}x" for _ in range(EACH // 3)),
        *(f"{rng.choice(FIRST)} qqq" for _ in range(EACH // 3)),
        "龘", "饕餮", "battery 龘", "00000000000", "[/foo]", "%", "_",
    ]  # fmt: skip
