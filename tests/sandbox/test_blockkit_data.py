"""The Block Kit validator: tables and charts."""

from typing import Any

import pytest

from sandbox.blockkit import check_blocks

Json = dict[str, Any]


def cell(text: str = "a") -> Json:
    return {"type": "raw_text", "text": text}


def rows(height: int, width: int = 1, text: str = "a") -> list[list[Json]]:
    return [[cell(text)] * width for _ in range(height)]


def table(**fields: object) -> Json:
    return {"type": "table", **fields}


def data_table(**fields: object) -> Json:
    return {"type": "data_table", "caption": "All", **fields}


LINK: Json = {"type": "link", "url": "https://example.com", "text": "plan"}
RICH: Json = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [LINK]}]}
NUMBER: Json = {"type": "raw_number", "value": 4.5, "text": "4.5 h"}


def series(name: str = "Ana", *labels: str) -> Json:
    return {"name": name, "data": [{"label": label, "value": -1.5} for label in labels or ("May", "June")]}


def plot(*drawn: Json, **axes: object) -> Json:
    config = {"categories": ["May", "June"], **axes}
    return {"type": "line", "series": list(drawn or (series(),)), "axis_config": config}


def chart(inner: Json, title: str = "Mood") -> Json:
    return {"type": "data_visualization", "title": title, "chart": inner}


def pie(*segments: object) -> Json:
    return {"type": "pie", "segments": list(segments)}


SLICE: Json = {"label": "Calm", "value": 0.5}
MONTHS = [f"m{place}" for place in range(20)]
GOOD: list[Json] = [
    table(rows=[[cell(), NUMBER, RICH]], column_settings=[{"align": "right", "is_wrapped": True}, None, {}]),
    table(rows=rows(100, 20), column_settings=[]),
    table(rows=rows(100, 10, "a" * 10)),
    data_table(rows=[[cell(), cell()], [NUMBER, RICH]], page_size=100, row_header_column_index=1),
    data_table(rows=rows(201, 20)),
    chart(plot()),
    chart({**plot(series("Ana"), series("Jun", "June", "May"), x_label="x" * 50, y_label="y" * 50), "type": "bar"}),
    chart({**plot(*(series(f"s{place}") for place in range(12))), "type": "area"}),
    chart(plot(series("Ana", *MONTHS), categories=MONTHS)),
    chart(pie(SLICE)),
    chart(pie(*[SLICE] * 12), "t" * 50),
]


def said(block: Json) -> list[str]:
    return [str(problem) for problem in check_blocks([block], "message")]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: block["type"])
def test_good_tables_and_charts(block: Json) -> None:
    assert said(block) == []


