"""lifetimes behind a pipe: each line {"model", "file", "rows", "weighted"} is a fit, answered by a
line {"wall", "cpu", "parameters"}. Reading the file is not part of the time, nor is importing."""

import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
from lifetimes import BetaGeoFitter, ModifiedBetaGeoFitter, ParetoNBDFitter  # noqa: E402

FITTERS = {"bg-nbd": BetaGeoFitter, "mbg-nbd": ModifiedBetaGeoFitter, "pareto-nbd": ParetoNBDFitter}


def answer(question):
    columns = np.fromfile(question["file"]).reshape(4, question["rows"])
    np.random.seed(1)  # the Pareto/NBD's start is random
    fitter = FITTERS[question["model"]](penalizer_coef=0.0)
    wall, cpu = time.perf_counter(), time.process_time()
    fitter.fit(*columns[:3], weights=columns[3] if question["weighted"] else None)
    cost = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return cost | {"parameters": list(fitter.params_)}


print("ready", flush=True)
for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:  # what it cannot fit is its answer
        reply = {"error": str(error)}
    print(json.dumps(reply), flush=True)
