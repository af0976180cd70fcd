import type { Signals } from '@whorl/contract';
import { type Facts, type NetworkFacts, noActivity } from '../facts.ts';
import { guarded, type JudgeFailure } from '../failed-signal.ts';
import { type BotFacts, type BotIdentity, identifyBot } from '../network/identify-bot.ts';
import { type SignalRegistry, signalRegistry } from '../signals/registry.ts';
import type { SignalFacts } from '../signals/signal-judge.ts';

/** What is known of a request that came without a page: its headers and its address. */
export type RequestFacts = Pick<BotFacts, 'time' | 'userAgent' | 'signature'> & { network: NetworkFacts };

/** What can be said of it. `bot` is missing where it names none. */
export type RequestJudgement = {
  bot?: BotIdentity;
  signals: Pick<Signals, 'ipInfo' | 'vpn' | 'proxy'>;
  failures: JudgeFailure[];
};

/** The judges of visits that have something to say of a request without a page. */
export type RequestRegistry = Pick<SignalRegistry, 'ipInfo' | 'vpn' | 'proxy'>;

const noBrowser: Facts['browser'] = {
  browserName: '',
  browserMajorVersion: '',
  browserFullVersion: '',
  os: '',
  osVersion: '',
  device: 'Other',
  userAgent: '',
};

/** The facts of a visit that showed no page: the judges of visits then say what the address alone can tell. */
const withoutPage = (time: number, network: NetworkFacts): SignalFacts => ({
  time,
  platform: 'js',
  components: {},
  headers: {},
  network,
  browser: noBrowser,
  replay: { outcome: 'ok', nonceAge: null },
  activity: noActivity,
  population: { dailyEventsP99: null },
  tokenContradictions: [],
  automation: [],
});

/**
 * Judges a request by its headers and address alone, with the judges that judge visits. Pure. As with visits, a judge that
 * throws costs its own product alone, and is named in `failures`.
 */
export const judgeRequest = (
  { time, userAgent, signature, network }: RequestFacts,
  registry: RequestRegistry = signalRegistry,
): RequestJudgement => {
  const bot = identifyBot({ time, userAgent, signature, network });
  const facts = withoutPage(time, network);
  const failures: JudgeFailure[] = [];
  return {
    ...(bot === undefined ? {} : { bot }),
    signals: {
      ipInfo: guarded('ipInfo', failures, () => registry.ipInfo(facts)),
      vpn: guarded('vpn', failures, () => registry.vpn(facts)),
      proxy: guarded('proxy', failures, () => registry.proxy(facts)),
    },
    failures,
  };
};
