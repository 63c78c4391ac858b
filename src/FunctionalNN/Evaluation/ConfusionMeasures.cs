namespace FunctionalNN;

/// <summary>Single numbers from a confusion matrix. Each is NaN where it is 0/0, by default.</summary>
public static class ConfusionMeasures
{
    extension(ConfusionMatrix matrix)
    {
        /// <summary>The share of the rows that were predicted right, 0 … 1.</summary>
        public double Accuracy => matrix.Correct / matrix.Total;

        /// <summary>Where the accuracy on rows without end may lie, at 95 %.</summary>
        public Interval AccuracyInterval => Wilson.Of(matrix.Accuracy, matrix.EqualRows);

        /// <summary>The class with the most rows; of several, the first. −1 where there are no classes.</summary>
        public int MajorityClass =>
            Enumerable.Range(0, matrix.Classes)
                .Aggregate(-1, (best, label) => best < 0 || matrix.Support(label) > matrix.Support(best) ? label : best);

        /// <summary>The accuracy of always naming the majority class of these rows: the best that can be had without looking at the
        /// inputs.</summary>
        public double BaselineAccuracy => matrix.Classes == 0 ? double.NaN : matrix.Support(matrix.MajorityClass) / matrix.Total;

        /// <summary>Where the baseline's accuracy on rows without end may lie, at 95 %.</summary>
        public Interval BaselineInterval => Wilson.Of(matrix.BaselineAccuracy, matrix.EqualRows);

        /// <summary>The mean recall of the classes that occur: what accuracy would be if all had as many rows.</summary>
        public double BalancedAccuracy =>
            matrix.Scores().Where(scores => scores.Support > 0).Select(scores => scores.Recall).DefaultIfEmpty(double.NaN).Average();

        /// <summary>
        /// Matthews' correlation of truth and prediction, −1 … 1, for any number of classes (J. Gorodkin, 2004): with c right of n, tₖ rows
        /// of class k and pₖ predicted as it, (c·n − Σtₖpₖ)/√((n² − Σpₖ²)(n² − Σtₖ²)). 0 where all rows are, or are predicted as, one
        /// class, as in scikit-learn.
        /// </summary>
        public double Matthews
        {
            get
            {
                var (n, labels) = (matrix.Total, Enumerable.Range(0, matrix.Classes).ToArray());
                var (both, predicted, truth) = (
                    (matrix.Correct * n) - labels.Sum(label => matrix.Support(label) * matrix.Predicted(label)),
                    (n * n) - labels.Sum(label => Math.Pow(matrix.Predicted(label), 2)),
                    (n * n) - labels.Sum(label => Math.Pow(matrix.Support(label), 2)));
                return predicted * truth == 0 ? 0 : both / Math.Sqrt(truth * predicted);
            }
        }

        /// <summary>
        /// Cohen's kappa: (accuracy − chance)/(1 − chance), where chance is the accuracy of guesses that name each class as often as the
        /// predictions do. NaN where truth and prediction are one and the same class throughout, as in scikit-learn.
        /// </summary>
        public double CohenKappa
        {
            get
            {
                // Where all rows are of one class the products below are exact in theory only.
                var n = matrix.Total;
                if (matrix.OnlyClass is { } only)
                {
                    return matrix.RowsOf(only, only) == matrix.Rows ? double.NaN : 0;
                }

                var agreeing = Enumerable.Range(0, matrix.Classes).Sum(label => matrix.Support(label) * matrix.Predicted(label)) / n;
                return 1 - ((n - matrix.Correct) / (n - agreeing));
            }
        }

        /// <summary>(Σw)²/Σw²: as many equal rows would be as sure of a share (L. Kish, 1965). The count of rows where all count
        /// 1.</summary>
        internal double EqualRows => matrix.IsWeighted ? matrix.Total * matrix.Total / matrix.SquaredWeights.Value : matrix.Rows;
    }
}
