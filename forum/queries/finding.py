"""What a search inside a board or a topic finds, read anew from the posts: the index only says which they are."""

from collections.abc import Sequence

from forum.models import Post
from search.queries import Results, find
from search.query import Query


def find_posts(text: str, language: str, places: Sequence[str], page: int) -> tuple[Results, dict[str, Post]]:
    """The posts by the keys of their entries."""
    results = find(Query(text, language, page=page, within=tuple(places)))
    pks = [int(hit.entry.key.rpartition(":")[2]) for hit in results.hits]
    posts = Post.objects.filter(pk__in=pks).select_related("topic", "author").defer("source", "html")
    return results, {f"{Post._meta.label_lower}:{post.pk}": post for post in posts}
