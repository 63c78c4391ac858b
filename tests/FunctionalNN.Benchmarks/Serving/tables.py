"""scikit-learn's Pipeline on one set, beside TableScores.cs:

    python3 tables.py CSV TARGET quantity|classes EPOCHS NUMBERS CATEGORIES      (names with commas between; one score a fold is printed)

Median for missing numbers, the most frequent for missing categories, StandardScaler, OneHotEncoder, one hidden layer of 50 by Adam at 0.003 in
batches of 32 for a given number of epochs. A row's fold is its number times 2654435761 mod 2^32, times 5, over 2^32.
"""
import csv
import sys
import warnings

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

warnings.simplefilter("ignore", ConvergenceWarning)
path, target, kind, epochs, numbers, categories = sys.argv[1:]
numbers, categories = [n for n in numbers.split(",") if n], [c for c in categories.split(",") if c]
with open(path, encoding="utf-8") as file:
    rows = [row for row in csv.DictReader(file) if row[target] != ""]


def as_numbers(cells):
    return np.array([[float(cell) if cell != "" else np.nan for cell in row] for row in cells])


x = np.array([[row[name] for name in numbers + categories] for row in rows], dtype=object)
y = np.array([row[target] for row in rows])
y = y.astype(float) if kind == "quantity" else y
fold = np.array([(row * 2654435761 % 2**32) * 5 >> 32 for row in range(1, len(rows) + 1)])
for held_out in range(5):
    train, test = fold != held_out, fold == held_out
    columns = ColumnTransformer([
        ("numbers", make_pipeline(FunctionTransformer(as_numbers), SimpleImputer(strategy="median"), StandardScaler()),
            list(range(len(numbers)))),
        ("categories", make_pipeline(SimpleImputer(missing_values="", strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")),
            list(range(len(numbers), len(numbers) + len(categories)))),
    ], sparse_threshold=0)
    settings = dict(hidden_layer_sizes=(50,), alpha=0.0, batch_size=32, learning_rate_init=0.003, max_iter=int(epochs), tol=0.0,
                    n_iter_no_change=10**6, random_state=held_out)
    if kind == "quantity":
        mean, spread = y[train].mean(), y[train].std()
        model = make_pipeline(columns, MLPRegressor(**settings)).fit(x[train], (y[train] - mean) / spread)
        print(model.score(x[test], (y[test] - mean) / spread))
    else:
        print(make_pipeline(columns, MLPClassifier(**settings)).fit(x[train], y[train]).score(x[test], y[test]))
