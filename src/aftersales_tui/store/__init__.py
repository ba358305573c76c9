"""The shop file: SQLModel tables, migrations and every line of SQL."""
