"""Where files live: the program's own data, and what the person keeps.

`resources/` is read through `resource()` alone, so that a source tree, a wheel and a frozen bundle
behave alike.
"""

import sys
from functools import cache
from pathlib import Path

VAULT_SUFFIX = ".rvault"


def resource(name: str) -> Path:
    """The file or folder `name` (such as "tools" or "icons/lock.svg") of the program's own data."""
    return _resources_folder() / name


def data_folder() -> Path:
    """The folder of this person for this program, as the operating system wants it."""
    from platformdirs import user_data_path

    return user_data_path("Retention Desktop", appauthor=False)


@cache
def _resources_folder() -> Path:
    package = Path(__file__).parent
    if bundle := getattr(sys, "_MEIPASS", None):
        return Path(bundle) / "resources"
    in_wheel = package / "resources"
    return in_wheel if in_wheel.is_dir() else package.parent / "resources"
