# Numbers that CsvReferenceTests compares with, by Python's own csv module: rows, classes, means, categories, missing values.
#   python3 csv-references.py FOLDER-OF-CSV-FILES
import csv, math, sys
from collections import Counter


def table(name, label, ignore=(), categories=(), missing="error"):
    with open(f"{sys.argv[1]}/{name}.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [c for c in rows[0] if c != label and c not in ignore]
    gaps = sum(r[c] == "" for r in rows for c in columns)
    if missing == "drop":
        rows = [r for r in rows if all(r[c] != "" for c in columns + [label])]

    def number(text):
        try:
            return float(text)
        except ValueError:
            return None

    inputs = []
    for c in columns:
        values = [r[c] for r in rows if r[c] != ""]
        if c in categories or number(values[0]) is None:
            inputs += [(f"{c}={k}", values.count(k) / len(values)) for k in sorted(set(values))]
        else:
            inputs.append((c, math.fsum(map(float, values)) / len(values)))
    answers = Counter(r[label] for r in rows)
    print(f"{name} {missing}: {len(rows)} rows, {len(inputs)} inputs, {gaps} missing")
    print("  " + (", ".join(f"{k} {n}" for k, n in sorted(answers.items())) if len(answers) < 20 else f"mean {math.fsum(float(r[label]) for r in rows) / len(rows):.6f}"))
    print("  " + ", ".join(f"{n} {m:.6f}" for n, m in inputs))


table("iris", "species")
table("wine", "class")
table("titanic", "survived", ignore=("alive", "deck"), categories=("pclass",), missing="mean")
table("titanic", "survived", ignore=("alive", "deck"), categories=("pclass",), missing="drop")
table("california-housing", "median_house_value", missing="mean")
