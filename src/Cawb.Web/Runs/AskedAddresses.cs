namespace Cawb.Web.Runs;

/// <summary>What a page has asked to stand in its address, and what is not there yet. When it comes, somebody may have typed on, and it must take nothing back.</summary>
internal sealed class AskedAddresses
{
    private readonly Queue<string> asked = new();
    private string? last;

    /// <summary>The page asks for an address; what it shows is that of the address already.</summary>
    public void Ask(string address) => asked.Enqueue(address);

    /// <summary>An address is there.</summary>
    /// <returns>Whether it says something new: somebody opened it, followed a link or went back. It does not where the page asked for it, or where it was there before.</returns>
    public bool IsNew(string address)
    {
        if (address == last)
        {
            return false;
        }

        last = address;
        if (!asked.Contains(address))
        {
            asked.Clear();
            return true;
        }

        while (asked.Dequeue() != address)
        {
        }

        return false;
    }
}
