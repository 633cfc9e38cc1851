import { setImmediate as turn } from 'node:timers/promises';

const LET_IN_EVERY_MS = 20;

/** Does all steps, letting others in between them. */
export async function runSteps<Step, Result>(
  steps: Generator<Step, Result, void>,
  onStep: (step: Step) => void,
): Promise<Result> {
  let letInAt = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    onStep(step.value);
    // Of a long list each object is a step.
    if (performance.now() - letInAt < LET_IN_EVERY_MS) continue;
    await turn();
    letInAt = performance.now();
  }
}

const SIGN_EVERY_MS = 1000;

/** Waits for what is done elsewhere, with a sign of life now and then. */
export async function waitWithSigns<Result>(result: Promise<Result>, sign: () => void): Promise<Result> {
  const signs = setInterval(sign, SIGN_EVERY_MS);
  try {
    return await result;
  } finally {
    clearInterval(signs);
  }
}
