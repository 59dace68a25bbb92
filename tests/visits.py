"""What a clerk sees of an I-200 and of an AO 93, as the desk's answers."""

from __future__ import annotations

QUIET = {"danger_now": "no", "paper": "paper", "readable": "yes"}
I_200 = QUIET | {
    "top_heading": "dhs",
    "title": "warrant_for_arrest_of_alien",
    "signer_label": "immigration_officer",
    "custody_escort": "no",
}
AO_93 = QUIET | {
    "top_heading": "federal_court",
    "title": "search_and_seizure_warrant",
    "signer_label": "judge",
    "signed": "yes",
    "names_this_place": "yes",
    "covers_area_wanted": "yes",
    "execute_by": "yes",
    "hours_ok": "yes",
    "all_pages": "yes",
    "lists_records": "no",
}
