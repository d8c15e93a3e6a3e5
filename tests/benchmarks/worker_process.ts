import { deadline } from "@std/async/deadline";
import type { ZodType } from "zod";
import { type Contender, CONTENDERS_FOLDER } from "./contender.ts";
import { linesOf } from "./lines.ts";
import {
  ANSWER_MARK,
  type Memory,
  memorySchema,
  type Ready,
  readySchema,
  type Request,
  type Steps,
  stepsSchema,
} from "./protocol.ts";

/** How many of the last lines of errors are shown when a contender fails. */
const LINES_OF_ERRORS = 15;

/** The longest that an answer may take: compiling a deep network is slow. */
const PATIENCE_MINUTES = 5;

/** A contender that runs, and does what it is asked. */
export class WorkerProcess {
  readonly #name: string;
  readonly #process: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<string>;
  readonly #requests: WritableStreamDefaultWriter<Uint8Array>;
  readonly #errors: string[] = [];
  readonly #errorsEnd: Promise<void>;
  #ended = false;

  /** Starts a contender. */
  constructor({ name, program, args, environment }: Contender) {
    this.#name = name;
    this.#process = new Deno.Command(program, {
      args: [...args],
      env: { ...environment },
      cwd: CONTENDERS_FOLDER,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#lines = linesOf(this.#process.stdout).getReader();
    this.#requests = this.#process.stdin.getWriter();
    this.#errorsEnd = this.#keepErrors();
    this.#process.status.finally(() => this.#ended = true);
  }

  /** The process's id. */
  get id(): number {
    return this.#process.pid;
  }

  /**
   * Waits until it can be asked.
   *
   * @throws {Error} If it cannot start, with what it said.
   */
  ready(): Promise<Ready> {
    return this.#answer(readySchema);
  }

  /** Makes training steps. */
  run(steps: number): Promise<Steps> {
    return this.#ask({ run: steps }, stepsSchema);
  }

  /** Tells its memory. */
  memory(): Promise<Memory> {
    return this.#ask({ memory: true }, memorySchema);
  }

  /** Ends the process, at once if it does not heed the end of its input. */
  async stop(): Promise<void> {
    await this.#requests.close().catch(() => {}); // it has ended by itself
    await deadline(this.#process.status, 5_000).catch(() => {
      if (!this.#ended) this.#process.kill("SIGKILL");
    });
    await this.#process.status;
    await this.#lines.cancel();
    await this.#errorsEnd;
  }

  async #ask<T>(request: Request, schema: ZodType<T>): Promise<T> {
    const line = `${JSON.stringify(request)}\n`;
    await this.#requests.write(new TextEncoder().encode(line));
    return await this.#answer(schema);
  }

  async #answer<T>(schema: ZodType<T>): Promise<T> {
    while (true) {
      const { done, value } = await this.#nextLine();
      if (done) throw await this.#failure("ended without an answer");
      if (!value.startsWith(ANSWER_MARK)) continue;
      return schema.parse(JSON.parse(value.slice(ANSWER_MARK.length)));
    }
  }

  async #nextLine(): Promise<ReadableStreamReadResult<string>> {
    const patience = PATIENCE_MINUTES * 60_000;
    try {
      return await deadline(this.#lines.read(), patience);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      throw new Error(
        `${this.#name} gave no answer in ${PATIENCE_MINUTES} minutes`,
      );
    }
  }

  async #failure(what: string): Promise<Error> {
    await this.#errorsEnd;
    return new Error(`${this.#name} ${what}:\n${this.#errors.join("\n")}`);
  }

  async #keepErrors(): Promise<void> {
    for await (const line of linesOf(this.#process.stderr)) {
      this.#errors.push(line);
      if (this.#errors.length > LINES_OF_ERRORS) this.#errors.shift();
    }
  }
}
