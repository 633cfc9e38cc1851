import type { CaptureKind } from '#contract';

/** The question first: people know what they want to know before they know what it is called. */
export const captureKinds: Record<CaptureKind, { term: string; question: string; answer: string }> = {
  cpu: {
    term: 'CPU profile',
    question: 'What is it busy with?',
    answer: 'Which functions use the processor, as a flame graph. Works while the thread is stuck in a loop.',
  },
  heap: {
    term: 'Heap profile',
    question: 'What fills the memory?',
    answer: 'Which functions allocated what is still in use, by sampling.',
  },
  heapsnapshot: {
    term: 'Heap snapshot',
    question: 'Which objects are in the memory?',
    answer:
      'The whole heap, object by object, with who keeps what alive. Taken in a copy of the process where that works.',
  },
  allocation: {
    term: 'Allocation profile',
    question: 'What makes garbage?',
    answer: 'Which functions allocate, whether or not it stays in use.',
  },
  wait: {
    term: 'Wait profile',
    question: 'What is it waiting for?',
    answer:
      'Where asynchronous work waits: network, DNS, files, timers, locks, queues. By the stack that began it.',
  },
  lock: {
    term: 'Lock profile',
    question: 'Who blocks whom?',
    answer: 'Who waited for which lock or pool and for how long, and who held it meanwhile.',
  },
  activity: {
    term: 'Activity',
    question: 'What is pending?',
    answer:
      'Every operation that has begun and not ended, by where it was begun, with its age; and what each thread runs.',
  },
  trace: {
    term: 'Trace',
    question: 'When does what happen?',
    answer: 'A timeline: what ran, waited and collected garbage when. Opens in Perfetto.',
  },
  goroutine: {
    term: 'Goroutine dump',
    question: 'What is pending?',
    answer: 'All goroutines with their stacks.',
  },
  block: { term: 'Block profile', question: 'What is it waiting for?', answer: 'Where goroutines block.' },
  mutex: { term: 'Mutex profile', question: 'Who blocks whom?', answer: 'Which mutexes are contended.' },
};
