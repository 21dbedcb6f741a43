using System.Runtime.CompilerServices;

namespace Cawb.Web.Folder;

/// <summary>Values that are made once for each version of what they are made of, shared by all who ask, and gone when nobody holds them any more.</summary>
internal sealed class MadeOnce<TKey, TValue>
    where TKey : class
    where TValue : class
{
    private readonly ConditionalWeakTable<TKey, Slot> slots = [];

    /// <summary>The value of a version, where it is made and somebody holds it.</summary>
    /// <param name="version">By its identity.</param>
    public TValue? Find(TKey version) => slots.TryGetValue(version, out var slot) && slot.Made is { } made && made.TryGetTarget(out var value) ? value : null;

    /// <summary>The value of a version. Others who ask for it wait while it is made.</summary>
    /// <param name="version">By its identity.</param>
    /// <param name="make">Makes it; asked again where it throws.</param>
    public TValue Of(TKey version, Func<TKey, TValue> make)
    {
        var slot = slots.GetOrCreateValue(version);
        lock (slot)
        {
            if (slot.Made is { } made && made.TryGetTarget(out var value))
            {
                return value;
            }

            var fresh = make(version);
            slot.Made = new WeakReference<TValue>(fresh);
            return fresh;
        }
    }

    private sealed class Slot
    {
        public WeakReference<TValue>? Made { get; set; }
    }
}
