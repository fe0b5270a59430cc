"""Who may do what with an article."""

from articles.models import Article
from cms.models import User

ADD = "articles.add_article"
CHANGE = "articles.change_article"
PUBLISH = "articles.publish_article"
CORRECT = "articles.add_correction"
TOPICS = "articles.change_topic"
MENTIONS = "articles.change_mention"
REPORTS = "articles.change_errorreport"


def may_edit(user: User, article: Article) -> bool:
    """Tell whether the user may write a revision: editors of any article, reporters of their own drafts."""
    if user.has_perm(PUBLISH):
        return user.has_perm(CHANGE)
    return user.has_perm(CHANGE) and article.created_by_id == user.pk and article.published_at is None


def may_see(user: User, article: Article) -> bool:
    """Tell whether the user may read it in the admin: reporters read their own and what was public."""
    if user.has_perm(PUBLISH) or article.published_at is not None or article.created_by_id == user.pk:
        return user.has_perm("articles.view_article")
    return user.has_perm("articles.view_article") and user.has_perm("assertions.decide_assertion")
