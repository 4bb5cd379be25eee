"""Reads OpenLineage run events into the classes that OpenLineage generates from its JSON Schemas.

usage: read_events.py FOLDER

Takes every event below the folder as the file destination writes them. A key that its class does
not have, one that is missing, a value of another type, and a facet whose _schemaURL is none of the
official ones are named, and the exit code is 1 then. The schemas themselves allow unknown keys in
facets; this does not.
"""

import enum
import importlib
import json
import pathlib
import pkgutil
import re
import sys
import types
import typing

import attr
from openlineage.client import generated
from openlineage.client.generated import base

EVENT = re.compile("-(started|completed|failed)-")


def official_facets():
    """The classes of facets by the address of their schema."""
    found = {}
    for module in pkgutil.iter_modules(generated.__path__):
        for each in vars(importlib.import_module(f"{generated.__name__}.{module.name}")).values():
            if isinstance(each, type) and issubclass(each, base.BaseFacet):
                found[each._get_schema()] = each
    return found


FACETS = official_facets()


class Wrong(Exception):
    """What does not fit, with its place."""


def require(holds, place, otherwise):
    if not holds:
        raise Wrong(f"{place} {otherwise}")


def read(value, kind, place):
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return read_one_of(value, typing.get_args(kind), place)
    if origin is list:
        require(isinstance(value, list), place, "is no list")
        (item,) = typing.get_args(kind)
        return [read(each, item, f"{place}[{number}]") for number, each in enumerate(value)]
    if origin is dict:
        require(isinstance(value, dict), place, "is no object")
        item = typing.get_args(kind)[1]
        return {key: read(each, item, f"{place}.{key}") for key, each in value.items()}
    if kind is typing.Any:
        return value
    if issubclass(kind, enum.Enum):
        require(value in [each.value for each in kind], place, f"is none of {list(kind)}")
        return kind(value)
    if attr.has(kind):
        return read_object(value, kind, place)
    require(is_a(value, kind), place, f"is no {kind.__name__}")
    return value


def is_a(value, kind):
    """JSON has one kind of number; in Python true is a number, in JSON it is none."""
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def read_one_of(value, kinds, place):
    if value is None:
        require(type(None) in kinds, place, "is null")
        return None
    failures = []
    for kind in kinds:
        if kind is not type(None):
            try:
                return read(value, kind, place)
            except Wrong as wrong:
                failures.append(str(wrong))
    raise Wrong("; ".join(failures))


def read_object(value, kind, place):
    require(isinstance(value, dict), place, "is no object")
    if issubclass(kind, base.BaseFacet):
        kind = facet_class(value, kind, place)
    hints = typing.get_type_hints(kind)
    fields = {field.name: field for field in attr.fields(kind)}
    require(value.keys() <= fields.keys(), place, f"has unknown {sorted(value.keys() - fields.keys())}")
    given = {}
    for name, field in fields.items():
        if name in value:
            found = read(value[name], hints[name], f"{place}.{name}")
            if field.init:
                given[field.alias] = found
        else:
            require(field.default is not attr.NOTHING, place, f"has no {name}")
    try:
        # the class has rules of its own, such as for instants and UUIDs
        return kind(**given)
    except ValueError as wrong:
        raise Wrong(f"{place}: {wrong}") from wrong


def facet_class(value, kind, place):
    official = FACETS.get(value.get("_schemaURL"))
    require(official is not None, place, f"has the unknown _schemaURL {value.get('_schemaURL')}")
    require(issubclass(official, kind), place, f"is no {kind.__name__}")
    require(value.get("_producer"), place, "has no _producer")
    return official


def facets_in(value):
    if isinstance(value, dict):
        own = {value["_schemaURL"].rsplit("/", 1)[1]} if "_schemaURL" in value else set()
        return own.union(*map(facets_in, value.values()))
    return set().union(*map(facets_in, value)) if isinstance(value, list) else set()


def main(folder):
    events = [file for file in sorted(pathlib.Path(folder).rglob("*.json")) if EVENT.search(file.name)]
    facets = set()
    wrong = 0
    for file in events:
        event = json.loads(file.read_text(encoding="utf-8"))
        facets |= facets_in(event)
        try:
            read(event, base.RunEvent, file.name)
            require(event["schemaURL"] == base.RunEvent._get_schema(), file.name, "has another schemaURL")
        except Wrong as failure:
            wrong += 1
            print(failure)
    print(f"{len(events)} events, {wrong} wrong, facets: {', '.join(sorted(facets))}")
    return 1 if wrong or not events else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
