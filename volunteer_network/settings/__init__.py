"""Settings: base.py is production; development.py and test.py only relax it."""
