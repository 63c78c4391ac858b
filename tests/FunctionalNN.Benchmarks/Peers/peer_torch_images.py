"""The convolutional workloads in PyTorch, beside which ours are measured: one warm-up, then timed repeats on fresh models.

    python3 peer_torch_images.py --workload lenet --threads 2 --data DIR [--variant module|channels_last|script] [--repeats 3]

Prints one line of JSON. DIR holds mnist/ and cifar-airplane-ship/ (IDX, gzip or not). The clock covers shuffling, gathering, forward,
the summed loss, backward and update; for predictions the forward pass with its softmax.
"""
import argparse, glob, gzip, json, os, struct, sys, time

parser = argparse.ArgumentParser()
parser.add_argument("--workload", choices=["lenet", "vgg", "lenet-infer-1", "lenet-infer-1000"], required=True)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--variant", choices=["module", "channels_last", "script"], default="module")
parser.add_argument("--repeats", type=int, default=3)
parser.add_argument("--data", default=None)
parser.add_argument("--blas-core", default=None)
parser.add_argument("--aten", default=None)
args = parser.parse_args()
os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(args.threads)
if args.blas_core:
    os.environ["OPENBLAS_CORETYPE"] = args.blas_core
else:
    os.environ.pop("OPENBLAS_CORETYPE", None)
if args.aten:
    os.environ["ATEN_CPU_CAPABILITY"] = args.aten

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(args.threads)


def idx(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        content = file.read()
    rank = content[3]
    sizes = struct.unpack(">" + "I" * rank, content[4:4 + 4 * rank])
    return np.frombuffer(content, np.uint8, offset=4 + 4 * rank).reshape(sizes)


def load(name, shape, rows):
    folder = args.data and os.path.join(args.data, name)
    if folder and os.path.isdir(folder):
        images = idx(glob.glob(os.path.join(folder, "train-images*"))[0])
        labels = idx(glob.glob(os.path.join(folder, "train-labels*"))[0])
        test = glob.glob(os.path.join(folder, "t10k-*" if name == "mnist" else "test-*"))
        held = idx([path for path in test if "images" in path][0]), idx([path for path in test if "labels" in path][0])
        return (images, labels), held, name
    drawn = np.random.default_rng(1)
    made = drawn.integers(0, 256, (rows,) + shape, dtype=np.uint8), drawn.integers(0, 2, rows, dtype=np.uint8)
    return made, (made[0][:1000], made[1][:1000]), "synthetic"


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(1, 32, 3), nn.Conv2d(32, 64, 3)
        self.d1, self.d2 = nn.Linear(1600, 128), nn.Linear(128, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.c1(x)), 2)
        x = F.max_pool2d(F.relu(self.c2(x)), 2)
        return self.d2(F.relu(self.d1(torch.flatten(x, 1))))


class SmallVgg(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(3, 32, 3, padding=1), nn.Conv2d(32, 32, 3, padding=1)
        self.c3, self.c4 = nn.Conv2d(32, 64, 3, padding=1), nn.Conv2d(64, 64, 3, padding=1)
        self.d1, self.d2 = nn.Linear(4096, 128), nn.Linear(128, 2)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.c2(F.relu(self.c1(x)))), 2)
        x = F.max_pool2d(F.relu(self.c4(F.relu(self.c3(x)))), 2)
        return self.d2(F.relu(self.d1(torch.flatten(x, 1))))


is_vgg = args.workload == "vgg"
shape = (3, 32, 32) if is_vgg else (1, 28, 28)
(images, labels), (test_images, test_labels), source = load("cifar-airplane-ship" if is_vgg else "mnist", shape, 10_000 if is_vgg else 60_000)


def numbers(raw):
    x = torch.from_numpy(np.array(raw.reshape((-1,) + shape), np.float32) / 255)
    return x.contiguous(memory_format=torch.channels_last) if args.variant == "channels_last" else x


x, y = numbers(images), torch.from_numpy(np.array(labels, np.int64))
tx, ty = numbers(test_images), torch.from_numpy(np.array(test_labels, np.int64))


def fresh():
    torch.manual_seed(1)
    model = SmallVgg() if is_vgg else LeNet()
    model = model.to(memory_format=torch.channels_last) if args.variant == "channels_last" else model
    return torch.jit.script(model) if args.variant == "script" else model


def train(model, rows):
    batch, total = 64 if is_vgg else 128, 0.0
    optimizer = torch.optim.Adam(model.parameters(), 1e-3, eps=1e-7)
    order = torch.randperm(rows)
    for first in range(0, rows, batch):
        chosen = order[first:first + batch]
        loss = F.cross_entropy(model(x[chosen]), y[chosen])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        total += float(loss) * len(chosen)
    return total


def predict(model, batch, count):
    with torch.inference_mode():
        for i in range(count):
            torch.softmax(model(tx[i:i + 1] if batch == 1 else tx[:batch]), 1)


rows = len(x)
seconds = []
if args.workload.startswith("lenet-infer"):
    batch, count = (1, 1000) if args.workload.endswith("-1") else (1000, 1)
    model = fresh().eval()
    predict(model, batch, max(1, count // 10))
    predict(model, batch, max(1, count // 10))
    for _ in range(args.repeats):
        start = time.perf_counter()
        predict(model, batch, count)
        seconds.append(time.perf_counter() - start)
    samples = batch * count
else:
    train(fresh(), min(rows, 2000))
    for _ in range(args.repeats):
        model = fresh()
        start = time.perf_counter()
        train(model, rows)
        seconds.append(time.perf_counter() - start)
    samples = rows
with torch.inference_mode():
    model.eval()
    accuracy = float((torch.cat([model(tx[i:i + 1000]) for i in range(0, len(tx), 1000)]).argmax(1) == ty).float().mean())
seconds.sort()
print(json.dumps({"workload": args.workload, "peer": "torch", "variant": args.variant, "threads": args.threads,
                  "seconds": seconds[0], "seconds_median": seconds[len(seconds) // 2], "repeats": len(seconds),
                  "samples_per_second": round(samples / seconds[0], 1), "metric": "test_accuracy", "value": accuracy, "data": source,
                  "torch": torch.__version__}))
