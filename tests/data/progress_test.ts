import { assertEquals } from "@std/assert";
import { progressPrinter } from "../../lib/data/progress.ts";

Deno.test("progressPrinter() prints the first and the last line to a log", () => {
  const lines: string[] = [];
  const before = console.info;
  console.info = (line: string) => lines.push(line);
  try {
    const print = progressPrinter(false);
    for (let receivedBytes = 1; receivedBytes <= 100; receivedBytes++) {
      print({ name: "a", receivedBytes, totalBytes: 100, bytesPerSecond: 5 });
    }
  } finally {
    console.info = before;
  }
  assertEquals(lines, [
    "a: 1 B of 100 B (1%), 5 B/s",
    "a: 100 B of 100 B (100%), 5 B/s",
  ]);
});
