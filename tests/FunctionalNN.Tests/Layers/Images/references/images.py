"""Layers of images in PyTorch, in double: /usr/bin/python3 images.py

Writes images.json beside it (made with PyTorch 1.13.1 of Debian 12): for each case the settings, the input, the weights, the output's
gradient, and PyTorch's output and gradients. Images lie as PyTorch has them: images, channels, rows, pixels. Keras is not at hand: its
"same" is computed by its documented rule, total padding max((⌈n/s⌉ − 1)·s + reach − n, 0), the smaller half above and on the left, and
PyTorch's convolution of what is then padded.
"""
import json
import math
import pathlib

import torch
from torch.nn import functional as F

torch.manual_seed(19)
D = torch.float64
cases = []


def flat(tensor):
    return [] if tensor is None else [float(number) for number in tensor.detach().reshape(-1)]


def put(name, layer, x, f, *weights, rows=None):
    x = x.clone().requires_grad_()
    weights = [weight.clone().requires_grad_() for weight in weights]
    y = f(x, *weights)
    dy = torch.round(torch.randn(y.shape, dtype=D) * 64) / 64
    y.backward(dy)
    cases.append({
        "name": name, **layer, "image": list(x.shape), "output": list(y.shape), "x": flat(x), "weights": [flat(w) for w in weights],
        "y": flat(y), "dy": flat(dy), "dx": flat(x.grad), "dweights": [flat(w.grad) for w in weights],
    })


def numbers(*shape):
    return torch.round(torch.randn(*shape, dtype=D) * 64) / 64


