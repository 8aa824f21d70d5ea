from search.models.asked import AskedFor
from search.models.index import Document, Entries, Entry
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
    "SynonymGroup",
    "SynonymPhrase",
]
