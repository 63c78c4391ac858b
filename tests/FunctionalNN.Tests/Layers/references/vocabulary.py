#!/usr/bin/python3
"""Reference numbers for activations, layers and losses, from independent implementations in double.

Run: /usr/bin/python3 vocabulary.py > vocabulary.json
Made with Debian 12's python3-torch 1.13.0a0, python3-numpy 1.24.2, python3-sklearn 1.2.1, python3-mpmath 1.2.1.
Each entry: name -> {"source": ..., inputs and results as lists}.
"""
import json
import math
import warnings

import mpmath
import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import hinge_loss, log_loss
from sklearn.preprocessing import MinMaxScaler, StandardScaler

warnings.filterwarnings("ignore")
mpmath.mp.dps = 40
torch.set_default_dtype(torch.float64)
results = {}


def put(name, source, **values):
    results[name] = {"source": source, **{k: v.tolist() if hasattr(v, "tolist") else v for k, v in values.items()}}


def with_gradient(f, *inputs, weight=None):
    """f's output and the gradients of sum(output * weight)."""
    leaves = [torch.tensor(i, requires_grad=True) for i in inputs]
    y = f(*leaves)
    (y if weight is None else y * torch.tensor(weight)).sum().backward()
    return y.detach().numpy(), [leaf.grad.numpy() for leaf in leaves]


# ---- activations: y and dy/dx at plain and extreme points
X = [-1000.0, -100.0, -40.0, -20.0, -9.0, -5.0, -3.5, -2.6, -2.4, -1.0, -0.5, -0.1, -1e-3, -1e-8, -1e-20,
     1e-20, 1e-8, 1e-3, 0.1, 0.5, 1.0, 2.4, 2.6, 3.5, 5.0, 9.0, 20.0, 40.0, 100.0, 1000.0]
ACTIVATIONS = {
    "Tanh": ("torch.tanh", torch.tanh),
    "LeakyRelu 0.01": ("F.leaky_relu", F.leaky_relu),
    "LeakyRelu 0.3": ("F.leaky_relu(0.3)", lambda x: F.leaky_relu(x, 0.3)),
    "Silu": ("F.silu", F.silu),
    # torch's own hardsigmoid has a float's 1/6 in its gradient
    "HardSigmoid": ("clip(x/6 + 0.5, 0, 1) in torch", lambda x: torch.clamp(x / 6 + 0.5, 0, 1)),
    "HardSigmoid Keras2": ("clip(0.2x + 0.5, 0, 1)", lambda x: torch.clamp(0.2 * x + 0.5, 0, 1)),
}
for name, (source, f) in ACTIVATIONS.items():
    y, (dx,) = with_gradient(f, X)
    put("activation " + name, source, x=X, y=y, dx=dx)
LAMBDA, ALPHA = mpmath.mpf("1.0507009873554804934193349852946"), mpmath.mpf("1.6732632423543772848170429916717")


def gelu_tanh(x):
    return x / 2 * (1 + mpmath.tanh(mpmath.sqrt(2 / mpmath.pi) * (x + mpmath.mpf("0.044715") * x ** 3)))


def elu(alpha, scale=1):
    return (lambda x: scale * (x if x > 0 else alpha * mpmath.expm1(x))), (lambda x: scale * (1 if x > 0 else alpha * mpmath.exp(x)))


def value(f, x):
    with mpmath.workdps(60):
        return float(f(mpmath.mpf(x)))


for name, f, d in [
    ("Elu 1", *elu(1)),
    ("Elu 0.7", *elu(mpmath.mpf(0.7))),
    ("Selu", *elu(ALPHA, LAMBDA)),
    ("Gelu tanh", gelu_tanh, lambda x: mpmath.diff(gelu_tanh, x)),
    ("Gelu", lambda x: x * mpmath.ncdf(x), lambda x: mpmath.ncdf(x) + x * mpmath.npdf(x)),
    ("Softplus", lambda x: mpmath.log1p(mpmath.exp(x)), lambda x: 1 / (1 + mpmath.exp(-x))),
]:
    # torch loses digits here in double: exp(x) - 1 near 0, erf and tanh near -1, softplus beyond its threshold
    put("activation " + name, "mpmath", x=X, y=[value(f, x) for x in X], dx=[value(d, x) for x in X])

