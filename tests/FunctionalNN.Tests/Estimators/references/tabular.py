"""scikit-learn 1.2.1's MLPClassifier and MLPRegressor with their defaults on the sets that TabularTests.cs fits:

    python3 tabular.py FOLDER SET SEED...      one line a seed: set, seed, score, epochs, seconds

FOLDER holds tabular/*.csv and mnist/*. The columns, the test rows, the standardisation and the filling of missing numbers are those of
TabularSet.cs, whose scores `dotnet FunctionalNN.Tests.dll tabular SET SEED...` prints in the same form. The lines of both are in scores.txt.
"""
import csv
import gzip
import sys
import time
import warnings

import numpy as np
from sklearn.datasets import make_moons
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

SETS = {
    "breast-cancer-wisconsin": ("diagnosis", None, ("id",)),
    "california-housing": ("median_house_value", None, ()),
    "iris": ("species", None, ()),
    "titanic": ("survived", ("pclass", "sex", "age", "sibsp", "parch", "fare", "embarked"), ()),
    "wine": ("class", None, ()),
    "winequality-red": ("quality", None, ()),
}


def column(texts, train):
    """One column of numbers, or one a category."""
    try:
        values = np.array([float(text) if text else np.nan for text in texts])
        values[np.isnan(values)] = np.nanmean(values[train])
        return [values]
    except ValueError:
        return [np.array([text == name for text in texts], float) for name in sorted(set(texts) - {""})]


def tabular(folder, name):
    target, kept, dropped = SETS[name]
    with open(f"{folder}/tabular/{name}.csv") as file:
        rows = list(csv.DictReader(file))
    test = np.array([(row * 2654435761) % 2**32 < 2**30 for row in range(1, len(rows) + 1)])
    names = kept or [each for each in rows[0] if each != target and each not in dropped]
    x = np.stack([c for each in names for c in column([row[each] for row in rows], ~test)], axis=1)
    y = np.array([row[target] for row in rows])
    spread = x[~test].std(0)
    x = (x - x[~test].mean(0)) / np.where(spread == 0, 1, spread)
    if name == "california-housing":
        y = y.astype(float)
        y = (y - y[~test].mean()) / y[~test].std()
    return x[~test], y[~test], x[test], y[test]


def mnist(folder):
    def idx(name, start):
        with gzip.open(f"{folder}/mnist/{name}-ubyte.gz") as file:
            return np.frombuffer(file.read()[start:], np.uint8)

    def part(name):
        return idx(f"{name}-images-idx3", 16).reshape(-1, 784).astype(np.float32) / 255, idx(f"{name}-labels-idx1", 8)

    return (*part("train"), *part("t10k"))


def moons():
    return (*make_moons(500, noise=0.25, shuffle=False, random_state=1), *make_moons(500, noise=0.25, shuffle=False, random_state=2))


if __name__ == "__main__":
    warnings.simplefilter("ignore", ConvergenceWarning)
    folder, name, *seeds = sys.argv[1:]
    x, y, x_test, y_test = moons() if name == "moons" else mnist(folder) if name == "mnist" else tabular(folder, name)
    for seed in seeds:
        start = time.time()
        model = (MLPRegressor if name == "california-housing" else MLPClassifier)(random_state=int(seed)).fit(x, y)
        print("scikit-learn", name, seed, f"{model.score(x_test, y_test):.5f}", model.n_iter_, f"{time.time() - start:.2f}", flush=True)
