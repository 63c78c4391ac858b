// Runs ONNX files with onnxruntime-node, each with all of its graph optimisations and with none.
//   node run-onnx.mjs FOLDER RUNTIME, where RUNTIME is the folder that holds node_modules/onnxruntime-node
// FOLDER/cases.txt has one line a file: name, rows, columns and type (float32 or float64). NAME.in holds the numbers; the outputs are
// written to NAME.all and NAME.none, class numbers to NAME.label. One line a run: name, level, and "good" or why not.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, runtime] = process.argv.slice(2);
const ort = createRequire(join(runtime, 'package.json'))('onnxruntime-node');
const bytes = (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
for (const line of readFileSync(join(folder, 'cases.txt'), 'utf8').split('\n').filter((line) => line)) {
  const [name, rows, columns, type] = line.split(' ');
  const raw = readFileSync(join(folder, `${name}.in`));
  const Numbers = type === 'float64' ? Float64Array : Float32Array;
  const input = new Numbers(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
  for (const [level, graphOptimizationLevel] of [['all', 'all'], ['none', 'disabled']]) {
    try {
      const session = await ort.InferenceSession.create(join(folder, `${name}.onnx`), {
        graphOptimizationLevel, intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4,
      });
      const results = await session.run({ input: new ort.Tensor(type, input, [Number(rows), Number(columns)]) });
      writeFileSync(join(folder, `${name}.${level}`), bytes(results.output.data));
      if (results.label) {
        writeFileSync(join(folder, `${name}.label`), bytes(results.label.data));
      }
      await session.release();
      console.log(name, level, 'good', results.output.dims.join('x'));
    } catch (fault) {
      console.log(name, level, 'bad', String(fault.message ?? fault).replaceAll('\n', ' '));
    }
  }
}
