"""Writes. Each owns its transaction: it locks the topic, asks the rules, writes, counts, tells the index and the cache.

Whoever needs several rows locks the topic first, then boards' tallies in the order of their numbers.
"""

from forum.actions.moderating import approve, move_topic, pin_topic, set_state
from forum.actions.steps import ABOUT_PAGES, NEW_TOPICS, Draft, is_first, reindex_topics, topic_tag
from forum.actions.writing import accept_answer, edit, mark_read, react, remove, reply, start_topic

__all__ = [
    "ABOUT_PAGES",
    "NEW_TOPICS",
    "Draft",
    "accept_answer",
    "approve",
    "edit",
    "is_first",
    "mark_read",
    "move_topic",
    "pin_topic",
    "react",
    "reindex_topics",
    "remove",
    "reply",
    "set_state",
    "start_topic",
    "topic_tag",
]
