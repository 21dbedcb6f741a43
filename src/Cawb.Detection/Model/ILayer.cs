namespace Cawb.Detection.Model;

/// <summary>A layer, or a block of layers, with one input and one output.</summary>
internal interface ILayer
{
    T Forward<T>(LayerOperators<T> operators, T input);
}
