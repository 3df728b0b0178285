"""Reads tables and statements out of an understood document (提取)."""