# ---- the vector functions themselves, to more digits than a double has
rng = np.random.default_rng(7)
points = sorted(float(v) for v in np.concatenate([np.linspace(-30, 30, 121), rng.normal(size=60), 10.0 ** rng.uniform(-12, 2, 40), -(10.0 ** rng.uniform(-12, 2, 40))]))
for name, f, domain in [
    ("ExpMinusOne", mpmath.expm1, lambda x: True),
    ("LogOnePlus", mpmath.log1p, lambda x: x > -0.9),
    ("Tanh", mpmath.tanh, lambda x: True),
    ("Softplus", lambda x: mpmath.log1p(mpmath.exp(x)), lambda x: True),
    ("LogCosh", lambda x: mpmath.log(mpmath.cosh(x)), lambda x: True),
    ("Cumulative", mpmath.ncdf, lambda x: x > -37),
    ("Density", mpmath.npdf, lambda x: abs(x) < 37),
]:
    x = [p for p in points if domain(p)]
    put("function " + name, "mpmath", x=x, y=[float(f(mpmath.mpf(v))) for v in x])

# ---- layers
x = [[0.5, -1.25, 2.0], [-0.75, 0.3, -2.5], [1.5, -0.2, 0.8], [-3.0, 4.0, 0.1]]
dy = [[0.3, -0.7, 0.2], [1.1, 0.4, -0.5], [-0.6, 0.9, 0.25], [0.05, -1.3, 0.45]]
y, (dx, da) = with_gradient(F.prelu, x, [0.25, -0.1, 0.6], weight=dy)
put("PRelu", "F.prelu", x=x, dy=dy, slope=[0.25, -0.1, 0.6], y=y, dx=dx, dslope=da)
y, (dx, da) = with_gradient(F.prelu, x, [0.25], weight=dy)
put("PRelu shared", "F.prelu", x=x, dy=dy, slope=[0.25], y=y, dx=dx, dslope=da)
rows = [[1.0, 2.0, 3.0], [1000.0, -1000.0, 0.0], [-1000.0, -1001.0, -1000.5], [0.0, 0.0, 0.0], [30.0, -5.0, 29.999]]
weight = dy + [[0.2, 0.1, -0.4]]
y, (dx,) = with_gradient(lambda v: F.log_softmax(v, 1), rows, weight=weight)
put("LogSoftmax", "F.log_softmax", x=rows, dy=weight, y=y, dx=dx)
gamma, beta = [1.5, -0.5, 2.0], [0.1, 0.2, -0.3]
for name, eps in [("PyTorch", 1e-5), ("Keras", 1e-3)]:
    y, (dx, dg, db) = with_gradient(lambda v, g, b: F.layer_norm(v, (3,), g, b, eps), x, gamma, beta, weight=dy)
    put("LayerNormalization " + name, f"F.layer_norm(eps={eps})", x=x, dy=dy, gamma=gamma, beta=beta, y=y, dx=dx, dgamma=dg, dbeta=db)
data = np.round(np.random.default_rng(3).normal(size=(530, 4)) * [1.0, 1e-3, 50.0, 0.0] + [0.0, 1e3, -7.0, 0.1], 5)
standard, minmax = StandardScaler().fit(data), MinMaxScaler().fit(data)
put("Normalization", "sklearn StandardScaler and MinMaxScaler", data=data, standard=standard.transform(data[:5]), minmax=minmax.transform(data[:5]),
    mean=standard.mean_, variance=standard.var_, minimum=minmax.data_min_, maximum=minmax.data_max_)
norm = torch.nn.BatchNorm1d(3, momentum=None)
for batch in (x, dy):
    norm(torch.tensor(batch))
norm.eval()
put("BatchNormalization Cumulative", "torch BatchNorm1d(momentum=None), two batches", first=x, second=dy,
    mean=norm.running_mean.numpy(), variance=norm.running_var.numpy(), y=norm(torch.tensor(x)).detach().numpy())
