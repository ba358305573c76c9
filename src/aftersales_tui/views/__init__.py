"""What travels between the floors: frozen dataclasses, input and output, that carry an id and a version."""
