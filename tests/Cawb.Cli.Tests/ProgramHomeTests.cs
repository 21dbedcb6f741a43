using Cawb.Cli.Commands;
using Cawb.Cli.Tests.Training;
using Cawb.Tests.Reference;

namespace Cawb.Cli.Tests;

public sealed class ProgramHomeTests
{
    [Fact]
    public void Is_the_checkout_above_the_program()
    {
        Assert.Equal(Path.TrimEndingDirectorySeparator(ReferenceFolder.Repository), ProgramHome.Folder);
        Assert.Equal(Path.Combine(ReferenceFolder.Repository, ".build", "mnist"), ProgramHome.DigitsCache);
    }

    [Fact]
    public void Is_no_folder_of_a_program_outside_of_a_checkout()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(ProgramHome.Checkout(folder.Path() + Path.DirectorySeparatorChar));
        File.WriteAllText(folder.Path("Cawb.slnx"), "");
        var program = Directory.CreateDirectory(folder.Path("src", "bin")).FullName;
        Assert.Equal(folder.Path(), ProgramHome.Checkout(program + Path.DirectorySeparatorChar));
    }

    [Fact]
    public void Finds_the_checkouts_plans_and_hyper_parameters_from_any_folder()
    {
        using var folder = new TemporaryFolder();
        var plan = ProgramProcess.Run(folder.Path(), [], "compare", "plans/digits-boots.json", "--data", "nowhere");
        Assert.Contains("nowhere: there is no such data set.", plan.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(ProgramHome.Find(Path.Combine("hyp", "digits.json"))));
        Assert.Equal("hyp/none.json", ProgramHome.Find("hyp/none.json"));
    }

    [Fact]
    public void A_file_of_the_working_folder_comes_first()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path("plans"));
        File.WriteAllText(folder.Path("plans", "digits-boots.json"), "{}");
        var plan = ProgramProcess.Run(folder.Path(), [], "compare", "plans/digits-boots.json");
        Assert.Contains("plans/digits-boots.json: line 1, column 1: ", plan.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("digits-boots", "digits-boots")]
    [InlineData("CAWB: up / down?", "CAWB-up-down")]
    [InlineData("a\\b  <c>.", "a-b-c")]
    [InlineData("???", "comparison")]
    public void The_folder_of_a_comparison_has_a_name_that_every_system_takes(string plan, string folder) => Assert.Equal(folder, CompareCommand.FolderName(plan));
}
