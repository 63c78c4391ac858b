using System.Buffers;
using System.Numerics.Tensors;

namespace FunctionalNN.Tests;

/// <summary>A matrix is a value: made by copy, equal by content, never changed.</summary>
public class MatrixTests
{
    private static readonly Matrix<float> Sample = Matrix.Of(new[,] { { 1f, 2, 3 }, { 4, 5, 6 } });

    [Fact]
    public void Every_way_to_make_a_matrix_agrees()
    {
        Assert.Equal(Sample, Matrix.Create<float>(2, 3, [1, 2, 3, 4, 5, 6]));
        Assert.Equal(Sample, Matrix.Create(2, 3, (row, column) => (float)((3 * row) + column + 1)));
        Assert.Equal(Matrix.Row(1f, 2, 3), Matrix.Create<float>(1, 3, Sample.Row(0)));
        Assert.Equal(Matrix.Row(1f, 2), Matrix.Column(1f, 2).Transpose());
        Assert.Equal(Matrix.Zeros<float>(2, 3), Sample.Map(_ => 0));
    }

    [Fact]
    public void A_matrix_keeps_no_hold_of_what_it_was_made_from()
    {
        float[] numbers = [1, 2, 3];
        float[,] table = { { 1, 2, 3 } };
        var (made, tabled) = (Matrix.Row<float>(numbers), Matrix.Of(table));
        (numbers[0], table[0, 0]) = (9, 9);
        Assert.Equal(1, made[0, 0]);
        Assert.Equal(1, tabled[0, 0]);
        made.ToArray()[0, 0] = 7;
        Assert.Equal(1, made[0, 0]);
    }

    [Fact]
    public void Equality_is_by_shape_and_content_and_NaN_equals_NaN()
    {
        Assert.NotEqual(Sample, Sample.Transpose());
        Assert.NotEqual(Matrix.Zeros<float>(2, 3), Matrix.Zeros<float>(3, 2));
        Assert.NotEqual(Sample, Sample.Map(x => x + 1));
        Assert.Equal(Matrix.Row(float.NaN), Matrix.Row(float.NaN));
        Assert.Equal(Sample.GetHashCode(), Matrix.Create<float>(2, 3, Sample.Values).GetHashCode());
        Assert.False(Sample.Equals(null));
        Assert.False(Sample.Equals("2 × 3"));
    }

    [Fact]
    public void Equal_matrices_have_equal_hashes_also_with_both_zeros()
    {
        Assert.Equal(Matrix.Row(0f), Matrix.Row(-0f));
        Assert.Equal(Matrix.Row(0f).GetHashCode(), Matrix.Row(-0f).GetHashCode());
    }

    [Fact]
    public void Transposing_twice_gives_the_matrix_back() => Assert.Equal(Sample, Sample.Transpose().Transpose());

    [Fact]
    public void A_product_is_that_by_hand() =>
        Assert.Equal(Matrix.Of(new[,] { { 14f, 32 }, { 32, 77 } }), Sample.Multiply(Sample.Transpose()));

    [Fact]
    public void Tensors_convert_there_and_back()
    {
        var tensor = Sample.ToTensor();
        Assert.Equal([2, 3], tensor.Lengths.ToArray());
        Assert.Equal(Sample, Matrix.From<float>(tensor.AsReadOnlyTensorSpan()));
        Assert.Equal(Sample, Matrix.From(Sample.AsTensorSpan()));
        Assert.Equal(6, Sample.AsTensorSpan()[1, 2]);
        Assert.Equal(Matrix.Of(new[,] { { 2f, 3 }, { 5, 6 } }), Matrix.From(Sample.AsTensorSpan().Slice(NRange.All, new NRange(1, 3))));
        tensor[0, 0] = 9;
        Assert.Equal(1, Sample[0, 0]);
    }

    [Fact]
    public void Element_types_convert_there_and_back()
    {
        var doubles = Matrix.Convert<float, double>(Sample);
        Assert.Equal(Matrix.Of(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } }), doubles);
        Assert.Equal(Sample, Matrix.Convert<double, float>(doubles));
        Assert.Equal([0.1f, float.PositiveInfinity, float.NaN],
            Matrix.Convert<double, float>(Matrix.Row(0.1, 1e300, double.NaN)).Values.ToArray());
    }

    [Fact]
    public void Rows_are_read_without_a_copy()
    {
        Assert.Equal([4, 5, 6], Sample.Row(1).ToArray());
        Assert.True(Sample.Values[3..].Overlaps(Sample.Row(1)));
        Assert.Equal(5, Sample[1, 1]);
    }
}
