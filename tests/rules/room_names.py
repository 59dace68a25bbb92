"""Names of rooms, what they suggest and what they mean."""

from __future__ import annotations

# the class and how certain it is; None where the name alone tells no class
SAID_BY_NAME: list[tuple[str, tuple[str, str] | None]] = [
    ("Exam 3", ("private", "sure")),
    ("EXAM/OFF.", ("private", "sure")),
    ("Consultorio 2", ("private", "sure")),
    ("Untersuchungszimmer", ("private", "sure")),
    ("Процедурная", ("private", "sure")),
    ("Medical Records", ("records", "sure")),
    ("Archivo de expedientes", ("records", "sure")),
    ("Bedroom 1", ("residential", "sure")),
    ("Schlafzimmer", ("residential", "sure")),
    ("Patient Room 12", ("residential", "likely")),
    ("Waiting", ("public", "sure")),
    ("SALA DE ESPERA", ("public", "sure")),
    ("Wartezimmer", ("public", "sure")),
    ("Зал ожидания", ("public", "sure")),
    ("Main entrance", ("public", "likely")),
    ("Reception", ("public", "likely")),
    ("Public restroom", ("public", "sure")),
    ("Baños públicos", ("public", "sure")),
    ("Staff toilet", ("private", "sure")),
    ("Patient toilet", ("private", "sure")),
    ("Staff yard", ("outdoor_private", "likely")),
    ("Pharmacy waiting", ("public", "likely")),
    ("Sala de espera de farmacia", ("public", "likely")),
    ("Staff entrance", ("private", "likely")),
    ("Waiting / exam", ("private", "likely")),
    ("Toilet", None),
    ("Corridor", None),
    ("Stair 2", None),
    ("Parking", None),
    ("Room B", None),
    ("", None),
]

# every kind that a name means, the leading one first; and the kind of the thing itself
MEANT = [
    ("Exam corridor", "corridor exam_room", "corridor"),
    ("Corridor exam", "exam_room corridor", "exam_room"),
    ("Exam waiting", "exam_room waiting_room", "waiting_room"),
    ("Lab patient room", "patient_room laboratory", "patient_room"),
    ("Office pharmacy waiting", "pharmacy office waiting_room", "waiting_room"),
    ("Exam exam", "exam_room", "exam_room"),
]
