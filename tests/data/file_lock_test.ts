import { assertEquals, assertRejects } from "@std/assert";
import { withFileLock } from "../../lib/data/file_lock.ts";

Deno.test("withFileLock() lets one action end before the next begins", async () => {
  const path = await Deno.makeTempFile();
  const events: string[] = [];
  const act = (name: string) =>
    withFileLock(path, async () => {
      events.push(`${name} begins`);
      for (let i = 0; i < 20; i++) await Deno.stat(path);
      events.push(`${name} ends`);
    });
  await Promise.all(["a", "b", "c"].map(act));
  for (let i = 0; i < events.length; i += 2) {
    assertEquals(events[i + 1], events[i]!.replace("begins", "ends"));
  }
  assertEquals(events.length, 6);
  await Deno.remove(path);
});

Deno.test("withFileLock() gives the lock back if the action throws", async () => {
  const path = await Deno.makeTempFile();
  const fail = () => Promise.reject(new Error("no"));
  await assertRejects(() => withFileLock(path, fail), Error, "no");
  assertEquals(await withFileLock(path, () => Promise.resolve(1)), 1);
  await Deno.remove(path);
});
