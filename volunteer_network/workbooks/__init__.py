"""Workbooks as officials send them: refused or read, their tables found, their cells understood.

Knows texts in cells, never rows of the database.
"""
