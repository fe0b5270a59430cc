"""How often each rule is right, as measured on the annotated articles of ``benchmarks/gold/develop``."""

import json
from functools import cache
from pathlib import Path

_MEASURED = Path(__file__).with_name("precision.json")
# For a rule that has not been measured: no better than a coin.
_UNMEASURED = 0.5


def precision_of(rule: str) -> float:
    """Return the measured share of right suggestions among those of the rule called ``rule``, between 0 and 1."""
    return _measured().get(rule, _UNMEASURED)


@cache
def _measured() -> dict[str, float]:
    measured: dict[str, float] = json.loads(_MEASURED.read_text(encoding="utf-8"))
    return measured
