"""The search: customers, people and deals by whatever names them, and the words of visits and notes.

`find` and `find_words` are the entries. Indexes of own terms are kept by keep.py, in the transaction that writes.
"""

from storage.search.lookup import Hit, find
from storage.search.told import WordsHit, find_words

__all__ = ["Hit", "WordsHit", "find", "find_words"]
