#!/usr/bin/python3
"""The polynomials of src/FunctionalNN/Kernels/NormalDistribution.cs. Run: /usr/bin/python3 normal_distribution.py (Debian's python3-mpmath 1.2.1).

erfc(z) = exp(-z*z) * P(t) / (1 + 2z) with t = (z - K)/(z + K), for z from 0 to where the result leaves the range of the type.
"""
from mpmath import mp, mpf, erfc, exp, chebyfit, nstr

mp.dps = 50


def fit(k, greatest, terms):
    k = mpf(k)
    last = (greatest - k) / (greatest + k)

    def p(t):
        z = k * (1 + t) / (1 - t)
        return (1 + 2 * z) * exp(z * z) * erfc(z)

    coefficients, error = chebyfit(p, [-1, last], terms, error=True)
    print(f"K = {k}, z to {greatest}, {terms} terms, greatest error {nstr(error, 3)}:")
    print([float(c) for c in coefficients])


fit(2, 11, 10)  # float
fit(4, 28, 23)  # double
