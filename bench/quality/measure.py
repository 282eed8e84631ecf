"""Runs programs and says what they cost."""

import json
import os
import resource
import subprocess
import tempfile
from dataclasses import dataclass


@dataclass
class Run:
    """What one process cost; text is its standard output."""

    ok: bool
    cpu: float  # seconds, user and system
    peak: int  # MiB
    text: str
    error: str

    @property
    def last(self):
        """The last line of output, read as JSON."""
        return json.loads(self.text.strip().splitlines()[-1])

    @property
    def json(self):
        return json.loads(self.text)


def run(*command, seconds=3600):
    """Runs a command for so many seconds of CPU at the most, one thread per
    library."""
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", TQDM_DISABLE="1")
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err, env=environment,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)))
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Run(child.returncode == 0, usage.ru_utime + usage.ru_stime, usage.ru_maxrss >> 10, out.read(), err.read())
