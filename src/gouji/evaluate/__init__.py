"""Measuring extraction and checking against labelled documents (评测)."""
