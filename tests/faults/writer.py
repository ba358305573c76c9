"""A process that works on a shop file until it is stopped: ``writer.py FILE SEED SECONDS WHO [DEEDS]``.

After each deed one line acknowledges what was written, with the milliseconds it took; a deed that the
rules refuse is a line ``refused``, anything unexpected ends the process with exit code 9.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from deeds import Hand, some_deed

from aftersales_tui import bootstrap
from aftersales_tui.domain.errors import Busy, ShopError, StoreFault
from aftersales_tui.services import staff


def work(path: Path, seed: int, seconds: float, who: str, to: int, most: int = 10**9) -> int:
    """Works until the time is up or ``most`` deeds are done; acknowledges on the file descriptor ``to``."""

    def say(**line: object) -> None:
        os.write(to, (json.dumps(line) + "\n").encode())  # in one write: nobody sees half a line

    shop = bootstrap.open_shop(path)
    hand = Hand(shop, Random(seed), staff.cli_identity(shop).id, who)
    say(ready=True)
    until, done = time.monotonic() + seconds, 0
    while time.monotonic() < until and done < most:
        began = time.perf_counter()
        try:
            deed, wrote = some_deed(hand)
        except (Busy, StoreFault) as error:
            say(failed=error.problem.code, detail=str(error.problem.values))
            return 9
        except ShopError as refused:
            say(refused=refused.problem.code)
            continue
        done += 1
        say(deed=deed, wrote=wrote, ms=round((time.perf_counter() - began) * 1000, 2))
    shop.close()
    return 0


if __name__ == "__main__":
    _, file, number, lasts, name, *deeds = sys.argv
    sys.exit(work(Path(file), int(number), float(lasts), name, 1, int(deeds[0]) if deeds else 10**9))
