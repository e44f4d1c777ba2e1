"""Backup and restore. Only the database, the files and the key are truth: the rest of var/ is rebuilt from them."""
