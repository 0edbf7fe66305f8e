"""lifetimes behind a pipe: each line is a task as lifetimes_peer.h says, answered by a line {"wall",
"cpu", "numbers"}. Reading files and importing is not part of the time."""

import json
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
from lifetimes import (  # noqa: E402
    BetaGeoFitter,
    GammaGammaFitter,
    ModifiedBetaGeoFitter,
    ParetoNBDFitter,
)
from lifetimes.utils import summary_data_from_transaction_data  # noqa: E402

FITTERS = {"bg-nbd": BetaGeoFitter, "mbg-nbd": ModifiedBetaGeoFitter, "pareto-nbd": ParetoNBDFitter}


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}, result


def fit(question, columns):
    np.random.seed(1)  # the Pareto/NBD's start is random
    fitter = FITTERS[question["model"]](penalizer_coef=0.0)
    weights = columns[3] if question["weighted"] else None
    cost, _ = timed(lambda: fitter.fit(*columns[:3], weights=weights))
    return cost, fitter.params_


def score(question, columns):
    fitter = FITTERS[question["model"]]()
    fitter.params_ = pd.Series(question["parameters"], index=["r", "alpha", "a", "b"])
    x, t_x, T = columns[:3]

    def both():
        expected = fitter.conditional_expected_number_of_purchases_up_to_time(
            question["horizon"], x, t_x, T
        )
        return np.asarray(expected), np.asarray(fitter.conditional_probability_alive(x, t_x, T))

    cost, columns = timed(both)
    np.concatenate(columns).tofile(question["file"] + ".scores")
    return cost, []


def value(question, columns):
    customers, days, amounts = columns
    purchases = pd.DataFrame(
        {
            "customer": customers.astype(np.int64),
            "day": pd.to_datetime(days.astype(np.int64), unit="D"),
            "amount": amounts,
        }
    )

    def end_to_end():
        summary = summary_data_from_transaction_data(
            purchases,
            "customer",
            "day",
            monetary_value_col="amount",
            observation_period_end=pd.to_datetime(question["until"], unit="D"),
            freq="D",
            freq_multiplier=7,
        )
        x, t_x, T = summary["frequency"], summary["recency"], summary["T"]
        counts = BetaGeoFitter()
        counts.fit(x, t_x, T)
        came_back = summary[summary["frequency"] > 0]
        spend = GammaGammaFitter()
        spend.fit(came_back["frequency"], came_back["monetary_value"])
        expected = counts.conditional_expected_number_of_purchases_up_to_time(
            question["horizon"], x, t_x, T
        )
        mean = spend.conditional_expected_average_profit(x, summary["monetary_value"])
        return [len(summary), x.sum(), t_x.sum(), T.sum(), float((expected * mean).sum())]

    return timed(end_to_end)


TASKS = {"fit": fit, "score": score, "value": value}


def answer(question):
    columns = np.fromfile(question["file"]).reshape(question["columns"], question["rows"])
    cost, numbers = TASKS[question["task"]](question, columns)
    return cost | {"numbers": [float(number) for number in numbers]}


print("ready", flush=True)
for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:  # what it cannot fit is its answer
        reply = {"error": str(error)}
    print(json.dumps(reply), flush=True)
