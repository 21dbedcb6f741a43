namespace Cawb.Detection.Evaluation;

/// <summary>Is told how a validation gets on. Stages follow one another without a gap, so that times between the calls add up to the whole.</summary>
public interface IValidationObserver
{
    /// <summary>The validation has been busy with this since the call before.</summary>
    void Spent(ValidationStage stage);

    /// <summary>Pictures are through the network.</summary>
    /// <param name="count">Of the batch.</param>
    void Finished(int count);
}
