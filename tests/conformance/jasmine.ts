import jasmineCore from "jasmine-core";

/** What became of one test; jasmine calls a test a spec. */
export interface SpecResult {
  readonly fullName: string;
  /** Excluded are the tests to ignore, pending those without a body. */
  readonly status: "passed" | "failed" | "pending" | "excluded";
  readonly failedExpectations: readonly { readonly message: string }[];
}

/** Failures outside a test: within a suite, or, without a name, anywhere. */
export interface SuiteResult {
  readonly fullName?: string;
  readonly failedExpectations?: readonly { readonly message: string }[];
}

/** The part of jasmine's reporter that we listen to. */
interface Reporter {
  specDone(result: SpecResult): void;
  suiteDone(result: SuiteResult): void;
  jasmineDone(result: SuiteResult): void;
}

/** The part of jasmine that we use. */
interface Jasmine {
  DEFAULT_TIMEOUT_INTERVAL: number;
  getEnv(): { addReporter(reporter: Reporter): void };
}

/** The part of jasmine-core 3.5, which has no types, that we use. */
interface JasmineCore {
  boot(core: JasmineCore): Jasmine;
}

/** All that became of a run. */
export interface Results {
  readonly specs: readonly SpecResult[];
  readonly suites: readonly SuiteResult[];
}

/**
 * Puts jasmine's `describe`, `it`, `expect` and so on into the global scope.
 *
 * @returns The results, once the tests, started elsewhere, have run.
 */
export function bootJasmine(): Promise<Results> {
  const core: JasmineCore = jasmineCore;
  const jasmine = core.boot(core);
  // Time is not what is tested, and machines may be slow.
  jasmine.DEFAULT_TIMEOUT_INTERVAL = 120_000;
  const specs: SpecResult[] = [];
  const suites: SuiteResult[] = [];
  return new Promise((resolve) =>
    jasmine.getEnv().addReporter({
      specDone: (spec) => specs.push(spec),
      suiteDone: (suite) => suites.push(suite),
      jasmineDone(all) {
        suites.push(all);
        resolve({ specs, suites });
      },
    })
  );
}
