"""Articles in the admin: writing and publishing, and the worklists around them."""

from articles.admin.article import ArticleAdmin
from articles.admin.correction import CorrectionAdmin, ErrorReportAdmin
from articles.admin.image import ImageAdmin
from articles.admin.mention import MentionAdmin
from articles.admin.revision import RevisionAdmin
from articles.admin.topic import TopicAdmin

__all__ = [
    "ArticleAdmin",
    "CorrectionAdmin",
    "ErrorReportAdmin",
    "ImageAdmin",
    "MentionAdmin",
    "RevisionAdmin",
    "TopicAdmin",
]
