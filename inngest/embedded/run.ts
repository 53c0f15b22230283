import type { Answer, Call, Operation } from "./call";
import type { EngineFunction } from "./function-config";

/** What a run needs of its surroundings; the engine hands it in. */
export type RunWorld = {
  /** One call under the function's concurrency limits, made when the app can be reached. */
  call(fn: EngineFunction, call: Call): Promise<Exclude<Answer, { kind: "unreachable" }>>;
  /** Milliseconds to wait after a failed attempt (zero for the first). */
  retryDelay(failedAttempt: number): number;
  /** Resolves after `ms`; rejects when the engine stops. */
  wait(ms: number): Promise<void>;
};

export type RunResult = { kind: "completed"; data: unknown } | { kind: "failed"; error: unknown };

type Settled = Exclude<Answer, { kind: "unreachable" } | { kind: "retry" }>;

/** The real server's bound; a run beyond it is a loop. */
const MAX_STEPS = 1000;

/**
 * One run of a function, in memory: calls it, remembers what its steps gave, and calls again until it
 * ends. Steps are at least once. Operations outside our subset fail the run, by name.
 */
export class Run {
  private readonly steps: Record<string, unknown> = {};
  private readonly stack: string[] = [];

  constructor(
    private readonly world: RunWorld,
    private readonly fn: EngineFunction,
    readonly id: string,
    readonly event: Record<string, unknown>,
  ) {}

  async execute(): Promise<RunResult> {
    while (this.stack.length <= MAX_STEPS) {
      const answer = await this.callUntilSettled("step", false);
      if (answer.kind === "done") return { kind: "completed", data: answer.data };
      if (answer.kind === "failed") return answer;
      const end = await this.carryOut(answer.operations);
      if (end) return end;
    }
    return failed(`more than ${MAX_STEPS} steps`);
  }

  /** null: call the function again. */
  private async carryOut(operations: readonly Operation[]): Promise<RunResult | null> {
    const planned = operations.filter((operation) => operation.op === "StepPlanned");
    for (const operation of operations) {
      if (operation.op === "StepPlanned") continue;
      const end = this.remember(operation);
      if (end) return end;
    }
    const branches = await Promise.all(planned.map((step) => this.runPlanned(step.id)));
    return branches.find((end) => end !== null) ?? null;
  }

  private async runPlanned(stepId: string): Promise<RunResult | null> {
    const answer = await this.callUntilSettled(stepId, true);
    if (answer.kind === "done") return { kind: "completed", data: answer.data };
    if (answer.kind === "failed") return answer;
    for (const operation of answer.operations) {
      const end = this.remember(operation);
      if (end) return end;
    }
    return null;
  }

  private remember(operation: Operation): RunResult | null {
    switch (operation.op) {
      case "StepRun":
        this.memoize(operation.id, { data: operation.data ?? null });
        return null;
      case "StepError":
      case "StepFailed":
        this.memoize(operation.id, { error: operation.error });
        return null;
      case "RunComplete":
        return { kind: "completed", data: operation.data };
      default:
        return failed(`the embedded engine does not implement ${operation.op}`);
    }
  }

  private memoize(stepId: string, result: unknown) {
    if (!(stepId in this.steps)) this.stack.push(stepId);
    this.steps[stepId] = result;
  }

  /** Calls and, while the app asks for it, calls again with the next attempt's number. */
  private async callUntilSettled(stepId: string, isPlanned: boolean): Promise<Settled> {
    for (let attempt = 0; ; attempt++) {
      const answer = await this.world.call(this.fn, this.toCall(stepId, attempt, isPlanned));
      if (!wantsRetry(answer)) return answer;
      if (attempt + 1 >= this.fn.maxAttempts) return giveUp(answer);
      await this.world.wait(answer.retryAfter ?? this.world.retryDelay(attempt));
    }
  }

  private toCall(stepId: string, attempt: number, isPlanned: boolean): Call {
    return {
      functionId: this.fn.id,
      runId: this.id,
      stepId,
      event: this.event,
      steps: this.steps,
      stack: this.stack,
      attempt,
      maxAttempts: this.fn.maxAttempts,
      isPlanned,
    };
  }
}

type Retry = Extract<Answer, { kind: "retry" } | { kind: "operations" }>;

function wantsRetry(answer: Exclude<Answer, { kind: "unreachable" }>): answer is Retry {
  if (answer.kind === "retry") return true;
  return (
    answer.kind === "operations" &&
    answer.operations.some((operation) => operation.op === "StepError")
  );
}

/** After the last attempt: the function fails; a step's error is remembered, for the function to catch. */
function giveUp(answer: Retry): Settled {
  return answer.kind === "retry" ? { kind: "failed", error: answer.error } : answer;
}

function failed(message: string): RunResult {
  return { kind: "failed", error: { name: "Error", message } };
}
