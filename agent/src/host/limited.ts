/** The service's code has not answered in time; it may still be at it. */
export class Overdue extends Error {
  constructor(limitMs: number) {
    super(`has not answered for ${limitMs / 1000} s.`);
    this.name = 'Overdue';
  }
}

/** Runs code of the service and waits so long for what it promises. Its later failure is nobody's. */
export async function limited<Value>(limitMs: number, work: () => Value | Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Overdue(limitMs)), limitMs);
    timer.unref();
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
