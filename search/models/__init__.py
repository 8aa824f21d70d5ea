from search.models.index import Document, Entries, Entry

__all__ = ["Document", "Entries", "Entry"]
