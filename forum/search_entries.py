"""What the search index holds of a post. A reply is found under its topic's title.

On a board that is not for everybody it is found by those alone who search inside a place that they may read.
"""

from common.markdown import plain_text
from forum import rules, scopes
from forum.enums import Kind, Status
from forum.models import Post
from forum.said import excerpt_of
from search.enums import Access
from search.enums import Kind as EntryKind
from search.registry import EntryDraft, author_slug

REPLY_WORTH = -0.5  # beside a topic that says the same, its replies come later


def post_entry(post: Post) -> EntryDraft | None:
    topic = post.topic
    if not post.is_shown or not topic.is_shown:
        return None
    text = plain_text(post.html)
    first = post.number == 1
    proposal = getattr(topic, "proposal", None) if first and topic.kind == Kind.PROPOSAL else None
    if proposal and proposal.status == Status.MERGED:  # the other one is found in its place
        return None
    return EntryDraft(
        language=topic.language,
        title=topic.title,
        url=topic.own_url() if first else post.own_url(),
        published=post.posted_at,
        author=author_slug(post.author_id) if post.author_id else "",
        summary=excerpt_of(text, 300),
        body=text,
        keywords=" ".join(topic.tags.values_list("name", flat=True)) if first else "",
        boost=0 if first else REPLY_WORTH,
        access=Access.PUBLIC if rules.is_public(rules.board_of(topic)) else Access.WITHIN,
        within=" ".join(scopes.around(topic)),
        is_part=not first,
        kind=EntryKind.PROPOSAL if proposal else EntryKind.TOPIC,
        district=proposal.district.slug if proposal and proposal.district else "",
    )
