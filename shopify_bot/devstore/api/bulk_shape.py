"""The shape of a bulk query: which of its fields are connections, and what lies within them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
)


@dataclass
class Shape:
    """A field that has fields of its own, by the names they bear in the answer; leaves are left out."""

    name: str
    is_connection: bool = False
    is_list: bool = False
    selects_id: bool = False
    fields: dict[str, "Shape"] = field(default_factory=dict)

    @property
    def nodes(self) -> list["Shape"]:
        """The shapes of a connection's nodes, as they stand under `edges` and under `nodes`."""
        edges = self.fields.get("edges", Shape(""))
        return [shape for shape in (edges.fields.get("node"), self.fields.get("nodes")) if shape]


@dataclass(frozen=True)
class Place:
    """A connection, how many others it is within, the node it hangs on, and whether a list is between."""

    connection: Shape
    depth: int
    parent: Shape | None
    in_list: bool


def shape_of(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> Shape:
    """The shape of a valid operation."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    shape = Shape("")
    _Filling(schema, fragments).fill(shape, operation.selection_set, schema.query_type)
    return shape


def connections(
    shape: Shape, depth: int = 0, parent: Shape | None = None, in_list: bool = False
) -> Iterator[Place]:
    """All connections below a shape, those further out first."""
    for below in shape.fields.values():
        if not below.is_connection:
            yield from connections(below, depth, parent, in_list or below.is_list)
            continue
        yield Place(below, depth, parent, in_list)
        for node in below.nodes:
            yield from connections(node, depth + 1, node)


@dataclass(frozen=True)
class _Filling:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]

    def fill(self, shape: Shape, selections: SelectionSetNode | None, parent: Any) -> None:
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                self._add(shape, node, parent)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                self.fill(shape, fragment.selection_set, self._type(fragment.type_condition.name.value))
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                self.fill(
                    shape, node.selection_set, self._type(condition.name.value) if condition else parent
                )

    def _type(self, name: str) -> Any:
        return self.schema.type_map[name]

    def _add(self, shape: Shape, node: FieldNode, parent: Any) -> None:
        name = node.name.value
        if name.startswith("__"):
            return
        declared = parent.fields[name].type
        kind = get_named_type(declared)
        if is_leaf_type(kind):
            shape.selects_id = shape.selects_id or (name == "id" and node.alias is None)
            return
        is_connection = kind.name.endswith("Connection")
        new = Shape(name, is_connection, is_list_type(get_nullable_type(declared)))
        below = shape.fields.setdefault(node.alias.value if node.alias else name, new)
        self.fill(below, node.selection_set, kind)
