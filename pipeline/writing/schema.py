"""What describes a dataset: JSON Schema, ``datapackage.json`` and codebook, all made from the record types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline import __version__
from pipeline.records import Document
from pipeline.writing.tables import SEPARATOR, TABLES, FailureRow, Row

LINE_END = "\r\n"  # RFC 4180; it also makes a csv writer quote every cell that holds either sign
DESCRIBED: tuple[type[Row], ...] = (*TABLES, FailureRow)
LIMITS = ("minimum", "maximum", "pattern")


@dataclass(frozen=True)
class Column:
    """A column of a table, as its row type declares it."""

    name: str
    description: str
    type: str  # string, integer, number or boolean
    listed: bool  # several values in a cell, joined by SEPARATOR
    required: bool
    values: tuple[str, ...]  # the only ones, where there are few
    limits: dict[str, Any]  # minimum, maximum, pattern


def columns(row: type[Row]) -> list[Column]:
    """Return the columns of a table, in their order."""
    return [_column(name, said) for name, said in row.model_json_schema()["properties"].items()]


def _column(name: str, said: dict[str, Any]) -> Column:
    kinds = [kind for kind in said.get("anyOf", [said]) if kind["type"] != "null"]
    listed = kinds[0]["type"] == "array"
    kind = kinds[0]["items"] if listed else kinds[0]
    return Column(
        name=name,
        description=said["description"],
        type=kind["type"],
        listed=listed,
        required="anyOf" not in said and not listed,
        values=tuple(kind.get("enum", ())),
        limits={limit: kind[limit] for limit in LIMITS if limit in kind},
    )


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``documents/<doc_id>.json``."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Document.model_json_schema()}


def datapackage() -> dict[str, Any]:
    """Return the descriptor of the CSV tables (Data Package, version 1), with keys and foreign keys."""
    return {
        "profile": "tabular-data-package",
        "name": "quidit",
        "title": "Who said what in reports of meetings",
        "resources": [_resource(row) for row in DESCRIBED],
    }


def _resource(row: type[Row]) -> dict[str, Any]:
    links = [
        {"fields": list(key), "reference": {"resource": table, "fields": list(key)}} for table, key in row.links.items()
    ]
    return {
        "profile": "tabular-data-resource",
        "name": row.table,
        "title": f"One row: {row.about}",
        "path": f"{row.table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": LINE_END, "quoteChar": '"', "doubleQuote": True},
        "schema": {
            "fields": [_field(column) for column in columns(row)],
            "missingValues": [""],
            **({"primaryKey": list(row.key)} if row.key else {}),
            **({"foreignKeys": links} if links else {}),
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.listed and column.values:
        one = f"({SEPARATOR.join(column.values)})"
        constraints["pattern"] = rf"^{one}(\{SEPARATOR}{one})*$"
    elif column.values:
        constraints["enum"] = list(column.values)
    constraints |= column.limits
    described = {"name": column.name, "type": column.type, "description": column.description}
    return {**described, "constraints": constraints} if constraints else described


def codebook() -> str:
    """Return ``CODEBOOK.md``: what each table and each column means."""
    environment = Environment(
        loader=PackageLoader("pipeline"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    tables = [(row, columns(row)) for row in DESCRIBED]
    text = environment.get_template("CODEBOOK.md.jinja").render(tables=tables, version=__version__)
    return text.rstrip("\n") + "\n"
