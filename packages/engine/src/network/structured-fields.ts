import * as library from 'structured-headers';

/** A bare item, as far as signatures use them: numbers, texts, booleans and bytes. Anything else is of no use here. */
export type Bare = unknown;
export type Parameters = ReadonlyMap<string, Bare>;
export type Item = readonly [Bare, Parameters];
export type InnerList = readonly [readonly Item[], Parameters];
export type Member = Item | InnerList;

/** Longest field that is parsed, characters. The longest real ones, three signatures of RSA, stay below 4,000. */
const LONGEST = 8192;

const parsed = <T>(text: string, parse: (text: string) => T): T | undefined => {
  if (text.length > LONGEST) return undefined;
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof library.ParseError) return undefined;
    throw error;
  }
};

/** Parses a dictionary of structured fields (RFC 9651, 3.2). Undefined where it is none. */
export const parseDictionary = (text: string): ReadonlyMap<string, Member> | undefined =>
  parsed<ReadonlyMap<string, Member>>(text, library.parseDictionary);

/** Parses an item of structured fields (RFC 9651, 3.3). Undefined where it is none. */
export const parseItem = (text: string): Item | undefined => parsed<Item>(text, library.parseItem);

export const isInnerList = (member: Member): member is InnerList => Array.isArray(member[0]);

/** The strict text of a member (RFC 9651, 4.1). Only for what was parsed here, which always has one. */
export const serialise = (member: Member): string =>
  isInnerList(member)
    ? library.serializeInnerList(member as unknown as library.InnerList)
    : library.serializeItem(member as unknown as library.Item);
