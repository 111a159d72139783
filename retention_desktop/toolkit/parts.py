"""The parts of a tool, by where they stand, and the tool with other ones there.

A part is named by its place: () is the tool, (1,) its second step, (1, 0) the first prompt there,
and (1, 0, 2) the third column of that prompt.
"""

from typing import Any, TypeAlias, cast

import msgspec

from retention_desktop.models.prompts import Column, Prompt
from retention_desktop.toolkit.definition import Step, Tool

Part: TypeAlias = tuple[int, ...]
Inner: TypeAlias = Step | Prompt | Column
Piece: TypeAlias = Tool | Inner

_INNER = ("steps", "prompts", "columns")  # what a tool, a step and a prompt hold


def piece_at(tool: Tool, part: Part) -> Piece:
    """What stands at a part."""
    piece: Any = tool
    for name, place in zip(_INNER, part, strict=False):
        piece = getattr(piece, name)[place]
    return cast("Piece", piece)


def prompt_at(tool: Tool, part: Part) -> Prompt:
    """The prompt at a part, or the one whose column is there."""
    return tool.steps[part[0]].prompts[part[1]]


def inner_at(tool: Tool, part: Part) -> tuple[Inner, ...]:
    """The steps, prompts or columns that a part holds."""
    return cast("tuple[Inner, ...]", getattr(piece_at(tool, part), _INNER[len(part)]))


def parts_of(tool: Tool) -> tuple[Part, ...]:
    """The tool, its steps and their prompts, in order."""
    parts: list[Part] = [()]
    for number, step in enumerate(tool.steps):
        parts.append((number,))
        parts += ((number, place) for place in range(len(step.prompts)))
    return tuple(parts)


def nearest(tool: Tool, part: Part) -> Part:
    """The part, or what is nearest to it where there is no such part."""
    found: Part = ()
    for place in part:
        inner = inner_at(tool, found)
        if not inner:
            return found
        found = (*found, min(place, len(inner) - 1))
    return found


def with_piece(tool: Tool, part: Part, piece: Piece) -> Tool:
    """The tool with another piece in a place."""
    if not part:
        return cast("Tool", piece)
    inner = inner_at(tool, part[:-1])
    changed = (*inner[: part[-1]], piece, *inner[part[-1] + 1 :])
    return _with_inner(tool, part[:-1], cast("tuple[Inner, ...]", changed))


def with_inserted(tool: Tool, part: Part, piece: Inner) -> Tool:
    """The tool with one more piece; what stood in its place and after it moves on."""
    inner = inner_at(tool, part[:-1])
    return _with_inner(tool, part[:-1], (*inner[: part[-1]], piece, *inner[part[-1] :]))


def without_part(tool: Tool, part: Part) -> Tool:
    """The tool without a part."""
    inner = inner_at(tool, part[:-1])
    return _with_inner(tool, part[:-1], (*inner[: part[-1]], *inner[part[-1] + 1 :]))


def _with_inner(tool: Tool, part: Part, inner: tuple[Inner, ...]) -> Tool:
    outer = piece_at(tool, part)
    return with_piece(tool, part, msgspec.structs.replace(outer, **{_INNER[len(part)]: inner}))
