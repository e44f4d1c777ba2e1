"""One dataset in the vocabularies other catalogues, search engines and reference managers read."""
