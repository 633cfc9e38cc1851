import type { Formats } from '../../_format/formats.ts';

const ACTIONS = { one: 'action', other: 'actions' };
const INSTANCES = { one: 'instance', other: 'instances' };
const PLAYERS = { one: 'player', other: 'players' };

const states = {
  starting: 'starting',
  running: 'running',
  asking: 'asks',
  cancelling: 'cancelling',
  succeeded: 'succeeded',
  partial: 'done in part',
  failed: 'failed',
  cancelled: 'cancelled',
  unknown: 'unknown',
};

export const action = (f: Formats) => ({
  actions: (count: number) => f.count(count, ACTIONS),
  titleOf: (title: string, where: string) => `${title} of ${where}`,
  instances: (count: number) => f.count(count, INSTANCES),
  states,
  partStates: {
    waiting: 'not begun',
    running: 'running',
    interrupted: 'interrupted',
    succeeded: 'succeeded',
    partial: 'done in part',
    failed: 'failed',
    cancelled: 'cancelled',
    unknown: 'unknown',
  },
  outcomes: {
    pending: 'waiting',
    done: 'done',
    kept: 'left alone',
    failed: 'failed',
    unknown: 'unknown',
    /** The action has ended and nobody has said what became of this one. */
    unreported: 'not reported',
  },

  sentence: {
    starting: (title: string) => `${title}: on record, and not begun yet.`,
    running: (title: string, message: string) => `${title}: ${message}`,
    runningSomewhere: (title: string, running: number, ended: number, all: number) =>
      `${title}: ${f.number(running)} of ${f.count(all, INSTANCES)} at it, ${f.number(ended)} through.`,
    begun: (title: string) => `${title}: under way.`,
    interrupted: (title: string, where: string, left: string) =>
      `${title}: the connection to ${where} is interrupted. What was begun goes on there; the server looks for it again for ${left}.`,
    interruptedOver: (title: string, where: string) =>
      `${title}: ${where} cannot be reached. The server is about to give up following it.`,
    asking: (title: string) => `${title} takes longer than it was given: say how to go on.`,
    cancelling: (title: string) => `${title}: cancelling. What was begun is being taken back.`,
    succeeded: (title: string) => `${title} succeeded.`,
    partial: (title: string) => `${title} was done in part.`,
    failed: (title: string) => `${title} failed.`,
    cancelled: (title: string) => `${title} was cancelled.`,
    unknown: (title: string) => `It is not known what ${title} has done.`,
  },

  button: {
    offline: 'Not possible now: the instance is not connected.',
    offlineAll: 'Not possible now: no instance that offers it is connected.',
  },

  offers: {
    title: 'Actions',
    none: 'This service allows no actions.',
    noneDetail:
      'What a service registers with the agent as an action is offered here, and nothing else can be run.',
    past: 'Run so far',
  },

  dialog: {
    loading: 'Asking which parameters it takes…',
    choose: 'Choose…',
    show: 'See what it would do',
    change: 'Change',
    yes: 'yes',
    no: 'no',
    unsupported: (name: string) =>
      `“${name}” is of a form that this page cannot ask for; give it through the API.`,
    unsupportedOptional: (name: string) =>
      `“${name}” is of a form that this page cannot ask for and is left out.`,
    problems: {
      missing: 'This is needed.',
      integer: 'Give a whole number.',
      number: 'Give a number.',
      least: (least: number) => `Give ${f.number(least, 3)} or more.`,
      most: (most: number) => `Give ${f.number(most, 3)} or less.`,
      shorter: (most: number) => `Give at most ${f.number(most)} characters.`,
      longer: (least: number) => `Give at least ${f.number(least)} characters.`,
      pattern: 'This does not have the form that the service asks for.',
    },
    asking: (where: string) => `Asking ${where} what it would do. Nothing is done yet.`,
    askingLong: 'Whoever does not answer within a few seconds is left out.',
    progress: 'Preview',
    previewFailed: 'There is no preview, so nothing can be run.',
    lookAgain: 'Look again',
    expired: 'This preview is too old to act on: what it shows may have changed.',
    changed: 'This is what it would do now. Read it again before you run it.',
    players: 'Players',
    playersNone: '0 players are disconnected; none will notice.',
    playersAffected: (count: number) =>
      `0 players are disconnected; ${f.count(count, PLAYERS)} will notice a short error or wait.`,
    playersDisconnected: (count: number) =>
      `${f.count(count, PLAYERS)} ${count === 1 ? 'is' : 'are'} disconnected.`,
    playersDisconnectedOf: (disconnected: number, affected: number) =>
      `${f.count(disconnected, PLAYERS)} ${disconnected === 1 ? 'is' : 'are'} disconnected; ${f.number(affected)} notice it in all.`,
    touched: (count: number) => `Touched: ${f.number(count)}`,
    awaited: (count: number) => `Waited for: ${f.number(count)}`,
    awaitedCaption: (where: string) => `What is waited for on ${where}, and why`,
    touchedNone: 'Nothing is touched.',
    touchedCaption: (where: string) => `What is touched on ${where}, and why`,
    keptCaption: (where: string) => `What is left alone on ${where}, and why`,
    kept: (count: number) => `Left alone: ${f.number(count)}`,
    columns: { name: 'Which', reason: 'Why', players: 'Players', outcome: 'Outcome' },
    showAll: (count: number) => `Show all ${f.number(count)}`,
    leftOut: (where: string, message: string) => `${where} is left out: ${message}`,
    refused: (where: string, message: string) => `${where} says no: ${message}`,
    irreversible: 'Cannot be undone',
    estimate: (duration: string) => `It takes about ${duration}.`,
    estimateUnknown: 'How long it takes is not known.',
    deadline: (duration: string) =>
      `After ${duration} it asks how to go on; it never cuts anything off by itself.`,
    reason: 'Reason',
    reasonHint: 'Why you do it, in your words. It goes into the audit.',
    confirm: (text: string) => `Type ${text} to confirm`,
    run: (title: string) => title,
    running: 'Starting…',
    close: 'Do nothing',
    seeActions: 'See the actions',
    missing: 'The instance is gone or does not offer this action any more.',
    missingTitle: 'This cannot be done here',
    need: {
      preview: 'Waiting for the preview.',
      nobody: 'No instance can do it now.',
      reason: 'Say why first.',
      confirmation: 'Type the name to confirm first.',
    },
  },

  page: {
    notFound: 'This action does not exist.',
    notFoundDetail: 'The link may be mistyped.',
    fact: {
      where: 'On',
      by: 'By',
      requested: 'Requested',
      reason: 'Reason',
      deadline: 'Asks in',
      id: 'Id',
    },
    deadlineNow: 'now',
    progressLabel: (title: string) => `Progress of ${title}`,
    progress: (done: number, all: number) => `${f.number(done)} of ${f.number(all)}`,
    remaining: (duration: string) => `about ${duration} left`,
    remainingSoon: 'should be over any moment',
    waitingFor: (count: number) => `waits for ${f.number(count)}`,
    waitingBeyond: (count: number) => `Waits also for ${f.number(count)} that came since`,
    waitingCaption: (where: string) => `What ${where} still waits for`,
    progressTitle: 'Progress',
    targets: 'Targets',
    targetsOf: (where: string) => `Targets on ${where}`,
    noTargets: 'Nothing was to be touched.',
    result: 'Predicted and actual',
    resultColumns: { what: 'What', predicted: 'Predicted', actual: 'Actual', verdict: 'Compared' },
    resultRows: {
      touched: 'Targets done',
      awaited: 'Ended as waited for',
      failed: 'Targets failed',
      keptAfterAll: 'Left alone after all',
      affected: 'Players who notice',
      disconnected: 'Players disconnected',
      seconds: 'Time',
    },
    verdicts: {
      same: 'as predicted',
      fewer: 'fewer than predicted',
      more: 'more than predicted',
      unknown: 'not known',
      none: '',
    },
    checks: 'Checks',
    checkPassed: 'passed',
    checkFailed: 'did not pass',
    history: 'What happened',
    noHistory: 'Nothing has been reported yet.',
    cancel: 'Cancel',
    cancelDrain: 'Return to serving',
    cancelMeans:
      'It stops as soon as it can and takes back what can be taken back. What is done already stays done.',
    cancelMeansDrain: 'New rooms are taken again at once. Nothing that runs is touched.',
    keepWaiting: (duration: string) => `Keep waiting ${duration}`,
    again: 'Run again…',
    lookAgain: 'Preview again…',
    unknownHint:
      'Nothing is repeated by itself. The preview shows what is still to be done; what was done already is not done twice.',
    failedHint: 'Previewing it again shows what is still to be done.',
    outgrownHint:
      'More would have been touched than was confirmed, so nothing was done. Preview it again and confirm what it shows now.',
    againNobody: 'No instance that could do it is connected.',
  },

  list: {
    title: 'Actions',
    sentence: (all: number, running: number) =>
      all === 0
        ? 'Nothing has been run yet.'
        : running === 0
          ? `${f.count(all, ACTIONS)}, none in progress.`
          : `${f.count(all, ACTIONS)}, ${f.number(running)} in progress.`,
    sentenceMore: (loaded: number, running: number) =>
      running === 0
        ? `The newest ${f.count(loaded, ACTIONS)}, none in progress.`
        : `The newest ${f.count(loaded, ACTIONS)}, ${f.number(running)} in progress.`,
    empty: 'Nothing has been run yet.',
    emptyDetail:
      'Open a service and its tab Actions: what it allows to be done from here is offered there, and beside whatever needs it.',
    emptyHere: 'Nothing has been run here yet.',
    filter: 'Filter actions',
    service: 'Service',
    allServices: 'All services',
    type: 'Action',
    allTypes: 'All actions',
    state: 'State',
    allStates: 'All states',
    stateRunning: 'in progress',
    caption: 'Actions, newest first unless sorted otherwise',
    columns: {
      requested: 'Requested',
      title: 'Action',
      where: 'On',
      state: 'State',
      touched: 'Done',
      touchedTitle: 'Targets done, of those that were confirmed',
      disconnected: 'Disconnected',
      disconnectedTitle: 'Players disconnected by it',
      reason: 'Reason',
      by: 'By',
    },
  },

  overview: {
    running: 'Actions in progress',
    all: 'All actions',
  },
  palette: {
    run: (type: string, service: string) => `Run ${type} on ${service}`,
  },
});
