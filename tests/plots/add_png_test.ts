import { assert, assertEquals, assertRejects } from "@std/assert";
import { decodeBase64 } from "@std/encoding";
import {
  addPng,
  addPngToFile,
  type ExecutedNotebook,
} from "../../lib/plots/add_png.ts";
import { PLOTLY_MIME } from "../../lib/plots/figure.ts";
import { figure } from "../../lib/plots/house_look.ts";
import { decodePng } from "./decode_png.ts";

function notebook(figure: unknown): ExecutedNotebook {
  return {
    cells: [
      { cell_type: "markdown" },
      {
        cell_type: "code",
        outputs: [
          {},
          { data: { "text/plain": "a number" } },
          { data: { [PLOTLY_MIME]: figure, "text/plain": "[figure]" } },
        ],
      },
    ],
  };
}

Deno.test("addPng() adds a picture to plotly outputs and no others", async () => {
  const line = figure([{ type: "scatter", x: [1, 2], y: [1, 2] }]);
  const executed = notebook(line);
  assertEquals(await addPng(executed), 1);
  const [, number, plot] = executed.cells[1]!.outputs!;
  assertEquals(number, { data: { "text/plain": "a number" } });
  assertEquals(Object.keys(plot!.data!), [
    PLOTLY_MIME,
    "image/png",
    "text/plain",
  ]);
  assertEquals(plot!.data![PLOTLY_MIME], line);
  const picture = decodePng(decodeBase64(plot!.data!["image/png"] as string));
  assertEquals([picture.width, picture.height], [760, 420]);
  assertEquals(plot!.metadata, { "image/png": { width: 760, height: 420 } });
});

Deno.test("addPngToFile() writes as Jupyter does, and only what has a figure", async () => {
  const path = await Deno.makeTempFile({ suffix: ".ipynb" });
  try {
    const line = figure([{ type: "scatter", x: [1, 2], y: [1, 2] }]);
    await Deno.writeTextFile(path, JSON.stringify(notebook(line)));
    await addPngToFile(path);
    const written = await Deno.readTextFile(path);
    const same = JSON.stringify(JSON.parse(written), null, 1) + "\n";
    assert(written === same && written.includes('"image/png"'));
    const none = JSON.stringify({
      cells: [{ cell_type: "code", outputs: [] }],
    });
    await Deno.writeTextFile(path, none);
    await addPngToFile(path);
    assertEquals(await Deno.readTextFile(path), none);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("addPng() names the cell of a figure that it cannot draw", async () => {
  await assertRejects(
    () => addPng(notebook({ data: [{ type: "surface" }] })),
    Error,
    "Cannot draw a figure of cell 2: Expected traces of the types",
  );
});
