"""Lists of rooms, read from spreadsheets. ``room_list.py`` is their door."""
