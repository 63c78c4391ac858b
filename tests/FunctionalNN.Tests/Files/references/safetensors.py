"""A reader and a writer of safetensors files in NumPy, independent of FunctionalNN: the format in a few lines.

  safetensors.py read FILE    prints, for each tensor, name, type, shape, and the sum and the last of its numbers
  safetensors.py write FILE   writes the file numpy.safetensors of this folder
"""
import json, struct, sys
import numpy as np

TYPES = {"BOOL": "?", "U8": "u1", "I8": "i1", "I16": "<i2", "U16": "<u2", "F16": "<f2", "I32": "<i4", "U32": "<u4", "F32": "<f4", "F64": "<f8", "I64": "<i8", "U64": "<u8"}

def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    texts = header.pop("__metadata__", {})
    tensors = {name: np.frombuffer(data[slice(*entry["data_offsets"])], TYPES[entry["dtype"]]).reshape(entry["shape"]) for name, entry in header.items()}
    return tensors, texts

def write(path, tensors, texts):
    header, data = {"__metadata__": texts}, b""
    for name, array in tensors.items():
        kind = next(kind for kind, code in TYPES.items() if np.dtype(code) == array.dtype)
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)

if sys.argv[1] == "read":
    tensors, texts = read(sys.argv[2])
    for name in sorted(tensors):
        array = tensors[name]
        print(name, array.dtype, list(array.shape), repr(float(array.astype("f8").sum())), repr(float(array.flat[-1])) if array.size else "none")
    print(json.loads(texts["network"])["inputs"], json.loads(texts["run"])["optimizer"]["kind"])
else:
    arrays = {kind: (np.arange(6) * 3 % 7).astype(code).reshape(2, 3) for kind, code in TYPES.items()}
    arrays["negative"] = np.array([-1.5, 2.0 ** -149], "<f4")
    arrays["scalar"] = np.array(7, "<i8")
    arrays["empty"] = np.zeros((0, 3), "<f8")
    write(sys.argv[2], arrays, {"format": "pt", "said": "\u00fc \"quoted\""})
