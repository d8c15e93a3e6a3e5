/**
 * Stop, in a notebook and at a terminal: Jupyter's Stop button and Ctrl+C both
 * send SIGINT, which ends a Deno kernel with all its state unless somebody
 * listens. Here somebody does, and what runs asks whether to stop:
 *
 * ```ts ignore
 * using _ = listenForStop();
 * while (step < steps && !stopRequested()) await trainStep();
 * ```
 *
 * A loop that never awaits hears nothing, neither from here nor from Jupyter.
 *
 * @module
 */

import { inJupyter } from "./display.ts";

/** Within so many milliseconds a second Stop means that the first failed. */
const IMPATIENCE = 2000;

/**
 * Within so many milliseconds a second signal is the first one again: `deno
 * task` passes on what the terminal sends to all of its processes.
 */
const ECHO = 300;

/** What Stop says when nothing that runs has heeded it. */
const HOW_TO_RESTART =
  "Nothing that runs has heeded Stop. To end it nevertheless, choose " +
  "Kernel > Restart Kernel; variables and trained networks are lost";

let controller = new AbortController();
let listening = false;
let scopes = 0;
let stoppedAt = -Infinity;
let heeded = false;

function onSignal(): void {
  const now = performance.now();
  if (controller.signal.aborted && now - stoppedAt < ECHO) return;
  const again = controller.signal.aborted && !heeded &&
    now - stoppedAt < IMPATIENCE;
  stoppedAt = now;
  if (!again) {
    heeded = false;
    controller.abort(new DOMException("Stopped by the user", "AbortError"));
    return;
  }
  if (inJupyter()) {
    console.error(HOW_TO_RESTART);
  } else {
    Deno.exit(130); // as a shell counts a program ended by SIGINT
  }
}

/**
 * Listens for Stop from here on, and forgets a Stop that came before, unless
 * within a scope that listens already: a Stop ends all trainings of a cell
 * that opened one around them. In a notebook it listens on when the scope ends,
 * so that a Stop that comes a moment too late does not end the kernel. Elsewhere
 * the last scope to end gives Ctrl+C its usual meaning back.
 *
 * @returns Ends the scope.
 */
export function listenForStop(): Disposable {
  if (scopes === 0) resetStop();
  scopes++;
  if (!listening) {
    Deno.addSignalListener("SIGINT", onSignal);
    listening = true;
  }
  let open = true;
  return {
    [Symbol.dispose]() {
      if (!open) return;
      open = false;
      scopes--;
      if (scopes === 0 && !inJupyter()) stopListening();
    },
  };
}

/** Listens no longer: Ctrl+C ends the program, Stop ends the kernel. */
export function stopListening(): void {
  if (listening) Deno.removeSignalListener("SIGINT", onSignal);
  listening = false;
}

/** Forgets a Stop, so that the next training runs. */
function resetStop(): void {
  if (controller.signal.aborted) controller = new AbortController();
  stoppedAt = -Infinity;
}

/**
 * Whether Stop was pressed since the last {@linkcode listenForStop}. Asking
 * counts as heeding it.
 */
export function stopRequested(): boolean {
  if (controller.signal.aborted) heeded = true;
  return controller.signal.aborted;
}

/**
 * A signal that is aborted by Stop, for what takes one, such as `fetch`. It
 * holds until the next {@linkcode listenForStop}.
 */
export function stopSignal(): AbortSignal {
  return controller.signal;
}

/**
 * Calls a function when Stop is pressed, once. Having such a function counts
 * as heeding Stop.
 *
 * @param listener What is called.
 * @returns Takes the function back.
 */
export function onStop(listener: () => void): () => void {
  const { signal } = controller;
  const call = () => {
    heeded = true;
    listener();
  };
  signal.addEventListener("abort", call, { once: true });
  return () => signal.removeEventListener("abort", call);
}
