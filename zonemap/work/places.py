"""Of which facility something is: asked before a page of it is opened."""

from __future__ import annotations

from zonemap.model.person import Actor
from zonemap.storage.store import Store
from zonemap.work.model_floors import NO_MODEL
from zonemap.work.permissions import NO_FACILITY, require_own

_NOTHING = {
    "facility_id": NO_FACILITY,
    "floor_id": "There is no such floor.",
    "picture_id": "There is no such picture.",
    "import_id": NO_MODEL,
}


def facility_of(store: Store, actor: Actor, name: str, value: str) -> str:
    """The facility of what an address names: ``name`` is one of facility_id, floor_id, picture_id, import_id.

    Raises NotFound where there is no such thing, and in the same words where it is none of the actor's.
    """
    if name == "facility_id":
        require_own(actor, value, NO_FACILITY)
        return value
    with store.read() as books:
        if name == "floor_id":
            found = books.floors.facility_of(value)
        elif name == "picture_id":
            found = books.pictures.facility_of(value)
        else:
            found = books.model_imports.facility_of(value)
    require_own(actor, found, _NOTHING[name])
    return found or ""
