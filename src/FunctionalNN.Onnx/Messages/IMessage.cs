namespace FunctionalNN;

/// <summary>
/// A message of the ONNX format, which is made of protocol buffers. The messages here are the few that a dense network takes; names and
/// field numbers are those of onnx-ml.proto of ONNX 1.12 (IR version 8), and a field that is not named here is skipped when it is read.
/// </summary>
/// <remarks>Format: https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx-ml.proto.</remarks>
internal interface IMessage
{
    /// <summary>Writes the fields.</summary>
    void Write(FieldWriter to);
}
