"""What a facility's people chose for its sheets: one plan at most a facility, saved as one versioned document."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from zonemap.errors import Conflict
from zonemap.model.sign import SignPlan
from zonemap.model.sign_plan_document import plan_document, plan_from
from zonemap.storage.tables import sign_plan


class SignPlans:
    """Plans by facility."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, facility_id: str) -> SignPlan:
        """The plan of a facility; an empty one where nothing was chosen yet."""
        query = select(sign_plan).where(sign_plan.c.facility_id == facility_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return SignPlan() if row is None else plan_from(row["document"], row["version"])

    def save(self, facility_id: str, plan: SignPlan, *, saved_at: datetime, saved_by: str) -> None:
        """Keep the plan as the next version. Raises Conflict where somebody saved after ``plan.version``."""
        values = {
            "version": plan.version + 1,
            "saved_at": saved_at,
            "saved_by": saved_by,
            "document": plan_document(plan),
        }
        same = (sign_plan.c.facility_id == facility_id) & (sign_plan.c.version == plan.version)
        if plan.version == 0:
            try:
                self._connection.execute(insert(sign_plan).values(facility_id=facility_id, **values))
            except IntegrityError as error:
                raise _faster() from error
        elif self._connection.execute(update(sign_plan).where(same).values(values)).rowcount == 0:
            raise _faster()


def _faster() -> Conflict:
    return Conflict("Somebody else changed the signs of this facility just now. Open the page again and choose again.")
