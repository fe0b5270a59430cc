"""Actors in the admin: their names and positions, whether they are public, whether two are one."""

from actors.admin.actor import ActorAdmin, assertions_naming
from actors.admin.judgement import IdentityJudgementAdmin
from actors.admin.merge import MergeAdmin

__all__ = ["ActorAdmin", "IdentityJudgementAdmin", "MergeAdmin", "assertions_naming"]
