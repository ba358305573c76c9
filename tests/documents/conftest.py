"""The forms' tests print from a furnished shop file of their own."""

from shops import desk, furnished, shop_path

__all__ = ["desk", "furnished", "shop_path"]
