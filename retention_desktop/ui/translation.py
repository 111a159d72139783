"""The words of the window in the person's language, where there is a catalogue for it."""

from __future__ import annotations

import gettext

from retention_desktop.paths import resource

# Asked for once: `gettext.gettext` looks for a catalogue on the disk at every call, and a screen
# makes a hundred of them.
_ = gettext.translation("retention-desktop", resource("locale"), fallback=True).gettext
