"""How much torture is asked for: all of it, or what a continuous check has time for."""

import os

WHOLE = os.environ.get("TORTURE", "bounded") == "whole"


def amount(whole: int, bounded: int) -> int:
    """The number of kills, cuts, copies or seconds."""
    return whole if WHOLE else bounded
