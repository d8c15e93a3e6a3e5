/** How a server treats those who ask for its file. */
export interface ServerOptions {
  /** Sends all of it, whatever range was asked for. */
  ignoreRange?: boolean;
  /** Breaks the connection after so many bytes of each answer. */
  cutAfter?: number;
  /** Goes silent after so many bytes of each answer. */
  silentAfter?: number;
  /** Answers with this status and nothing else. */
  status?: number;
  /** The range it says that it sends. */
  contentRange?: string;
  /** Leaves out how many bytes follow. */
  hideLength?: boolean;
}

/** A server on this machine, and what it was asked. */
export interface FileServer extends AsyncDisposable {
  /** Where it has its file. */
  readonly url: string;
  /** The range of each request, `null` where none was asked for. */
  readonly ranges: (string | null)[];
}

/** Starts a server that has one file. */
export function serveFile(
  bytes: Uint8Array<ArrayBuffer>,
  options: ServerOptions = {},
): FileServer {
  const ranges: (string | null)[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => {
      const range = request.headers.get("range");
      ranges.push(range);
      return respond(bytes, range, options);
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/file.tar.gz`,
    ranges,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
    },
  };
}

function respond(
  bytes: Uint8Array<ArrayBuffer>,
  range: string | null,
  options: ServerOptions,
): Response {
  if (options.status) return new Response(null, { status: options.status });
  const first = options.ignoreRange
    ? 0
    : Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
  const body = bytes.subarray(first);
  const headers = new Headers();
  if (!options.hideLength) headers.set("content-length", `${body.length}`);
  if (first > 0 || options.contentRange) {
    const whole = `bytes ${first}-${bytes.length - 1}/${bytes.length}`;
    headers.set("content-range", options.contentRange ?? whole);
  }
  const status = headers.has("content-range") ? 206 : 200;
  return new Response(stream(body, options), { status, headers });
}

function stream(
  body: Uint8Array<ArrayBuffer>,
  { cutAfter, silentAfter }: ServerOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (!sent) controller.enqueue(body.slice(0, cutAfter ?? silentAfter));
      else if (silentAfter === undefined) controller.close();
      sent = true;
    },
  }, { highWaterMark: 0 });
}
