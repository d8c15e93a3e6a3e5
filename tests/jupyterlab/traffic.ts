import type { Page } from "playwright-core";

/** What a page complains about, and whom it asks for something. */
export interface Traffic {
  /** What it writes to its console as an error, or throws. */
  readonly errors: string[];
  /** Requests that fail or are refused. */
  readonly failed: string[];
  /** Requests to any host but this machine. */
  readonly outside: string[];
}

/** Listens to a page from now on. */
export function listenToTraffic(page: Page): Traffic {
  const traffic: Traffic = { errors: [], failed: [], outside: [] };
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    traffic.errors.push(`${short(message.text())} (${message.location().url})`);
  });
  page.on("pageerror", (error) => traffic.errors.push(short(error.message)));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // What the page itself no longer wants, such as the file list it had asked
    // for a moment before.
    if (reason === "net::ERR_ABORTED") return;
    traffic.failed.push(`${short(request.url())}: ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() < 400) return;
    traffic.failed.push(`${short(response.url())}: ${response.status()}`);
  });
  const note = (address: string) => {
    if (isOutside(address)) traffic.outside.push(short(address));
  };
  page.on("request", (request) => note(request.url()));
  page.on("websocket", (socket) => note(socket.url()));
  return traffic;
}

/** Whether an address is on another machine. */
function isOutside(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return /^(https?|wss?):$/.test(protocol) && hostname !== "127.0.0.1";
}

/** The beginning of words, without the server's token. */
function short(words: string): string {
  return words.replace(/token=[\w-]+/g, "token=...").slice(0, 300);
}
