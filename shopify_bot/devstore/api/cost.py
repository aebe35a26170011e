"""What a query costs: one point an object, connections by the size of their page, mutations at least ten.

After https://shopify.dev/docs/api/usage/limits. Shopify counts large pages more mildly; here they cost in
full, so that a query which fits here fits there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    is_leaf_type,
    value_from_ast_untyped,
)

MUTATION_COST = 10
LARGEST_QUERY = 1_000
_CONNECTION_COST = 2


@dataclass(frozen=True)
class Estimate:
    """Adds up what one operation may cost at most."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]

    def of_operation(self, operation: OperationDefinitionNode) -> int:
        """Points of a whole operation."""
        root = self.schema.get_root_type(operation.operation)
        points = self.of_selections(operation.selection_set, root)
        return max(points, MUTATION_COST) if operation.operation is OperationType.MUTATION else points

    def of_selections(self, selections: SelectionSetNode | None, parent: Any) -> int:
        """Points of all fields between two braces."""
        total = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                total += self.of_field(node, parent)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                total += self.of_selections(
                    fragment.selection_set, self.schema.type_map[fragment.type_condition.name.value]
                )
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                total += self.of_selections(
                    node.selection_set, self.schema.type_map[condition.name.value] if condition else parent
                )
        return total

    def of_field(self, node: FieldNode, parent: Any) -> int:
        """Points of one field and all below it."""
        if node.name.value.startswith("__"):
            return 0
        kind = get_named_type(parent.fields[node.name.value].type)
        if is_leaf_type(kind) or kind.name in ("PageInfo", "UserError"):
            return 0
        below = self.of_selections(node.selection_set, kind)
        if kind.name.endswith("Connection"):
            return _CONNECTION_COST + self._page_size(node) * below
        if kind.name.endswith("Edge"):
            return below
        return 1 + below

    def _page_size(self, node: FieldNode) -> int:
        for argument in node.arguments or ():
            if argument.name.value in ("first", "last"):
                size = value_from_ast_untyped(argument.value, dict(self.variables))
                return size if isinstance(size, int) else 1
        return 1


def estimate(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
) -> int:
    """What the operation may cost at most, in points."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    return Estimate(schema, fragments, variables).of_operation(operation)


def actual(data: Any) -> int:
    """What an answer was worth: one point for every object in it."""
    if isinstance(data, list):
        return sum(actual(item) for item in data)
    if not isinstance(data, dict):
        return 0
    return sum(1 * isinstance(value, dict) + actual(value) for value in data.values())
