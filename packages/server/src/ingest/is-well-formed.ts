/**
 * Whether a text has no half of a surrogate pair. JSON can write one down (`"\ud800"`), UTF-8 cannot carry it: whoever is
 * given such a text over the wire would get another one back.
 */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
