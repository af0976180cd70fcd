/** What is wrong with a database. */
export type StoreProblem =
  | 'not-writable'
  | 'disk-full'
  | 'locked'
  | 'corrupt'
  | 'not-ours'
  | 'newer'
  | 'unsupported'
  | 'unavailable';

/** The setting that names the database. */
export type StoreSetting = 'WHORL_DATA_DIR' | 'WHORL_DATABASE_URL';

type StoreFault = {
  problem: StoreProblem;
  setting: StoreSetting;
  /** What happened, and to which file or server. Never holds a password. */
  what: string;
  /** What the operator can do about it, as a sentence. */
  mend: string;
};

/**
 * The database is out of order in a way that its operator can mend. The message is meant for the operator and is
 * complete: what happened, where, what to do, and which setting to look at.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly problem: StoreProblem;
  readonly setting: StoreSetting;
  readonly mend: string;

  constructor({ problem, setting, what, mend }: StoreFault, cause?: unknown) {
    super(`${what}. ${mend} (setting: ${setting})`, cause === undefined ? {} : { cause });
    this.problem = problem;
    this.setting = setting;
    this.mend = mend;
  }
}
