"""Takes an answer apart into rows: one for each object of a connection, bound to its parent by __parentId."""

from collections.abc import Iterator
from typing import Any

from shopify_bot.devstore.api.bulk_shape import Shape

Row = dict[str, Any]
# An object that waits to become a row, its shape, and the id of the object it hangs on.
Waiting = tuple[Row, Shape, str | None]


def root_objects(value: Any, shape: Shape) -> list[Waiting]:
    """The objects that the root field gave: those of a connection, or the one thing itself."""
    if value is None:
        return []
    return list(_nodes(value, shape, None)) if shape.is_connection else [(value, shape, None)]


def rows(objects: list[Waiting], grouped: bool) -> Iterator[Row]:
    """A row an object, parents before their children; `grouped` puts children right behind."""
    later: list[Waiting] = []
    for value, shape, parent in objects:
        children: list[Waiting] = []
        row = _apart(value, shape, value["id"] if shape.selects_id else None, children)
        yield row if parent is None else {**row, "__parentId": parent}
        if grouped:
            yield from rows(children, grouped)
        else:
            later.extend(children)
    if later:
        yield from rows(later, grouped)


def _apart(value: Row, shape: Shape, own: str | None, children: list[Waiting]) -> Row:
    row: Row = {}
    for key, part in value.items():
        below = shape.fields.get(key)
        if below is not None and below.is_connection:
            children.extend(_nodes(part, below, own) if part else ())
        elif below is not None and isinstance(part, dict):
            row[key] = _apart(part, below, own, children)
        else:
            row[key] = part
    return row


def _nodes(connection: Row, shape: Shape, parent: str | None) -> Iterator[Waiting]:
    edges = shape.fields.get("edges")
    if edges and "node" in edges.fields:
        yield from ((edge["node"], edges.fields["node"], parent) for edge in connection["edges"])
    if "nodes" in shape.fields:
        yield from ((node, shape.fields["nodes"], parent) for node in connection["nodes"])
