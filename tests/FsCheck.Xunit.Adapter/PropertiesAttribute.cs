namespace FsCheck.Xunit;

/// <summary>
/// What the properties of a class, of the classes nested in it, or of an assembly have in common.
/// The nearest attribute that sets something decides; arbitraries add up.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class PropertiesAttribute : PropertyAttribute;
