"""Starting and stopping the parts: database, Redis, worker, scheduler, web.

Plain Python that knows nothing of Django, because settings can only be read once the database has
its passwords and its socket.
"""
