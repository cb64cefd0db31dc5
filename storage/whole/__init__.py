"""Everything as JSON Lines: written out of one database, read into an empty one of either kind (docs/export.md)."""
