"""Checks ONNX files with Debian's python3-onnx: the checker, and strict shape inference.

    check-onnx.py FOLDER

One line a file: its name, "good" and the inferred shapes of the outputs; or its name, "bad" and why.
"""
import pathlib
import sys

import onnx


def shape(value):
    return "x".join(d.dim_param or str(d.dim_value) for d in value.type.tensor_type.shape.dim)


print("onnx", onnx.__version__)
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    try:
        model = onnx.load(str(path))
        onnx.checker.check_model(model, full_check=True)
        declared = [shape(output) for output in model.graph.output]
        # Without what the file declares, so that the shapes are really inferred.
        for output in model.graph.output:
            output.type.tensor_type.ClearField("shape")
        inferred = [shape(output) for output in onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True).graph.output]
        known = all(i == d for i, d in zip(inferred, declared))
        print(path.stem, "good" if known else "bad", " ".join(inferred) if known else f"inferred {inferred} declared {declared}")
    except Exception as fault:  # whatever it is, it is the answer
        print(path.stem, "bad", str(fault).replace("\n", " "))
