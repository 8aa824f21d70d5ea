from forum.forms.boards import BoardForm
from forum.forms.posts import LONGEST_POST, PostForm, RemoveForm, TopicForm, check_letters

__all__ = ["LONGEST_POST", "BoardForm", "PostForm", "RemoveForm", "TopicForm", "check_letters"]
