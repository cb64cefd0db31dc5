"""One file a question, each printing a ratio or a count."""