WRONG: list[tuple[Json, str, str]] = [
    (table(rows=[]), "/rows", "must provide at least 1 items"),
    (table(rows=rows(101)), "/rows", "no more than 100 items allowed"),
    (table(rows=[[]]), "/rows/0", "must provide at least 1 items"),
    (table(rows=rows(1, 21)), "/rows/0", "no more than 20 items allowed"),
    (table(rows=[[cell(), cell()], [cell()]]), "/rows/1", "all rows must have the same number of cells"),
    (table(rows=[[cell("")]]), "/rows/0/0/text", "must be more than 0 characters"),
    (table(rows=[[{"type": "mrkdwn", "text": "a"}]]), "/rows/0/0/type", "unsupported type: mrkdwn"),
    (table(rows=[["a"]]), "/rows/0/0", "must be an object"),
    (table(rows=[cell()]), "/rows/0", "must be an array"),
    (table(rows=[[{"type": "raw_number", "text": "4"}]]), "/rows/0/0", "missing required field: value"),
    (table(rows=[[{**NUMBER, "value": "4"}]]), "/rows/0/0/value", "must be a number"),
    (table(rows=[[{**NUMBER, "value": True}]]), "/rows/0/0/value", "must be a number"),
    (table(rows=[[{**NUMBER, "value": float("nan")}]]), "/rows/0/0/value", "must be a number"),
    (table(rows=rows(1), column_settings=[{}] * 21), "/column_settings", "no more than 20 items allowed"),
    (table(rows=rows(1), column_settings=[{"align": "middle"}]), "/column_settings/0/align", "must be a valid enum value"),
    (table(rows=rows(1), column_settings=[{"is_wrapped": 1}]), "/column_settings/0/is_wrapped", "must be a boolean"),
    (table(rows=rows(1), column_settings=[{"width": 1}]), "/column_settings/0", "invalid additional property: width"),
    (table(rows=rows(1, 2, "a" * 5001)), "", "must be less than 10001 characters"),
    (data_table(rows=rows(1)), "/rows", "must provide at least 2 items"),
    (data_table(rows=rows(202)), "/rows", "no more than 201 items allowed"),
    (data_table(rows=[[RICH], [RICH]]), "/rows/0/0/type", "unsupported type: rich_text"),
    (data_table(rows=rows(2), page_size=0), "/page_size", "must be greater than 0"),
    (data_table(rows=rows(2), page_size=101), "/page_size", "must be less than 101"),
    (data_table(rows=rows(2), row_header_column_index=1), "/row_header_column_index", "must be less than 1"),
    (data_table(rows=rows(2), row_header_column_index=-1), "/row_header_column_index", "must be greater than -1"),
    (data_table(rows=rows(2), column_settings=[]), "", "invalid additional property: column_settings"),
    (data_table(rows=rows(2, 1, "a" * 10001)), "", "must be less than 20001 characters"),
    (chart(pie()), "/chart/segments", "must provide at least 1 items"),
    (chart(pie(*[SLICE] * 13)), "/chart/segments", "no more than 12 items allowed"),
    (chart(pie({"label": "Calm", "value": 0})), "/chart/segments/0/value", "must be greater than 0"),
    (chart(pie({"label": "a" * 21, "value": 1})), "/chart/segments/0/label", "must be less than 21 characters"),
    (chart({**pie(SLICE), "axis_config": {}}), "/chart", "invalid additional property: axis_config"),
    (chart({**plot(), "type": "radar"}), "/chart/type", "unsupported type: radar"),
    (chart({"type": "bar", "series": [series()]}), "/chart", "missing required field: axis_config"),
    (chart({**plot(), "series": []}), "/chart/series", "must provide at least 1 items"),
    (chart(plot(*(series(f"s{n}") for n in range(13)))), "/chart/series", "no more than 12 items allowed"),
    (chart(plot(series(), series())), "/chart/series/1/name", "`name` must be unique: Ana"),
    (chart(plot(series("a" * 21))), "/chart/series/0/name", "must be less than 21 characters"),
    (chart(plot(series("Ana", "May"))), "/chart/series/0/data", "must have one data point for each category"),
    (chart(plot(series("Ana", "May", "July"))), "/chart/series/0/data", "must have one data point for each category"),
    (chart(plot(series("Ana", "May", "May"))), "/chart/series/0/data", "must have one data point for each category"),
    (chart(plot(series("Ana", *MONTHS, "more"))), "/chart/series/0/data", "no more than 20 items allowed"),
    (chart(plot({"name": "Ana", "data": [{"label": "May", "value": "3"}]})), "/chart/series/0/data/0/value", "must be a number"),
    (chart(plot(categories=[])), "/chart/axis_config/categories", "must provide at least 1 items"),
    (chart(plot(categories=[*MONTHS, "more"])), "/chart/axis_config/categories", "no more than 20 items allowed"),
    (chart(plot(categories=["May", "May"])), "/chart/axis_config/categories", "categories must be unique"),
    (chart(plot(categories=["a" * 21])), "/chart/axis_config/categories/0", "must be less than 21 characters"),
    (chart(plot(x_label="x" * 51)), "/chart/axis_config/x_label", "must be less than 51 characters"),
    (chart(plot(y_label="y" * 51)), "/chart/axis_config/y_label", "must be less than 51 characters"),
    ({**chart(plot()), "title": {"type": "plain_text", "text": "Mood"}}, "/title", "must be a string"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "at", "wrong"), WRONG)
def test_wrong_tables_and_charts(block: Json, at: str, wrong: str) -> None:
    assert said(block)[-1] == f"{wrong} [json-pointer:/blocks/0{at}]"
