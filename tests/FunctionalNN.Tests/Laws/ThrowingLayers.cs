using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

/// <summary>A layer that fails on the thread that calls it.</summary>
internal sealed record ThrowingLayer : Layer
{
    public override Validation<Error, int> Width(int inputs) => Right(inputs);

    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => throw new NotSupportedException("no forward");
}

/// <summary>An activation that fails on the caller, on a worker, or on all threads, when its batch is cut into parts.</summary>
internal sealed record ThrowingActivation(bool OnCaller, bool OnWorker, bool InBackward = false) : Activation
{
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        x.CopyTo(y);
        Fail(!InBackward);
    }

    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        dy.CopyTo(dx);
        Fail(InBackward);
    }

    private void Fail(bool now)
    {
        if (now && (Thread.CurrentThread.Name == "FunctionalNN worker" ? OnWorker : OnCaller))
        {
            throw new NotSupportedException("no activation");
        }
    }
}
