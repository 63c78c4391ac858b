namespace FunctionalNN;

/// <summary>To what scale a column of numbers is brought, by numbers taken from the training rows.</summary>
public enum Scaling
{
    /// <summary>x as it is.</summary>
    None,

    /// <summary>(x − mean)/standard deviation, the variance divided by n; the spread of a column that never changes is 1.</summary>
    Standard,

    /// <summary>(x − minimum)/(maximum − minimum): 0 … 1 on the training rows.</summary>
    MinMax,

    /// <summary>(x − median)/(upper quartile − lower quartile): outliers have no part in it.</summary>
    Robust,

    /// <summary>The share of training rows below x, 0 … 1, from at most 1000 quantiles with straight lines between them; beyond the
    /// extremes 0 and 1.</summary>
    Quantile,
}
