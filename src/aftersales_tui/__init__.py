"""The after-sales desk of a small repair shop, in a terminal."""

__version__ = "0.1.0"
