from search.models.asked import AskedFor
from search.models.index import Document, Entries, Entry, Suggestion
from search.models.spelling import Reached, Spelling
from search.models.wording import Pick, PickedPlace, SynonymGroup, SynonymPhrase

__all__ = [
    "AskedFor",
    "Document",
    "Entries",
    "Entry",
    "Pick",
    "PickedPlace",
    "Reached",
    "Spelling",
    "Suggestion",
    "SynonymGroup",
    "SynonymPhrase",
]
