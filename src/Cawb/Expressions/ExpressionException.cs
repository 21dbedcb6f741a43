namespace Cawb.Expressions;

/// <summary>An annealing expression that cannot be read; the message says where, why, and what is allowed there.</summary>
public sealed class ExpressionException : Exception
{
    /// <summary>Describes a fault at one place of an expression.</summary>
    /// <param name="text">The whole expression as it was given.</param>
    /// <param name="column">Where the fault is, counted from 1 in UTF-16 characters of <paramref name="text"/>; one past the end when something is missing there.</param>
    /// <param name="problem">What is wrong and what is allowed instead: one or two sentences without the place.</param>
    public ExpressionException(string text, int column, string problem)
        : base($"Column {column}: {problem}")
    {
        Text = text;
        Column = column;
        Problem = problem;
    }

    /// <summary>The whole expression as it was given.</summary>
    public string Text { get; }

    /// <summary>The place of the fault, counted from 1; one past the end of <see cref="Text"/> when something is missing there.</summary>
    public int Column { get; }

    /// <summary>What is wrong and what is allowed instead, without the place; for callers that state the place in their own way.</summary>
    public string Problem { get; }
}
