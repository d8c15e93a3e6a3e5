import { linesOf } from "./lines.ts";
import {
  ANSWER_MARK,
  type Memory,
  type Ready,
  type Request,
  type Steps,
} from "./protocol.ts";

/** What a worker process can do. */
export interface Service {
  readonly ready: Ready;
  run(steps: number): Promise<Steps>;
  memory(): Memory;
}

/** Answers the requests on standard input until it is closed. */
export async function serve(service: Service): Promise<void> {
  answer(service.ready);
  for await (const line of linesOf(Deno.stdin.readable)) {
    const request = JSON.parse(line) as Request;
    answer(
      "run" in request ? await service.run(request.run) : service.memory(),
    );
  }
}

function answer(value: Ready | Steps | Memory): void {
  console.log(ANSWER_MARK + JSON.stringify(value));
}
