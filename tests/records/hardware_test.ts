import { assert, assertEquals } from "@std/assert";
import { vectorInstructions } from "../../lib/backends/vector_instructions.ts";
import {
  describeHardware,
  describeSoftware,
} from "../../lib/records/hardware.ts";
import { parseRecord } from "../../lib/records/parse_record.ts";
import { sampleRecord } from "./sample_record.ts";

Deno.test("describeHardware() and describeSoftware() fit into a record", async () => {
  const hardware = await describeHardware("CPU");
  const software = describeSoftware({
    tfjs: "4.22.0",
    backend: "tensorflow",
    engine: "TensorFlow 2.21.0",
  });
  parseRecord({ ...sampleRecord(), hardware, software }, "this machine");
  assertEquals(hardware.device, "CPU");
  assertEquals(software.deno, Deno.version.deno);
  assertEquals(software.engine, "TensorFlow 2.21.0");
  assert(software.os.includes(Deno.build.os));
});

Deno.test({
  name: "describeHardware() names the processor and memory that Linux names",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const { cpu, instructions, memoryBytes } = await describeHardware("CPU");
    const cpuinfo = await Deno.readTextFile("/proc/cpuinfo");
    const model = /^model name\s*:\s*(.+)$/m.exec(cpuinfo);
    assertEquals(instructions, vectorInstructions());
    // Some processors other than x86 name no model.
    if (model) assertEquals(cpu, model[1]!.trim());
    const meminfo = await Deno.readTextFile("/proc/meminfo");
    const kibibytes = Number(/^MemTotal:\s+(\d+) kB$/m.exec(meminfo)![1]);
    assertEquals(memoryBytes, kibibytes * 1024);
  },
});
