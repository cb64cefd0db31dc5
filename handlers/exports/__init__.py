"""What a list is as a file, its rows with the asker's rights. handlers/export_list.py sends it."""
