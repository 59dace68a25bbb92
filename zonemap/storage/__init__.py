"""WHAT LASTS: the only importer of SQLAlchemy; the database is the only state."""
