from tests.architecture.site_map import EVERYONE

CALLED_BY = {EVERYONE: {"search"}}
