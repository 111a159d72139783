"""What a pack says of itself, as `pack.toml` writes it."""

from msgspec import Struct


class About(Struct, frozen=True, forbid_unknown_fields=True):
    """The name and the origin of a pack. `publisher` is who stands behind it; `text` what it is."""

    id: str
    version: int
    title: str
    publisher: str
    text: str
