
namespace FunctionalNN;

/// <content>
/// The orthogonal initialiser. With A: [m × k], m ≥ k, of independent normal numbers and A = Q·R by Householder's reflections
/// (Golub and Van Loan, "Matrix Computations", 5.2), the columns of Q, each with the sign of R's diagonal, are uniformly distributed
/// among all orthonormal frames (Mezzadri, 2007, arXiv math-ph/0609050).
/// </content>
public abstract partial record Initializer
{
    internal sealed record OrthogonalFrame(double Gain) : Initializer
    {
        public override string ToString() => Gain == 1 ? "Orthogonal" : $"Orthogonal({Gain})";

        protected override void Fill(Slot slot, Key key, Span<double> values)
        {
            var (count, length) = (Math.Min(slot.Rows, slot.Columns), Math.Max(slot.Rows, slot.Columns));
            var vectors = Frame(count, length, key);
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < length; j++)
                {
                    var at = slot.Rows <= slot.Columns ? (i * slot.Columns) + j : (j * slot.Columns) + i;
                    values[at] = Gain * vectors[i][j];
                }
            }
        }

        /// <summary>So many orthonormal vectors of a length that is no smaller.</summary>
        private static double[][] Frame(int count, int length, Key key)
        {
            var columns = new double[count][];
            for (var i = 0; i < count; i++)
            {
                columns[i] = new double[length];
                for (var j = 0; j < length; j++)
                {
                    columns[i][j] = key.Normal(((long)i * length) + j);
                }
            }

            // Column i becomes the vector u of length √2 of its reflection x − u·(u·x), which takes what is left of it to the i-th axis.
            var signs = new double[count];
            for (var i = 0; i < count; i++)
            {
                signs[i] = MakeReflector(columns[i].AsSpan(i));
                for (var j = i + 1; j < count; j++)
                {
                    Reflect(columns[i].AsSpan(i), columns[j].AsSpan(i));
                }
            }

            var frame = new double[count][];
            for (var i = 0; i < count; i++)
            {
                frame[i] = new double[length];
                frame[i][i] = signs[i];
                for (var j = i; j >= 0; j--)
                {
                    Reflect(columns[j].AsSpan(j), frame[i].AsSpan(j));
                }
            }

            return frame;
        }

        /// <summary>Replaces a vector by its reflector and gives the sign of where it goes on the axis.</summary>
        private static double MakeReflector(Span<double> x)
        {
            var length = Math.Sqrt(Dot(x, x));
            var sign = x[0] >= 0 ? -1.0 : 1.0;
            x[0] -= sign * length;
            var norm = Math.Sqrt(Dot(x, x) / 2);
            for (var i = 0; i < x.Length; i++)
            {
                x[i] = norm > 0 ? x[i] / norm : 0;
            }

            return sign;
        }

        private static void Reflect(ReadOnlySpan<double> reflector, Span<double> x)
        {
            var projection = Dot(reflector, x);
            for (var i = 0; i < x.Length; i++)
            {
                x[i] -= projection * reflector[i];
            }
        }

        private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            var sum = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                sum += x[i] * y[i];
            }

            return sum;
        }
    }
}
