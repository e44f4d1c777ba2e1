"""CKAN's Action API over our own selectors, services and policies: its clients are understood, and get what they expect."""
