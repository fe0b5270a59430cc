"""What each record says, written from the records and not from the encoding: one module a stretch of them.

Each record stands with the reason why its encoding is right. ``about`` is a part of the claim that tells the
assertions of one record apart.
"""

from importlib import import_module
from pkgutil import iter_modules

from tests.demo.expected import Expected

EXPECTED: dict[str, tuple[Expected, ...]] = {}
for module in iter_modules(__path__):
    records = import_module(f"{__name__}.{module.name}").EXPECTED
    assert EXPECTED.keys().isdisjoint(records), f"{module.name} repeats a record"
    EXPECTED |= records
