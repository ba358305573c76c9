"""A furnished shop file for processes of their own."""

from shops import desk, furnished, shop_path

__all__ = ["desk", "furnished", "shop_path"]
