"""Every change of actors and their names."""

from actors.actions.judging import judge_identity
from actors.actions.merging import merge, unmerge
from actors.actions.writing import (
    add_name,
    create_actor,
    keep_own_name,
    publish_actor,
    relate,
    save_actor,
    withdraw_actor,
)

__all__ = [
    "add_name",
    "create_actor",
    "judge_identity",
    "keep_own_name",
    "merge",
    "publish_actor",
    "relate",
    "save_actor",
    "unmerge",
    "withdraw_actor",
]
