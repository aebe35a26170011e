"""Every page there is, found in the application's own routes, so that none can be forgotten."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

NO_PAGES = frozenset(
    {
        "/",  # leads on
        "/healthz",
        "/metrics",
        "/live",
        "/webhooks",
        "/auth/install",  # lead to Shopify
        "/auth/callback",
        "/try/picture",  # a picture
        "/static/<path:filename>",
    }
)
FILES = (".json", ".csv", ".png", ".zip")


def page_rules(app: Flask) -> list[Rule]:
    """The routes that answer GET with something for people."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.rule not in NO_PAGES and not rule.rule.endswith(FILES)
    ]


def addresses(rule: Rule, values: dict[str, list[str | int]]) -> Iterator[str]:
    """The rule's paths, one for each value of its argument.

    An argument without values fails: say in the test what to fill in.
    """
    unknown = rule.arguments - set(values)
    assert not unknown, f"{rule.rule}: tell this test how to fill {unknown}"
    if not rule.arguments:
        yield rule.rule
        return
    (argument,) = rule.arguments
    assert values[argument], f"{rule.rule}: there is no {argument} to look at"
    for value in values[argument]:
        built = rule.build({argument: value}, append_unknown=False)
        assert built is not None
        yield built[1]
