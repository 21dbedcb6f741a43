using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Reports;


namespace Cawb.Cli.Comparison;

/// <summary>What a person sees of a comparison while it runs. Told by several threads.</summary>
internal interface IComparisonView : IProgress<RunStatus>
{
    /// <summary>Shows until the work is done.</summary>
    /// <param name="work">The comparison.</param>
    ComparisonResults Show(Task<ComparisonResults> work);
}