r, s, m = np.zeros(3), np.zeros(3), 0.99
for t, batch in enumerate((np.array(x), np.array(dy)), 1):  # equinox/nn/_batch_norm.py, mode "batch"
    r, s = m * r + (1 - m) * batch.mean(0), m * s + (1 - m) * batch.var(0)
put("BatchNormalization Equinox", "equinox mode='batch' written out in numpy, two batches", first=x, second=dy, mean=r / (1 - m ** t), variance=s / (1 - m ** t))

# ---- losses of numbers: value and gradient of the mean
p = [[0.5, -1.25], [2.0, 0.0], [-40.0, 1000.0], [1e-4, 3.0]]
t = [[0.25, -1.0], [0.5, 0.75], [2.0, -1000.0], [0.0, 3.5]]
ELEMENT = {
    "Huber 1": ("F.huber_loss", lambda v: F.huber_loss(v, torch.tensor(t))),
    "Huber 0.4": ("F.huber_loss(delta=0.4)", lambda v: F.huber_loss(v, torch.tensor(t), delta=0.4)),
    "LogCosh": ("log cosh d = |d| + log1p(exp(-2|d|)) - log 2 in torch", lambda v: ((v - torch.tensor(t)).abs() + torch.log1p(torch.exp(-2 * (v - torch.tensor(t)).abs())) - math.log(2)).mean()),
}
for name, (source, f) in ELEMENT.items():
    y, (dx,) = with_gradient(f, p)
    put("loss " + name, source, prediction=p, target=t, loss=float(y), gradient=dx)
z = [[0.5, -1.25], [2.0, 0.0], [-4.0, 3.0], [0.1, -0.3]]
counts = [[0.0, 3.0], [5.0, 1.0], [0.0, 22.0], [2.0, 0.0]]
y, (dx,) = with_gradient(lambda v: F.poisson_nll_loss(v, torch.tensor(counts), log_input=True), z)
put("loss Poisson logarithms", "F.poisson_nll_loss(log_input=True)", prediction=z, target=counts, loss=float(y), gradient=dx)
rates = np.exp(np.array(z)).tolist()
rates[0][0] = 0.0
y, (dx,) = with_gradient(lambda v: F.poisson_nll_loss(v, torch.tensor(counts), log_input=False, eps=1e-7), rates)
put("loss Poisson", "F.poisson_nll_loss(log_input=False, eps=1e-7)", prediction=rates, target=counts, loss=float(y), gradient=dx)
signs = [[1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0]]
for name, power in [("Hinge", 1), ("SquaredHinge", 2)]:
    y, (dx,) = with_gradient(lambda v: (torch.relu(1 - torch.tensor(signs) * v) ** power).mean(), z)
    put("loss " + name, "mean(relu(1 - s*y)**power) in torch", prediction=z, target=signs, loss=float(y), gradient=dx)
margin = [[0.3], [-2.0], [1.5], [0.9]]
put("loss Hinge scikit-learn", "sklearn.metrics.hinge_loss", prediction=margin, labels=[1, 0, 0, 1], loss=float(hinge_loss([1, -1, -1, 1], np.ravel(margin))))
multi = [[0.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 1.0]]
extreme = [[0.5, -1.25, 1000.0], [2.0, 0.0, -1000.0], [-4.0, 3.0, 0.2], [0.1, -0.3, 0.0]]
y, (dx,) = with_gradient(lambda v: F.binary_cross_entropy_with_logits(v, torch.tensor(multi)), extreme)
put("loss BinaryCrossEntropy multi-label", "F.binary_cross_entropy_with_logits", prediction=extreme, target=multi, loss=float(y), gradient=dx)


def focal(v, target, gamma, alpha):  # torchvision.ops.sigmoid_focal_loss, mean
    prob = torch.sigmoid(v)
    ce = F.binary_cross_entropy_with_logits(v, target, reduction="none")
    pt = prob * target + (1 - prob) * (1 - target)
    loss = ce * (1 - pt) ** gamma
    return (loss if alpha is None else (alpha * target + (1 - alpha) * (1 - target)) * loss).mean()


