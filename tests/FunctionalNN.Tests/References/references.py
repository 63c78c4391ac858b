"""The numbers in OptimizerVectorTests.cs, BatchNormalizationFixtureTests.cs, LossValueTests.cs and TorchRunTests.cs, made by
NumPy 1.24.2 and PyTorch 1.13 (float64 throughout):

    python3 references.py
"""
import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def show(name, values):
    flat = np.asarray(values, dtype=np.float64).reshape(-1)
    print(f"{name}: " + ", ".join(repr(float(x)) for x in flat))


GRADIENTS = (0.5, -0.25, 1.0)


def torch_vector(name, make, start=1.0, gradients=GRADIENTS):
    p = torch.nn.Parameter(torch.tensor([start]))
    optimizer = make([p])
    path = []
    for g in gradients:
        p.grad = torch.tensor([g])
        optimizer.step()
        path.append(p.item())
    show(name, path)


def written_out(name, rule, start=1.0):
    p, memory, path = start, {}, []
    for t, g in enumerate(GRADIENTS, 1):
        p = rule(t, p, g, memory)
        path.append(p)
    show(name, path)


def velocity(rate, momentum):
    def rule(t, p, g, memory):
        memory["v"] = momentum * memory.get("v", 0) - rate(t) * g
        return p + memory["v"]
    return rule


def average(rate, momentum, penalty=0):
    def rule(t, p, g, memory):
        memory["v"] = momentum * memory.get("v", 0) + (1 - momentum) * (g + penalty * p)
        return p - rate * memory["v"]
    return rule


def adam(rate, epsilon, beta1=0.9, beta2=0.999):
    def rule(t, p, g, memory):
        memory["m"] = beta1 * memory.get("m", 0) + (1 - beta1) * g
        memory["c"] = beta2 * memory.get("c", 0) + (1 - beta2) * g * g
        return p - rate * memory["m"] / (1 - beta1 ** t) / (np.sqrt(memory["c"] / (1 - beta2 ** t)) + epsilon)
    return rule


print("== optimizers: p0 = 1, g = 0.5, -0.25, 1")
torch_vector("torch SGD 0.1", lambda p: torch.optim.SGD(p, 0.1))
torch_vector("torch SGD 0.1 momentum 0.9", lambda p: torch.optim.SGD(p, 0.1, momentum=0.9))
torch_vector("torch SGD 0.1 momentum 0.9 weight_decay 0.01", lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, weight_decay=0.01))
torch_vector("torch Adam", lambda p: torch.optim.Adam(p))
torch_vector("torch Adam weight_decay 0.1", lambda p: torch.optim.Adam(p, weight_decay=0.1))
torch_vector("torch Adam tiny gradient", lambda p: torch.optim.Adam(p), start=0.0, gradients=(1e-6,))
written_out("velocity 0.1 0.9", velocity(lambda t: 0.1, 0.9))
written_out("velocity, rate 0.1 / t", velocity(lambda t: 0.1 / t, 0.9))
written_out("average 0.01 0.8", average(0.01, 0.8))
written_out("average 0.01 0.8 L2 1e-4", average(0.01, 0.8, 1e-4))
written_out("SGD 1 decay 0.1", lambda t, p, g, memory: p - 1 / (1 + 0.1 * (t - 1)) * g)
written_out("Adam book", adam(0.001, 1e-7))
p = torch.nn.Parameter(torch.tensor([1.0]))
o = torch.optim.SGD([p], 0.1, momentum=0.9)
path = []
for t, g in enumerate(GRADIENTS, 1):
    o.param_groups[0]["lr"] = 0.1 / t
    p.grad = torch.tensor([g])
    o.step()
    path.append(p.item())
show("torch SGD momentum, rate 0.1 / t", path)

print("== decay")
print([0.05 * (1.0 / (1.0 + 5e-7 * s)) for s in (0, 1, 99, 9999)])


def norm(kind, epsilon, momentum, unbiased):
    print(f"== batch normalisation, {kind}")
    x, dy, gamma, beta = np.array([1.0, 2.0, 4.0]), np.array([1.0, 0.0, -1.0]), 1.0, 0.0
    n, mean, variance = 3, x.mean(), x.var()
    hat = (x - mean) / np.sqrt(variance + epsilon)
    show("x hat", hat)
    show("running", [(1 - momentum) * mean, momentum + (1 - momentum) * (variance * n / (n - 1) if unbiased else variance)])
    show("dgamma", (dy * hat).sum())
    show("dx", gamma / (n * np.sqrt(variance + epsilon)) * (n * dy - dy.sum() - hat * (dy * hat).sum()))


