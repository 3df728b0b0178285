"""Baselines on disk (基线文件): reading, merging, writing, and the commands for it."""
