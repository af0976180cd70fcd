import type { JudgeFailure } from '@whorl/engine';

/** What failed while an event was judged, and of which event. */
export type EventFailure = JudgeFailure & { requestId: string };

/** Is told of every product that could not be judged, for the log and the metrics. Must not throw. */
export type ReportFailure = (failure: EventFailure) => void;