norm("PyTorch", 1e-5, 0.9, True)
norm("Keras", 1e-3, 0.99, False)
b = torch.nn.BatchNorm1d(2)
with torch.no_grad():
    b.weight.copy_(torch.tensor([1.5, -0.5]))
    b.bias.copy_(torch.tensor([0.25, 1.0]))
x = torch.tensor([[1.0, 10], [2, -20], [4, 5], [8, 0.5]], requires_grad=True)
y = b(x)
y.backward(torch.tensor([[1.0, 0.5], [0, -1], [-1, 2], [0.25, 1]]))
print("== torch.nn.BatchNorm1d")
for name, value in (("y", y), ("dx", x.grad), ("dgamma", b.weight.grad), ("dbeta", b.bias.grad), ("mean", b.running_mean), ("variance", b.running_var)):
    show(name, value.detach())
b.eval()
show("prediction", b(torch.tensor([[3.0, 4.0]])).detach())

print("== losses")
z = torch.tensor([[2.0, 1, 0.1], [-1, 3, 0.5], [0.3, 0.2, -4], [1.5, -2.5, 0]], requires_grad=True)
labels = torch.tensor([0, 1, 2, 1])
loss = F.cross_entropy(z, labels)
loss.backward()
show("softmax", F.softmax(z, 1).detach())
show("cross_entropy", loss.item())
show("rows", F.cross_entropy(z, labels, reduction="none").detach())
show("dz", z.grad)
p = torch.tensor([[0.7, 0.1, 0.2], [0.1, 0.5, 0.4], [0.02, 0.9, 0.08], [0.25, 0.25, 0.5]], requires_grad=True)
loss = F.nll_loss(torch.log(p), torch.tensor([0, 1, 1, 2]))
loss.backward()
show("nll of probabilities", loss.item())
show("dp", p.grad)
z = torch.tensor([[2.0, -1], [0.5, 3], [-4, 0.25]], requires_grad=True)
t = torch.tensor([[1.0, 0], [0, 1], [0.25, 1]])
loss = F.binary_cross_entropy_with_logits(z, t)
loss.backward()
show("bce with logits", loss.item())
show("dz", z.grad)
p = torch.tensor([[0.9, 0.2], [0.4, 0.6], [0.05, 0.5]], requires_grad=True)
loss = F.binary_cross_entropy(p, t)
loss.backward()
show("bce", loss.item())
show("dp", p.grad)
for name, f in (("mse", F.mse_loss), ("mae", F.l1_loss)):
    y = torch.tensor([[1.0, -2], [0.5, 3], [-1, 0.25]], requires_grad=True)
    loss = f(y, torch.tensor([[0.5, -1], [0.5, 5], [-3, 0]]))
    loss.backward()
    show(name, loss.item())
    show("dy", y.grad)


class Net(torch.nn.Module):
    """3 inputs, dense 4, batch-norm, ReLU, dense 3, softmax and cross-entropy."""

    def __init__(self, normalised=True):
        super().__init__()
        self.dense1 = torch.nn.Linear(3, 4)
        self.norm = torch.nn.BatchNorm1d(4) if normalised else torch.nn.Identity()
        self.dense2 = torch.nn.Linear(4, 3)
        with torch.no_grad():
            self.dense1.weight.copy_(torch.tensor(W1).T)
            self.dense1.bias.copy_(torch.tensor(B1))
            self.dense2.weight.copy_(torch.tensor(W2).T)
            self.dense2.bias.copy_(torch.tensor(B2))
            if normalised:
                self.norm.weight.copy_(torch.tensor(GAMMA))
                self.norm.bias.copy_(torch.tensor(BETA))

    def forward(self, x):
        return self.dense2(torch.relu(self.norm(self.dense1(x))))


rng = np.random.RandomState(7)
W1, B1 = np.round(rng.randn(3, 4), 2), np.round(rng.randn(4), 2)
W2, B2 = np.round(rng.randn(4, 3), 2), np.round(rng.randn(3), 2)
GAMMA, BETA = np.round(1 + 0.3 * rng.randn(4), 2), np.round(0.3 * rng.randn(4), 2)
X, Y = np.round(rng.randn(15, 3), 2), rng.randint(0, 3, 15)


