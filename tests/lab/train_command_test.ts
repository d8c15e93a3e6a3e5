import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { parseTrainArguments } from "../../lib/lab/train_options.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { listRecords } from "../../lib/records/list_records.ts";
import { encode, plain, withFiles } from "../images/image_files.ts";

await useBackend({ name: "tensorflow", quiet: true });

const PROGRAM = fromFileUrl(new URL("../../lib/lab/train.ts", import.meta.url));

async function train(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", PROGRAM, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), error: decoder.decode(stderr) };
}

Deno.test("a sweep goes on past a run that fails, and does nothing twice", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const sweep = join(folder, "sweep.json");
    const out = join(folder, "runs");
    // At the preset smoke without a number of steps nothing goes to
    // data/checkpoints. VGG-16 cannot read images of 32x32.
    const size = { batchSize: 1, data: "synthetic", recipe: "glorot-bengio" };
    const runs = [
      { network: "glorot-bengio-1:units=4", ...size },
      { network: "vgg-16", ...size },
      { network: "highway-2:units=4", ...size },
    ];
    await Deno.writeTextFile(sweep, JSON.stringify(runs));
    const first = await train("--sweep", sweep, "--out", out);
    assertEquals(first.code, 1);
    assertStringIncludes(first.error, "1 of 3 runs failed:\n  vgg-16, glorot");
    assertStringIncludes(
      first.error,
      "highway-2, fully connected, 4 units: preparing the step on the",
    );
    assertEquals((await listRecords(out)).length, 2);
    const again = await train("--sweep", sweep, "--out", out, "--shard", "0/2");
    assertEquals(again.code, 0, again.error);
    assertEquals(
      again.out.match(/done already, see the lab record/g)?.length,
      2,
    );
    const [record] = await listRecords(out);
    const file = join(out, `${record!.id}.json`);
    const repeated = await train("--from-record", file, "--out", out);
    assertEquals(repeated.code, 0, repeated.error);
    assertStringIncludes(repeated.out, `The same as ${record!.id}`);
    assertEquals((await listRecords(out)).length, 3);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("photographs are read while a network trains, broken ones left out by choice", async () => {
  const photographs = {
    "train/cat/1.png": encode("Png", plain([40, 60], 9, 9, 200)),
    "train/cat/2.png": encode("Png", plain([50, 40], 9, 9, 220)),
    "train/dog/1.png": encode("Png", plain([60, 40], 200, 9, 9)),
    "train/dog/2.jpg": Uint8Array.of(0xff, 0xd8, 1),
    "val/cat/1.png": encode("Png", plain([40, 40], 9, 9, 210)),
    "val/dog/1.png": encode("Png", plain([40, 40], 210, 9, 9)),
  };
  await withFiles(photographs, async (folder) => {
    const out = join(folder, "runs");
    const sweep = join(folder, "sweep.json");
    const run = { network: "glorot-bengio-1:units=4", validationImages: 1 };
    await Deno.writeTextFile(sweep, JSON.stringify([{ ...run, batchSize: 2 }]));
    const args = [
      ...["--sweep", sweep, "--recipe", "imagenet", "--out", out],
      ...["--data", `imagenet:${folder}`],
    ];
    const refused = await train(...args);
    assertEquals(refused.code, 1);
    assertStringIncludes(refused.error, join("dog", "2.jpg"));
    // At the preset smoke there is no checkpoint to go on from.
    assertStringIncludes(
      refused.error,
      "What to do: leave such images out with --skip-broken.",
    );
    const { code, out: said, error } = await train(...args, "--skip-broken");
    assertEquals(code, 0, error);
    assertStringIncludes(said, join("dog", "2.jpg"));
    const [record] = await listRecords(out);
    assertEquals(record!.run!.data, `imagenet:${folder}`);
    assertEquals(record!.final.testError, 0);
  });
});

Deno.test({
  name: "a sweep that Ctrl+C ends has an exit code that says so",
  ignore: Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const sweep = join(folder, "sweep.json");
      const size = { batchSize: 1, data: "synthetic", recipe: "glorot-bengio" };
      const runs = [1, 2].map((layers) => ({
        network: `glorot-bengio-${layers}:units=4`,
        ...size,
      }));
      await Deno.writeTextFile(sweep, JSON.stringify(runs));
      const child = new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "-A", "--no-check", PROGRAM],
          ...["--sweep", sweep, "--out", join(folder, "runs")],
        ],
        stdout: "null",
        stderr: "piped",
      }).spawn();
      // The first run has begun.
      const decoded = child.stderr.pipeThrough(new TextDecoderStream());
      let [text, sent] = ["", false];
      for await (const part of decoded) {
        text += part;
        if (sent || !text.includes("preparing the step")) continue;
        child.kill("SIGINT");
        sent = true;
      }
      assertEquals((await child.status).code, 130, text);
      assertEquals((await listRecords(join(folder, "runs"))).length, 1);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("what is wrong is said before anything is loaded", async () => {
  const wrong: [string[], string][] = [
    [["--network", "resnt-20"], "did you mean resnet-20?"],
    [["--recipe", "cifr"], "did you mean cifar?"],
    [
      ["--preset", "fast"],
      'preset: expected one of "smoke", "study", "paper" but found "fast"',
    ],
    [["--steps", "many"], 'Expected --steps to be a number but found "many"'],
    [["--budget", "10"], "Expected a duration"],
    [["--shard", "0/2"], "Expected --sweep FILE with --shard"],
    ...[
      ["--network", "vgg-16"],
      ["--sweep", "nofile"],
      ["--steps", "3"],
      ["--resume"],
    ].map(([option = "", ...value]): [string[], string] => [
      ["--from-record", "r.json", option, ...value],
      `Expected only --out, --budget and --skip-broken with --from-record but found ${option}`,
    ]),
    [
      ["--steps", "-5"],
      "Expected options and numbers of 0 or more but found -5",
    ],
    [
      ["--sweep", "no.json"],
      "Expected a list of runs, as JSON, at no.json but found no file",
    ],
    [["--sped", "1"], "lists but found --sped: did you mean --seed?"],
    [
      ["--from-record", "no.json"],
      "Expected a lab record at no.json but found",
    ],
  ];
  const results = await Promise.all(wrong.map(([args]) => train(...args)));
  for (const [i, { code, out, error }] of results.entries()) {
    assertEquals([code, out], [1, ""]);
    assertStringIncludes(error, wrong[i]![1]);
  }
  const [help, list] = await Promise.all([train("--help"), train("--list")]);
  assertStringIncludes(help.out, "counts training only, and anew at each");
  for (const name of ["cifar-resnet-20:", "vgg-16:", "  cifar-110: R15"]) {
    assertStringIncludes(list.out, name);
  }
  assert(help.code === 0 && list.code === 0);
});

Deno.test("options hold where an entry of a sweep has none, the network too", async () => {
  const sweep = await Deno.makeTempFile({ suffix: ".json" });
  try {
    const entries = [{ seed: 1 }, { network: "plain-8" }];
    await Deno.writeTextFile(sweep, JSON.stringify(entries));
    const { runs } = await parseTrainArguments(
      ["--sweep", sweep, "--network", "resnet-8", "--seed", "4"],
    );
    assertEquals(runs.map(({ network, seed }) => [network, seed]), [
      ["resnet-8", 1],
      ["plain-8", 4],
    ]);
  } finally {
    await Deno.remove(sweep);
  }
});
