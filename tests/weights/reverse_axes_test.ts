import { assertEquals } from "@std/assert";
import { reverseAxes } from "../../lib/weights/reverse_axes.ts";

Deno.test("reverseAxes() moves each value to its place", () => {
  for (
    const [a, b, c] of [[2, 3, 4], [33, 2, 9], [16, 1, 1], [1, 1, 17], [
      0,
      3,
      2,
    ]] as const
  ) {
    const values = Float32Array.from({ length: a * b * c }, (_, i) => i);
    const expected: number[] = [];
    for (let k = 0; k < c; k++) {
      for (let j = 0; j < b; j++) {
        for (let i = 0; i < a; i++) expected.push((i * b + j) * c + k);
      }
    }
    const reversed = reverseAxes(values, [a, b, c]);
    assertEquals([...reversed], expected);
    assertEquals(reverseAxes(reversed, [c, b, a]), values);
  }
});
