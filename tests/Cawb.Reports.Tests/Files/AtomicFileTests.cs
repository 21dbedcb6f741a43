using Cawb.Files;
using Cawb.Reports.Files;
using Cawb.Tests;

namespace Cawb.Reports.Tests.Files;

public class AtomicFileTests
{
    [Fact]
    public void Replaces_a_file_and_leaves_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteText(folder.Of("a.txt"), "first and longer");
        AtomicFile.WriteText(folder.Of("a.txt"), "second ✓");
        Assert.Equal("second ✓"u8.ToArray(), File.ReadAllBytes(folder.Of("a.txt")));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    /// <summary>Windows' words: access denied, or a sharing violation.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Waits_for_somebody_who_reads_the_file(bool isDenied)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("a.txt"), "read");
        var tries = 0;
        var waited = TimeSpan.Zero;
        WholeFile.Replace(folder.Of("a.txt"), Move, time => waited += time);
        Assert.Equal((4, TimeSpan.FromMilliseconds(60)), (tries, waited));

        var patience = Assert.ThrowsAny<Exception>(() => WholeFile.Replace(folder.Of("a.txt"), () => throw Refusal(), time => waited += time));
        Assert.Equal(Refusal().GetType(), patience.GetType());
        Assert.True(waited < TimeSpan.FromSeconds(3), $"{waited}");

        void Move()
        {
            if (++tries < 4)
            {
                throw Refusal();
            }
        }

        Exception Refusal() => isDenied ? new UnauthorizedAccessException() : new IOException("", unchecked((int)0x80070020));
    }

    [Fact]
    public void Does_not_wait_where_no_file_is_in_the_way()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<UnauthorizedAccessException>(() => WholeFile.Replace(folder.Of("a.txt"), () => throw new UnauthorizedAccessException(), _ => Assert.Fail("Waited.")));
    }

    [Fact]
    public void Leaves_the_old_file_when_the_content_fails_half_way()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteText(folder.Of("a.txt"), "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder.Of("a.txt"), stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(folder.Of("a.txt")));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    /// <summary>The operating system's own error for a full disk, from the device that always is full.</summary>
    [Fact]
    public void Says_that_the_disk_is_full_and_leaves_the_old_file()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");
        using var folder = new TemporaryFolder();
        AtomicFile.WriteText(folder.Of("a.txt"), "old");
        var fault = Assert.Throws<FileException>(() => AtomicFile.Write(folder.Of("a.txt"), stream =>
        {
            stream.Write("half"u8);
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            full.Write(new byte[1 << 16]);
            full.Flush();
        }));
        Assert.Equal(folder.Of("a.txt") + ": cannot be written: the disk is full. Free some space; what was there before is unharmed.", fault.Message);
        Assert.Equal("old", File.ReadAllText(folder.Of("a.txt")));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Says_that_the_folder_is_missing()
    {
        using var folder = new TemporaryFolder();
        var fault = Assert.Throws<FileException>(() => AtomicFile.WriteText(folder.Of("no", "a.txt"), ""));
        Assert.Contains($"the folder {folder.Of("no")} does not exist", fault.Message, StringComparison.Ordinal);
        Assert.Equal(folder.Of("no", "a.txt"), fault.Path);
    }

    [Fact]
    public void Says_that_a_folder_has_the_name()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Of("a.txt"));
        var fault = Assert.Throws<FileException>(() => AtomicFile.WriteText(folder.Of("a.txt"), ""));
        Assert.StartsWith(folder.Of("a.txt"), fault.Message, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    /// <summary>/proc takes no files from anybody, root included.</summary>
    [Fact]
    public void Says_that_a_place_takes_no_files()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "This system has no /proc.");
        Assert.Throws<FileException>(() => AtomicFile.WriteText("/proc/cawb.txt", ""));
    }

    [Fact]
    public void Follows_a_link_and_leaves_it_a_link()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteText(folder.Of("target.txt"), "old");
        File.CreateSymbolicLink(folder.Of("link.txt"), folder.Of("target.txt"));
        AtomicFile.WriteText(folder.Of("link.txt"), "new");
        Assert.Equal("new", File.ReadAllText(folder.Of("target.txt")));
        Assert.NotNull(new FileInfo(folder.Of("link.txt")).LinkTarget);
    }
}
