# The suggestion of a range test, found by other means than ours: falling subsequences are counted with a patience
# sort. Prints the losses of three made-up curves and what a rate finder with fastai's convention (valley:
# end - n + int(n/3) + int(n/6)) says. Run: /usr/bin/python3 learning_rate_range.py
import bisect
import numpy as np

def lengths(losses):
    """Length of the longest strictly falling subsequence that ends at each place."""
    tails, out = [], []
    for x in -np.asarray(losses):
        i = bisect.bisect_left(tails, x)
        tails[i:i + 1] = [x]
        out.append(i + 1)
    return out

def valley(losses):
    n = lengths(losses)
    end = int(np.argmax(n))
    return end - n[end] + int(n[end] / 3) + int(n[end] / 6)

for seed in range(3):
    g = np.random.default_rng(seed)
    t = np.linspace(0, 1, 40)
    losses = np.round(2.3 - 1.5 / (1 + np.exp(-14 * (t - 0.35 - 0.12 * seed))) + 3 * np.maximum(0, t - 0.8) ** 2 * 20 + 0.05 * g.standard_normal(40), 4)
    print(f'[InlineData({valley(losses)}, new[] {{ {", ".join(map(str, losses))} }})]')
