"""Themes of several records as one list: those with the same words are one."""

from collections.abc import Iterable

from msgspec import Struct

from retention_desktop.models.prompts import TableRow


class Theme(Struct, frozen=True):
    """A theme, how often it was heard, and the ids of the records in which it stands."""

    group: str
    text: str
    count: int
    records: tuple[int, ...]


class _Heard(Struct):
    """What is gathered of one theme."""

    text: str
    count: int = 0
    records: dict[int, None] = {}


def merge_themes(rows: Iterable[tuple[int, TableRow]]) -> tuple[Theme, ...]:
    """The themes of these rows, each given with the id of its record; the most heard first.

    A theme without a count was heard once. The first wording stands for all.
    """
    found: dict[tuple[str, str], _Heard] = {}
    for record_id, row in rows:
        text = " ".join(str(row["text"]).split())
        key = (str(row.get("group", "")), text.casefold())
        heard = found.get(key)
        if heard is None:
            heard = found[key] = _Heard(text)
        heard.count += int(row.get("count", 1))
        heard.records[record_id] = None
    in_order = sorted(found.items(), key=lambda item: -item[1].count)
    return tuple(
        Theme(group, heard.text, heard.count, tuple(heard.records))
        for (group, _), heard in in_order
    )
