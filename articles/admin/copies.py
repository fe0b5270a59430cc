"""What a writer has not saved yet."""

from cms.workplace.base import NewsroomAdmin


class WorkingCopyPages(NewsroomAdmin):
    """What writers have open and have not saved: kept every few seconds, and offered again."""
