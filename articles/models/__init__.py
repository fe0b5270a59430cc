"""Articles: what was published, in which revisions, from which sources, with which corrections."""

from articles.models.article import Article, Revision, Source, TaggedRevision
from articles.models.correction import Correction, ErrorReport
from articles.models.image import Image, RevisionImage
from articles.models.mention import Mention
from articles.models.topic import Topic

__all__ = [
    "Article",
    "Correction",
    "ErrorReport",
    "Image",
    "Mention",
    "Revision",
    "RevisionImage",
    "Source",
    "TaggedRevision",
    "Topic",
]
