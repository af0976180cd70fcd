import { isPromise, type MaybePromise, type Source, type Surroundings } from './source.ts';

type UpstreamOptions = { cache: Surroundings['webGl'] };
type Upstream<T> = (options: UpstreamOptions) => MaybePromise<T | (() => MaybePromise<T>)>;

/**
 * Runs a source of FingerprintJS in our runner, where it gets a deadline and a duration of its own. Its second stage, if
 * it has one, follows at once.
 */
export const fingerprintjs = <T>(
  upstream: Upstream<T>,
  settings: Pick<Source<T>, 'deadline' | 'once'> = {},
): Source<Exclude<T, undefined>> => {
  const finish = (stage: T | (() => MaybePromise<T>)): MaybePromise<Exclude<T, undefined> | undefined> =>
    // A source's value is data and never a function, which is how upstream too tells the stages apart.
    (typeof stage === 'function' ? (stage as () => MaybePromise<T>)() : stage) as MaybePromise<Exclude<T, undefined>>;
  return {
    ...settings,
    collect: ({ webGl }) => {
      const first = upstream({ cache: webGl });
      return isPromise(first) ? first.then(finish) : finish(first);
    },
  };
};
