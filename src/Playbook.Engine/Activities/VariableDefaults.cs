using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;

namespace Playbook.Engine.Activities;

/// <summary>The value that a variable starts with.</summary>
internal static class VariableDefaults
{
    public static object? ValueOf(VariableDefinition variable)
    {
        if (string.IsNullOrEmpty(variable.Default))
            return null;
        try
        {
            return ValueConversion.To(variable.Default, variable.FullTypeName);
        }
        catch (ExpressionException)
        {
            // Elsa too starts such a variable empty; validation reports the default that does not fit its type.
            return null;
        }
    }
}
