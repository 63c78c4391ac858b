namespace FunctionalNN.Tests;

/// <summary>A test of file permissions: skipped where they do not bind the user that runs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Skip = "needs a Unix user other than root: permissions bind no other";
        }
    }
}
