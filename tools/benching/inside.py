"""The program, with a stopwatch inside its process: `python -m benching.inside WHAT FOLDER`.

The program runs as `python -m retention_desktop --data-dir FOLDER` runs it. Nothing is imported
before it that it would import itself; the watching begins where its event loop does.
"""

import runpy
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_APP = "retention_desktop.ui.app"


class AfterImport:
    """Calls `then` with a module of the program as soon as the program has imported it."""

    def __init__(self, name: str, then: Callable[[ModuleType], None]) -> None:
        self._name, self._then = name, then

    def find_spec(self, name: str, _path: object, _target: object = None) -> ModuleSpec | None:
        if name != self._name:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        assert spec is not None
        assert spec.loader is not None
        run = spec.loader.exec_module

        def run_and_tell(module: ModuleType) -> None:
            run(module)
            self._then(module)

        spec.loader.exec_module = run_and_tell  # type: ignore[method-assign]
        return spec


def main() -> None:
    what, data_dir = sys.argv[1:]

    def watch(module: ModuleType) -> None:
        run = module.App.run

        def watched_run(app: object) -> int:
            if what == "start":
                from benching.painting import tell_start

                tell_start(app.window)  # type: ignore[attr-defined]
            else:
                from benching import watching

                getattr(watching, f"tell_{what}")(app)
            code: int = run(app)
            return code

        module.App.run = watched_run

    sys.path.insert(0, str(Path(__file__).parents[2]))
    sys.argv = ["retention_desktop", "--data-dir", data_dir]
    sys.meta_path.insert(0, AfterImport(_APP, watch))
    runpy.run_module("retention_desktop", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
