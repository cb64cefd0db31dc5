"""The records in a database. Whatever of it is imported first, the classes of crm are mapped to their tables."""

import storage.tables  # noqa: F401 - maps them
