"""Boxes over a screen: they answer one question and give it back."""
