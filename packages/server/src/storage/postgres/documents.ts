/** Values that are read and changed as a whole, and kept as JSON beside the columns that they are found by. */
export type DocumentRow = { body: string };

export const toDocument = <T>({ body }: DocumentRow): T => JSON.parse(body) as T;
