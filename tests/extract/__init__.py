"""Tests of extract (提取)."""
