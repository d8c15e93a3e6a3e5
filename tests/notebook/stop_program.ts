/**
 * Trains nothing, for long, until it is stopped: what stop_test.ts starts and
 * sends SIGINT to. The argument says how it listens.
 */
import {
  listenForStop,
  onStop,
  stopRequested,
  stopSignal,
} from "../../lib/notebook/stop.ts";

const tick = () => new Promise((resolve) => setTimeout(resolve, 10));
const [how] = Deno.args;
{
  using _ = listenForStop();
  using _inner = listenForStop();
  const signal = stopSignal();
  if (how === "deaf") {
    // The terminal's signal may come twice, at once: that is no second one.
    signal.addEventListener("abort", () => {
      console.log("once");
      setTimeout(() => console.log("heard"), 500);
    });
    console.log("ready");
    for (let waited = 0; waited < 2000; waited++) await tick();
    Deno.exit(1);
  }
  onStop(() => console.log("called"));
  const takeBack = onStop(() => console.log("called in vain"));
  takeBack();
  console.log("ready");
  while (!stopRequested()) await tick();
  console.log("stopped", signal.aborted, signal.reason.name);
  using _again = listenForStop();
  console.log("inner scope remembers", stopRequested());
}
{
  using _ = listenForStop();
  console.log("next scope remembers", stopRequested());
}
console.log("done");
if (how === "after") { while (true) await tick(); }
