"""Data blocks: tables and charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blockkit.checks import (
    Check,
    Shape,
    array,
    boolean,
    integer,
    kinds,
    nullable,
    number,
    one_of,
    string,
    tagged,
)
from sandbox.blockkit.problem import Problem
from sandbox.blockkit.rich_text import RICH_TEXT_TABLE
from sandbox.blockkit.rules import unique

LABEL = string(20)
BLOCK_ID: dict[str, Check] = {"block_id": string(255)}
RAW_CELLS: dict[str, Check] = {
    "raw_text": tagged({"text": string()}),
    "raw_number": tagged({"value": number(), "text": string()}),
}
CELL = kinds({**RAW_CELLS, "rich_text": RICH_TEXT_TABLE})
ROW = array(CELL, 1, 20)
COLUMN = nullable(Shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean}))


def characters(part: object) -> int:
    """Count the characters of every text inside a table, a row or a cell."""
    if isinstance(part, list):
        return sum(characters(item) for item in part)
    if not isinstance(part, dict):
        return 0
    words = part.get("text")
    inner = characters(part.get("elements")) + characters(part.get("rows"))
    return inner + (len(words) if isinstance(words, str) else 0)


def even_rows(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """Ask that every row is as long as the first."""
    width = len(value["rows"][0])
    for place, row in enumerate(value["rows"]):
        if len(row) != width:
            yield Problem("all rows must have the same number of cells", f"{pointer}/rows/{place}")


def plain_header(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """Refuse rich text in a data table's first row, which is its header."""
    for place, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            yield Problem("unsupported type: rich_text", f"{pointer}/rows/0/{place}/type")


def header_column(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """Ask that the column that names each row exists."""
    width = len(value["rows"][0])
    if value.get("row_header_column_index", 0) >= width:
        yield Problem(f"must be less than {width}", f"{pointer}/row_header_column_index")


def every_category_once(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """Ask that each series has exactly one point for each category of the axis."""
    categories = sorted(value["axis_config"]["categories"])
    for place, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != categories:
            yield Problem("must have one data point for each category", f"{pointer}/series/{place}/data")


def different_categories(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """Refuse a category that is named twice."""
    if len(set(value["categories"])) != len(value["categories"]):
        yield Problem("categories must be unique", f"{pointer}/categories")


SEGMENT = Shape({"label": LABEL, "value": number(above=0)})
POINT = Shape({"label": LABEL, "value": number()})
SERIES = Shape({"name": LABEL, "data": array(POINT, 1, 20)})
AXES = Shape(
    {"categories": array(LABEL, 1, 20)},
    {"x_label": string(50), "y_label": string(50)},
    (different_categories,),
)
PLOT = tagged(
    {"series": array(SERIES, 1, 12), "axis_config": AXES},
    {},
    unique("series", "name"),
    every_category_once,
)
CHART = kinds({"bar": PLOT, "line": PLOT, "area": PLOT, "pie": tagged({"segments": array(SEGMENT, 1, 12)})})

DATA_BLOCKS: dict[str, Check] = {
    "table": tagged(
        {"rows": array(ROW, 1, 100)},
        {**BLOCK_ID, "column_settings": array(COLUMN, 0, 20)},
        even_rows,
    ),
    "data_table": tagged(
        {"rows": array(ROW, 2, 201), "caption": string()},
        {**BLOCK_ID, "page_size": integer(1, 100), "row_header_column_index": integer(0)},
        even_rows,
        plain_header,
        header_column,
    ),
    "data_visualization": tagged({"title": string(50), "chart": CHART}, BLOCK_ID),
}