logits3 = [[0.5, -1.25, 9.0], [2.0, 0.0, -30.0], [-4.0, 3.0, 0.2], [0.1, -0.3, 0.0]]
for name, gamma, alpha in [("2", 2, None), ("2 0.25", 2, 0.25), ("0.5 0.7", 0.5, 0.7), ("0", 0, None)]:
    y, (dx,) = with_gradient(lambda v: focal(v, torch.tensor(multi), gamma, alpha), logits3)
    put("loss BinaryFocalCrossEntropy " + name, "torchvision.ops.sigmoid_focal_loss written out in torch", gamma=gamma, alpha=alpha, prediction=logits3, target=multi, loss=float(y), gradient=dx)

# ---- losses of rows
labels = [2, 0, 1, 2, 0]
logits = [[0.2, 1.5, -0.7], [1000.0, -1000.0, 0.0], [-1000.0, -1001.0, -1000.5], [0.0, 0.0, 0.0], [3.0, -5.0, 2.9]]
soft = [[0.1, 0.7, 0.2], [0.0, 0.5, 0.5], [1.0, 0.0, 0.0], [0.25, 0.25, 0.5], [0.0, 1.0, 0.0]]
ROWS = {
    "CategoricalCrossEntropy smoothed": ("F.cross_entropy(label_smoothing=0.1)", lambda v: F.cross_entropy(v, torch.tensor(labels), label_smoothing=0.1)),
    "CategoricalCrossEntropy soft": ("F.cross_entropy of probabilities", lambda v: F.cross_entropy(v, torch.tensor(soft))),
    "CategoricalCrossEntropy soft smoothed": ("F.cross_entropy of probabilities (label_smoothing=0.2)", lambda v: F.cross_entropy(v, torch.tensor(soft), label_smoothing=0.2)),
    "NegativeLogLikelihood": ("F.nll_loss(F.log_softmax)", lambda v: F.nll_loss(F.log_softmax(v, 1), torch.tensor(labels))),
    "KullbackLeibler": ("F.kl_div(F.log_softmax, reduction='batchmean')", lambda v: F.kl_div(F.log_softmax(v, 1), torch.tensor(soft), reduction="batchmean")),
}
for name, (source, f) in ROWS.items():
    y, (dx,) = with_gradient(f, logits)
    put("loss " + name, source, prediction=logits, labels=labels, target=soft, loss=float(y), gradient=dx)
decisions = [[0.2, 1.5, -0.7], [2.0, -1.0, 0.0], [0.4, 0.1, 0.3], [3.0, -5.0, 3.9], [3.0, -5.0, 2.9]]
put("loss CategoricalHinge", "sklearn.metrics.hinge_loss, which takes Crammer's and Singer's form for several classes", prediction=decisions, labels=labels, loss=float(hinge_loss(labels, np.array(decisions), labels=[0, 1, 2])))


def categorical_focal(v, gamma, alpha):  # keras.losses.CategoricalFocalCrossentropy
    logp = F.log_softmax(v, 1)[range(5), labels]
    return (-alpha * (1 - torch.exp(logp)) ** gamma * logp).mean()


mild = [[0.2, 1.5, -0.7], [8.0, -3.0, 0.0], [-10.0, -11.0, -10.5], [0.0, 0.0, 0.0], [3.0, -5.0, 2.9]]
for gamma, alpha in [(2, 0.25), (0, 1.0), (3.5, 1.0), (0.5, 1.0)]:
    y, (dx,) = with_gradient(lambda v: categorical_focal(v, gamma, alpha), mild)
    put(f"loss CategoricalFocalCrossEntropy {gamma}", "keras CategoricalFocalCrossentropy written out in torch", gamma=gamma, alpha=alpha, prediction=mild, labels=labels, loss=float(y), gradient=dx)
put("loss CategoricalCrossEntropy scikit-learn", "sklearn.metrics.log_loss", prediction=[[0.2, 0.5, 0.3], [0.7, 0.2, 0.1], [0.1, 0.8, 0.1]], labels=[2, 0, 1],
    loss=float(log_loss([2, 0, 1], [[0.2, 0.5, 0.3], [0.7, 0.2, 0.1], [0.1, 0.8, 0.1]])))

print("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in results.items()) + "\n}")
