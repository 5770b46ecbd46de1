"""Reading for matching: the input of a run as columns, runs and proposals for pages."""
