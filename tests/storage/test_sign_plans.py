"""A sign plan in the database: it comes back as it was kept, and the slower of two people is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import NOW
from zonemap.errors import Conflict
from zonemap.model.sign import Choice, OwnWords, SeenLanguage, SignKind, SignPlan

PLAN = SignPlan(
    choices=(("d1", Choice.NONE),),
    own_words=(
        OwnWords(SignKind.PRIVATE, "en", "CARE AREA", "Dental patients only.", "", "Dr. Lee", NOW.date()),
        OwnWords(SignKind.PUBLIC, "es", "ÁREA PÚBLICA", "Hable en voz baja."),
    ),
    seen=(SeenLanguage("es", "Ana", NOW.date()),),
    distances=(("d1", 20),),
)


def test_a_plan_comes_back_as_it_was_kept(any_store, facility):
    with any_store.begin() as books:
        books.facilities.add(facility)
        assert books.sign_plans.of(facility.id) == SignPlan()
        books.sign_plans.save(facility.id, PLAN, saved_at=NOW, saved_by="Ana")
    with any_store.begin() as books:
        assert books.sign_plans.of(facility.id) == replace(PLAN, version=1)
        books.sign_plans.save(facility.id, replace(PLAN, version=1, seen=()), saved_at=NOW, saved_by="Ana")
        assert books.sign_plans.of(facility.id) == replace(PLAN, version=2, seen=())


@pytest.mark.parametrize("version", [0, 7])
def test_the_slower_of_two_people_is_told(any_store, facility, version):
    with any_store.begin() as books:
        books.facilities.add(facility)
        books.sign_plans.save(facility.id, PLAN, saved_at=NOW, saved_by="Ana")
    with pytest.raises(Conflict, match="just now"), any_store.begin() as books:
        books.sign_plans.save(facility.id, replace(PLAN, version=version), saved_at=NOW, saved_by="Ray")
