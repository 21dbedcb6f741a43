using System.Text.Json;
using Cawb.Detection.Images;
using Cawb.Detection.Images.Jpeg;
using OpenCvSharp;

namespace Cawb.Detection.Tests.Images;

public class JpegDamageTests
{
    // IMWRITE_JPEG_SAMPLING_FACTOR, which OpenCvSharp has no name for.
    private const ImwriteFlags SamplingFactor = (ImwriteFlags)7;

    public static TheoryData<string> Files => [.. Golden().Select(file => file.Text("name"))];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_libjpeg_complains_about_is_found(string name)
    {
        var file = Golden().Single(file => file.Text("name") == name);
        var sound = file.GetProperty("jpeg").GetBytesFromBase64();
        Assert.False(JpegDamage.IsIn(sound));
        var pixels = ImageFile.Decode(sound, name).Pixels.ToArray();
        foreach (var damage in file.Items("cases"))
        {
            var at = damage.Integer("at");
            byte[] damaged = [.. sound[..at], .. Convert.FromHexString(damage.Text("come")), .. sound[(at + damage.Integer("gone"))..]];
            if (damage.GetProperty("complaint").GetBoolean())
            {
                Assert.True(JpegDamage.IsIn(damaged), $"at {at}");
            }
            else if (JpegDamage.IsIn(damaged))
            {
                // libjpeg does not see everything; but nothing is called damaged whose pixels are as they were.
                Assert.NotEqual(pixels, ImageFile.Decode(damaged, name).Pixels.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(0x411111, 0)]
    [InlineData(0x221111, 0)]
    [InlineData(0x211111, 0)]
    [InlineData(0x121111, 0)]
    [InlineData(0x111111, 0)]
    [InlineData(0x411111, 1)]
    [InlineData(0x221111, 1)]
    [InlineData(0x121111, 1)]
    public void Every_sampling_and_size_is_walked_to_its_end_and_no_further(int sampling, int isProgressive)
    {
        foreach (var (width, height) in new[] { (1, 1), (8, 8), (9, 17), (33, 64), (70, 41) })
        {
            foreach (var interval in new[] { 0, 1, 5 })
            {
                var bytes = Encoded(width, height, SamplingFactor, sampling, ImwriteFlags.JpegProgressive, isProgressive, ImwriteFlags.JpegRstInterval, interval);
                Assert.False(JpegDamage.IsIn(bytes), $"{width} x {height}, {interval}");
                Assert.True(JpegDamage.IsIn([.. bytes[..^2], 0, 0, 0xFF, 0xD9]), "more data than blocks");
                Assert.True(JpegDamage.IsIn([.. bytes[..^5], 0xFF, 0xD9]), "more blocks than data");
            }
        }
    }

    [Fact]
    public void Bytes_before_or_behind_the_data_that_mean_nothing_are_no_damage()
    {
        var bytes = Encoded(40, 40);
        Assert.False(JpegDamage.IsIn([.. bytes, .. "appended by a camera"u8]));
        Assert.False(JpegDamage.IsIn([.. bytes[..^2], 0xFF, 0xFF, 0xFF, .. bytes[^2..]]));
        Assert.False(JpegDamage.IsIn(JpegFiles.WithOrientation(bytes, 6)));
        Assert.False(JpegDamage.IsIn(ImageFile.EncodePng(new Image(3, 3))));
    }

    [Fact]
    public void A_file_without_end_mark_or_with_bytes_between_its_blocks_is_damaged()
    {
        var bytes = Encoded(40, 40);
        Assert.True(JpegDamage.IsIn(bytes.AsSpan(..^2)));
        // Behind the first block, which has 18 bytes.
        Assert.True(JpegDamage.IsIn([.. bytes[..20], 7, 7, .. bytes[20..]]));
        Assert.All(Enumerable.Range(3, bytes.Length - 5), length => Assert.True(JpegDamage.IsIn(bytes.AsSpan(..length))));
    }

    private static byte[] Encoded(int width, int height, params object[] settings)
    {
        using var picture = new Mat(height, width, MatType.CV_8UC3);
        for (var i = 0; i < width * height; i++)
        {
            picture.At<Vec3b>(i / width, i % width) = new Vec3b((byte)(i * 3), (byte)(i / width * 5), (byte)(i * i));
        }

        Cv2.ImEncode(".jpg", picture, out var bytes, [.. settings.Select(setting => (int)setting)]);
        return bytes;
    }

    private static JsonElement[] Golden()
    {
        using var file = typeof(JpegDamageTests).Assembly.GetManifestResourceStream("Cawb.Detection.Tests.Images.jpeg-damage.json");
        Assert.NotNull(file);
        using var golden = JsonDocument.Parse(file);
        return [.. golden.RootElement.EnumerateArray().Select(element => element.Clone())];
    }
}
