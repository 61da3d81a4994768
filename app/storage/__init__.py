"""SQLAlchemy and alembic, and nowhere else: rows in the encrypted database, blobs beside it."""
