import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { createHash } from "node:crypto";
import { downloadFile, type RemoteFile } from "../../lib/data/download.ts";
import { fileInfo } from "../../lib/data/file_info.ts";
import type { DownloadProgress } from "../../lib/data/progress.ts";
import { type FileServer, serveFile } from "./archive_server.ts";

const BYTES = Uint8Array.from({ length: 50_000 }, (_, i) => (i * i) >> 5);
const OTHER = BYTES.toReversed();

function published(...servers: FileServer[]): RemoteFile {
  return {
    urls: servers.map(({ url }) => url),
    size: BYTES.length,
    md5: createHash("md5").update(BYTES).digest("hex"),
  };
}

/** Runs a test in a folder of its own. */
async function inFolder(
  test: (path: string, part: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "file.tar.gz");
    await test(path, `${path}.part`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("downloadFile() leaves the file and no part", async () => {
  await using server = serveFile(BYTES);
  await inFolder(async (path, part) => {
    await downloadFile(published(server), path);
    assertEquals(await Deno.readFile(path), BYTES);
    assertEquals(await fileInfo(part), null);
    assertEquals(server.ranges, [null]);
  });
});

Deno.test("downloadFile() goes on where an earlier one stopped", async () => {
  await using server = serveFile(BYTES);
  await inFolder(async (path, part) => {
    await Deno.writeFile(part, BYTES.subarray(0, 20_000));
    await downloadFile(published(server), path);
    assertEquals(await Deno.readFile(path), BYTES);
    assertEquals(server.ranges, ["bytes=20000-"]);
  });
});

Deno.test("downloadFile() goes on with a server that ignores ranges", async () => {
  await using server = serveFile(BYTES, { ignoreRange: true });
  await inFolder(async (path, part) => {
    await Deno.writeFile(part, BYTES.subarray(0, 20_000));
    await downloadFile(published(server), path);
    assertEquals(await Deno.readFile(path), BYTES);
  });
});

Deno.test("downloadFile() asks for nothing if the part is the whole", async () => {
  await using server = serveFile(BYTES);
  await inFolder(async (path, part) => {
    await Deno.writeFile(part, BYTES);
    await downloadFile(published(server), path);
    assertEquals(await Deno.readFile(path), BYTES);
    assertEquals(server.ranges, []);
  });
});

Deno.test("downloadFile() starts anew if the part is longer than the whole", async () => {
  await using server = serveFile(BYTES);
  await inFolder(async (path, part) => {
    await Deno.writeFile(part, new Uint8Array(BYTES.length + 1));
    await downloadFile(published(server), path);
    assertEquals(await Deno.readFile(path), BYTES);
    assertEquals(server.ranges, [null]);
  });
});

for (const length of [20_000, BYTES.length]) {
  Deno.test(`downloadFile() starts anew if a part of ${length} bytes is of another file`, async () => {
    await using server = serveFile(BYTES);
    await inFolder(async (path, part) => {
      await Deno.writeFile(part, OTHER.subarray(0, length));
      await downloadFile(published(server), path);
      assertEquals(await Deno.readFile(path), BYTES);
      assertEquals(server.ranges.at(-1), null);
    });
  });
}

Deno.test("downloadFile() asks again from where a connection was cut", async () => {
  await using server = serveFile(BYTES, { cutAfter: 20_000 });
  await inFolder(async (path) => {
    await downloadFile(published(server), path);
    assertEquals(await Deno.readFile(path), BYTES);
    assertEquals(server.ranges, [null, "bytes=20000-", "bytes=40000-"]);
  });
});

Deno.test("downloadFile() takes the first mirror that does, and goes on there", async () => {
  await using missing = serveFile(BYTES, { status: 404 });
  await using cut = serveFile(BYTES, { cutAfter: 5_000 });
  await using good = serveFile(BYTES);
  await inFolder(async (path) => {
    await downloadFile(published(missing, cut, good), path);
    assertEquals(await Deno.readFile(path), BYTES);
    assertEquals(missing.ranges, [null]);
    assertEquals(cut.ranges.length, 5);
    assertEquals(good.ranges, ["bytes=25000-"]);
  });
});

Deno.test("downloadFile() names each server's failure", async () => {
  await using missing = serveFile(BYTES, { status: 404 });
  await using short = serveFile(BYTES.subarray(1));
  await using altered = serveFile(OTHER);
  await using long = serveFile(new Uint8Array(60_000), { hideLength: true });
  await using elsewhere = serveFile(BYTES, {
    contentRange: "bytes 7-49999/50000",
  });
  await using down = serveFile(BYTES);
  await down[Symbol.asyncDispose]();
  await inFolder(async (path, part) => {
    const file = published(missing, short, elsewhere, altered, long, down);
    const error: Error = await assertRejects(
      () => downloadFile(file, path),
      Error,
    );
    const md5 = createHash("md5").update(OTHER).digest("hex");
    const [first, ...lines] = error.message.split("\n");
    assertEquals(first, "Could not download file.tar.gz:");
    const failures = lines.map((line, i) =>
      line.slice(`  ${file.urls[i]}: `.length)
    );
    assertEquals(failures.slice(0, 4), [
      "HTTP 404 Not Found",
      "expected 50000 bytes but it has 49999",
      'expected the bytes from 0 on of 50000 but found "bytes 7-49999/50000"',
      `expected MD5 ${file.md5} but found ${md5}`,
    ]);
    assert(failures[4]!.startsWith("sent more than 50000 bytes"), failures[4]);
    assert(failures[5]!.startsWith("client error (Connect)"), failures[5]);
    assertEquals(
      lines[6],
      `A copy from elsewhere, put at ${path}, serves as well`,
    );
    assertEquals(failures.length, 7);
    assertEquals(await fileInfo(path), null);
    assertEquals((await fileInfo(part))?.size ?? 0, 0);
  });
});

Deno.test("downloadFile() gives up a server that has gone silent", async () => {
  await using silent = serveFile(BYTES, { silentAfter: 1_000 });
  await using good = serveFile(BYTES);
  await inFolder(async (path) => {
    const file = published(silent, good);
    await downloadFile(file, path, { silence: 100 });
    assertEquals(await Deno.readFile(path), BYTES);
    assertEquals(good.ranges, ["bytes=5000-"]);
  });
});

Deno.test("downloadFile() keeps what has come when it is aborted", async () => {
  await using server = serveFile(BYTES, { silentAfter: 30_000 });
  await inFolder(async (path, part) => {
    const abort = new AbortController();
    const download = downloadFile(published(server), path, {
      signal: abort.signal,
      onProgress: () => abort.abort(new Error("enough")),
    });
    await assertRejects(() => download, Error, "enough");
    const kept = await Deno.readFile(part);
    assert(kept.length > 0);
    assertEquals(kept, BYTES.subarray(0, kept.length));
    assertEquals(await fileInfo(path), null);
  });
});

Deno.test("downloadFile() reports progress up to the end", async () => {
  await using server = serveFile(BYTES);
  await inFolder(async (path, part) => {
    await Deno.writeFile(part, BYTES.subarray(0, 20_000));
    const reports: DownloadProgress[] = [];
    await downloadFile(published(server), path, {
      onProgress: (progress) => reports.push(progress),
    });
    const last = reports.at(-1)!;
    assertEquals(last.name, "file.tar.gz");
    assertEquals([last.receivedBytes, last.totalBytes], [50_000, 50_000]);
    for (const { receivedBytes, bytesPerSecond } of reports) {
      assert(receivedBytes > 20_000);
      // Only this try's bytes count, in at least a millisecond.
      assert(bytesPerSecond > 0 && bytesPerSecond <= 30_000_000);
    }
  });
});

Deno.test("downloadFile() does not blame a server for this machine's failures", async () => {
  await using server = serveFile(BYTES);
  await inFolder(async (path) => {
    const file = published(server);
    await assertRejects(
      () => downloadFile(file, join(path, "no-such-folder", "file.tar.gz")),
      Deno.errors.NotFound,
    );
  });
});
