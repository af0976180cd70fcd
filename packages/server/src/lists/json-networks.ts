import { ListRefusal } from './list-refusal.ts';

/** Keys under which the published JSON lists of clouds and crawlers have a network. */
const PREFIX_KEYS = new Set(['ipv4Prefix', 'ipv6Prefix', 'ip_prefix', 'ipv6_prefix', 'ip_address', 'prefix', 'cidr']);

/** Objects and arrays within others deeper than this are not looked at; published lists have three levels. */
const DEEPEST = 9;

/** And deeper than this nothing is a list. */
const DEEPEST_OF_ALL = 256;

/** A token of RFC 8259 behind white space: a mark, a text between quotes, or what may be a number or word. */
const TOKEN = /[ \t\n\r]*(?:([{}[\]:,])|"((?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"|([-+.\w]+))/uy;

const SCALAR = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;

const SPACE = /^[ \t\n\r]*$/;

const LEADING_SPACE = /^[ \t\n\r]+/;

/** What may come next; `first` ones may be the end of their object or array instead. */
type Expected = 'value' | 'firstValue' | 'key' | 'firstKey' | 'colon' | 'next' | 'nothing';

/**
 * Reads a JSON document as it comes, in pieces, and tells of each network that stands under one of the usual keys. A parser that
 * takes the whole text would hold up the process for as long as the text wishes, and keep all of it in memory.
 */
export class JsonNetworks {
  readonly #found: (network: string) => void;
  readonly #longest: number;
  /** What is open around this place: `{` and `[`. */
  readonly #open: string[] = [];
  #expected: Expected = 'value';
  #key = '';
  #rest = '';

  /** `longest`: characters of a text or number. */
  constructor(found: (network: string) => void, longest: number) {
    this.#found = found;
    this.#longest = longest;
  }

  /**
   * @throws SyntaxError where the text is no JSON
   * @throws ListRefusal where it is no list
   */
  take(text: string): void {
    const pending = this.#rest + text;
    const at = this.#readTokens(pending, false);
    // Only a token that was begun is kept: with the white space before it, each piece would have all of that looked through anew.
    this.#rest = pending.slice(at).replace(LEADING_SPACE, '');
    // Two more than the longest text has: its quotes.
    if (this.#rest.length <= this.#longest + 2) return;
    if (this.#rest.startsWith('"')) throw this.#tooLong();
    throw new SyntaxError('no token of JSON');
  }

  /** Throws as {@link take} does, and SyntaxError where the document is not whole. */
  end(): void {
    const at = this.#readTokens(this.#rest, true);
    if (!SPACE.test(this.#rest.slice(at)) || this.#expected !== 'nothing') throw new SyntaxError('cut off');
  }

  /** Reads as many tokens as are whole; where the next one begins. A number or word at the end may go on, unless all is there. */
  #readTokens(text: string, isAll: boolean): number {
    let at = 0;
    for (;;) {
      TOKEN.lastIndex = at;
      const [whole, mark, string, scalar] = TOKEN.exec(text) ?? [];
      if (whole === undefined || (scalar !== undefined && !isAll && at + whole.length === text.length)) return at;
      at += whole.length;
      if (mark !== undefined) this.#mark(mark);
      else if (string !== undefined) this.#string(string);
      else this.#scalar(scalar ?? '');
    }
  }

  #mark(mark: string): void {
    if (mark === ':') this.#move(['colon'], 'value');
    else if (mark === ',') this.#move(['next'], this.#open.at(-1) === '{' ? 'key' : 'value');
    else if (mark === '{' || mark === '[') this.#begin(mark);
    else this.#close(mark);
  }

  #begin(mark: '{' | '['): void {
    this.#move(['value', 'firstValue'], mark === '{' ? 'firstKey' : 'firstValue');
    this.#open.push(mark);
    if (this.#open.length > DEEPEST_OF_ALL) throw new ListRefusal(`it has over ${DEEPEST_OF_ALL} levels`);
  }

  #close(mark: string): void {
    const [opened, empty] = mark === '}' ? (['{', 'firstKey'] as const) : (['[', 'firstValue'] as const);
    if (this.#open.pop() !== opened) throw new SyntaxError(`${mark} closes nothing`);
    this.#move([empty, 'next'], this.#open.length === 0 ? 'nothing' : 'next');
  }

  #tooLong(): ListRefusal {
    return new ListRefusal(`it has a text of over ${this.#longest} characters`);
  }

  #string(raw: string): void {
    if (raw.length > this.#longest) throw this.#tooLong();
    if (this.#expected === 'key' || this.#expected === 'firstKey') {
      this.#key = textOf(raw);
      this.#expected = 'colon';
      return;
    }
    this.#value();
    const isNetwork = this.#open.at(-1) === '{' && this.#open.length <= DEEPEST && PREFIX_KEYS.has(this.#key);
    if (isNetwork) this.#found(textOf(raw));
  }

  #scalar(text: string): void {
    if (!SCALAR.test(text)) throw new SyntaxError('no number or word of JSON');
    this.#value();
  }

  #value(): void {
    this.#move(['value', 'firstValue'], this.#open.length === 0 ? 'nothing' : 'next');
  }

  #move(from: readonly Expected[], to: Expected): void {
    if (!from.includes(this.#expected)) throw new SyntaxError(`${this.#expected} was expected`);
    this.#expected = to;
  }
}

/** The text that stands between quotes. */
const textOf = (raw: string): string => (raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw);
