"""The front door for the screen: Textual app, screens by area, widgets."""
