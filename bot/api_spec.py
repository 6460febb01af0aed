"""The API described: an OpenAPI document made from what is told (storage/api_models.py), and a page for people."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from playbook.api import ApiBook
from storage.api_models import Problem, Told
from storage.api_read import CONTRACTORS, LISTINGS, Filter, Listing

Json = dict[str, Any]

BASE = "/api/v1"
PROBLEM = "application/problem+json"
PERSON = "^[A-Z0-9]{1,20}$"
CURSOR = "^[A-Za-z0-9_-]{1,400}$"
REF = "#/components/schemas/{model}"
TEXT = "Only reading; ids, names, numbers, times and states. No notes, no rates, no moods, no words of anybody."
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Inner Circle API</title></head>
<body>
<h1>Inner Circle API</h1>
<p>Other programs can read here who is on the path, the time that was logged, blockers, checklists, KPIs and the dates
of reviews. They can change nothing, and nobody's notes, rates, moods or words are told.</p>
<p>An admin makes a token in Slack with <code>/contractor api</code>. Send it with every request:</p>
<pre>curl -H "Authorization: Bearer ict_..." {base}/logs?since=2026-11-01</pre>
<p>Each answer holds <code>data</code>, and <code>next</code> while there is more: send that as <code>cursor</code>.</p>
<ul>{items}</ul>
<p>Everything else is in <a href="{base}/openapi.json">openapi.json</a>, which most tools can read.</p>
</body>
</html>
"""


@cache
def page() -> str:
    """Write the page for people."""
    items = "".join(f"<li><code>GET {BASE}/{each.name}</code>: {each.words}</li>" for each in LISTINGS)
    return PAGE.format(base=BASE, items=items)


def document(book: ApiBook) -> Json:
    """Describe everything that can be read."""
    models: list[type[Told]] = [Problem, *(each.model for each in LISTINGS)]
    _, schemas = models_json_schema([(model, "serialization") for model in models], ref_template=REF)
    paths = {f"/{each.name}": {"get": _listed(each, book)} for each in LISTINGS}
    paths[f"/{CONTRACTORS.name}/{{id}}"] = {"get": _one()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Inner Circle", "version": "1.0.0", "description": TEXT},
        "servers": [{"url": BASE}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _listed(listing: Listing, book: ApiBook) -> Json:
    wrong = (("400", "Something asked for is not right"), ("404", "There is no page at this cursor"))
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["data", "next"],
        "properties": {
            "data": {"type": "array", "items": {"$ref": REF.format(model=listing.model.__name__)}},
            "next": {"type": ["string", "null"], "description": "Where the next page begins; null after the last"},
        },
    }
    most = {"type": "integer", "minimum": 1, "maximum": book.most_of_a_page, "default": book.page}
    cursor = {"type": "string", "pattern": CURSOR}
    parameters = [
        *(_parameter(one.name, one.words, _schema(one)) for one in listing.filters),
        _parameter("limit", "How many records at most", most),
        _parameter("cursor", "Where to begin: `next` of the page before, and nothing else", cursor),
    ]
    return {
        "operationId": listing.name.replace("/", "_"),
        "summary": listing.words,
        "parameters": parameters,
        "responses": {"200": _answer(listing.words, schema), **_problems(*wrong)},
    }


def _one() -> Json:
    schema = {"$ref": REF.format(model=CONTRACTORS.model.__name__)}
    path = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": PERSON}}
    return {
        "operationId": "contractor",
        "summary": "One person on the path",
        "parameters": [path],
        "responses": {
            "200": _answer("The person", schema),
            **_problems(("400", "Something asked for is not right"), ("404", "There is no such contractor")),
        },
    }


def _schema(one: Filter) -> Mapping[str, Any]:
    if one.choices:
        return {"type": "string", "enum": list(one.choices)}
    return {"type": "string", "pattern": PERSON} if one.kind is str else {"type": "string", "format": "date"}


def _parameter(name: str, words: str, schema: Mapping[str, Any]) -> Json:
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def _answer(words: str, schema: Mapping[str, Any]) -> Json:
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _problems(*more: tuple[str, str]) -> Json:
    every: Sequence[tuple[str, str]] = (*more, ("401", "No valid token was sent"), ("429", "Asked too fast"))
    schema = {"$ref": REF.format(model=Problem.__name__)}
    found = {status: {"description": words, "content": {PROBLEM: {"schema": schema}}} for status, words in every}
    found["401"]["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}}
    found["429"]["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "required": True}}
    return found
