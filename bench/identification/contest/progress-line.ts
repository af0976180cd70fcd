import type { Progress } from './watched.ts';

const SECOND = 1000;

/** How much of the guessed pace is the latest stretch's: work grows as a replay goes on, and machines have other things to do. */
const LATEST = 0.3;

const time = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / SECOND);
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/**
 * Tells on stderr how far each part of a run is and how long it will take: in place on a terminal every second, elsewhere in a line
 * every half minute. What is left is guessed as if the rest went as fast as the last stretches.
 */
export class ProgressLine {
  readonly #start = Date.now();
  readonly #stream = process.stderr;
  readonly #every = this.#stream.isTTY === true ? SECOND : 30 * SECOND;
  #told = Date.now();
  #before = { share: 0, at: this.#start };
  /** Share a millisecond. */
  #pace: number | undefined;

  /** Begins a part of the work. What is returned is to be told how far it is. */
  part(name: string): Progress {
    this.#before = { share: 0, at: Date.now() };
    this.#pace = undefined;
    return (share, visits) => this.#tell(name, share, visits);
  }

  #tell(part: string, share: number, visits: number): void {
    const now = Date.now();
    if (now - this.#told < this.#every) return;
    const latest = (share - this.#before.share) / (now - this.#before.at);
    this.#pace = this.#pace === undefined ? latest : LATEST * latest + (1 - LATEST) * this.#pace;
    const left = this.#pace > 0 ? `, ${time((1 - share) / this.#pace)} left` : '';
    this.#write(`${part}: ${(share * 100).toFixed(1)} %, ${visits.toLocaleString('en-US')} visits${left}`);
    this.#before = { share, at: now };
    this.#told = now;
  }

  say(text: string): void {
    this.#write(`${text} (${time(Date.now() - this.#start)})`);
    if (this.#stream.isTTY === true) this.#stream.write('\n');
  }

  #write(text: string): void {
    this.#stream.write(this.#stream.isTTY === true ? `\r\x1b[K${text}` : `${text}\n`);
  }
}
