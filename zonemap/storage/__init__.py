"""WHAT LASTS: the only importer of SQLAlchemy. The database is the only state."""
