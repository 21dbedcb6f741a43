namespace Cawb.Web.Runs;

/// <summary>Addresses that a page has asked for and that are not there yet. When one comes, somebody may have typed on, and it must take nothing back.</summary>
internal sealed class AskedAddresses
{
    private readonly Queue<string> asked = new();

    /// <summary>The page asks for an address; what it shows is that of the address already.</summary>
    public void Ask(string address) => asked.Enqueue(address);

    /// <summary>An address is there.</summary>
    /// <returns>Whether the page asked for it; otherwise somebody followed a link or went back.</returns>
    public bool HasAsked(string address)
    {
        if (!asked.Contains(address))
        {
            asked.Clear();
            return false;
        }

        while (asked.Dequeue() != address)
        {
        }

        return true;
    }
}
