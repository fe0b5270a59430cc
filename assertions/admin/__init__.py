"""Assertions in the admin: claims with their evidence, questions, measures, and the decisions to read."""

from assertions.admin.assertion import AssertionAdmin
from assertions.admin.measure import MeasureAdmin, QuantityAdmin
from assertions.admin.question import QuestionAdmin
from assertions.admin.review import ReviewAdmin

__all__ = ["AssertionAdmin", "MeasureAdmin", "QuantityAdmin", "QuestionAdmin", "ReviewAdmin"]
