"""`bulkOperationRunQuery`, `bulkOperation`, `bulkOperations` and `bulkOperationCancel`."""

import time
from typing import Any

from shopify_bot.devstore.api import bulk_query, bulk_run
from shopify_bot.devstore.api.bulk_query import BulkQuery
from shopify_bot.devstore.api.connection import sorted_connection
from shopify_bot.devstore.api.refusals import Refused
from shopify_bot.devstore.api.registry import mutation, query, resolver
from shopify_bot.devstore.api.search import Reader, matching
from shopify_bot.devstore.bulk import UNDER_WAY, BulkOperation, result_url
from shopify_bot.devstore.gids import key_of
from shopify_bot.devstore.shop import Shop

_READERS: dict[str, Reader] = {
    "id": lambda operation: int(key_of(operation.id)),
    "status": lambda operation: operation.status,
    "operation_type": lambda operation: "QUERY",
    "created_at": lambda operation: operation.created_at,
}
_SORTS: dict[str, Reader] = {
    "CREATED_AT": lambda operation: operation.created_at,
    "COMPLETED_AT": lambda operation: operation.completed_at or operation.created_at,
}


@query("bulkOperation")
def bulk_operation(shop: Shop, id: str) -> BulkOperation | None:
    return shop.bulk_operations.get(id)


@query("bulkOperations")
def bulk_operations(
    shop: Shop, query: str | None = None, sort_key: str = "CREATED_AT", reverse: bool = False, **page: Any
) -> dict[str, Any]:
    """The newest come first, unless reversed."""
    found = matching(list(shop.bulk_operations.values()), query, _READERS, lambda operation: operation.query)
    return sorted_connection(found, _SORTS[sort_key], reverse=not reverse, **page)


@mutation("bulkOperationRunQuery", "", "bulk_operation")
def bulk_operation_run_query(shop: Shop, query: str, group_objects: bool = False) -> dict[str, Any]:
    """Takes effect later: the operation is CREATED, RUNNING, and after `bulk.seconds` COMPLETED."""
    checked, bulk = bulk_query.read(query), shop.around.bulk
    under_way = [one for one in shop.bulk_operations.values() if one.state in UNDER_WAY]
    if len(under_way) >= bulk.at_once:
        raise Refused("Bulk operations limit reached. Please try again later.", code="LIMIT_REACHED")
    id = shop.new_id("BulkOperation")
    operation = BulkOperation(id, query, group_objects, bulk.path(f"{shop.number}-{key_of(id)}.jsonl"))
    shop.bulk_operations[id] = operation
    bulk.later(0, lambda: _begin(operation))
    bulk.later(bulk.seconds, lambda: _finish(shop, operation, checked))
    return {"bulk_operation": operation}


@mutation("bulkOperationCancel", "", "bulk_operation")
def bulk_operation_cancel(shop: Shop, id: str) -> dict[str, Any]:
    operation = shop.bulk_operations.get(id)
    if operation is None:
        raise Refused("Bulk operation does not exist", "id")
    if operation.state not in UNDER_WAY:
        raise Refused(f"A bulk operation cannot be canceled when it is {operation.status.lower()}", "id")
    operation.state = "CANCELING"
    shop.around.bulk.later(shop.around.bulk.cancel_seconds, lambda: operation.end("CANCELED"))
    return {"bulk_operation": operation}


def _begin(operation: BulkOperation) -> None:
    if operation.state == "CREATED":
        operation.state = "RUNNING"


def _finish(shop: Shop, operation: BulkOperation, checked: BulkQuery) -> None:
    if operation.state == "RUNNING" and not shop.around.bulk.closed:
        operation.expires_at = time.time() + shop.around.bulk.url_seconds
        bulk_run.run(shop, operation, checked)


@resolver("BulkOperation", "type")
def type_of_operation(operation: BulkOperation, shop: Shop) -> str:
    return "QUERY"


@resolver("BulkOperation", "objectCount")
def object_count(operation: BulkOperation, shop: Shop) -> str:
    return str(operation.object_count)


@resolver("BulkOperation", "rootObjectCount")
def root_object_count(operation: BulkOperation, shop: Shop) -> str:
    return str(operation.root_object_count)


@resolver("BulkOperation", "fileSize")
def file_size(operation: BulkOperation, shop: Shop) -> str | None:
    return str(operation.written) if operation.state == "COMPLETED" and operation.written else None


@resolver("BulkOperation", "url")
def url(operation: BulkOperation, shop: Shop) -> str | None:
    return _url(operation, shop) if operation.state == "COMPLETED" else None


@resolver("BulkOperation", "partialDataUrl")
def partial_data_url(operation: BulkOperation, shop: Shop) -> str | None:
    return _url(operation, shop) if operation.state == "FAILED" else None


def _url(operation: BulkOperation, shop: Shop) -> str | None:
    there = operation.written and not operation.expired
    return result_url(shop.around.origin, operation) if there else None
