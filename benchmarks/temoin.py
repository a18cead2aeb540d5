"""`python -m benchmarks.temoin MODULE …`: run a module, then write its peak of memory (unit of ru_maxrss).

A process is charged with the peak of the one that starts it: this one weighs next to nothing.
"""

import os
import subprocess
import sys

if __name__ == "__main__":
    processus = subprocess.Popen([sys.executable, "-m", *sys.argv[1:]])
    _, statut, usage = os.wait4(processus.pid, 0)
    sys.stdout.write(f"{usage.ru_maxrss}\n")
    sys.exit(os.waitstatus_to_exitcode(statut))
