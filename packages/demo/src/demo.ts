import './styles/demo.css';
import type { Visitor } from './agent-module.ts';
import { copyButton } from './copy-button.ts';
import { diffEvents, type EventChanges } from './diff-events.ts';
import { byId, replaceKept } from './dom.ts';
import { type Failure, isFailure } from './failure.ts';
import type { DemoEvent } from './fetch-event.ts';
import { forgetToken } from './forget-token.ts';
import { counted } from './format.ts';
import { runVisit } from './run-visit.ts';
import { signalTexts } from './signal-texts.ts';
import { readSite, type Site } from './site.ts';
import { activityView } from './views/activity-view.ts';
import { createAttributesView } from './views/attributes-view.ts';
import { failureView } from './views/failure-view.ts';
import { identityView } from './views/identity-view.ts';
import { jsonView } from './views/json-view.ts';
import { networkView } from './views/network-view.ts';
import { progressView, type StepName, type StepState } from './views/progress-view.ts';
import { scoreView } from './views/score-view.ts';
import { signalsView } from './views/signals-view.ts';
import { snippetsView } from './views/snippets-view.ts';
import { summaryView } from './views/summary-view.ts';
import { type LoggedVisit, visitsView } from './views/visits-view.ts';

const main = byId('main');
const sections = [...document.querySelectorAll<HTMLElement>('[data-needs-event]')];
const buttons = { again: byId('visit-again'), forget: byId('forget') };
const showAttributes = createAttributesView();

let visitor: Visitor | undefined;
let current: DemoEvent | undefined;
let running: AbortController | undefined;
let busy = false;
const visits: LoggedVisit[] = [];

const say = (text: string): void => {
  byId('status').textContent = text;
};

const setBusy = (value: boolean): void => {
  busy = value;
  main.setAttribute('aria-busy', String(value));
  // Not `disabled`: that would throw the keyboard's focus away.
  for (const button of Object.values(buttons)) button.setAttribute('aria-disabled', String(value));
};

const noChanges: EventChanges = { signals: [], attributes: [], score: false, sentences: [] };

const show = (site: Site, { event, v3 }: DemoEvent, changes: EventChanges): void => {
  const now = Date.now();
  replaceKept(byId('summary'), summaryView(event, now));
  replaceKept(byId('visits'), visitsView(visits));
  replaceKept(byId('identity-body'), identityView(event, now));
  replaceKept(byId('score-body'), scoreView(event));
  replaceKept(byId('signals-body'), signalsView(event, new Set(changes.signals)));
  replaceKept(byId('network-body'), networkView(event));
  replaceKept(byId('activity-body'), activityView(event));
  showAttributes(event.attributes, changes.attributes);
  replaceKept(byId('code-body'), snippetsView(site.base, event.id));
  replaceKept(byId('json-body'), jsonView(v3));
  for (const section of sections) section.hidden = false;
};

const showFailure = (failure: Failure): void => {
  replaceKept(byId('failure'), failureView(failure, current !== undefined));
  byId('strip').hidden = true;
  // Before the first event there is nothing to keep; later, the visit before stays readable.
  if (current === undefined) byId('summary').replaceChildren();
  setBusy(false);
};

const startSteps = (): { step(name: StepName, state: StepState['state'], took?: number): void } => {
  const states: Record<StepName, StepState> = {
    agent: { state: 'waiting' },
    visit: { state: 'waiting' },
    event: { state: 'waiting' },
  };
  const progress = byId('progress');
  byId('strip').hidden = false;
  say('');
  return {
    step: (name, state, took) => {
      states[name] = { state, ...(took === undefined ? {} : { took }) };
      replaceKept(progress, progressView(states));
    },
  };
};

const visit = async (site: Site, forgotten: boolean): Promise<void> => {
  running?.abort();
  running = new AbortController();
  setBusy(true);
  byId('failure').replaceChildren();
  const next = await runVisit(
    site,
    visitor,
    {
      ...startSteps(),
      read: (reading, first) => {
        const changes = first || current === undefined ? noChanges : diffEvents(current.event, reading.event, titleOf);
        current = reading;
        if (first) {
          visits.push({ event: reading.event, forgotten });
          setBusy(false);
          say('Listening for late evidence…');
        } else if (changes.sentences.length + changes.attributes.length === 0) return;
        show(site, reading, changes);
        if (!first) say(`Late evidence: ${tell(changes)}`);
      },
      failed: showFailure,
      settled: () => {
        if (byId('status').textContent?.startsWith('Listening')) say('Settled: no late evidence.');
      },
    },
    running.signal,
  );
  visitor = next;
};

const titleOf = (name: keyof typeof signalTexts): string => signalTexts[name].title;

const tell = ({ sentences, attributes }: EventChanges): string =>
  sentences.length > 0 ? sentences.join(' ') : `${counted(attributes.length, 'attribute')} changed.`;

const start = (site: Site): void => {
  buttons.again.addEventListener('click', () => {
    if (!busy) void visit(site, false);
  });
  buttons.forget.addEventListener('click', async () => {
    if (busy) return;
    running?.abort();
    setBusy(true);
    const left = await forgetToken(site);
    // The loaded agent may remember the token; a new one has only what the browser kept.
    visitor = undefined;
    byId('forgotten').textContent =
      left.length === 0
        ? 'Forgotten in every place. If the id below is the same, it was recognised without any token.'
        : `Forgotten, except in ${left.join(' and ')}.`;
    await visit(site, true);
  });
  byId('json-copy').append(copyButton('the event as JSON', () => JSON.stringify(current?.v3, null, 2)));
  void visit(site, false);
};

const site = readSite(document, import.meta.url);
if (isFailure(site)) showFailure(site);
else start(site);
