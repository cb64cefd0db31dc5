"""What reports say, as values and arithmetic: a file a report. Where the rows come from stands in storage/reports/."""
