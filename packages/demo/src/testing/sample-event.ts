import type { Event, Signal, SignalName, SignalState, Signals } from '@whorl/contract';
import { signalNames } from '@whorl/contract';

/** A signal without data and evidence. */
export const sampleSignal = (state: SignalState, confidence = 0): Signal<Record<string, never>> => ({
  state,
  confidence,
  data: {},
  evidence: [],
});

/** Signals that are all clear, but for those given. Their data is left out: what is tested here never reads it. */
export const sampleSignals = (given: { [N in SignalName]?: Signal<object> } = {}): Signals =>
  Object.fromEntries(signalNames.map((name) => [name, given[name] ?? sampleSignal('clear', 0.9)])) as Signals;

/** An event of a new visitor at which nothing fired. */
export const sampleEvent = (changes: Partial<Event> = {}): Event => ({
  version: 1,
  id: '1795368633123.aB3dE6',
  time: 1_795_368_633_123,
  workspaceId: 'ws_0123456789abcdef',
  environmentId: 'ae_0123456789abcdef',
  url: 'http://localhost:7070/demo',
  ip: '127.0.0.1',
  userAgent: 'Mozilla/5.0',
  headers: {},
  tag: { page: 'demo' },
  sdk: { platform: 'js', version: '0.1.0' },
  browser: {
    browserName: 'Chrome',
    browserMajorVersion: '156',
    browserFullVersion: '156.0.0.0',
    os: 'Linux',
    osVersion: '',
    device: 'Other',
    userAgent: 'Mozilla/5.0',
  },
  identity: {
    visitorId: 'aB3dE6gH9jK2mN5pQ8sT',
    found: false,
    confidence: 0.9,
    firstSeen: { workspace: 1_795_368_633_123, server: 1_795_368_633_123 },
    lastSeen: null,
    tokenContradictions: [],
    explanation: { method: 'new', reasons: [], candidates: 0 },
  },
  signals: sampleSignals(),
  suspectScore: { state: 'clear', confidence: 1, data: { result: 0 }, evidence: [] },
  attributes: {},
  updates: [],
  ...changes,
});
