import { withInstructions } from "../backends/vector_instructions.ts";
import type { Facts, Finding } from "./doctor_facts.ts";

/** One line of the doctor's table. */
export interface ReportRow {
  readonly name: string;
  readonly value: string;
  /** What to do about it, if something is missing. */
  readonly mend?: string;
}

/**
 * What the notebooks will run on, the fastest that this machine has.
 *
 * @param facts What the machine has
 */
export function describeChoice(facts: Facts): string {
  const { tensorflow, gpus, webgpu, cores } = facts;
  const cpu = `the CPU (${cores} ${cores === 1 ? "core" : "cores"})`;
  if ("found" in tensorflow) {
    const { version, devices } = tensorflow.found;
    const name = gpus[0]?.name;
    return devices.includes("GPU")
      ? `TensorFlow ${version} on the GPU${name ? ` (${name})` : ""}`
      : `TensorFlow ${version} on ${cpu}`;
  }
  return webgpu && !webgpu.isSoftware
    ? `WebGPU on ${webgpu.description}`
    : `WebAssembly on ${cpu}`;
}

/**
 * The doctor's report: a table of what there is, what the notebooks will run
 * on, and what to do about what is missing.
 *
 * @param facts What the machine has
 */
export function renderReport(facts: Facts): string {
  const rows = reportRows(facts);
  const width = Math.max(...rows.map(({ name }) => name.length));
  const table = rows.map(({ name, value, mend }) =>
    `${mend === undefined ? " " : "!"} ${name.padEnd(width)}  ${value}`
  );
  const mends = rows.flatMap(({ name, mend }) =>
    mend === undefined ? [] : [`- ${name}: ${mend}`]
  );
  return [
    ...table,
    "",
    verdictOn(facts),
    ...(mends.length > 0 ? ["", "What to do:", ...mends] : []),
  ].join("\n");
}

function verdictOn(facts: Facts): string {
  const { tensorflow, jupyterlab, dataSets } = facts;
  const stopping = [
    { name: "TensorFlow", state: tensorflow },
    ...dataSets,
  ].find(({ state }) => "stops" in state && state.stops);
  if (stopping !== undefined) {
    return `The notebooks will not run before what is wrong with ${stopping.name} is mended.`;
  }
  // Set-up would change what they run on.
  const isSetUp = "found" in jupyterlab &&
    ("found" in tensorflow || tensorflow.mend === undefined);
  return isSetUp
    ? `The notebooks will run on ${describeChoice(facts)}.`
    : "The project is not set up yet: run `npx -y deno@2 task setup`, then " +
      "the doctor says what the notebooks will run on.";
}

/** The lines of the doctor's table: what there is, and what is missing. */
export function reportRows(facts: Facts): ReportRow[] {
  return [...machineRows(facts), ...gpuRows(facts), ...dataRows(facts)];
}

function row<T>(
  name: string,
  finding: Finding<T>,
  describe: (found: T) => string,
): ReportRow {
  if ("found" in finding) return { name, value: describe(finding.found) };
  const { problem, mend } = finding;
  return { name, value: problem, ...mend !== undefined && { mend } };
}

function machineRows(facts: Facts): ReportRow[] {
  const { os, arch, cores, instructions, memoryBytes, deno } = facts;
  const memory = (memoryBytes / 2 ** 30).toFixed(1);
  const processor = withInstructions(`${cores} cores`, instructions);
  return [
    {
      name: "Machine",
      value: `${os} ${arch}, ${processor}, ${memory} GiB of memory`,
    },
    { name: "Deno", value: `${deno.version} (${deno.path})` },
    row(
      "Python",
      facts.python,
      ({ version, path }) => `${version} (${path})`,
    ),
    row("JupyterLab", facts.jupyterlab, (version) => version),
    row(
      "TensorFlow",
      facts.tensorflow,
      ({ version, origin, devices }) =>
        `${version} (${origin}), devices: ${devices.join(", ")}`,
    ),
  ];
}

function gpuRows(facts: Facts): ReportRow[] {
  const { gpus, webgpu } = facts;
  const rows: ReportRow[] = gpus.map((
    { name, memoryMebibytes, driver },
    i,
  ) => ({
    name: gpus.length > 1 ? `GPU ${i}` : "GPU",
    value: `${name}, ${
      (memoryMebibytes / 1024).toFixed(1)
    } GiB, driver ${driver}`,
  }));
  if (rows.length === 0) {
    rows.push({
      name: "GPU",
      value: facts.hasNvidiaDriver
        ? "NVIDIA's driver is there, but tells of no card"
        : "no NVIDIA driver found",
    });
  }
  rows.push(...unusedGpuRow(facts));
  rows.push({
    name: "WebGPU",
    value: webgpu
      ? webgpu.description +
        (webgpu.isSoftware ? ", in software: slower than WebAssembly" : "")
      : "no adapter found",
  });
  return rows;
}

/** A row for a card that TensorFlow could use and does not. */
function unusedGpuRow(
  { gpus, tensorflow, tensorflowOnGpu }: Facts,
): ReportRow[] {
  if (
    gpus.length === 0 || !("found" in tensorflow) ||
    tensorflow.found.devices.includes("GPU")
  ) return [];
  return [{
    name: "TensorFlow on GPU",
    value: tensorflowOnGpu ?? "this TensorFlow was built for the CPU",
    mend: tensorflowOnGpu
      ? "update NVIDIA's driver to 525 or newer and run deno task setup --gpu"
      : "run deno task setup --gpu",
  }];
}

function dataRows({ dataSets }: Facts): ReportRow[] {
  return dataSets.map(({ name, state }) => row(name, state, (where) => where));
}
