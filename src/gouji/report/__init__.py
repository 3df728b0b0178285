"""Reports for people and programs (报告): a `Report` in, text out."""
