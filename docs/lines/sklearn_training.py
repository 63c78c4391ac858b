import joblib
import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.metrics import classification_report
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
data = pd.read_csv("customers.csv", parse_dates=["signup"]).assign(signup=lambda t: (t.signup - pd.Timestamp("2024-01-01")).dt.days)
train, test = train_test_split(data, test_size=0.2, random_state=1, stratify=data.churned)
columns = make_column_transformer((make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()), ["age", "income", "signup"]), (OneHotEncoder(), ["plan", "newsletter"]))
model = make_pipeline(columns, MLPClassifier([16], learning_rate_init=0.005, early_stopping=True, random_state=7)).fit(train, train.churned)
print(classification_report(test.churned, model.predict(test)))
joblib.dump(model, "customers.joblib")
