"""The way of the store's schema from one revision to the next, for alembic."""


def is_ours(_item: object, name: str | None, kind: str, _reflected: object, _other: object) -> bool:
    """Whether alembic may compare this: the search index makes tables of its own."""
    return not (kind == "table" and (name or "").startswith("record_search"))
