import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { listNvidiaGpus, parseGpus } from "../../lib/setup/nvidia_gpus.ts";

Deno.test("parseGpus() reads several cards, and one without memory of its own", () => {
  const text = "NVIDIA A100-SXM4-40GB, 40960, 535.129.03\n" +
    "NVIDIA GB10, [N/A], 580.95.05\n";
  assertEquals(parseGpus(text), [
    {
      name: "NVIDIA A100-SXM4-40GB",
      memoryMebibytes: 40960,
      driver: "535.129.03",
    },
    { name: "NVIDIA GB10", memoryMebibytes: 0, driver: "580.95.05" },
  ]);
});

Deno.test("parseGpus() finds no card in the words of a driver that has none", () => {
  assertEquals(parseGpus("No devices were found\n"), []);
});

Deno.test({
  name: "listNvidiaGpus() asks nvidia-smi, and finds none where it fails",
  ignore: Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.makeTempDir();
    const program = join(folder, "nvidia-smi");
    try {
      assertEquals(await listNvidiaGpus({ PATH: folder }), []);
      await Deno.writeTextFile(
        program,
        "#!/bin/sh\necho NVIDIA T4, 15360, 550.54.15\n",
        { mode: 0o755 },
      );
      const [gpu] = await listNvidiaGpus({ PATH: folder });
      assertEquals(gpu?.name, "NVIDIA T4");
      await Deno.writeTextFile(
        program,
        "#!/bin/sh\necho cannot talk to the driver\nexit 9\n",
      );
      assertEquals(await listNvidiaGpus({ PATH: folder }), []);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
