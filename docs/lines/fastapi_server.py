import joblib
import pandas as pd
from datetime import date
from fastapi import FastAPI
from pydantic import BaseModel
class Row(BaseModel):
    age: float | None; income: float; plan: str; signup: date; newsletter: str
app, model = FastAPI(), joblib.load("customers.joblib")
@app.post("/predict")
def predict(row: Row):
    return dict(zip(model.classes_, model.predict_proba(pd.DataFrame([row.model_dump() | {"signup": (row.signup - date(2024, 1, 1)).days}]))[0]))
