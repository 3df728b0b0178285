"""What the environment may set (环境变量), read in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Options that are no flags (设置).

    `GOUJI_DEBUG=1` shows the traceback of an internal error. `NO_COLOR` and `COLUMNS` are honoured by
    the console reporter as everywhere. `GOUJI_LANG=en` is the language where no `--lang` says otherwise.
    """

    debug: bool = False
    lang: str = "zh"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; an empty value or 0 counts as unset."""
        return cls(
            debug=environment.get("GOUJI_DEBUG", "") not in ("", "0"),
            lang="en" if environment.get("GOUJI_LANG") == "en" else "zh",
        )
