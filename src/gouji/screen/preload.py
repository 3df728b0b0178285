"""Loads what workers need before they are forked, so that each starts within milliseconds (预载)."""

from __future__ import annotations

import datasketch  # noqa: F401 (loaded for the workers to come)
import numpy as np  # noqa: F401

import gouji.pipeline
import gouji.read.pdf  # noqa: F401
from gouji.check.findings import rules_fingerprint
from gouji.check.rule import all_rules

all_rules()
rules_fingerprint()
