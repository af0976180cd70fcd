export * from './facts.ts';
export * from './identity/identity.ts';
export * from './signals/bot/detector.ts';
export * from './signals/signal-judge.ts';
