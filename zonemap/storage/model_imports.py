"""Floors of building models that wait for somebody to choose among them, never for long."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Select, delete, insert, select

from zonemap.errors import NotFound
from zonemap.model.floor_document import floor_document, floor_from
from zonemap.model.model_import import ModelImport
from zonemap.storage.tables import model_import, model_import_floor, picture


class ModelImports:
    """The models that wait."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, new: ModelImport) -> None:
        """Keep the floors of a model beside those that wait already; their pictures are stored already."""
        row = {
            "id": new.id,
            "facility_id": new.facility_id,
            "account_id": new.account_id,
            "uploaded_at": new.uploaded_at,
        }
        self._connection.execute(insert(model_import).values(row))
        rows = [
            {"import_id": new.id, "position": place, "picture_id": picture_id, "document": floor_document(floor)}
            for place, floor in enumerate(new.floors)
            if (picture_id := floor.picture.id if floor.picture else "")
        ]
        self._connection.execute(insert(model_import_floor), rows)

    def get(self, import_id: str) -> ModelImport:
        """A model that waits. Raises NotFound."""
        row = self._connection.execute(select(model_import).where(model_import.c.id == import_id)).one_or_none()
        if row is None:
            raise NotFound("No model waits here: one is kept for an hour. Upload it again.")
        query = select(model_import_floor.c.document).where(model_import_floor.c.import_id == import_id)
        floors = self._connection.execute(query.order_by(model_import_floor.c.position)).scalars()
        given = tuple(floor_from(document) for document in floors)
        return ModelImport(row.id, row.facility_id, row.account_id, row.uploaded_at, given)

    def facility_of(self, import_id: str) -> str | None:
        """The id of the facility that a model is for, or None."""
        query = select(model_import.c.facility_id).where(model_import.c.id == import_id)
        return self._connection.execute(query).scalar_one_or_none()

    def of(self, account_id: str) -> tuple[ModelImport, ...]:
        """What a person uploaded that waits, the newest first."""
        table = model_import
        query = (
            select(table.c.id).where(table.c.account_id == account_id).order_by(table.c.uploaded_at.desc(), table.c.id)
        )
        return tuple(self.get(import_id) for import_id in self._connection.execute(query).scalars().all())

    def take(self, import_id: str, picture_ids: frozenset[str]) -> None:
        """Forget the model; of its pictures only these stay, under the floors that somebody chose."""
        floors = model_import_floor
        chosen = (floors.c.import_id == import_id) & floors.c.picture_id.in_(picture_ids)
        self._connection.execute(delete(floors).where(chosen))
        self._remove(select(model_import.c.id).where(model_import.c.id == import_id))

    def remove_before(self, moment: datetime) -> None:
        """Forget all that were uploaded before a moment, with their pictures."""
        self._remove(select(model_import.c.id).where(model_import.c.uploaded_at < moment))

    def _remove(self, imports: Select[tuple[str]]) -> None:
        ids = self._connection.execute(imports).scalars().all()
        floors = model_import_floor
        pictures = self._connection.execute(select(floors.c.picture_id).where(floors.c.import_id.in_(ids))).scalars()
        self._connection.execute(delete(picture).where(picture.c.id.in_(pictures.all())))
        self._connection.execute(delete(model_import).where(model_import.c.id.in_(ids)))
