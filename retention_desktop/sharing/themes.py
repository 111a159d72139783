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


def merge_themes(rows: Iterable[tuple[int, TableRow]]) -> tuple[Theme, ...]:
    """The themes of these rows, each given with the id of its record; the most heard first.

    A theme without a count was heard once. The first wording stands for all.
    """
    texts: dict[tuple[str, str], str] = {}
    counts: dict[tuple[str, str], int] = {}
    records: dict[tuple[str, str], dict[int, None]] = {}
    for record_id, row in rows:
        text = " ".join(str(row["text"]).split())
        key = (str(row.get("group", "")), text.casefold())
        texts.setdefault(key, text)
        counts[key] = counts.get(key, 0) + int(row.get("count", 1))
        records.setdefault(key, {})[record_id] = None
    return tuple(
        Theme(key[0], texts[key], counts[key], tuple(records[key]))
        for key in sorted(counts, key=lambda key: -counts[key])
    )
