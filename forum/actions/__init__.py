"""Writes. Each owns its transaction: it locks the topic, asks the rules, writes, counts, tells the index and the cache.

Whoever needs several rows locks the topic first, then boards' tallies in the order of their numbers.
"""

from forum.actions.desk import decide, put_back, take
from forum.actions.moderating import approve, move_topic, pin_topic, restore, set_state
from forum.actions.people import (
    block,
    blocks_tag,
    hide_profile,
    lift,
    look_at_profile,
    sanction,
    show_profile,
    unblock,
    write_note,
)
from forum.actions.reporting import appeal, report_person, report_post
from forum.actions.safety import DESK, log_decision
from forum.actions.steps import ABOUT_PAGES, NEW_TOPICS, Draft, is_first, reindex_topics, topic_tag
from forum.actions.writing import accept_answer, edit, mark_read, react, remove, reply, start_topic

__all__ = [
    "ABOUT_PAGES",
    "DESK",
    "NEW_TOPICS",
    "Draft",
    "accept_answer",
    "appeal",
    "approve",
    "block",
    "blocks_tag",
    "decide",
    "edit",
    "hide_profile",
    "is_first",
    "lift",
    "log_decision",
    "look_at_profile",
    "mark_read",
    "move_topic",
    "pin_topic",
    "put_back",
    "react",
    "reindex_topics",
    "remove",
    "reply",
    "report_person",
    "report_post",
    "restore",
    "sanction",
    "set_state",
    "show_profile",
    "start_topic",
    "take",
    "topic_tag",
    "unblock",
    "write_note",
]