def run(name, make, normalised=True):
    net = Net(normalised)
    optimizer = make(net.parameters())
    losses = []
    for i in range(3):
        optimizer.zero_grad()
        loss = F.cross_entropy(net(torch.tensor(X[5 * i:5 * i + 5])), torch.tensor(Y[5 * i:5 * i + 5]))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    print(f"== three steps of {name}")
    show("losses", losses)
    show("dense1 weights", net.dense1.weight.detach().T)
    show("dense1 bias", net.dense1.bias.detach())
    show("dense2 weights", net.dense2.weight.detach().T)
    show("dense2 bias", net.dense2.bias.detach())
    if normalised:
        show("gamma", net.norm.weight.detach())
        show("beta", net.norm.bias.detach())
        show("mean", net.norm.running_mean)
        show("variance", net.norm.running_var)
    net.eval()
    show("prediction", F.softmax(net(torch.tensor(X[:2])), 1).detach())


print("== the network of TorchRunTests")
for name, value in (("W1", W1), ("B1", B1), ("W2", W2), ("B2", B2), ("GAMMA", GAMMA), ("BETA", BETA), ("X", X), ("Y", Y)):
    show(name, value)
run("Adam 0.01", lambda p: torch.optim.Adam(p, lr=0.01))
run("SGD 0.1, momentum 0.9, weight_decay 0.02, no batch-norm", lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, weight_decay=0.02), normalised=False)


def nnfs_spiral(dtype, seed_of_wobble=None):
    """Chapter 10 of "Neural Networks from Scratch": 2-64-3, Adam .05, decay 5e-7; loss and accuracy of epoch 100."""
    np.random.seed(0)
    normal = lambda *shape: np.random.randn(*shape).astype(np.float32)
    arms = []
    for c in range(3):
        r, t = np.linspace(0.0, 1, 100), (np.linspace(c * 4, (c + 1) * 4, 100) + normal(100) * 0.2) * 2.5
        arms.append(np.c_[r * np.sin(t), r * np.cos(t)])
    x, y = np.concatenate(arms).astype(np.float32).astype(dtype), np.repeat(np.arange(3), 100)
    w1, w2 = (np.float32(0.01) * normal(2, 64)).astype(dtype), (np.float32(0.01) * normal(64, 3)).astype(dtype)
    if seed_of_wobble is not None:
        w1 = np.nextafter(w1, dtype(0) + np.random.RandomState(seed_of_wobble).choice([-1, 1], w1.shape).astype(dtype))
    p = [w1, np.zeros((1, 64), dtype), w2, np.zeros((1, 3), dtype)]
    m, v = [np.zeros_like(a) for a in p], [np.zeros_like(a) for a in p]
    for epoch in range(101):
        z1 = x @ p[0] + p[1]
        a1 = np.maximum(z1, 0)
        z2 = a1 @ p[2] + p[3]
        e = np.exp(z2 - z2.max(1, keepdims=True))
        s = e / e.sum(1, keepdims=True)
        loss, accuracy = -np.log(s[range(300), y]).mean(), (s.argmax(1) == y).mean()
        d = s.copy()
        d[range(300), y] -= 1
        d /= 300
        d1 = d @ p[2].T
        d1[z1 <= 0] = 0
        g = [x.T @ d1, d1.sum(0, keepdims=True), a1.T @ d, d.sum(0, keepdims=True)]
        for i in range(4):
            m[i] = (0.9 * m[i] + (1 - 0.9) * g[i]).astype(dtype)
            v[i] = (0.999 * v[i] + (1 - 0.999) * g[i] ** 2).astype(dtype)
            mean, square = m[i] / (1 - 0.9 ** (epoch + 1)), v[i] / (1 - 0.999 ** (epoch + 1))
            p[i] = (p[i] - 0.05 / (1 + 5e-7 * epoch) * mean / (np.sqrt(square) + 1e-7)).astype(dtype)
    return float(loss), float(accuracy)


print("== chapter 10, Adam, epoch 100")
print("float64", nnfs_spiral(np.float64))
wobbled = np.array([nnfs_spiral(np.float32, seed) for seed in range(32)])
print("float32, first weights one unit in the last place off, 32 times: loss", wobbled[:, 0].min(), wobbled[:, 0].mean(), wobbled[:, 0].max(),
      "accuracy", wobbled[:, 1].min(), wobbled[:, 1].mean(), wobbled[:, 1].max())
