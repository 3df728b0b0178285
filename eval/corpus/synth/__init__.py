"""The synthetic corpus: whole, balanced disclosures from a seed number (合成语料)."""
