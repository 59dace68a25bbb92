"""The referral lists of the facilities, and what they have set for their handouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from zonemap.model.referral import HandoutSetting, Purpose, Referral, ShowTo, StaleRule
from zonemap.storage.protocol_tables import handout_setting, referral


class Referrals:
    """Lists by facility, in their order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self, facility_id: str) -> tuple[Referral, ...]:
        """The numbers of a facility."""
        query = select(referral).where(referral.c.facility_id == facility_id)
        rows = self._connection.execute(query.order_by(referral.c.position, referral.c.id)).mappings()
        return tuple(map(referral_from, rows))

    def replace(self, facility_id: str, numbers: Sequence[Referral]) -> None:
        """Keep these numbers in the place of those there are."""
        self._connection.execute(delete(referral).where(referral.c.facility_id == facility_id))
        rows = [_values(each) | {"position": place} for place, each in enumerate(numbers, 1)]
        if rows:
            self._connection.execute(insert(referral), rows)

    def setting(self, facility_id: str) -> HandoutSetting | None:
        """What was set, or None where nobody has touched lists or handouts yet."""
        query = select(handout_setting).where(handout_setting.c.facility_id == facility_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            return None
        return HandoutSetting(facility_id, StaleRule(row["stale"]), row["phone"], tuple(row["seen"]), row["set_by"])

    def set(self, setting: HandoutSetting) -> None:
        """Keep a setting in the place of the one before."""
        values = asdict(setting) | {"stale": setting.stale.value, "seen": list(setting.seen)}
        same = handout_setting.c.facility_id == setting.facility_id
        if self._connection.execute(update(handout_setting).where(same).values(values)).rowcount == 0:
            self._connection.execute(insert(handout_setting).values(values))


def referral_from(row: RowMapping) -> Referral:
    """A number from its row."""
    values = dict(row) | {"languages": tuple(row["languages"])}
    return Referral(**values | {"purpose": Purpose(row["purpose"]), "show_to": ShowTo(row["show_to"])})


def _values(each: Referral) -> dict[str, object]:
    values = asdict(each) | {"languages": list(each.languages)}
    return values | {"purpose": each.purpose.value, "show_to": each.show_to.value}
