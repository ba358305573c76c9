"""The one theme of our own; every colour is also said in words."""

from textual.theme import Theme

COUNTER = Theme(
    name="counter",
    primary="#5b8fb9",
    secondary="#8aa899",
    accent="#d9a441",
    foreground="#d8dee4",
    background="#14181c",
    surface="#1b2127",
    panel="#222a31",
    success="#7fb77e",
    warning="#d9a441",
    error="#d16969",
    dark=True,
)
