"""Runs a bulk operation: reads page after page and writes a line of JSON an object."""

import json
from collections.abc import Iterator
from typing import IO, Any

from graphql import GraphQLError, execute_sync

from shopify_bot.devstore.api.bulk_page import BulkPage, reading
from shopify_bot.devstore.api.bulk_query import BulkQuery
from shopify_bot.devstore.api.bulk_rows import Waiting, root_objects, rows
from shopify_bot.devstore.api.schema import api_schema, field_of, type_of
from shopify_bot.devstore.bulk import BulkError, BulkOperation
from shopify_bot.devstore.shop import Shop


class Stopped(Exception):
    """The operation does not go on: it failed with this code, or it was canceled."""

    def __init__(self, code: BulkError | None) -> None:
        super().__init__(code)
        self.code = code


def run(shop: Shop, operation: BulkOperation, query: BulkQuery) -> None:
    """Write the results and bring the operation to its end."""
    try:
        with operation.file.open("wb") as out:
            for objects in _pages(shop, query):
                _write(shop, operation, objects, out)
    except Stopped as stopped:
        if stopped.code:
            operation.end("FAILED", stopped.code)
    else:
        operation.end("COMPLETED")


def _pages(shop: Shop, query: BulkQuery) -> Iterator[list[Waiting]]:
    after: str | None = None
    while True:
        page = BulkPage(query.root.is_connection, after)
        yield root_objects(_answer(shop, query, page), query.root)
        after = page.next_cursor
        if after is None:
            return


def _answer(shop: Shop, query: BulkQuery, page: BulkPage) -> Any:
    with shop.lock, reading(page):
        result = execute_sync(
            api_schema(),
            query.document,
            context_value=shop,
            field_resolver=field_of,
            type_resolver=type_of,
        )
    if result.errors:
        raise Stopped(_code(result.errors[0]))
    assert result.data is not None
    return result.data[query.root_key]


def _code(error: GraphQLError) -> BulkError:
    denied = (error.extensions or {}).get("code") == "ACCESS_DENIED"
    return "ACCESS_DENIED" if denied else "INTERNAL_SERVER_ERROR"


def _write(shop: Shop, operation: BulkOperation, objects: list[Waiting], out: IO[bytes]) -> None:
    bulk = shop.around.bulk
    for row in rows(objects, operation.group_objects):
        if operation.state != "RUNNING" or bulk.closed:
            raise Stopped(None)
        if bulk.fail_after is not None and operation.object_count >= bulk.fail_after:
            raise Stopped(bulk.fail_with)
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        out.write(line)
        operation.written += len(line)
        operation.object_count += 1
        operation.root_object_count += "__parentId" not in row
