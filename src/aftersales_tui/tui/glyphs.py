"""The few signs beyond letters, with their ASCII stand-ins for terminals that draw them two cells wide."""

_ASCII = {
    "▸": ">", "›": ">", "…": "...", "·": ".", "–": "-", "“": '"', "”": '"', "│": "|", "─": "-",
    "┌": "+", "┐": "+", "└": "+", "┘": "+", "┤": "+", "←": "<-", "→": "->", "█": "#", "░": ":",
}  # fmt: skip

_ascii = False


def use_ascii(on: bool) -> None:
    """From now on draw only ASCII signs (``glyphs = "ascii"`` in the configuration)."""
    global _ascii
    _ascii = on


def is_ascii() -> bool:
    """Whether only ASCII signs are drawn."""
    return _ascii


def glyph(sign: str) -> str:
    """The sign, or its ASCII stand-in."""
    return _ASCII.get(sign, sign) if _ascii else sign
