using Cawb.Reports.Files;
using Cawb.Training;

namespace Cawb.Web.Folder;

/// <summary>Reads what anybody may have written: whatever goes wrong is said of that folder, and nothing else suffers.</summary>
internal static class Guarded
{
    /// <summary>What was read, or what stands for it.</summary>
    /// <param name="directory">That is being read.</param>
    /// <param name="read">Reads.</param>
    /// <param name="otherwise">Gets one paragraph that says where and what.</param>
#pragma warning disable CA1031 // The files are strangers': any exception is one more way in which they can be wrong.
    public static T Read<T>(string directory, Func<T> read, Func<string, T> otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception fault)
        {
            return otherwise(Words(directory, fault));
        }
    }
#pragma warning restore CA1031

    /// <summary>What was read; null where something is wrong.</summary>
    /// <param name="directory">That is being read.</param>
    /// <param name="read">Reads.</param>
    /// <param name="problems">Gets one paragraph more then.</param>
    public static T? Read<T>(string directory, Func<T> read, List<string> problems)
        where T : class => Read<T?>(directory, read, problem =>
        {
            problems.Add(problem);
            return null;
        });

    private static string Words(string directory, Exception fault) => BadInput.IsCause(fault) ? fault.Message
        : FileFault.IsOne(fault) ? FileFault.OfReading(directory, fault).Message
        : $"{directory}: its files are not those of a run of this version. {fault.Message}";
}
