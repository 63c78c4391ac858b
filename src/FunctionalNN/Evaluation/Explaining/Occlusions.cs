using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Where in a picture a prediction rests: a square covers it place by place, and the output's fall is noted at the pixels that were covered
/// (M. Zeiler and R. Fergus, "Visualizing and understanding convolutional networks", 2014, arXiv 1311.2901).
/// </summary>
public static class Occlusions
{
    private const int MaxNumbers = 1 << 22;

    /// <summary>For each picture and pixel the mean fall of an output over all squares that cover the pixel: ŷₖ(x) − ŷₖ(x covered),
    /// [n × height · width]. Where it is negative, the output rises.</summary>
    /// <param name="model">What predicts.</param>
    /// <param name="inputs">Pictures: [n × height · width · channels].</param>
    /// <param name="size">How a row is a picture.</param>
    /// <param name="output">k, the output asked about: a class, or 0 of a single one.</param>
    /// <param name="patch">The side of the square in pixels, 1 or more; a sixth of the shorter side by default. Squares lie half a side
    /// apart, and at the edge they are cut off.</param>
    /// <param name="background">What covers: 0 by default; the mean of the data where that is another number.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <exception cref="ArgumentException">The rows have another width than the network's input or than the size, or there is no such
    /// output.</exception>
    public static Matrix<T> Occlusion<T>(this Model<T> model, Matrix<T> inputs, ImageSize size, int output = 0, int? patch = null,
        double background = 0, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        model.RequireWidth(inputs.Columns);
        if (size.ProblemWith(nameof(Occlusion), inputs.Columns) is { } problem)
        {
            throw new ArgumentException(problem);
        }

        if ((uint)output >= (uint)model.Network.Outputs)
        {
            throw new ArgumentException($"there is no output {output}: the network has {model.Network.Outputs}, counted from 0");
        }

        var side = patch ?? Math.Max(1, Math.Min(size.Height, size.Width) / 6);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1, nameof(patch));
        var falls = Block<T>.Allocate(MatrixSize.Of<T>(inputs.Rows, size.Plane));
        var whole = model.Predict(inputs, parallelism);
        var squares = CoverSquare.All(size, side);
        var perBatch = Math.Clamp(MaxNumbers / inputs.Columns, 1, squares.Length);
        for (var row = 0; row < inputs.Rows; row++)
        {
            var sums = falls.Slice(row * size.Plane, size.Plane).Span;
            var counts = new int[size.Plane];
            foreach (var some in squares.Chunk(perBatch))
            {
                var outputs = model.Predict(Covered(inputs.Row(row), size, some, T.CreateSaturating(background)), parallelism);
                for (var i = 0; i < some.Length; i++)
                {
                    some[i].Add(size, whole[row, output] - outputs[i, output], sums, counts);
                }
            }

            for (var pixel = 0; pixel < sums.Length; pixel++)
            {
                sums[pixel] /= T.CreateTruncating(counts[pixel]);
            }
        }

        return new Matrix<T>(falls, inputs.Rows, size.Plane);
    }

    private static Matrix<T> Covered<T>(ReadOnlySpan<T> picture, ImageSize size, CoverSquare[] squares, T background)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var pictures = Block<T>.Allocate(MatrixSize.Of<T>(squares.Length, picture.Length));
        for (var i = 0; i < squares.Length; i++)
        {
            var covered = pictures.Slice(i * picture.Length, picture.Length).Span;
            picture.CopyTo(covered);
            for (var y = squares[i].Top; y < squares[i].Bottom; y++)
            {
                covered[(((y * size.Width) + squares[i].Left) * size.Channels)..(((y * size.Width) + squares[i].Right) * size.Channels)]
                    .Fill(background);
            }
        }

        return new Matrix<T>(pictures, squares.Length, picture.Length);
    }

    /// <summary>A square within a picture: first and last rows and columns, the latter not in it.</summary>
    private readonly record struct CoverSquare(int Top, int Left, int Bottom, int Right)
    {
        /// <summary>Squares half a side apart, each pixel in one at least.</summary>
        public static CoverSquare[] All(ImageSize size, int side)
        {
            var step = Math.Max(1, side / 2);
            return [.. from top in Starts(size.Height)
                       from left in Starts(size.Width)
                       select new CoverSquare(Math.Max(0, top), Math.Max(0, left), Math.Min(size.Height, top + side),
                           Math.Min(size.Width, left + side))];

            IEnumerable<int> Starts(int length)
            {
                for (var start = step - side; start < length; start += step)
                {
                    yield return start;
                }
            }
        }

        public void Add<T>(ImageSize size, T fall, Span<T> sums, Span<int> counts)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (var y = Top; y < Bottom; y++)
            {
                for (var x = Left; x < Right; x++)
                {
                    sums[(y * size.Width) + x] += fall;
                    counts[(y * size.Width) + x]++;
                }
            }
        }
    }
}
