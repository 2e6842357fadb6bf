"""`python -m volunteer_network.startup`: the whole network in the foreground, Ctrl-C stops it.

With `prepare` it only makes keys, schema, demo and browser files, for sites of several machines.
"""

import sys

from volunteer_network.startup.errors import CannotStart
from volunteer_network.startup.run import prepare_only, run

if __name__ == "__main__":
    try:
        prepare_only() if sys.argv[1:] == ["prepare"] else run()
    except CannotStart as reason:
        sys.exit(f"\n{reason}")
    except KeyboardInterrupt:
        sys.exit(130)
