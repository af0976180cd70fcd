const SECOND = 1000;

const time = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / SECOND);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/**
 * Tells on stderr how far a replay is and how long it will take: in place on a terminal every second, elsewhere in a line
 * every half minute. What is left is guessed as if the rest went as fast as the last stretch.
 */
export class ProgressLine {
  readonly #start = Date.now();
  readonly #stream = process.stderr;
  readonly #every = this.#stream.isTTY === true ? SECOND : 30 * SECOND;
  #told = Date.now();
  #before = { share: 0, at: this.#start };

  tell(share: number, visits: number): void {
    const now = Date.now();
    if (now - this.#told < this.#every) return;
    const pace = (share - this.#before.share) / (now - this.#before.at);
    const left = pace > 0 ? `, ${time((1 - share) / pace)} left` : '';
    this.#write(`${(share * 100).toFixed(1)} %, ${visits.toLocaleString('en-US')} visits${left}`);
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
