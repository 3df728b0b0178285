"""The store of many documents (存储): SQLite in a file, or PostgreSQL by URL."""

from gouji.screen.store.listed import Failure, Listed, Made, Standing, StoredFinding, Told
from gouji.screen.store.store import Store
from gouji.screen.store.writing import scope_of

__all__ = ["Failure", "Listed", "Made", "Standing", "Store", "StoredFinding", "Told", "scope_of"]
