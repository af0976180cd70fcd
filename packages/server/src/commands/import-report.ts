import type { ImportCounts } from '../import/import-run.ts';

/** So many faults, and so many different notes, of a file are printed; the rest are counted. */
const SHOWN = 20;

type Screen = { isTTY?: boolean; write: (text: string) => unknown };

/** Without what a terminal would obey: the words come from a file that strangers may have written into. */
const printable = (text: string): string => text.replaceAll(/\p{Cc}/gu, '\ufffd');

/** Tells, on standard error, what an import says of one file while it runs. */
export class ImportReport {
  readonly #file: string;
  readonly #isDryRun: boolean;
  readonly #screen: Screen;
  #faults = 0;
  /** By what was left out: where it was first, and in how many events. */
  readonly #notes = new Map<string, { line: number; count: number }>();
  #otherNotes = 0;

  constructor(file: string, isDryRun: boolean, screen: Screen) {
    this.#file = file;
    this.#isDryRun = isDryRun;
    this.#screen = screen;
  }

  fault(line: number, fault: string): void {
    if (this.#faults++ < SHOWN) this.#write(`${this.#file}:${line}: ${printable(fault)}\n`);
  }

  note(line: number, note: string): void {
    const known = this.#notes.get(note);
    if (known !== undefined) known.count++;
    else if (this.#notes.size < SHOWN) this.#notes.set(note, { line, count: 1 });
    else this.#otherNotes++;
  }

  progress(counts: ImportCounts): void {
    if (this.#screen.isTTY) this.#screen.write(`\r${this.summary(counts)} `);
  }

  /** To be called after the last event: what was too much to be told one by one. */
  end(): void {
    if (this.#screen.isTTY) this.#screen.write('\n');
    if (this.#faults > SHOWN) this.#write(`… and ${this.#faults - SHOWN} more\n`);
    for (const [note, { line, count }] of this.#notes) {
      const others = count === 1 ? '' : ` (and in ${count - 1} more)`;
      this.#write(`${this.#file}:${line}: left out: ${printable(note)}${others}\n`);
    }
    if (this.#otherNotes > 0) this.#write(`… and ${this.#otherNotes} other parts left out\n`);
  }

  /** The counts in a sentence. */
  summary({ imported, known, faulty, noted }: ImportCounts): string {
    const done = this.#isDryRun ? 'can be imported' : 'imported';
    const partly = noted === 0 ? '' : `; of ${noted} a part was left out`;
    return `${this.#file}: ${imported} events ${done}, ${known} known already, ${faulty} could not be read${partly}`;
  }

  /** On a terminal the line of the progress stands in the way. */
  #write(text: string): void {
    this.#screen.write(this.#screen.isTTY ? `\r\u001b[K${text}` : text);
  }
}
