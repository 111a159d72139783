"""Tools, and what a pack says of itself, as files for people to read and change."""

from enum import Enum
from typing import Any

import msgspec
from msgspec import Struct


def to_toml(struct: Struct) -> str:
    """The text of the file. What would be so without being said is left out."""
    import tomli_w  # only those who write files need it

    return tomli_w.dumps(_table(struct), multiline_strings=True)


def _table(struct: Struct) -> dict[str, Any]:
    config = struct.__struct_config__
    table: dict[str, Any] = {str(config.tag_field): config.tag} if config.tag_field else {}
    for field in msgspec.structs.fields(struct):
        value = getattr(struct, field.name)
        if value != field.default:
            table[field.name] = _plain(value)
    return table


def _plain(value: object) -> object:
    match value:
        case Struct():
            return _table(value)
        case tuple():
            return [_plain(item) for item in value]
        case Enum():
            return value.value
    return value
