"""The store of many documents (存储): SQLite in a file, or PostgreSQL by URL."""

from gouji.screen.store.store import Failure, Listed, Standing, Store, StoredFinding, scope_of

__all__ = ["Failure", "Listed", "Standing", "Store", "StoredFinding", "scope_of"]
