"""Checking: relations stated by rules, graded by exact arithmetic (核对)."""
