"""Articles: what was published, in which revisions, from which sources, with which corrections."""

from articles.models.article import Article, FormerAddress
from articles.models.correction import Correction, ErrorReport
from articles.models.image import Image, RevisionImage
from articles.models.likeness import Fingerprint, PassedName, Reprint, UnknownName
from articles.models.mention import Mention
from articles.models.revision import Revision, TaggedRevision
from articles.models.source import Source
from articles.models.topic import Topic
from articles.models.withdrawal import Removal, Withdrawal
from articles.models.workflow import WorkflowStep, WorkingCopy

__all__ = [
    "Article",
    "Correction",
    "ErrorReport",
    "Fingerprint",
    "FormerAddress",
    "Image",
    "Mention",
    "PassedName",
    "Removal",
    "Reprint",
    "Revision",
    "RevisionImage",
    "Source",
    "TaggedRevision",
    "Topic",
    "UnknownName",
    "Withdrawal",
    "WorkflowStep",
    "WorkingCopy",
]
