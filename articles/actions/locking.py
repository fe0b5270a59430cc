"""The lock under which articles change."""

from articles.models import Article


def locked(article: Article) -> Article:
    """Lock an article until the transaction ends, and return it as it stands.

    Its revisions, periods and steps are so written one after the other. Rows that only refer to it, such as working
    copies, need not wait.
    """
    return Article.objects.select_for_update(no_key=True).get(pk=article.pk)
