"""What the columns of a sheet are, and its rows cleaned: text in, rows out."""
