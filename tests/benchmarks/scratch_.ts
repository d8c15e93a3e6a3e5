import { cifarResNet } from "../../lib/networks/cifar.ts";
import { ours, pytorch } from "./contender.ts";
import { describeContest, runContest } from "./contest.ts";
import { writeExchange } from "./exchange.ts";
const depth = 20, exchange = await writeExchange(cifarResNet({ depth }), depth, 128);
const job = { exchange, device: "cpu", threads: 2 } as const;
const one = (n: string, e: Record<string, string>) => { const c = ours("traced", job); return { ...c, name: n, environment: { ...c.environment, ...e } }; };
console.log(describeContest(await runContest("ResNet-20, batch 128", [ours("traced", job), one("ours, inter 1", { TF_NUM_INTEROP_THREADS: "1" }), one("ours, intra 1 inter 2", { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "2" }), ours("stock", job), await pytorch("eager", job), await pytorch("channels_last", job), await pytorch("compile", job), await pytorch("compile_channels_last", job)], { rounds: 5, secondsPerRound: 1.5 })));
