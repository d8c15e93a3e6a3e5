import { assertEquals, assertThrows } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { countMultiplyAdds } from "../../lib/networks/count.ts";
import { countParameters } from "../../lib/networks/parameters.ts";
import { cifarPlain } from "../../lib/networks/cifar.ts";
import { codeCells } from "../../lib/setup/notebook_module.ts";
import { printed } from "./printed.ts";

const NOTEBOOKS = new URL("../../notebooks/", import.meta.url);

/** What the exercises' calls find in the cells before them. */
interface Scope {
  [name: string]: unknown;
}

const NAMES = [
  ...["parameters", "plain110", "countParameters"],
  ...["shortcuts", "ones", "kernel", "factor", "measured"],
  ...["bestRate", "bestTrial", "rates"],
  ...["firstWorse", "depths", "worse", "isHigher", "change"],
];

/** The calls of `exercise` in the notebook, in order, each as a function. */
async function exercises(): Promise<((scope: Scope) => void)[]> {
  const notebook = new URL("02_degradation.ipynb", NOTEBOOKS);
  const cells = codeCells(await Deno.readTextFile(notebook));
  const calls = cells.flatMap(({ source }) => {
    const start = source.search(/^exercise\(/m);
    return start < 0 ? [] : [source.slice(start)];
  });
  const code = [
    `import * as resnet from "../lib/mod.ts";`,
    `const { exercise } = resnet;`,
    `export default [`,
    ...calls.map((call) => `({ ${NAMES} }) => { ${call} },`),
    `];`,
  ].join("\n");
  // Beside the notebook, so that "../lib" means the same as in its cells.
  const file = new URL(`.exercises.${Deno.pid}.check.ts`, NOTEBOOKS);
  await Deno.writeTextFile(file, code);
  try {
    return (await import(file.href)).default;
  } finally {
    await Deno.remove(fromFileUrl(file));
  }
}

const PLAIN_110 = cifarPlain({ depth: 110 });
const PARAMETERS = { plain110: PLAIN_110, countParameters };
const ONES = { kernel: { values: [0, ...Array(16).fill(1), 0] } };
const RATES = { rates: [0.001, 0.01, 0.1], bestTrial: { rate: 0.01 } };

/** The name that holds the answer, the scope, right and wrong answers. */
const CASES: [string, Scope, unknown, [unknown, string][]][] = [
  ["parameters", PARAMETERS, 1_727_962, [
    [1.7e6, "That is rounded"],
    [2 * 853_018, "besides the first and the classifier"],
    [countMultiplyAdds(PLAIN_110), "These are multiply-adds"],
    [5, "Unfold the hint"],
  ]],
  ["shortcuts", {}, 27, [
    [54, "around a pair of layers"],
    [28, "are in no pair"],
    [9, "the pairs of one stage"],
    [2, "where the size changes"],
  ]],
  ["ones", ONES, 16, [
    [1, "one channel would pass"],
    [9, "the sum of its neighbours"],
    [144, "a blur"],
    [256, "the sum of all 16 channels"],
  ]],
  ["factor", { measured: 0.4997 }, 0.5, [
    [1, "means less now"],
    [2, "it does not"],
    [0.25, "the curvature"],
    [0, "but on its shape"],
  ]],
  ["bestRate", RATES, 0.01, [
    [0.1, "goes past the valley"],
    [0.001, "safe and slow"],
    [0.5, "Name one that you tried"],
  ]],
  ["firstWorse", { depths: [32], worse: { network: { depth: 32 } } }, 32, [
    [56, "Does none before it?"],
  ]],
  ["isHigher", { change: { before: 2, after: 2.1 } }, true, [
    [false, "Compare before with after"],
  ]],
  ["isHigher", { change: { before: 2, after: 1.9 } }, false, [
    [true, "look at the curve's start"],
  ]],
];

Deno.test("the degradation notebook's exercises tell right from wrong, with a reason", async () => {
  const found = await exercises();
  assertEquals(found.length, 7);
  for (const [index, [name, scope, right, wrong]] of CASES.entries()) {
    const ask = found[Math.min(index, found.length - 1)]!;
    const [unanswered] = printed(() => ask(scope));
    assertEquals(unanswered?.startsWith("Your turn: "), true, name);
    const [praise] = printed(() => ask({ ...scope, [name]: right }));
    assertEquals(praise?.startsWith(`✓ ${right} is right.`), true, name);
    for (const [answer, words] of wrong) {
      assertThrows(() => ask({ ...scope, [name]: answer }), Error, words);
    }
  }
});

Deno.test("the degradation notebook asks for experiments that have not run", async () => {
  const found = await exercises();
  for (const ask of found.slice(4)) {
    const [line] = printed(() => ask({ rates: [], depths: [] }));
    assertEquals(line?.startsWith("Your turn, experiment first: "), true);
  }
});
