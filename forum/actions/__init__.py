"""Writes. Each owns its transaction: it locks the topic, asks the rules, writes, counts, tells the index and the cache.

Whoever needs several rows locks the topic first, several topics in the order of their numbers (a merge), then boards'
tallies in the order of theirs. A proposal, its votes, steps and answer have no locks of their own: whoever reads them
to write holds the topic. So a vote, a reply and a merge of the same proposal never pass each other.
"""

from forum.actions.desk import decide, put_back, take
from forum.actions.indexing import reindex_topics
from forum.actions.merging import merge_topics, split_topic
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
from forum.actions.pictures import check_upload, forget_pictures, upload_picture
from forum.actions.proposals import (
    AnswerDraft,
    answer,
    compose,
    end_collecting,
    make_responsible,
    merge_proposal,
    step,
    support,
)
from forum.actions.reporting import appeal, report_person, report_post
from forum.actions.safety import DESK, log_decision
from forum.actions.steps import ABOUT_PAGES, NEW_TOPICS, Draft, Idea, is_first, sizes, topic_tag
from forum.actions.writing import accept_answer, edit, mark_read, react, remove, reply, start_topic

__all__ = [
    "ABOUT_PAGES",
    "DESK",
    "NEW_TOPICS",
    "AnswerDraft",
    "Draft",
    "Idea",
    "accept_answer",
    "answer",
    "appeal",
    "approve",
    "block",
    "blocks_tag",
    "check_upload",
    "compose",
    "decide",
    "edit",
    "end_collecting",
    "forget_pictures",
    "hide_profile",
    "is_first",
    "lift",
    "log_decision",
    "look_at_profile",
    "make_responsible",
    "mark_read",
    "merge_proposal",
    "merge_topics",
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
    "sizes",
    "split_topic",
    "start_topic",
    "step",
    "support",
    "take",
    "topic_tag",
    "unblock",
    "upload_picture",
    "write_note",
]
