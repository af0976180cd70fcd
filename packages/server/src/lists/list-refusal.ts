/** Ends the reading of a list; the message is what is wrong, as a part of a sentence about "it". */
export class ListRefusal extends Error {
  override readonly name = 'ListRefusal';
}
