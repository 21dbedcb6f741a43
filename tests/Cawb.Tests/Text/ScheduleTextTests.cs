namespace Cawb.Tests.Text;

public sealed class ScheduleTextTests
{
    public static TheoryData<string> Texts => new(
        """{"type":"cawb","epochs":150,"bootEpochs":[30,80],"annealing":{"type":"cosine","scale":0.65,"offset":0.35},"stepScale":0.7,"epochScale":4,"warmupEpochs":3}""",
        """{"type":"cawb","epochs":10,"annealing":"((1 + math.cos(x * math.pi / y)) / 2) ** 1.0 * 0.65 + 0.35"}""",
        """{"type":"constant"}""",
        """{"type":"linear","durationEpochs":10,"end":0.1}""",
        """{"type":"cosine","durationEpochs":10,"end":{"absolute":1E-05}}""",
        """{"type":"warmup","warmupEpochs":2.5,"schedule":{"type":"cosine","durationEpochs":97.5}}""");

    [Theory]
    [MemberData(nameof(Texts))]
    public void Prints_canonical_text_back_as_it_was(string text)
    {
        var schedule = ScheduleText.Parse(text);
        Assert.Equal(text, schedule.CanonicalText);
        var again = ScheduleText.Parse(ScheduleText.Print(schedule));
        Assert.Equal(schedule, again);
        Assert.Equal(schedule.Fingerprint, again.Fingerprint);
    }

