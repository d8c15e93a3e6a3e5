/**
 * `deno task doctor`: says what this machine will run on, and what to do about
 * what is missing. It changes nothing.
 *
 * @module
 */
import { gatherFacts } from "./doctor_facts.ts";
import { renderReport } from "./doctor_report.ts";

if (import.meta.main) console.log(renderReport(await gatherFacts()));
