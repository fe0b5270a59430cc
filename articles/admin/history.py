"""The history of an article, and previews of its revisions."""

from cms.workplace.base import NewsroomAdmin


class HistoryPages(NewsroomAdmin):
    """Every revision with who, when and why; differences, restoring, and previews."""
