import { join } from "@std/path";
import * as z from "zod";
import { replaceFile } from "../../lib/data/replace_file.ts";
import { withInstructions } from "../../lib/backends/vector_instructions.ts";
import { describeHardware } from "../../lib/records/hardware.ts";
import { resultsFolder } from "./folders.ts";
import type { Section } from "./section.ts";

const resultSchema = z.object({
  title: z.string(),
  measuredAt: z.string(),
  hardware: z.string(),
  software: z.string(),
  text: z.string(),
  data: z.unknown(),
});

const resultsSchema = z.record(z.string(), resultSchema);

type Result = z.infer<typeof resultSchema>;
type Results = z.infer<typeof resultsSchema>;

/** The machine in words, and a file name by what kind of machine it is. */
export async function describeMachine(): Promise<
  { kind: string; words: string }
> {
  const hardware = await describeHardware("");
  const { cpu, instructions, cores, memoryBytes, gpu, load } = hardware;
  const memory = `${Math.round(memoryBytes / 2 ** 30)} GiB`;
  const processor = `${withInstructions(cpu, instructions)}, ${cores} cores`;
  return {
    kind: (gpu ?? processor).toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
    words: [...gpu === null ? [] : [gpu], processor, memory, `load ${load}`]
      .join("; "),
  };
}

/** What computed and what it ran in, with versions. */
export function describeSoftware(engines: readonly string[]): string {
  return [
    ...new Set(engines),
    `Deno ${Deno.version.deno}`,
    `${Deno.build.os} ${Deno.osRelease()} ${Deno.build.arch}`,
  ].join("; ");
}

/** A result as it is read: its title, where and with what, and its tables. */
export function describeResult(result: Result): string {
  const { title, hardware, software, measuredAt, text } = result;
  return [
    `## ${title}`,
    `${measuredAt.slice(0, 10)} on ${hardware}; ${software}.`,
    text,
  ].join("\n\n");
}

/** Puts a section beside what this kind of machine has given before. */
export async function keepResult(
  kind: string,
  section: Section,
  result: Result,
): Promise<void> {
  const folder = resultsFolder();
  await Deno.mkdir(folder, { recursive: true });
  const json = join(folder, `${kind}.json`);
  const results: Results = { ...await read(json), [section.name]: result };
  await replaceFile(json, `${JSON.stringify(results, null, 2)}\n`);
  const markdown = Object.values(results).map(describeResult).join("\n\n");
  await replaceFile(
    join(folder, `${kind}.md`),
    `# Benchmarks\n\n${markdown}\n`,
  );
}

async function read(path: string): Promise<Results> {
  try {
    return resultsSchema.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}
