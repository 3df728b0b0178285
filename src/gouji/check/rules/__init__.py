"""One file a rule family (规则族)."""
