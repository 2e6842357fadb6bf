"""Backup and restore: one archive of database and files, without the keys that open it.

`make` writes an archive while the site runs or while it is stopped. `restore` loads one beside
what is there and swaps the two at the very end; whatever stops it before leaves the old site.
"""
