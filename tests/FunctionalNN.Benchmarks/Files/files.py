"""Saves and loads the state of 784-512-512-10 under Adam with torch.save/torch.load and numpy.savez/numpy.load, one operation for each line that it reads:
"torch save", "torch save fsync", "torch load", "numpy save", "numpy save fsync", "numpy load". Answers each with seconds and the file's size."""
import os, sys, time
import numpy as np
import torch

folder = sys.argv[1]
torch.set_num_threads(int(sys.argv[2]))
model = torch.nn.Sequential(torch.nn.Linear(784, 512), torch.nn.ReLU(), torch.nn.Linear(512, 512), torch.nn.ReLU(), torch.nn.Linear(512, 10))
adam = torch.optim.Adam(model.parameters())
torch.nn.functional.cross_entropy(model(torch.rand(32, 784)), torch.arange(32) % 10).backward()
adam.step()
arrays = {f"{kind}/{i}": array for i, p in enumerate(model.parameters()) for kind, array in
          (("p", p.detach().numpy()), ("m", adam.state[p]["exp_avg"].numpy()), ("v", adam.state[p]["exp_avg_sq"].numpy()))}

def save(write, path, fsync):
    with open(path, "wb") as file:
        write(file)
        if fsync:
            file.flush()
            os.fsync(file.fileno())

def numpy_load(path):
    with np.load(path) as archive:
        return {name: archive[name] for name in archive.files}

for line in sys.stdin:
    library, verb, *rest = line.split()
    path = os.path.join(folder, "state." + library)
    start = time.perf_counter()
    if library == "torch" and verb == "save":
        save(lambda file: torch.save({"model": model.state_dict(), "optimizer": adam.state_dict()}, file), path, rest)
    elif library == "torch":
        torch.load(path)
    elif verb == "save":
        save(lambda file: np.savez(file, **arrays), path, rest)
    else:
        numpy_load(path)
    print(time.perf_counter() - start, os.path.getsize(path), flush=True)
