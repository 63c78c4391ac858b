"""The numbers in GeneratorTests.cs and NumPyTests.cs, made by NumPy 1.24.2 and scikit-learn 1.2.1:

    NPY_DISABLE_CPU_FEATURES="AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL" python3 generator-references.py

The variable keeps NumPy at the C library's sine: with AVX-512 it takes one of its own, which differs in the last place of a double.
The digests are SHA-256 over the little-endian bytes of the rows.
"""
import hashlib

import numpy as np
from sklearn.datasets import make_blobs, make_circles, make_moons


def digest(a):
    return hashlib.sha256(np.ascontiguousarray(a).tobytes()).hexdigest()


def by_class(seed, points, classes, dtype):
    """Rows class by class from points(class number, normal numbers); nnfs.init() rounds normal numbers to float32."""
    np.random.seed(seed)
    rows = [np.c_[points(c, lambda n: np.random.randn(n).astype(dtype))] for c in range(classes)]
    return np.concatenate(rows).astype(dtype)


def spiral(n, classes, seed, dtype):
    def arm(c, normal):
        r = np.linspace(0.0, 1, n)
        t = (np.linspace(c * 4, (c + 1) * 4, n) + normal(n) * 0.2) * 2.5
        return r * np.sin(t), r * np.cos(t)

    return by_class(seed, arm, classes, dtype)


def vertical(n, classes, seed, dtype):
    return by_class(seed, lambda c, normal: (normal(n) * .1 + c / 3, normal(n) * .1 + 0.5), classes, dtype)


def sine(n):
    x = np.arange(n) / n
    return np.c_[x, np.sin(2 * np.pi * x)]


single = np.float32
print("spiral", digest(spiral(100, 3, 0, single)))
print("spiral, seed 2**32 - 1", digest(spiral(7, 5, 2**32 - 1, single)))
print("vertical", digest(vertical(100, 3, 0, single)))
print("sine", digest(sine(1000).astype(single)))
print("moons", digest(make_moons((100, 100), shuffle=False, noise=.1, random_state=0)[0].astype(single)))
print("circles", digest(make_circles((100, 100), shuffle=False, noise=.1, random_state=0)[0].astype(single)))
print("blobs", digest(make_blobs([100] * 3, shuffle=False, random_state=0)[0].astype(single)))
print("vertical, double", digest(vertical(100, 3, 0, np.float64)))
print("blobs, double", digest(make_blobs([100] * 3, shuffle=False, random_state=0)[0]))
rows = [1, 2, 50, 99, 150, 299]
print("spiral, rows", rows, [str(v) for v in spiral(100, 3, 0, single)[rows].ravel()])
print("spiral, double, rows", rows, spiral(100, 3, 0, np.float64)[rows].ravel().tolist())
for seed, count in ((0, 6), (2**32 - 1, 3)):
    np.random.seed(seed)
    print("normal", seed, np.random.randn(count).tolist())
np.random.seed(0)
print("uniform 0", np.random.random_sample(4).tolist())
np.random.seed(42)
print("normal 42", digest(np.random.randn(2001)))
np.random.seed(42)
print("uniform 42", digest(np.random.random_sample(2001)))
