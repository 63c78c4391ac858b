"""Reference numbers for the optimizers, schedules and wrappers, from other implementations.

    /usr/bin/python3 optimizers.py > optimizers.txt

Made with Debian 12's python3-torch 1.13.1, python3-sklearn 1.2.1 and python3-numpy 1.24.2. A line is "name: numbers". What these do not
have (Lion; Keras' forms) is written out here in NumPy from the paper or from Keras 3's source, and named "numpy ...".

The problem: five parameters, and in step t = 0, 1, ... a gradient that does not depend on them, from large to tiny:
g[i] = cos(1.7 t + 0.9 i) / 10^i. Printed are the parameters after steps 1, 2, 3 and 12.
"""
import math
import warnings

import numpy as np
import torch
from sklearn.neural_network import MLPRegressor
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

warnings.simplefilter("ignore")
torch.set_default_dtype(torch.float64)
START = [1.0, -2.0, 0.5, 0.003, 0.0]
STEPS = 12


def gradient(t):
    return np.array([math.cos(1.7 * t + 0.9 * i) / 10.0**i for i in range(5)])


def show(name, values):
    print(name + ": " + " ".join(repr(float(v)) for v in values))


def pick(history):
    return [v for step in (1, 2, 3, STEPS) for v in history[step - 1]]


def run_torch(name, make, before=None, rate=None):
    p = torch.nn.Parameter(torch.tensor(START))
    optimizer = make([p])
    history = []
    for t in range(STEPS):
        if rate is not None:
            optimizer.param_groups[0]["lr"] = rate(t)
        p.grad = torch.tensor(gradient(t))
        if before is not None:
            before([p])
        optimizer.step()
        history.append(p.detach().numpy().copy())
    show(name, pick(history))


def run_numpy(name, rule):
    p, state, history = np.array(START), {}, []
    for t in range(STEPS):
        p = rule(t + 1, gradient(t), p, state)
        history.append(p.copy())
    show(name, pick(history))


def run_sklearn(name, make):
    p = np.array(START)
    optimizer = make([p])
    history = []
    for t in range(STEPS):
        optimizer.update_params([p], [gradient(t)])
        history.append(p.copy())
    show(name, pick(history))


o = torch.optim
run_torch("torch SGD", lambda p: o.SGD(p, lr=0.1))
run_torch("torch SGD momentum", lambda p: o.SGD(p, lr=0.1, momentum=0.9))
run_torch("torch SGD momentum falling rate", lambda p: o.SGD(p, lr=0.1, momentum=0.9), rate=lambda t: 0.1 / (1 + 0.5 * t))
run_torch("torch SGD nesterov", lambda p: o.SGD(p, lr=0.1, momentum=0.9, nesterov=True))
run_torch("torch SGD dampening", lambda p: o.SGD(p, lr=0.1, momentum=0.9, dampening=0.4))
run_torch("torch SGD weight_decay", lambda p: o.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.2))
run_torch("torch Adagrad", lambda p: o.Adagrad(p))
run_torch("torch Adagrad lr_decay", lambda p: o.Adagrad(p, lr=0.5, lr_decay=0.1, initial_accumulator_value=0.1))
run_torch("torch RMSprop", lambda p: o.RMSprop(p))
run_torch("torch RMSprop momentum", lambda p: o.RMSprop(p, momentum=0.9))
run_torch("torch RMSprop centered", lambda p: o.RMSprop(p, centered=True))
run_torch("torch RMSprop centered momentum falling rate", lambda p: o.RMSprop(p, centered=True, momentum=0.5), rate=lambda t: 0.01 / (1 + 0.5 * t))
run_torch("torch Adadelta", lambda p: o.Adadelta(p))
run_torch("torch Adam", lambda p: o.Adam(p))
run_torch("torch Adam amsgrad", lambda p: o.Adam(p, lr=0.1, betas=(0.5, 0.6), amsgrad=True))
run_torch("torch Adam weight_decay", lambda p: o.Adam(p, weight_decay=0.1))
run_torch("torch AdamW", lambda p: o.AdamW(p))
run_torch("torch AdamW 0.1", lambda p: o.AdamW(p, lr=0.1, weight_decay=0.1))
# The default, foreach=False, multiplies mu in twice in this version; later versions do what foreach=True does here.
run_torch("torch NAdam", lambda p: o.NAdam(p, foreach=True))
run_torch("torch NAdam fast", lambda p: o.NAdam(p, lr=0.1, betas=(0.7, 0.9), momentum_decay=0.5, foreach=True))
run_torch("torch Rprop", lambda p: o.Rprop(p))
run_torch("torch clip_grad_value", lambda p: o.SGD(p, lr=0.1, momentum=0.9), before=lambda p: torch.nn.utils.clip_grad_value_(p, 0.05))
run_sklearn("sklearn SGD nesterov", lambda p: SGDOptimizer(p, 0.001))
run_sklearn("sklearn SGD", lambda p: SGDOptimizer(p, 0.1, momentum=0.9, nesterov=False))
run_sklearn("sklearn Adam", lambda p: AdamOptimizer(p, 0.001))


