/** A stretch of a file that was one document's, from line to line: its text, or why it is none. Lines count from 1. */
export type Stretch = { first: number; last: number } & ({ ok: true; text: Buffer } | { ok: false; fault: string });

/** Most bytes of one document: it stands in memory as a whole. */
const LARGEST = 64 * 1024 * 1024;

/** Most levels of one document. Exports have about ten. */
const DEEPEST = 1_000;

const [NEWLINE, SPACE, QUOTE, BACKSLASH, COMMA, COLON] = [0x0a, 0x20, 0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** A stretch within a document, from byte to byte. */
type Span = { from: number; to: number; first: number; last: number };

/** A bracket that stands first in its line, within a document. */
type Opened = { from: number; depth: number; first: number };

/**
 * Splits bytes in UTF-8 into JSON documents by their brackets, wherever lines end: one on each line, one on many, many of
 * either after one another, with or without commas between. All bytes that have a meaning here are ASCII, which UTF-8
 * uses for nothing else.
 *
 * What is broken ends before the next line that begins with a bracket where none can stand, and is one fault. Lines in it
 * that begin with a bracket and are whole by themselves are documents: one that was cut short costs no other. Whether a
 * document is JSON in all else is for whoever parses it.
 */
export class JsonSplitter {
  readonly #largest: number;
  #found: Stretch[] = [];
  #line = 1;
  /** The last line with anything but white space. */
  #written = 1;
  #lineBegins = true;
  #mode: 'between' | 'inside' | 'broken' = 'between';
  #wasBroken = false;

  /** Of the document: the line it begins at, its bytes of earlier chunks, and where those of this chunk begin. */
  #first = 1;
  #parts: Buffer[] = [];
  #size = 0;
  #chunk: Buffer = Buffer.alloc(0);
  #from = 0;
  /** The brackets that are open, and the last byte that is no white space, outside of texts. */
  #brackets: number[] = [];
  #previous = 0;
  #inText = false;
  #escaped = false;
  #opened: Opened[] = [];
  #whole: Span[] = [];
  #fault = '';

  constructor(largest = LARGEST) {
    this.#largest = largest;
  }

  /** The line that has been read up to. */
  get line(): number {
    return this.#line;
  }

  /** Reads on. Returns what has ended. */
  push(chunk: Buffer): Stretch[] {
    this.#chunk = chunk;
    this.#from = 0;
    for (let at = 0; at < chunk.length; at++) this.#step(chunk[at] as number, at);
    if (this.#mode === 'inside') this.#keep(chunk.length);
    return this.#taken();
  }

  /** To be called at the end of the file. Returns what is left. */
  end(): Stretch[] {
    if (this.#mode === 'inside') this.#break('is not JSON: it ends before it is whole', 0);
    this.#endBroken();
    return this.#taken();
  }

  #taken(): Stretch[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #step(byte: number, at: number): void {
    if (byte === NEWLINE) {
      if (this.#inText) this.#break(`is not JSON: a text does not end in line ${this.#line}`, at);
      this.#line++;
      this.#lineBegins = true;
      return;
    }
    const isFirst = this.#lineBegins;
    this.#lineBegins = false;
    if (this.#inText) this.#stepInText(byte);
    else if (byte > SPACE || this.#mode !== 'inside') this.#stepOutside(byte, at, isFirst);
    if (byte > SPACE) this.#written = this.#line;
  }

  #stepInText(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inText = false;
  }

  #stepOutside(byte: number, at: number, isFirst: boolean): void {
    const opens = byte === OPEN_OBJECT || byte === OPEN_LIST;
    if (this.#mode === 'inside') {
      if (opens) this.#open(byte, at, isFirst);
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.#close(byte, at);
      else this.#inText = byte === QUOTE;
      this.#previous = byte;
    } else if (opens && (isFirst || this.#mode === 'between')) this.#begin(byte, at);
    else if (this.#mode === 'between' && !this.#isBetween(byte)) {
      this.#mode = 'broken';
      this.#first = this.#line;
      this.#fault = 'holds no JSON object or list';
    }
  }

  /** White space and commas stand between documents, and after one that was broken the brackets that closed around it. */
  #isBetween(byte: number): boolean {
    const closes = byte === CLOSE_OBJECT || byte === CLOSE_LIST;
    return byte === SPACE || (byte >= 0x09 && byte <= 0x0d) || byte === COMMA || (closes && this.#wasBroken);
  }

  #begin(bracket: number, at: number): void {
    this.#endBroken();
    this.#mode = 'inside';
    this.#first = this.#line;
    this.#from = at;
    this.#brackets = [bracket];
    this.#previous = bracket;
  }

  #open(bracket: number, at: number, isFirst: boolean): void {
    if (isFirst && !this.#takesValue()) {
      this.#break(`is not JSON: line ${this.#line} begins another before it is whole`, at);
      this.#begin(bracket, at);
      return;
    }
    const depth = this.#brackets.length;
    if (isFirst) this.#opened.push({ from: this.#offset(at), depth, first: this.#line });
    this.#brackets.push(bracket);
    if (depth === DEEPEST) this.#break(`nests deeper than ${DEEPEST} levels`, at);
  }

  /** Whether an object or a list may stand here. */
  #takesValue(): boolean {
    const inList = this.#brackets.at(-1) === OPEN_LIST;
    return this.#previous === COLON || (inList && (this.#previous === OPEN_LIST || this.#previous === COMMA));
  }

  #close(bracket: number, at: number): void {
    // In ASCII either closing bracket comes two after the one that it closes.
    if (this.#brackets.pop() !== bracket - 2) {
      this.#break(`is not JSON: brackets do not match in line ${this.#line}`, at);
      return;
    }
    const depth = this.#brackets.length;
    if (this.#opened.at(-1)?.depth === depth) this.#endSpan(at);
    if (depth > 0) return;
    this.#keep(at + 1);
    // The document may just have grown too large.
    if (this.#mode !== 'inside') return;
    this.#found.push({ first: this.#first, last: this.#line, ok: true, text: Buffer.concat(this.#parts) });
    this.#forget('between');
  }

  #endSpan(at: number): void {
    const opened = this.#opened.pop();
    if (opened === undefined) return;
    while ((this.#whole.at(-1)?.from ?? -1) > opened.from) this.#whole.pop();
    this.#whole.push({ from: opened.from, to: this.#offset(at) + 1, first: opened.first, last: this.#line });
  }

  /** Where a byte of this chunk stands in the document. */
  #offset(at: number): number {
    return this.#size + at - this.#from;
  }

  /** Keeps the document's bytes in this chunk, up to a place. */
  #keep(to: number): void {
    this.#parts.push(this.#chunk.subarray(this.#from, to));
    this.#size += to - this.#from;
    this.#from = to;
    if (this.#size > this.#largest) {
      const most = `${Math.floor(this.#largest / 1024 / 1024)} MB`;
      this.#break(`is larger than ${most}; give each event a line of its own: jq -c '.events[]' <file>`, to);
    }
  }

  /** The document ends here, broken; its whole lines are taken. */
  #break(fault: string, at: number): void {
    this.#parts.push(this.#chunk.subarray(this.#from, at));
    const text = this.#whole.length === 0 ? Buffer.alloc(0) : Buffer.concat(this.#parts);
    for (const { from, to, first, last } of this.#whole) {
      this.#found.push({ first, last, ok: true, text: text.subarray(from, to) });
    }
    this.#fault = fault;
    this.#wasBroken = true;
    this.#forget('broken');
  }

  #endBroken(): void {
    if (this.#mode !== 'broken') return;
    this.#found.push({ first: this.#first, last: this.#written, ok: false, fault: this.#fault });
    this.#mode = 'between';
  }

  #forget(mode: 'between' | 'broken'): void {
    this.#mode = mode;
    this.#parts = [];
    this.#size = 0;
    this.#brackets = [];
    this.#inText = false;
    this.#escaped = false;
    this.#opened = [];
    this.#whole = [];
  }
}
