"""The sentence of every warning: what was done, and what the clerk should know about it."""

from __future__ import annotations

from collections.abc import Mapping

from aftersales_tui.i18n import N_, _

SENTENCES: Mapping[str, str] = {
    "date_differs": N_("A date differs from the one on file; the one on file was kept."),
    "phone_ambiguous": N_("Several people have this phone; ask for the name."),
    "same_phone": N_("Somebody else is on file with this phone; a new customer was made."),
    "serial_of_other_product": N_(
        "This serial number is on file for another product; a new device was made."
    ),
    "serial_other_customer": N_("The device with this serial number belongs to another customer on file."),
}


def sentence(code: str) -> str:
    """The warning in the language in use; a code without a sentence is shown as it stands."""
    return _(SENTENCES[code]) if code in SENTENCES else code
