import { assertEquals } from "@std/assert";
import {
  bundleOf,
  type Showable,
  type ShowOptions,
} from "../../lib/notebook/display.ts";
import { LiveFigure } from "../../lib/notebook/live.ts";
import { PLOTLY_MIME } from "../../lib/plots/figure.ts";
import { figure } from "../../lib/plots/house_look.ts";

const LINE = figure([{ type: "scatter", x: [1, 2], y: [2, 3], name: "loss" }]);

/** A live figure at a clock that the test moves, with what it showed. */
function watched() {
  const shown: { types: string[]; options: ShowOptions }[] = [];
  const clock = { now: 0 };
  const live = new LiveFigure({
    now: () => clock.now,
    show: (value: Showable, options: ShowOptions) => {
      shown.push({ types: Object.keys(bundleOf(value)).sort(), options });
      return Promise.resolve();
    },
  });
  return { shown, clock, live };
}

Deno.test("LiveFigure draws SVG and puts plotly in its place", async () => {
  const { shown, clock, live } = watched();
  await live.update(() => LINE);
  clock.now = 600;
  await live.update(() => LINE);
  await live.finish(LINE);
  const drawing = ["image/svg+xml", "text/plain"];
  assertEquals(shown.map(({ types }) => types), [
    drawing,
    drawing,
    [PLOTLY_MIME, "text/plain"],
  ]);
  assertEquals(shown.map(({ options }) => options.replace), [
    false,
    true,
    true,
  ]);
  assertEquals(new Set(shown.map(({ options }) => options.id)).size, 1);
});

Deno.test("LiveFigure draws twice a second at most", async () => {
  const { shown, clock, live } = watched();
  let made = 0;
  for (clock.now = 0; clock.now < 2000; clock.now += 10) {
    await live.update(() => {
      made++;
      return LINE;
    });
  }
  assertEquals([shown.length, made], [4, 4]);
});

Deno.test("LiveFigure without an update shows the figure as new", async () => {
  const { shown, live } = watched();
  await live.finish(LINE);
  assertEquals(shown.map(({ options }) => options.replace), [false]);
});

Deno.test("LiveFigures have outputs of their own", async () => {
  const [one, other] = [watched(), watched()];
  await one.live.finish(LINE);
  await other.live.finish(LINE);
  assertEquals(one.shown[0]!.options.id === other.shown[0]!.options.id, false);
});
