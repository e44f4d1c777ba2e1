"""From CKAN's dictionaries to our services: what a client may set, checked with the messages its tests look for."""
