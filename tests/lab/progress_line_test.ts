import { assertEquals } from "@std/assert";
import { ProgressLine } from "../../lib/lab/progress_line.ts";

function lineOn(isTerminal: boolean, columns?: number) {
  const written: string[] = [];
  const clock = { time: 0 };
  const line = new ProgressLine({
    output: {
      write: (text) => void written.push(text),
      isTerminal,
      columns: () => columns,
    },
    name: "ResNet-20",
    device: "CPU",
    now: () => clock.time,
  });
  return { line, written, clock };
}

const curves = {
  train: [{ step: 50, loss: 1, error: 41.25 }],
  test: [{ step: 50, loss: 1, error: 50 }],
};

const POINT = { step: 50, curves };

Deno.test("a log has a line at once, and one for each point", () => {
  const { line, written, clock } = lineOn(false);
  line.begin(100);
  for (let step = 1; step <= 50; step++) {
    clock.time += 100;
    line.step(step);
  }
  line.point(POINT);
  line.end();
  assertEquals(written, [
    "ResNet-20: preparing the step on the CPU ...\n",
    "ResNet-20 step 50 of 100, 10 steps a second, 5.0 s left, CPU; error: training 41.3 %, test 50.0 %\n",
  ]);
});

Deno.test("a terminal has one line, drawn five times a second", () => {
  const { line, written, clock } = lineOn(true);
  line.begin(100);
  for (let step = 1; step <= 51; step++) {
    line.step(step);
    clock.time += 100;
    if (step === 50) line.point(POINT);
  }
  line.end();
  assertEquals(written.length, 1 + 26 + 1);
  assertEquals(
    written.at(-2),
    "\r\x1b[K[############------------] ResNet-20 step 51 of 100, 10 steps a second, 4.9 s left, CPU; error: training 41.3 %, test 50.0 %",
  );
  assertEquals(written.at(-1), "\r\x1b[K");
});

Deno.test("a terminal's line is never longer than a row", () => {
  for (const columns of [20, 80, 120]) {
    const { line, written, clock } = lineOn(true, columns);
    line.begin(100000);
    for (let step = 1; step <= 60; step++) {
      clock.time += 5000;
      line.step(step);
      if (step === 50) line.point(POINT);
    }
    const lengths = written.map((text) => text.replace("\r\x1b[K", "").length);
    assertEquals(Math.max(...lengths), columns - 1);
  }
  // A log has it whole.
  const { line, written } = lineOn(false, 20);
  line.begin(100);
  assertEquals(written, ["ResNet-20: preparing the step on the CPU ...\n"]);
});