def lion(t, g, p, s, rate=1e-4, b1=0.9, b2=0.99, decay=0.1):
    m = s.get("m", np.zeros(5))
    s["m"] = b2 * m + (1 - b2) * g
    return p - rate * (np.sign(b1 * m + (1 - b1) * g) + decay * p)


def keras_nadam(t, g, p, s, rate=1e-3, b1=0.9, b2=0.999, eps=1e-7):
    u_t = b1 * (1 - 0.5 * 0.96**t)
    u_next = b1 * (1 - 0.5 * 0.96 ** (t + 1))
    product = s.get("product", 1.0) * u_t
    s["product"] = product
    s["m"] = b1 * s.get("m", 0) + (1 - b1) * g
    s["v"] = b2 * s.get("v", 0) + (1 - b2) * g * g
    m_hat = u_next * s["m"] / (1 - product * u_next) + (1 - u_t) * g / (1 - product)
    return p - rate * m_hat / (np.sqrt(s["v"] / (1 - b2**t)) + eps)


def keras_rmsprop(t, g, p, s, rate=1e-3, rho=0.9, momentum=0.7, eps=1e-7):
    s["v"] = rho * s.get("v", 0) + (1 - rho) * g * g
    s["a"] = rho * s.get("a", 0) + (1 - rho) * g
    s["b"] = momentum * s.get("b", 0) + rate * g / np.sqrt(s["v"] - s["a"] ** 2 + eps)
    return p - s["b"]


def keras_adadelta(t, g, p, s, rate=1e-3, rho=0.95, eps=1e-7):
    s["g"] = rho * s.get("g", np.zeros(5)) + (1 - rho) * g * g
    step = -np.sqrt(s.get("d", np.zeros(5)) + eps) / np.sqrt(s["g"] + eps) * g
    s["d"] = rho * s.get("d", np.zeros(5)) + (1 - rho) * step * step
    return p + rate * step


def keras_adamw(t, g, p, s, rate=1e-3, b1=0.9, b2=0.999, eps=1e-7, decay=0.004):
    p = p - p * decay * rate
    s["m"] = s.get("m", 0) + (g - s.get("m", 0)) * (1 - b1)
    s["v"] = s.get("v", 0) + (g * g - s.get("v", 0)) * (1 - b2)
    return p - s["m"] * (rate * np.sqrt(1 - b2**t) / (1 - b1**t)) / (np.sqrt(s["v"]) + eps)


def average_nesterov(t, g, p, s, rate=0.1, m=0.8):
    s["v"] = m * s.get("v", 0) + (1 - m) * g
    return p - rate * (m * s["v"] + (1 - m) * g)


def global_norm(t, g, p, s):
    return p - 0.1 * g * min(1, 0.3 / np.linalg.norm(g))


def sgd_decay(t, g, p, s):
    p = p - p * 0.1 * 0.2
    return p - 0.1 * g


run_numpy("numpy Lion", lion)
run_numpy("numpy Keras Nadam", keras_nadam)
run_numpy("numpy Keras RMSprop", keras_rmsprop)
run_numpy("numpy Keras Adadelta", keras_adadelta)
run_numpy("numpy Keras AdamW", keras_adamw)
run_numpy("numpy EMA nesterov", average_nesterov)
run_numpy("numpy clip by global norm", global_norm)
run_numpy("numpy SGD decoupled decay", sgd_decay)

# Accumulation of 3 gradients, then Adam; Keras-style and torch-style moving average of Adam's parameters.
p = torch.nn.Parameter(torch.tensor(START))
adam = o.Adam([p], lr=0.1)
history = []
for t in range(STEPS):
    p.grad = torch.tensor(gradient(t)) / 3 + (p.grad if t % 3 else 0)
    if t % 3 == 2:
        adam.step()
    history.append(p.detach().numpy().copy())
show("torch accumulation", pick(history))
p = torch.nn.Parameter(torch.tensor(START))
adam = o.Adam([p], lr=0.1)
averages, average = [], np.array(START)
for t in range(STEPS):
    p.grad = torch.tensor(gradient(t))
    adam.step()
    average = 0.9 * average + 0.1 * p.detach().numpy()
    averages.append(average)
show("torch average", pick(averages))
p = torch.nn.Parameter(torch.tensor(START))
q = torch.nn.Parameter(torch.tensor(START))
groups = o.Adam([{"params": [p]}, {"params": [q], "lr": 0.01, "betas": (0.5, 0.9)}], lr=0.1)
first, second = [], []
for t in range(STEPS):
    p.grad = q.grad = torch.tensor(gradient(t))
    groups.step()
    first.append(p.detach().numpy().copy())
    second.append(q.detach().numpy().copy())
show("torch parameter groups 1", pick(first))
show("torch parameter groups 2", pick(second))
for limit in (10.0, 0.2):
    p = torch.nn.Parameter(torch.tensor(START))
    p.grad = torch.tensor(gradient(0))
    norm = torch.nn.utils.clip_grad_norm_([p], limit)
    show(f"torch clip_grad_norm {limit:g}", [norm] + list(p.grad))

