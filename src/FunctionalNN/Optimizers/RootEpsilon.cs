using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalNN;

/// <summary>√(v + ε) or √v + ε.</summary>
internal readonly struct RootEpsilon<T>(double epsilon, EpsilonPlace place)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector512<T> inside = Lanes<T>.Of(place == EpsilonPlace.InsideRoot ? epsilon : 0);
    private readonly Vector512<T> outside = Lanes<T>.Of(place == EpsilonPlace.InsideRoot ? 0 : epsilon);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Of(Vector512<T> v) => Vector512.Sqrt(v + inside) + outside;

    /// <summary>The same of factor·v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Of(Vector512<T> factor, Vector512<T> v) => Vector512.Sqrt(Lanes<T>.MultiplyAdd(factor, v, inside)) + outside;
}
