from search.models.asked import AskedFor
from search.models.cluster import Change, ClusterIndex
from search.models.index import Document, Entries, Entry, Suggestion
from search.models.saved import Arrival, SavedSearch, Subscriber, Told
from search.models.spelling import Reached, Spelling
from search.models.wording import Pick, PickedPlace, SynonymGroup, SynonymPhrase

__all__ = [
    "Arrival",
    "AskedFor",
    "Change",
    "ClusterIndex",
    "Document",
    "Entries",
    "Entry",
    "Pick",
    "PickedPlace",
    "Reached",
    "SavedSearch",
    "Spelling",
    "Subscriber",
    "Suggestion",
    "SynonymGroup",
    "SynonymPhrase",
    "Told",
]
