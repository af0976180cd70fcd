import type { Signals } from '@whorl/contract';
import { type Facts, type NetworkFacts, noActivity } from '../facts.ts';
import { type BotFacts, type BotIdentity, identifyBot } from '../network/identify-bot.ts';
import { judgeIpInfo } from '../signals/ip-info.ts';
import { judgeProxy } from '../signals/proxy.ts';
import type { SignalFacts } from '../signals/signal-judge.ts';
import { judgeVpn } from '../signals/vpn.ts';

/** What is known of a request that came without a page: its headers and its address. */
export type RequestFacts = Pick<BotFacts, 'time' | 'userAgent' | 'signature'> & { network: NetworkFacts };

/** What can be said of it. `bot` is missing where it names none. */
export type RequestJudgement = { bot?: BotIdentity; signals: Pick<Signals, 'ipInfo' | 'vpn' | 'proxy'> };

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

/** Judges a request by its headers and address alone, with the judges that judge visits. Pure, never throws. */
export const judgeRequest = ({ time, userAgent, signature, network }: RequestFacts): RequestJudgement => {
  const bot = identifyBot({ time, userAgent, signature, network });
  const facts = withoutPage(time, network);
  return {
    ...(bot === undefined ? {} : { bot }),
    signals: { ipInfo: judgeIpInfo(facts), vpn: judgeVpn(facts), proxy: judgeProxy(facts) },
  };
};