# Schedules: the rates of 24 updates.
s = o.lr_scheduler


def rates(name, make, rate=0.5, count=24):
    optimizer = o.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)
    schedule = make(optimizer)
    values = []
    for _ in range(count):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    show(name, values)


rates("torch StepLR", lambda x: s.StepLR(x, step_size=5, gamma=0.3))
rates("torch MultiStepLR", lambda x: s.MultiStepLR(x, milestones=[3, 10, 11], gamma=0.1))
rates("torch ExponentialLR", lambda x: s.ExponentialLR(x, gamma=0.9))
rates("torch PolynomialLR", lambda x: s.PolynomialLR(x, total_iters=15, power=2.5))
rates("torch CosineAnnealingLR", lambda x: s.CosineAnnealingLR(x, T_max=23, eta_min=0.02))
rates("torch CosineAnnealingWarmRestarts", lambda x: s.CosineAnnealingWarmRestarts(x, T_0=5, eta_min=0.02))
rates("torch CosineAnnealingWarmRestarts 2", lambda x: s.CosineAnnealingWarmRestarts(x, T_0=3, T_mult=2))
rates("torch LinearLR", lambda x: s.LinearLR(x, start_factor=0.25, total_iters=8))
rates("torch OneCycleLR", lambda x: s.OneCycleLR(x, max_lr=0.5, total_steps=25))
rates("torch OneCycleLR linear", lambda x: s.OneCycleLR(x, max_lr=0.5, total_steps=25, pct_start=0.4, div_factor=10, final_div_factor=100, anneal_strategy="linear"))
rates("torch SequentialLR", lambda x: s.SequentialLR(x, [s.LinearLR(x, start_factor=0.1, total_iters=6), s.ExponentialLR(x, gamma=0.8)], milestones=[6]))
rates("torch ChainedScheduler", lambda x: s.ChainedScheduler([s.LinearLR(x, start_factor=0.1, total_iters=6), s.ExponentialLR(x, gamma=0.8)]))
optimizer = SGDOptimizer([np.zeros(1)], 0.5, lr_schedule="invscaling")
values = [optimizer.learning_rate]
for e in range(1, 6):
    optimizer.iteration_ends(37 * e)
    values.append(optimizer.learning_rate)
show("sklearn invscaling", values)
show("numpy Keras PolynomialDecay", [(0.5 - 0.05) * (1 - min(t, 15) / 15) ** 0.5 + 0.05 for t in range(24)])
show("numpy Keras ExponentialDecay", [0.5 * 0.3 ** (t / 7) for t in range(24)])
show("numpy Keras InverseTimeDecay", [0.5 / (1 + 0.3 * t / 7) for t in range(24)])


def keras_restarts(t, rate=0.5, first=3, t_mul=2.0, m_mul=0.8, alpha=0.1):
    done = t / first
    i = math.floor(math.log(1 - done * (1 - t_mul)) / math.log(t_mul) + 1e-12)
    done = (done - (1 - t_mul**i) / (1 - t_mul)) / t_mul**i
    return rate * ((1 - alpha) * 0.5 * m_mul**i * (1 + math.cos(math.pi * done)) + alpha)


show("numpy Keras CosineDecayRestarts", [keras_restarts(t) for t in range(24)])

# Reduction on a plateau: the rates after each of these losses.
LOSSES = [1.0, 0.8, 0.79999, 0.81, 0.8, 0.7, 0.70001, 0.7, 0.69995, 0.7, 0.7, 0.71, 0.7, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.49999, 0.49996, 0.49992, 0.49989]


def plateau(name, losses=LOSSES, **settings):
    optimizer = o.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.5)
    schedule = s.ReduceLROnPlateau(optimizer, **settings)
    values = []
    for loss in losses:
        schedule.step(loss)
        values.append(optimizer.param_groups[0]["lr"])
    show(name, values)


plateau("torch ReduceLROnPlateau", patience=2)
plateau("torch ReduceLROnPlateau cooldown", patience=1, cooldown=2, factor=0.5, threshold_mode="abs")
plateau("torch ReduceLROnPlateau least", patience=0, factor=0.3, min_lr=0.02)
plateau("torch ReduceLROnPlateau max", losses=[1 - x for x in LOSSES], patience=2, mode="max")

model = MLPRegressor(n_iter_no_change=2, tol=1e-4)
model.loss_curve_, model.best_loss_, model._no_improvement_count = [], np.inf, 0
optimizer = SGDOptimizer([np.zeros(1)], 0.5, lr_schedule="adaptive")
values = []
for loss in LOSSES:
    model.loss_curve_.append(loss)
    model._update_no_improvement_count(False, None, None)
    if model._no_improvement_count > model.n_iter_no_change:
        assert not optimizer.trigger_stopping("", False)
        model._no_improvement_count = 0
    values.append(optimizer.learning_rate)
show("sklearn adaptive", values)
