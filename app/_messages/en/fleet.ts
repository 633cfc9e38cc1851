import type { TimelineEvent } from '#contract';
import type { Formats } from '../../_format/formats.ts';
import { captureKinds } from './capture-kinds.ts';

const INSTANCES = { one: 'instance', other: 'instances' };
const SERVICES = { one: 'service', other: 'services' };

const conditions = {
  stuck: 'stuck',
  dead: 'dead',
  strained: 'strained',
  interrupted: 'interrupted',
  refused: 'refused',
  connecting: 'connecting',
  unknown: 'not heard yet',
  well: 'well',
  stopped: 'stopped',
};

/** A reason that the server gave, as a sentence of its own after another. */
function because(reason: string | null | undefined): string {
  const text = reason?.trim() ?? '';
  if (text === '') return '';
  const sentence = text[0]?.toUpperCase() + text.slice(1);
  return ` ${/[.!?]$/.test(sentence) ? sentence : `${sentence}.`}`;
}

export const fleet = (f: Formats) => ({
  conditions,
  /** Instead of the server's reason, which tells the time when it was said. */
  stuckIn: {
    js: 'The main thread is in a JavaScript loop and answers nothing else.',
    native: 'The main thread is in a native call; no JavaScript runs meanwhile.',
    unknown: 'The event loop does not turn.',
  },
  tiers: { edge: 'Edge', game: 'Game', data: 'Data', other: 'Other' },
  instances: (count: number) => f.count(count, INSTANCES),
  instancesNoun: (count: number) => f.plural(count, INSTANCES),
  services: (count: number) => f.count(count, SERVICES),
  servicesNoun: (count: number) => f.plural(count, SERVICES),
  conditionFor: (condition: keyof typeof conditions, duration: string) =>
    `${conditions[condition]} for ${duration}`,

  sentence: {
    loading: 'Looking at the fleet…',
    empty: 'No service has registered yet.',
    well: (instances: number, services: number) =>
      instances === 1
        ? 'The one instance is well.'
        : `All ${f.count(instances, INSTANCES)} of ${f.count(services, SERVICES)} are well.`,
    wellBut: (well: number, all: number, unknown: number) =>
      `${f.number(well)} of ${f.count(all, INSTANCES)} are well; ${f.number(unknown)} not heard yet.`,
    gone: (instances: number) =>
      instances === 1
        ? 'The one instance has stopped.'
        : `All ${f.count(instances, INSTANCES)} have stopped.`,
    /** One instance in trouble, named by its service when that has but this one. */
    one: (name: string, condition: keyof typeof conditions, reason: string | null) => {
      if (condition === 'interrupted') return `The connection to ${name} is interrupted.${because(reason)}`;
      return `${name} is ${conditions[condition]}.${because(reason)}`;
    },
    several: (troubled: number, services: string[]) =>
      `${f.count(troubled, INSTANCES)} of ${
        services.length <= 3 ? f.list(services) : f.count(services.length, SERVICES)
      } ${troubled === 1 ? 'needs' : 'need'} a look.`,
    /** All instances are well, but one says that something in it is not. */
    found: (instance: string) => `${instance} needs a look.`,
    serviceWell: (service: string, instances: number) =>
      instances === 1
        ? `${service} is well.`
        : `All ${f.count(instances, INSTANCES)} of ${service} are well.`,
    serviceTroubled: (service: string, troubled: number, all: number) =>
      `${f.number(troubled)} of ${f.count(all, INSTANCES)} of ${service} ${troubled === 1 ? 'needs' : 'need'} a look.`,
    serviceGone: (service: string, instances: number) =>
      instances === 1
        ? `${service} has stopped.`
        : `All ${f.count(instances, INSTANCES)} of ${service} have stopped.`,
  },

  overview: {
    title: 'Overview',
    troubles: 'What needs a look',
    moreTroubles: (count: number) => `Show ${f.number(count)} more`,
    fewerTroubles: 'Show fewer',
    services: 'Services',
    filter: 'Filter services and instances',
    noMatch: (text: string) => `No service or instance has “${text}” in its name.`,
    service: 'Service',
    version: 'Version',
    cells: 'Instances',
    cpu: 'CPU, cores',
    memory: 'Memory',
    delay: 'Loop delay',
    cpuTitle: 'Processor time of all instances together, in cores',
    memoryTitle: 'Resident memory of all instances together',
    delayTitle: 'The worst event-loop delay of any instance (P99 of a second)',
    versions: (count: number) => `${f.number(count)} versions`,
    moreWell: (count: number) => `+${f.number(count)} well`,
    moreOther: (count: number) => `+${f.number(count)}`,
    cellLabel: (name: string, condition: keyof typeof conditions) => `${name}, ${conditions[condition]}`,
    running: 'Captures in progress',
    noneRunning: 'None. A capture that you start appears here with its progress.',
    allCaptures: 'All captures',
    recent: 'Recent events',
    noEvents: 'Nothing has happened since the server started.',
    capture: 'Capture',
    open: 'Open',
    legend: 'Signs',
  },

  empty: {
    title: 'Waiting for the first service',
    intro: 'A service appears here as soon as it runs with the agent. Nothing in its code has to change:',
    withoutCode: 'Without code',
    withCode: 'Or with two lines',
    registry: (address: string) =>
      `The registry listens on ${address}. Its token is in the data folder, in the file agent-token.`,
    waiting: 'This page notices by itself.',
  },

  columns: {
    name: 'Instance',
    state: 'State',
    version: 'Version',
    cpu: 'CPU',
    mainCpu: 'Main thread',
    memory: 'Memory',
    heap: 'Heap used',
    delay: 'Loop delay P99',
    utilization: 'Loop busy',
    gc: 'GC pause',
    uptime: 'Running for',
    host: 'Host',
  },
  columnTitles: {
    cpu: 'Processor time in cores',
    mainCpu: 'Processor time of the main thread in cores: 1 is all it can get',
    memory: 'Resident memory of the process',
    heap: 'Used part of the JavaScript heap',
    delay: `${f.percent(0.99)} of the delays of the event loop in the last second were shorter`,
    utilization:
      'Share of the last second that the event loop was busy; not known while a CPU profile is recorded, whose samples keep it awake',
    gc: 'Time that garbage collection stopped the main thread in the last second',
  },

  service: {
    notFound: (name: string) => `No service named ${name} is known.`,
    notFoundDetail: 'It may never have registered with this server, or all its instances were forgotten.',
    tabs: {
      instances: 'Instances',
      resources: 'Resources',
      actions: 'Actions',
      captures: 'Captures',
      events: 'Events',
    },
    tabsLabel: 'Parts of this service',
    tableCaption: (service: string) => `Instances of ${service} with their vitals`,
    filter: 'Filter instances',
    capture: 'Capture…',
    captureSelected: (count: number) => `Capture ${f.count(count, INSTANCES)}…`,
    clearSelection: 'Clear selection',
    outlier: (ratio: number) => `${f.figure(ratio)} times the median of its siblings`,
    outlierSummary: (names: string[], what: string) =>
      `${f.list(names)} ${names.length === 1 ? 'stands' : 'stand'} out in ${what}.`,
    outlierMore: (count: number) => `${f.number(count)} more`,
    versionsMixed: (versions: string[]) => `Runs ${f.list(versions)} side by side.`,
    showGone: (count: number) => `Show ${f.number(count)} that ended`,
    hideGone: 'Hide those that ended',
    replaced: 'replaced',
    instanceName: 'Instance',
  },

  instance: {
    notFound: 'This instance is not known.',
    notFoundDetail: 'A process that ended is forgotten after a while; its captures are kept.',
    sentence: {
      well: (name: string, delay: string) => `${name} is responsive: its event loop answers within ${delay}.`,
      wellUnmeasured: (name: string) => `${name} is responsive.`,
      strained: (name: string, reason: string) => `${name} is strained.${because(reason)}`,
      stuckJs: (name: string, duration: string) =>
        `${name} has been stuck in a JavaScript loop for ${duration} and answers nothing else.`,
      stuckNative: (name: string, duration: string) =>
        `${name} has been stuck in a native call for ${duration}; no JavaScript runs meanwhile.`,
      stuckUnknown: (name: string, duration: string) =>
        `${name} has been stuck for ${duration}: its event loop does not turn.`,
      unknown: (name: string) => `${name} is connected; nothing has been heard yet of how it is.`,
      connecting: (name: string) => `The server is connecting to ${name}.`,
      interrupted: (name: string, duration: string, reason: string) =>
        `The connection to ${name} was lost ${duration} ago. The server keeps redialling.${because(reason)}`,
      refused: (name: string, reason: string) =>
        `${name} and the server do not accept each other.${because(reason)}`,
      dead: (name: string, duration: string, reason: string) =>
        `${name} has been dead for ${duration}.${because(reason)}`,
      stopped: (name: string, duration: string, reason: string) =>
        `${name} stopped ${duration} ago.${because(reason)}`,
    },
    deadHint:
      'Its last 15 minutes are kept below, as far as they were heard. Captures that were complete remain.',
    successor: (name: string) => `Replaced by ${name}`,
    lastHeard: (ago: string) => `last heard ${ago}`,
    facts: 'Facts',
    fact: {
      service: 'Service',
      version: 'Version',
      host: 'Host',
      pid: 'Process',
      started: 'Started',
      uptime: 'Running for',
      address: 'Agent address',
      source: 'Found by',
      runtime: 'Runtime',
      engine: 'Engine',
      platform: 'Platform',
      agent: 'Agent',
      id: 'Id',
      labels: 'Labels',
      lastHeard: 'Last heard',
    },
    threads: 'Threads',
    threadsNone: 'The agent has not said which threads there are.',
    threadMain: 'main',
    captureThread: (name: string) => `Capture thread ${name}`,
    charts: 'Last 15 minutes',
    chartsLoading: 'Reading the last 15 minutes…',
    chartsEmpty: 'No vitals have been heard of this instance.',
    zoomHint: 'Drag to zoom',
    zoomed: (from: string, to: string) => `${from} to ${to}`,
    resetZoom: 'Show all 15 minutes',
    chart: {
      delay: 'Event-loop delay',
      cpu: 'CPU',
      memory: 'Memory',
      gc: 'Garbage collection',
    },
    series: {
      unresponsiveMs: 'Unresponsive',
      loopDelayP50Ms: 'Median',
      loopDelayP99Ms: 'P99',
      loopDelayMaxMs: 'Longest',
      cpuCores: 'Process',
      mainThreadCpuCores: 'Main thread',
      rssBytes: 'Resident',
      heapUsedBytes: 'Heap used',
      heapTotalBytes: 'Heap reserved',
      externalBytes: 'External',
      gcPauseMs: 'GC pause per second',
      roundTripMs: 'Agent round trip',
      loopUtilization: 'Loop busy',
      heapLimitBytes: 'Heap limit',
      gcCount: 'Collections',
    },
    chartTable: (chart: string) => `${chart}: figures of the span that is shown`,
    chartColumns: { series: 'Series', now: 'Now', low: 'Least', middle: 'Median', high: 'Most' },
    marks: 'Marks',
    markCapture: (kind: string) => `${kind} requested`,
    markCaptureDone: (kind: string) => `${kind} complete`,
    resources: 'Resources',
    capture: 'Capture',
    captureNone: 'The agent has not said which captures it offers.',
    captures: 'Captures of this instance',
    noCaptures: 'None yet.',
    events: 'Events',
  },

  /** What happened, in a sentence without its time. */
  event: (event: TimelineEvent): string => {
    const name = event.instanceName ?? event.service ?? '';
    const { reason, kind: kindOfCapture, to } = event.detail;
    const kind = captureKindOf(kindOfCapture);
    switch (event.kind) {
      case 'server-started':
        return 'The server started.';
      case 'instance-appeared':
        return `${name} appeared.`;
      case 'instance-connected':
        return `${name} connected.`;
      case 'instance-interrupted':
        return `The connection to ${name} was interrupted.${because(reason)}`;
      case 'instance-dead':
        return `${name} died.${because(reason)}`;
      case 'instance-stopped':
        return `${name} stopped.${because(reason)}`;
      case 'instance-refused':
        return `${name} was refused.${because(reason)}`;
      case 'health-changed': {
        if (to === 'well')
          return event.detail.from === 'unknown' ? `${name} is well.` : `${name} is well again.`;
        if (to === undefined || !(to in conditions))
          return `The health of ${name} changed.${because(reason)}`;
        return `${name} is ${conditions[to as keyof typeof conditions]}.${because(reason)}`;
      }
      case 'capture-requested':
        return `${kind} of ${name} requested.`;
      case 'capture-complete':
        return `${kind} of ${name} complete.`;
      case 'capture-failed':
        return `${kind} of ${name} failed.${because(reason ?? event.detail.message)}`;
      case 'capture-cancelled':
        return `${kind} of ${name} cancelled.`;
      case 'capture-deleted':
        return `${kind} of ${name} deleted.`;
      case 'action-requested':
        return `${actionOf(event)} requested.${because(reason)}`;
      case 'action-succeeded':
        return `${actionOf(event)} succeeded.${because(event.detail.message)}`;
      case 'action-partial':
        return `${actionOf(event)} was done in part.${because(event.detail.message)}`;
      case 'action-failed':
        return `${actionOf(event)} failed.${because(event.detail.message ?? reason)}`;
      case 'action-cancelled':
        return `${actionOf(event)} was cancelled.${because(event.detail.message)}`;
      case 'action-unknown':
        return `It is not known what ${actionOf(event)} did.${because(event.detail.message ?? reason)}`;
    }
  },
});

function captureKindOf(kind: string | undefined): string {
  return kind !== undefined && kind in captureKinds
    ? captureKinds[kind as keyof typeof captureKinds].term
    : 'Capture';
}

/** What the service calls it, and where. */
function actionOf({ detail, instanceName, service }: TimelineEvent): string {
  const title = detail.title ?? detail.type ?? 'An action';
  const where = instanceName ?? service;
  return where === null ? title : `${title} of ${where}`;
}
