namespace FunctionalNN;

/// <summary>A value of the graph that is written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Image">The size of the images that it is, [n × channels × rows × columns] as everywhere in ONNX; null for rows of numbers.
/// Images that the network takes as rows stay images here until a layer needs rows.</param>
internal readonly record struct OnnxValue(string Name, ImageSize? Image);
