#!/usr/bin/python3
"""Reference numbers for every measure of src/FunctionalNN/Evaluation, on random predictions with ties, absent classes and one class only.

Run: /usr/bin/python3 evaluation.py > evaluation.json
Made with Debian 12's python3-sklearn 1.2.1, python3-scipy 1.10.1, python3-numpy 1.24.2.
Probabilities are multiples of 1/16, so that they tie often and are exact. None where scikit-learn does not define the number.
"""
import json
import warnings

import numpy as np
from scipy.stats import binomtest
from sklearn import metrics as m
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.calibration import calibration_curve
from sklearn.inspection import permutation_importance

warnings.filterwarnings("ignore")
results = {}


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value


def attempt(f):
    try:
        return f()
    except (ValueError, ZeroDivisionError):
        return None


def compositions(rng, n, k, parts=16):
    """n rows of k multiples of 1/parts that add up to 1, zeros and ones among them."""
    cuts = np.sort(rng.integers(0, parts + 1, (n, k - 1)), axis=1)
    edges = np.hstack([np.zeros((n, 1), int), cuts, np.full((n, 1), parts)])
    return np.diff(edges, axis=1) / parts


def classification(name, labels, p, weights=None):
    n, k = p.shape
    classes = list(range(k))
    predicted = p.argmax(axis=1)
    w = {} if weights is None else {"sample_weight": weights}
    outcome, confidence = (labels == 1, p[:, 1]) if k == 2 else (labels == predicted, p.max(axis=1))

    def prf(average, zero_division=0):
        return m.precision_recall_fscore_support(labels, predicted, labels=classes, average=average, zero_division=zero_division, **w)[:3]

    def auc(**how):
        return attempt(lambda: m.roc_auc_score(labels, p[:, 1], **w) if k == 2 else m.roc_auc_score(labels, p, labels=classes, **how))

    def one_versus_rest(f):
        return [attempt(lambda: f(labels == c, p[:, c], **w)) if 0 < (labels == c).sum() < n else None for c in classes]

    def brier():
        if k == 2:
            return m.brier_score_loss(labels, p[:, 1], **w)
        return np.average(((p - np.eye(k)[labels]) ** 2).sum(axis=1), weights=weights)

    happened, said = calibration_curve(outcome, confidence, n_bins=10)
    entry = {
        "labels": labels, "probabilities": p * 16, "weights": weights,
        "report": m.classification_report(labels, predicted, labels=classes, zero_division=0, **w),
        "confusion": m.confusion_matrix(labels, predicted, labels=classes, **w),
        "accuracy": m.accuracy_score(labels, predicted, **w),
        "per class": np.array(prf(None)).T, "macro": prf("macro"), "weighted": prf("weighted"), "micro": prf("micro"),
        "per class, zero division 1": np.array(prf(None, 1)).T,
        "balanced": m.balanced_accuracy_score(labels, predicted, **w),
        "matthews": m.matthews_corrcoef(labels, predicted, **w),
        "kappa": m.cohen_kappa_score(labels, predicted, labels=classes, **w),
        "log loss": m.log_loss(labels, p, labels=classes, **w),
        "log loss float": m.log_loss(labels, p, labels=classes, eps=float(np.finfo(np.float32).eps), **w),
        "brier": brier(),
        "auc ovr": auc(multi_class="ovr", average="macro", **w),
        "auc ovr weighted": auc(multi_class="ovr", average="weighted", **w),
        "auc ovo": None if weights is not None else auc(multi_class="ovo", average="macro"),
        "auc ovo weighted": None if weights is not None else auc(multi_class="ovo", average="weighted"),
        "auc by class": one_versus_rest(m.roc_auc_score),
        "average precision by class": one_versus_rest(m.average_precision_score),
        "calibration": None if weights is not None else np.array([said, happened]).T,
    }
    if k > 2:
        # Of equal scores scikit-learn puts the greater class first, we the smaller: the classes in reverse.
        entry["top k"] = [m.top_k_accuracy_score(k - 1 - labels, p[:, ::-1], k=places, labels=classes, **w) for places in range(1, k)]
    results[name] = plain(entry)


def ranking(name, positive, scores, weights=None):
    w = {} if weights is None else {"sample_weight": weights}
    fpr, tpr, thresholds = m.roc_curve(positive, scores, drop_intermediate=False, **w)
    precision, recall, cuts = m.precision_recall_curve(positive, scores, **w)
    results[name] = plain({
        "labels": positive.astype(int), "scores": scores, "weights": weights,
        "roc": np.array([thresholds[1:], fpr[1:], tpr[1:]]).T,
        "precision recall": np.array([cuts, recall[:-1], precision[:-1]]).T[::-1],
        "auc": m.roc_auc_score(positive, scores, **w), "average precision": m.average_precision_score(positive, scores, **w),
    })


def regression(name, y, p, weights=None):
    w = {} if weights is None else {"sample_weight": weights}
    results[name] = plain({
        "truth": y, "prediction": p, "weights": weights,
        "r2": m.r2_score(y, p, **w), "r2 by output": m.r2_score(y, p, multioutput="raw_values", **w),
        "mae": m.mean_absolute_error(y, p, **w), "mse": m.mean_squared_error(y, p, **w), "rmse": m.mean_squared_error(y, p, squared=False, **w),
        "median by output": m.median_absolute_error(y, p, multioutput="raw_values", **w),
        "max by output": [m.max_error(y[:, j], p[:, j]) for j in range(y.shape[1])],
        # Neural Networks from Scratch, chapter 17.
        "book": np.mean(np.abs(p - y) < np.std(y) / 250),
    })


