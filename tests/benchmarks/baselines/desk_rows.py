"""The leanest Textual + SQLModel script that shows the rows of the desk: ``python desk_rows.py FILE TODAY``.

Only the columns the three lists need are declared, and the first frame waits for the rows.
"""

import sys
from typing import Any

from desk import Desk
from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, col, create_engine, select
from textual.widgets import DataTable

LIMIT = 200


class Customer(SQLModel, table=True):
    id: int = Field(primary_key=True)
    name: str


class Product(SQLModel, table=True):
    id: int = Field(primary_key=True)
    brand: str
    model: str


class Device(SQLModel, table=True):
    id: int = Field(primary_key=True)
    product_id: int


class Call(SQLModel, table=True):
    id: int = Field(primary_key=True)
    number: int
    customer_id: int
    device_id: int
    fault: str
    status: str
    promised_call_back: str


class Job(SQLModel, table=True):
    id: int = Field(primary_key=True)
    number: int
    customer_id: int
    product_id: int
    status: str
    outcome: str
    ready_at: str


class FollowUp(SQLModel, table=True):
    __tablename__ = "follow_up"
    id: int = Field(primary_key=True)
    number: int
    customer_id: int
    job_id: int
    call_id: int
    status: str
    due_on: str
    due_at: str


THING = Product.brand + " " + Product.model


class DeskRows(Desk):
    """The desk with its rows."""

    def on_mount(self) -> None:
        with Session(create_engine(f"sqlite:///{sys.argv[1]}")) as session:
            for name, rows, total in (
                self._open_calls(session),
                self._due_calls(session),
                self._ready_jobs(session),
            ):
                table: DataTable[str] = self.query_one(f"#{name} DataTable", DataTable)
                for row in rows:
                    table.add_row("", *row)
                self.query_one(f"#{name} .rule").update(f"{name} {total}")  # type: ignore[attr-defined]

    def _open_calls(self, session: Session) -> tuple[str, list[Any], int]:
        mine = col(Call.status) != "closed"
        query = (
            select(Call.number, Customer.name, THING + ": " + Call.fault, Call.promised_call_back)
            .join(Customer, col(Customer.id) == Call.customer_id, isouter=True)
            .join(Device, col(Device.id) == Call.device_id, isouter=True)
            .join(Product, col(Product.id) == Device.product_id, isouter=True)
            .where(mine)
            .order_by(col(Call.promised_call_back).is_(None), col(Call.promised_call_back), col(Call.id))
        )  # fmt: skip
        rows = [(f"C-{row[0]:04d}", *row[1:]) for row in session.exec(query.limit(LIMIT))]
        return "calls", rows, session.exec(select(func.count()).where(mine)).one()

    def _due_calls(self, session: Session) -> tuple[str, list[Any], int]:
        due = (col(FollowUp.status) == "open", col(FollowUp.due_on) <= sys.argv[2])
        query = (
            select(FollowUp.number, Customer.name, Job.number, THING, Job.outcome, FollowUp.due_on)
            .join(Customer, col(Customer.id) == FollowUp.customer_id, isouter=True)
            .join(Job, col(Job.id) == FollowUp.job_id, isouter=True)
            .join(Product, col(Product.id) == Job.product_id, isouter=True)
            .where(*due)
            .order_by(col(FollowUp.due_on), col(FollowUp.due_at), col(FollowUp.id))
        )  # fmt: skip
        rows = [
            (f"F-{row[0]:04d}", row[1], f"J-{row[2] or 0:04d} {row[3]}: {row[4]}", row[5])
            for row in session.exec(query.limit(LIMIT))
        ]
        return "follow", rows, session.exec(select(func.count()).where(*due)).one()

    def _ready_jobs(self, session: Session) -> tuple[str, list[Any], int]:
        ready = col(Job.status) == "ready"
        query = (
            select(Job.number, Customer.name, THING, Job.ready_at)
            .join(Customer, col(Customer.id) == Job.customer_id, isouter=True)
            .join(Product, col(Product.id) == Job.product_id, isouter=True)
            .where(ready, col(Job.status).not_in(["handed_over", "settled", "cancelled"]))
            .order_by(col(Job.ready_at), col(Job.id))
        )
        rows = [(f"J-{row[0]:04d}", *row[1:]) for row in session.exec(query.limit(LIMIT))]
        return "ready", rows, session.exec(select(func.count()).where(ready)).one()


if __name__ == "__main__":
    DeskRows().run()
