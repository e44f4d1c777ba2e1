"""Content files: YAML in which each text is a mapping of languages, read into page fields. Nothing here writes to the database."""
