from forum.forms.boards import BoardForm
from forum.forms.merging import MergeForm, SplitForm
from forum.forms.pictures import PictureForm
from forum.forms.posts import LONGEST_POST, PostForm, RemoveForm, TopicForm
from forum.forms.safety import AppealForm, DecisionForm, NoteForm, ReportForm, SanctionForm

__all__ = [
    "LONGEST_POST",
    "AppealForm",
    "BoardForm",
    "DecisionForm",
    "MergeForm",
    "NoteForm",
    "PictureForm",
    "PostForm",
    "RemoveForm",
    "ReportForm",
    "SanctionForm",
    "SplitForm",
    "TopicForm",
]
