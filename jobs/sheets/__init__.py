"""Sheets that people send, read cell by cell: only ever within a child process of bounded memory and time."""
