"""The bench: whose work it is, what is next, what waits and what is late."""
