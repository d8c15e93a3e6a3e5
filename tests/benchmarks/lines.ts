import { TextLineStream } from "@std/streams";

/** The lines of a text that comes as bytes. */
export function linesOf(
  bytes: ReadableStream<Uint8Array>,
): ReadableStream<string> {
  const decoder: TransformStream<Uint8Array, string> = new TextDecoderStream();
  const lines: TransformStream<string, string> = new TextLineStream();
  return bytes.pipeThrough(decoder).pipeThrough(lines);
}
