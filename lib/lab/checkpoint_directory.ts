import { fromFileUrl } from "@std/path";

/** The folder of a run's checkpoints, `data/checkpoints/<run>` in the project. */
export function checkpointDirectory(run: string): string {
  const folder = new URL("../../data/checkpoints/", import.meta.url);
  return fromFileUrl(new URL(encodeURIComponent(run), folder));
}
