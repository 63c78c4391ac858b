using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>√(v + ε) or √v + ε.</summary>
internal readonly struct RootEpsilon(double epsilon, EpsilonPlace place)
{
    private readonly Setting inside = place == EpsilonPlace.InsideRoot ? epsilon : 0;
    private readonly Setting outside = place == EpsilonPlace.InsideRoot ? 0 : epsilon;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Of<S>(S v)
        where S : struct, IReal<S> => S.Sqrt(v + inside) + outside;

    /// <summary>The same of factor·v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Of<S>(S factor, S v)
        where S : struct, IReal<S> => S.Sqrt(S.MultiplyAdd(factor, v, inside)) + outside;
}
