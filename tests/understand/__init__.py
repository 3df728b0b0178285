"""Tests of understand (结构理解)."""
