"""The steps of an article towards publication."""

from cms.workplace.base import NewsroomAdmin


class WorkflowPages(NewsroomAdmin):
    """Submitting, approving, returning, assigning."""
