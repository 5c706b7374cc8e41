"""One engine in a process of its own: numbers from a data file, lines of JSON out (see bench/train/protocol.ts)."""
import json
import resource
import sys
import time

import numpy as np


def load(path):
    manifest = json.load(open(path))
    numbers = np.fromfile(manifest["bytes"], dtype=np.float32)
    values = {}
    for e in manifest["entries"]:
        n = int(np.prod(e["shape"])) if e["shape"] else 1
        values[e["name"]] = numbers[e["offset"] : e["offset"] + n].reshape(e["shape"]).copy()
    return manifest, values, [e["name"] for e in manifest["entries"] if e["role"] == "parameter"]


def serve(version, step):
    """`step(n)` makes n steps and gives the loss before the last one."""
    say = lambda **line: print(json.dumps(line), flush=True)
    say(version=version, loss=float(step(1)))
    for line in sys.stdin:
        word, *n = line.split()
        if word == "end":
            say(peakMemoryMB=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
            break
        start, cpu = time.perf_counter(), time.process_time()
        loss = float(step(int(n[0])))
        say(seconds=time.perf_counter() - start, cpu=time.process_time() - cpu, loss=loss)