    [Fact]
    public void Reads_line_ends_of_Windows_and_counts_lines_by_them()
    {
        Assert.Equal(new CosineSchedule(10), ScheduleText.Parse("{\r\n  \"type\": \"cosine\",\r\n  \"durationEpochs\": 10\r\n}\r\n"));
        var fault = Assert.Throws<ScheduleTextException>(() => ScheduleText.Parse("{\r\n  \"type\": \"cosin\"\r\n}"));
        Assert.StartsWith("Line 2, column 11: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_a_list_on_one_line_of_the_indented_text() =>
        Assert.Equal(
            "{\n  \"type\": \"piecewiseConstant\",\n  \"boundaryEpochs\": [30, 80.5],\n  \"levels\": [1, 0.5, {\"absolute\": 0.01}]\n}",
            ScheduleText.Print(new PiecewiseConstantSchedule([30, 80.5], [Level.Base, Level.Factor(0.5), Level.Absolute(0.01)])));

    [Fact]
    public void Leaves_out_what_is_the_default_however_it_was_written() =>
        Assert.Equal("""{"type":"constant"}""", ScheduleText.Parse("""{"$schema": "x", "level": 1.0, "type": "constant"}""").CanonicalText);

    [Theory]
    [InlineData("", "Line 1, column 1: The text is empty; a schedule is a JSON object such as {\"type\":\"cosine\",\"durationEpochs\":100}.")]
    [InlineData("[1]", "Line 1, column 1: Expected an object for the schedule, found a list.")]
    [InlineData("{\"type\":\"cosin\"}", "Line 1, column 9: Unknown schedule type: \"cosin\"; did you mean \"cosine\"?")]
    [InlineData("{\"type\":\"cosine\",\n  \"duration_epochs\": 3}", "Line 2, column 3: Unknown key in \"cosine\": \"duration_epochs\"; did you mean \"durationEpochs\"?")]
    [InlineData("{\"type\":\"cosine\"}", "Line 1, column 1: \"cosine\" needs the key \"durationEpochs\": Length of the half cosine in epochs.")]
    [InlineData("{\"type\":\"cosine\",\"durationEpochs\":-3}", "Line 1, column 35: \"durationEpochs\": Must be a finite number above 0; got -3.")]
    [InlineData("{\"type\":\"cosine\",\"durationEpochs\":\"3\"}", "Line 1, column 35: Expected a number for \"durationEpochs\", found the text \"3\".")]
    [InlineData("{\"type\":\"cosine\",\"durationEpochs\":3,\"end\":-1}", "Line 1, column 43: \"end\": Must be a finite number, 0 or above; got -1.")]
    [InlineData("{\"type\":\"cosine\",\"type\":\"cosine\"}", "Line 1, column 18: The key \"type\" is there twice.")]
    [InlineData("{\"type\":\"cosine\",\"durationEpochs\":1e999}", "Line 1, column 35: 1e999 is too large for a number.")]
    public void Says_where_and_what_is_wrong(string text, string message) =>
        Assert.Equal(message, Assert.Throws<ScheduleTextException>(() => ScheduleText.Parse(text)).Message);

    [Fact]
    public void Points_into_an_annealing_expression_that_cannot_be_read()
    {
        var fault = Assert.Throws<ScheduleTextException>(() => ScheduleText.Parse("""{"type":"cawb","epochs":10,"annealing":"1 - x /"}"""));
        Assert.Equal(40, fault.ColumnNumber);
        Assert.Contains("olumn 8", fault.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'type':'constant','level':1,}", 2, "Write keys and texts in straight double quotes, such as 'type'.")]
    [InlineData("{“type”:'constant'}", 2, "Write keys and texts in straight double quotes, such as 'type'.")]
    public void Names_quotes_that_are_not_those_of_json(string text, int column, string mistake) => NotJson(text, column, mistake.Replace('\'', '"'));

    // In these texts ' stands for ".
    [Theory]
    [InlineData("{'type':'constant',}", 19, "Remove the comma before }.")]
    [InlineData("{'type':'constant','parts':[1,2 , ]}", 33, "Remove the comma before ].")]
    [InlineData("{'type':'constant',,'level':1}", 20, "Remove this comma; there is nothing before it that it could end.")]
    [InlineData("{'type':'constant'} x", 21, "Remove what stands after the end.")]
    [InlineData("{'type':'constant' /* base */}", 20, "Comments are not allowed; remove this one.")]
    [InlineData("# base {'type':'constant'}", 1, "Comments are not allowed; remove this one.")]
    [InlineData("{'type':'constant'", 19, "The text ends too early; a value or a closing } or ] is missing.")]
    [InlineData("{'type':", 9, "The text ends too early; a value or a closing } or ] is missing.")]
    [InlineData("{'type':}", 9, "A value is missing before }.")]
    [InlineData("{'type':'constant]", 9, "The closing double quote of this text is missing on its line.")]
    [InlineData("{'type':'con\nstant'}", 9, "The closing double quote of this text is missing on its line.")]
    [InlineData("{'type':'con\tstant'}", 9, "A text holds a tab; write it as \\t.")]
    [InlineData("{'type':'con\\stant'}", 14, "A text holds a backslash that begins no character; write a backslash as \\\\.")]
    [InlineData("{'type':'constant' 'level':1}", 20, "A comma or a colon is missing before this.")]
    [InlineData("{'type' 'constant'}", 9, "A comma or a colon is missing before this.")]
    [InlineData("{'a':[1 2]}", 9, "A comma is missing before this.")]
    [InlineData("{'a':{} 'b':2}", 9, "A comma is missing before this.")]
    [InlineData("{type:'constant'}", 2, "Write the key in double quotes: 'type'.")]
    [InlineData("{'type':constant}", 9, "constant is no JSON value; write a text in double quotes: 'constant'.")]
    [InlineData("{'level':NaN}", 10, "NaN is no number in JSON; write a finite one.")]
    [InlineData("{'level':-Infinity}", 10, "-Infinity is no number in JSON; write a finite one.")]
    [InlineData("{'isStaircase':True}", 16, "Write true in lower case.")]
    [InlineData("{'level':.5}", 10, ".5 is no number as JSON writes it, such as 1000, 0.5 or 1e-3.")]
    [InlineData("{'level':5.}", 10, "5. is no number as JSON writes it, such as 1000, 0.5 or 1e-3.")]
    [InlineData("{'level':+5}", 10, "+5 is no number as JSON writes it, such as 1000, 0.5 or 1e-3.")]
    [InlineData("{'level':05}", 10, "05 is no number as JSON writes it, such as 1000, 0.5 or 1e-3.")]
    [InlineData("{'level':1_000}", 10, "1_000 is no number as JSON writes it, such as 1000, 0.5 or 1e-3.")]
    [InlineData("{'level':[1}", 12, "Nothing is open here that } could close.")]
    [InlineData("}", 1, "Nothing is open here that } could close.")]
    [InlineData("{'level'::1}", 10, "':' cannot stand here; a key in double quotes, a value, a comma, } or ] could.")]
    [InlineData("{1:2}", 2, "'1' cannot stand here; a key in double quotes, a value, a comma, } or ] could.")]
    public void Says_how_to_mend_what_is_no_json(string text, int column, string mistake) => NotJson(text.Replace('\'', '"'), column, mistake.Replace("'", mistake.StartsWith('\'') ? "'" : "\"", StringComparison.Ordinal));

    [Fact]
    public void Says_that_a_text_is_nested_too_deep() => NotJson(new string('[', 70), 65, "Too many objects and lists stand inside each other.");

    [Fact]
    public void Says_that_a_delegate_has_no_text_but_gives_it_a_fingerprint()
    {
        var schedule = new CawbSchedule(10, [], Annealing.FromFunction("mine", (x, y) => 1));
        var fault = Assert.Throws<NotSupportedException>(() => schedule.CanonicalText);
        Assert.Contains("\"mine\" is a delegate and has no text form", fault.Message, StringComparison.Ordinal);
        Assert.NotEqual(schedule.Fingerprint, new CawbSchedule(10, [], Annealing.FromFunction("yours", (x, y) => 1)).Fingerprint);
    }

    [Fact]
    public void Names_the_file_and_the_place()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, "{\n \"type\": 3}");
        var fault = Assert.Throws<ScheduleTextException>(() => ScheduleText.Load(path));
        File.Delete(path);
        Assert.Equal($"{path}, line 2, column 10: Expected the name of the schedule as a text, found the number 3.", fault.Message);
    }

    private static void NotJson(string text, int column, string mistake)
    {
        var fault = Assert.Throws<ScheduleTextException>(() => ScheduleText.Parse(text));
        Assert.Equal(("Not valid JSON: " + mistake, column), (fault.Problem, fault.ColumnNumber));
    }
}
