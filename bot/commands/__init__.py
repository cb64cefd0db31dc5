"""What `genjin` can be told to do, one file a subject. bot/__main__.py puts them together."""
