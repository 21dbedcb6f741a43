namespace Cawb.Detection.Loss;

/// <summary>One pair of a labelled box and a cell's anchor that is trained to predict it.</summary>
/// <param name="Image">Index of the image in the batch.</param>
/// <param name="Class">Class index of the box.</param>
/// <param name="Anchor">Anchor of the level, 0 to 2.</param>
/// <param name="CellY">Row of the cell.</param>
/// <param name="CellX">Column of the cell.</param>
/// <param name="Slot">Which cell it is: 0 the one that holds the centre, 1 left, 2 above, 3 right, 4 below.</param>
/// <param name="Target">Index of the label row.</param>
/// <param name="OffsetX">Centre relative to the cell, in cells.</param>
/// <param name="OffsetY">Centre relative to the cell, in cells.</param>
/// <param name="Width">Width in cells.</param>
/// <param name="Height">Height in cells.</param>
public readonly record struct Assignment(
    int Image, int Class, int Anchor, int CellY, int CellX, int Slot, int Target, double OffsetX, double OffsetY, double Width, double Height);
