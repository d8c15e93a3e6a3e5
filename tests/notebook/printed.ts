/** What a function prints. */
export function printed(run: () => void): string[] {
  const lines: string[] = [];
  const log = console.log;
  console.log = (...words: unknown[]) => lines.push(words.join(" "));
  try {
    run();
  } finally {
    console.log = log;
  }
  return lines;
}