def multi_label(name, y, p, weights=None):
    w = {} if weights is None else {"sample_weight": weights}
    predicted = (p > 0.5).astype(int)
    results[name] = plain({
        "truth": y, "prediction": p * 16, "weights": weights,
        "report": m.classification_report(y, predicted, zero_division=0, **w),
        "accuracy": m.accuracy_score(y, predicted, **w), "hamming": m.hamming_loss(y, predicted, **w),
        "samples": m.precision_recall_fscore_support(y, predicted, average="samples", zero_division=0, **w)[:3],
        "micro": m.precision_recall_fscore_support(y, predicted, average="micro", zero_division=0, **w)[:3],
        "weighted": m.precision_recall_fscore_support(y, predicted, average="weighted", zero_division=0, **w)[:3],
        "auc": attempt(lambda: m.roc_auc_score(y, p, **w)),
        "average precision": m.average_precision_score(y, p, **w),
    })


rng = np.random.default_rng(5)


def labelled(n, k, absent=()):
    """Labels that follow the probabilities about half of the time."""
    p = compositions(rng, n, k)
    labels = np.where(rng.random(n) < 0.5, p.argmax(axis=1), rng.integers(0, k, n))
    for c in absent:
        labels[labels == c] = (c + 1) % k
    return labels, p


weights = rng.integers(0, 9, 40) / 4
classification("three classes", *labelled(40, 3))
classification("three classes weighted", *labelled(40, 3), weights)
classification("ten classes", *labelled(60, 10))
classification("an absent class", *labelled(30, 4, absent=[2]))
labels, p = labelled(30, 4)
p[:, [0, 3]] = p[:, [0]] * 0.5 + p[:, [3]] * [[0.5, 0.5]]
p[:, 3], p[:, 0] = p[:, 0] * 0, p[:, 0] * 2
classification("a class never predicted", labels, p)
classification("two classes", *labelled(40, 2))
classification("two classes weighted", *labelled(40, 2), weights)
classification("one class only", np.full(10, 1), compositions(rng, 10, 3))
classification("one of two classes only", np.full(10, 0), compositions(rng, 10, 2))
classification("one class, always right", np.full(4, 0), np.eye(3)[[0] * 4])
classification("one row", np.array([2]), np.array([[0.25, 0.25, 0.5]]))

scores = rng.integers(-3, 4, 40) / 2
ranking("ties", (rng.random(40) < 0.5 + scores / 8), scores)
ranking("ties weighted", (rng.random(40) < 0.5 + scores / 8), scores, weights)
ranking("no ties", rng.random(25) < 0.4, rng.permutation(25) / 1.0)
ranking("all equal", np.arange(12) % 3 == 0, np.full(12, 0.5))

y = np.round(rng.normal(0, 2, (30, 2)), 3)
p = np.round(y + rng.normal(0, 0.2, (30, 2)) * rng.integers(0, 2, (30, 2)), 3)
regression("two outputs", y, p)
regression("two outputs weighted", y, p, weights[:30])
regression("one output", y[:, :1], p[:, :1])
regression("far from zero", y[:, :1] + 1e6, p[:, :1] + 1e6)
regression("constant target", np.full((5, 1), 3.0), np.array([[3.0], [3], [2], [3], [4]]))
regression("constant target, exact", np.full((5, 1), 3.0), np.full((5, 1), 3.0))

p = rng.integers(0, 17, (25, 4)) / 16
multi_label("labels", (rng.random((25, 4)) < p).astype(int), p)
multi_label("labels weighted", (rng.random((25, 4)) < p).astype(int), p, weights[:25])
y = (rng.random((25, 4)) < p).astype(int)
y[:, 2] = 0
multi_label("a label never so", y, p)

results["wilson"] = [[k, n, *binomtest(k, n).proportion_ci(method="wilson")] for k, n in [(0, 1), (1, 1), (0, 10), (3, 10), (10, 10), (87, 100), (8731, 10000)]]
edges = np.array([0, 0.05, 0.1, 0.2, 0.3, 0.30000000000000004, 0.6, 0.7, 0.7000000000000001, 0.9, 0.95, 1.0])
happened, said = calibration_curve(np.arange(12) % 2, edges, n_bins=10)
results["calibration edges"] = plain({"probabilities": edges, "curve": np.array([said, happened]).T})

class Linear(BaseEstimator, RegressorMixin):
    """3a + b + 0c + 2, fitted already."""

    def fit(self, x, y):
        return self

    def predict(self, x):
        return x @ [3.0, 1.0, 0.0] + 2


x = np.round(rng.normal(0, 1, (40, 3)), 3)
y = np.round(Linear().predict(x) + rng.normal(0, 0.5, 40), 3)
found = permutation_importance(Linear(), x, y, n_repeats=2000, random_state=0)
results["permutation importance"] = plain({
    "inputs": x, "targets": y, "score": Linear().score(x, y), "mean": found.importances_mean, "sd": found.importances_std})
print(json.dumps(results))
