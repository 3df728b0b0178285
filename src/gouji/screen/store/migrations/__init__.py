"""Brings the schema of a store up to date (表结构迁移)."""
