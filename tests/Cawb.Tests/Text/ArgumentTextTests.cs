namespace Cawb.Tests.Text;

public sealed class ArgumentTextTests
{
    [Fact]
    public void An_exception_s_own_text_is_told_from_what_the_platform_appends()
    {
        Assert.Equal("Too short.", ArgumentText.Of(new ArgumentException("Too short.", "length")));
        Assert.Equal("Too short.", ArgumentText.Of(new ArgumentOutOfRangeException("length", "Too short.")));
        Assert.Equal("Too short.", ArgumentText.Of(new ArgumentException("Too short.")));
        Assert.Equal("It has a (Parameter 'x') inside.", ArgumentText.Of(new ArgumentException("It has a (Parameter 'x') inside.", "y")));
        Assert.NotEqual("Too short.", new ArgumentException("Too short.", "length").Message);
    }
}