def same(size, kernel, stride, dilation):
    total = max((math.ceil(size / stride) - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)
    return total // 2, total - total // 2


def convolution(name, size, filters, kernel, stride=(1, 1), padding=None, dilation=(1, 1), groups=1, images=2):
    h, w, c = size
    top, bottom, left, right = padding if padding not in (None, "same") else (0, 0, 0, 0)
    if padding == "same":
        (top, bottom), (left, right) = same(h, kernel[0], stride[0], dilation[0]), same(w, kernel[1], stride[1], dilation[1])
    put(name, {
        "layer": "Convolution", "filters": filters, "kernel": kernel, "stride": stride, "dilation": dilation, "groups": groups,
        "padding": padding or [0, 0, 0, 0],
    }, numbers(images, c, h, w), lambda x, weight, bias: F.conv2d(F.pad(x, (left, right, top, bottom)), weight, bias, stride, 0, dilation, groups),
        numbers(filters, c // groups, *kernel), numbers(filters))


def pooling(name, layer, size, kernel, stride, padding=0, ceil=False, count=False, images=2):
    h, w, c = size
    f = (lambda x: F.max_pool2d(x, kernel, stride, padding, 1, ceil)) if layer == "MaxPooling" else (
        lambda x: F.avg_pool2d(x, kernel, stride, padding, ceil, count))
    put(name, {"layer": layer, "kernel": kernel, "stride": stride, "padding": [padding] * 4, "ceil": ceil, "count": count}, numbers(images, c, h, w), f)


def keras_pooling(name, layer, size, kernel, stride, images=2):
    """TensorFlow's "same" leaves the padding out of maximum and mean."""
    h, w, c = size
    (top, bottom), (left, right) = same(h, kernel[0], stride[0], 1), same(w, kernel[1], stride[1], 1)

    def f(x):
        pad = (left, right, top, bottom)
        if layer == "MaxPooling":
            return F.max_pool2d(F.pad(x, pad, value=-math.inf), kernel, stride)
        ones = F.avg_pool2d(F.pad(torch.ones_like(x), pad), kernel, stride)
        return F.avg_pool2d(F.pad(x, pad), kernel, stride) / ones

    put(name, {"layer": layer, "kernel": kernel, "stride": stride, "padding": "same", "ceil": False, "count": False}, numbers(images, c, h, w), f)


convolution("3 × 3", (6, 5, 2), 3, (3, 3))
convolution("1 × 1", (4, 3, 5), 4, (1, 1))
convolution("1 × 3 and 3 × 1 would differ", (5, 6, 2), 2, (1, 3))
convolution("stride 2", (7, 6, 2), 3, (3, 3), (2, 2))
convolution("stride 2 × 3", (7, 8, 1), 2, (2, 3), (2, 3))
convolution("padding 1", (4, 5, 3), 2, (3, 3), padding=[1, 1, 1, 1])
convolution("padding 2, stride 2", (5, 5, 2), 2, (5, 5), (2, 2), [2, 2, 2, 2])
convolution("padding on each side", (4, 5, 2), 2, (3, 3), padding=[0, 1, 2, 1])
convolution("dilation 2", (7, 8, 2), 2, (3, 3), dilation=(2, 2))
convolution("dilation 1 × 2, padding 1, stride 2 × 1", (6, 7, 2), 3, (3, 2), (2, 1), [1, 1, 1, 1], (1, 2))
convolution("2 groups", (5, 5, 4), 6, (3, 3), groups=2)
convolution("depthwise", (5, 4, 3), 3, (3, 3), padding=[1, 1, 1, 1], groups=3)
convolution("depthwise, 2 filters a channel", (5, 4, 3), 6, (3, 3), (2, 2), groups=3)
convolution("many filters", (4, 4, 3), 33, (2, 2), images=1)
convolution("same, stride 1", (5, 6, 2), 2, (3, 3), padding="same")
convolution("same, even kernel", (5, 6, 2), 2, (2, 4), padding="same")
convolution("same, stride 2, even size", (6, 8, 2), 3, (3, 3), (2, 2), "same")
convolution("same, stride 2, odd size", (5, 7, 2), 3, (3, 3), (2, 2), "same")
convolution("same, stride 3, dilation 2", (8, 7, 1), 2, (3, 3), (3, 3), "same", (2, 2))
convolution("same, stride wider than the kernel", (7, 7, 2), 2, (1, 1), (2, 2), "same")
for kind in ("MaxPooling", "AveragePooling"):
    pooling(f"{kind} 2", kind, (6, 4, 3), (2, 2), (2, 2))
    pooling(f"{kind} 3, stride 2", kind, (7, 6, 2), (3, 3), (2, 2))
    pooling(f"{kind} 3 × 2, stride 1 × 2", kind, (5, 6, 2), (3, 2), (1, 2))
    pooling(f"{kind} 3, stride 2, padding 1", kind, (6, 7, 2), (3, 3), (2, 2), 1)
    pooling(f"{kind} 2, ceil", kind, (5, 7, 2), (2, 2), (2, 2), 0, True)
    pooling(f"{kind} 3, stride 2, padding 1, ceil", kind, (6, 8, 2), (3, 3), (2, 2), 1, True)
    pooling(f"{kind} 2, stride 3, padding 1, ceil", kind, (5, 6, 1), (2, 2), (3, 3), 1, True)
    keras_pooling(f"{kind} same 2, stride 2, odd size", kind, (5, 7, 2), (2, 2), (2, 2))
    keras_pooling(f"{kind} same 3, stride 2, even size", kind, (6, 4, 2), (3, 3), (2, 2))
    keras_pooling(f"{kind} same 3, stride 1", kind, (4, 5, 2), (3, 3), (1, 1))
pooling("AveragePooling 3, stride 2, padding counts", "AveragePooling", (6, 7, 2), (3, 3), (2, 2), 1, False, True)
pooling("AveragePooling 3, stride 1, padding counts", "AveragePooling", (4, 4, 2), (3, 3), (1, 1), 1, False, True)
put("global average", {"layer": "GlobalAveragePooling"}, numbers(3, 4, 5, 6), lambda x: F.adaptive_avg_pool2d(x, 1).flatten(1))
put("batch normalisation", {"layer": "BatchNormalization"}, numbers(3, 4, 3, 2), lambda x, g, b: F.batch_norm(x, None, None, g, b, True), numbers(4), numbers(4))
put("layer normalisation of channels", {"layer": "LayerNormalization"}, numbers(2, 5, 3, 2), lambda x, g, b: F.layer_norm(x.permute(0, 2, 3, 1), (5,), g, b).permute(0, 3, 1, 2), numbers(5), numbers(5))
put("slopes", {"layer": "PRelu"}, numbers(2, 3, 3, 4), F.prelu, numbers(3))
put("upsampling", {"layer": "Upsampling", "factor": 2}, numbers(2, 3, 3, 2), lambda x: F.interpolate(x, scale_factor=2, mode="nearest"))
put("flatten and dense", {"layer": "Dense"}, numbers(3, 2, 3, 4), lambda x, w, b: F.linear(x.permute(0, 2, 3, 1).flatten(1), w, b), numbers(5, 24), numbers(5))
text = ",\n".join(json.dumps(case, separators=(",", ":"), ensure_ascii=False) for case in cases)
pathlib.Path(__file__).with_name("images.json").write_text("[\n" + text + "\n]\n")
print(len(cases), "cases")
