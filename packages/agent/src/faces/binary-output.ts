/** Bytes in the forms that the v4 loader's types promise for a sealed result. As text, also in JSON, it is its base64. */
export type BinaryOutput = {
  byteArray(): Uint8Array<ArrayBuffer>;
  blob(): Blob;
  base64(): string;
  toJSON(): string;
  toString(): string;
  [Symbol.toPrimitive](hint: 'number' | 'string' | 'default'): string;
};

/** Wraps base64 text. */
export const binaryOutput = (base64: string): BinaryOutput => {
  const text = () => base64;
  const byteArray = () => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return {
    byteArray,
    blob: () => new Blob([byteArray()], { type: 'application/octet-stream' }),
    base64: text,
    toJSON: text,
    toString: text,
    [Symbol.toPrimitive]: text,
  };
};
