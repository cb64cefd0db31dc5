"""Filters of a list told in words. One entry a condition in table.py; marks.py lays a message out, scan.py reads it."""
