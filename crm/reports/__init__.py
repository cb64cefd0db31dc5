"""Reports: facts in, report out. Pure arithmetic; the queries are in storage/reports, the words in talk."""
