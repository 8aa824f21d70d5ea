from forum.models.boards import TAKEN_WORDS, Board, BoardText, Tally, every_kind, writers
from forum.models.imports import Imported
from forum.models.pictures import Picture
from forum.models.proposals import AnswerEdit, OfficialAnswer, Proposal, ProposalStep, Support
from forum.models.safety import Answer, Appeal, Block, Case, Decision, FinalError, Note, Report, Sanction
from forum.models.topics import POSTS_ON_A_PAGE, Edit, Post, Reaction, ReadMark, Tag, Topic, page_of
from forum.models.unsent import Unsent
from forum.models.watching import TARGETS, Watch

__all__ = [
    "POSTS_ON_A_PAGE",
    "TAKEN_WORDS",
    "TARGETS",
    "Answer",
    "AnswerEdit",
    "Appeal",
    "Block",
    "Board",
    "BoardText",
    "Case",
    "Decision",
    "Edit",
    "FinalError",
    "Imported",
    "Note",
    "OfficialAnswer",
    "Picture",
    "Post",
    "Proposal",
    "ProposalStep",
    "Reaction",
    "ReadMark",
    "Report",
    "Sanction",
    "Support",
    "Tag",
    "Tally",
    "Topic",
    "Unsent",
    "Watch",
    "every_kind",
    "page_of",
    "writers",
]
