"""Files of several pages that wait for somebody to choose one. At most one a floor, never for long."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from zonemap.errors import NotFound
from zonemap.model.upload import Page, Upload
from zonemap.storage.tables import upload, upload_page

KEPT_OF_ACCOUNT = 3


class Uploads:
    """The files that wait."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, new: Upload) -> None:
        """Keep a file for a floor, instead of an earlier one; of one person only the newest three are kept."""
        self.remove(new.floor_id)
        row = {"floor_id": new.floor_id, "account_id": new.account_id, "uploaded_at": new.uploaded_at}
        self._connection.execute(insert(upload).values(row | {"data": new.data}))
        rows = [
            {
                "floor_id": new.floor_id,
                "number": page.number,
                "width_mm": page.width_mm,
                "height_mm": page.height_mm,
                "png": page.thumbnail,
            }
            for page in new.pages
        ]
        self._connection.execute(insert(upload_page), rows)
        self._forget_older_ones(new.account_id)

    def find(self, floor_id: str) -> Upload | None:
        """The file that waits for a page of this floor, or None."""
        row = self._connection.execute(select(upload).where(upload.c.floor_id == floor_id)).one_or_none()
        if row is None:
            return None
        query = select(upload_page).where(upload_page.c.floor_id == floor_id).order_by(upload_page.c.number)
        pages = tuple(
            Page(page.number, page.width_mm, page.height_mm, None if page.png is None else bytes(page.png))
            for page in self._connection.execute(query)
        )
        return Upload(row.floor_id, row.account_id, row.uploaded_at, bytes(row.data), pages)

    def waiting(self) -> frozenset[str]:
        """The ids of the floors for which a file waits."""
        return frozenset(self._connection.execute(select(upload.c.floor_id)).scalars())

    def thumbnail(self, floor_id: str, number: int) -> bytes:
        """The small picture of a page. Raises NotFound."""
        query = select(upload_page.c.png).where(upload_page.c.floor_id == floor_id, upload_page.c.number == number)
        found = self._connection.execute(query).scalar_one_or_none()
        if found is None:
            raise NotFound("There is no such page.")
        return bytes(found)

    def remove(self, floor_id: str) -> None:
        """Forget the file of this floor, if there is one."""
        self._connection.execute(delete(upload).where(upload.c.floor_id == floor_id))

    def remove_before(self, moment: datetime) -> None:
        """Forget all that were uploaded before a moment."""
        self._connection.execute(delete(upload).where(upload.c.uploaded_at < moment))

    def _forget_older_ones(self, account_id: str) -> None:
        newest_first = select(upload.c.floor_id).where(upload.c.account_id == account_id)
        newest_first = newest_first.order_by(upload.c.uploaded_at.desc(), upload.c.floor_id).offset(KEPT_OF_ACCOUNT)
        for floor_id in self._connection.execute(newest_first).scalars().all():
            self.remove(floor_id)
