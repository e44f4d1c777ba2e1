"""Our rows as the dictionaries CKAN 2.12 answers: the same keys, the same types."""
