"""The kinds of defects, one module a family (差错种类)."""
